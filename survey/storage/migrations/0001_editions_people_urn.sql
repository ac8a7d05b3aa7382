-- The first schema. Every key starts with the edition; no row of a person carries a time of answering.
-- SQL is written for SQLite and PostgreSQL; connection.py adds STRICT, WITHOUT ROWID.
CREATE TABLE edition (
    id TEXT PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL UNIQUE,
    series TEXT NOT NULL,
    definition TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    public_key BLOB NOT NULL,
    box_size INTEGER NOT NULL CHECK (box_size IN (4096, 16384, 65536)),
    opens TEXT,
    closes TEXT,
    size_class TEXT CHECK (size_class IN ('small', 'large')),
    open_boxes INTEGER NOT NULL DEFAULT 0,
    count_started TEXT,
    counted TEXT,
    key_destroyed TEXT,
    addresses_deleted TEXT,
    invited INTEGER,
    answered INTEGER,
    unopenable INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE participant (
    edition TEXT NOT NULL REFERENCES edition (id),
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('de', 'easy', 'en')),
    number TEXT NOT NULL,
    identity TEXT NOT NULL,
    has_answered INTEGER NOT NULL DEFAULT 0 CHECK (has_answered IN (0, 1)),
    is_no_show INTEGER NOT NULL DEFAULT 0 CHECK (is_no_show IN (0, 1)),
    has_opted_out INTEGER NOT NULL DEFAULT 0 CHECK (has_opted_out IN (0, 1)),
    is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1)),
    PRIMARY KEY (edition, id),
    UNIQUE (edition, identity)
);
CREATE INDEX participant_by_address ON participant (edition, address);
CREATE TABLE booking (
    edition TEXT NOT NULL,
    participant TEXT NOT NULL,
    session TEXT NOT NULL,
    PRIMARY KEY (edition, participant, session),
    FOREIGN KEY (edition, participant) REFERENCES participant (edition, id) ON DELETE CASCADE
);
CREATE TABLE link (
    edition TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    participant TEXT NOT NULL,
    campaign TEXT NOT NULL,
    PRIMARY KEY (edition, hash),
    FOREIGN KEY (edition, participant) REFERENCES participant (edition, id) ON DELETE CASCADE
);
CREATE TABLE urn (
    edition TEXT NOT NULL REFERENCES edition (id),
    slot TEXT NOT NULL CHECK (length(slot) = 64),
    box BLOB NOT NULL,
    PRIMARY KEY (edition, slot)
);
CREATE TABLE draft (
    edition TEXT NOT NULL REFERENCES edition (id),
    slot TEXT NOT NULL CHECK (length(slot) = 64),
    box BLOB NOT NULL,
    PRIMARY KEY (edition, slot)
);
CREATE TABLE session_total (
    edition TEXT NOT NULL REFERENCES edition (id),
    session TEXT NOT NULL,
    booked INTEGER NOT NULL CHECK (booked >= 0),
    absent INTEGER NOT NULL CHECK (absent >= 0),
    elsewhere INTEGER NOT NULL CHECK (elsewhere >= 0),
    answered INTEGER NOT NULL CHECK (answered >= 0),
    PRIMARY KEY (edition, session)
);
CREATE TABLE tally (
    edition TEXT NOT NULL REFERENCES edition (id),
    session TEXT NOT NULL,
    grouping TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    PRIMARY KEY (edition, session, grouping, item, value)
);
CREATE TABLE text (
    edition TEXT NOT NULL REFERENCES edition (id),
    id TEXT NOT NULL,
    session TEXT NOT NULL,
    item TEXT NOT NULL,
    text TEXT NOT NULL,
    marks TEXT NOT NULL DEFAULT '[]',
    released TEXT,
    PRIMARY KEY (edition, id)
);
CREATE TABLE outbox (
    edition TEXT NOT NULL,
    participant TEXT NOT NULL,
    campaign TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'handed_over', 'deferred', 'failed', 'unknown', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    message_id TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (edition, participant, campaign),
    FOREIGN KEY (edition, participant) REFERENCES participant (edition, id) ON DELETE CASCADE
);
CREATE INDEX outbox_by_state ON outbox (state, not_before);
CREATE TABLE campaign (
    edition TEXT NOT NULL REFERENCES edition (id),
    kind TEXT NOT NULL,
    started TEXT NOT NULL,
    is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1)),
    PRIMARY KEY (edition, kind)
);
CREATE TABLE suppression (
    organisation TEXT NOT NULL,
    address_hmac TEXT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('opt_out', 'bounce')),
    PRIMARY KEY (organisation, address_hmac, cause)
);
CREATE TABLE remembered (
    edition TEXT NOT NULL REFERENCES edition (id),
    identity_hmac TEXT NOT NULL,
    has_answered INTEGER NOT NULL CHECK (has_answered IN (0, 1)),
    PRIMARY KEY (edition, identity_hmac)
);
CREATE TABLE publication (
    edition TEXT NOT NULL REFERENCES edition (id),
    version INTEGER NOT NULL,
    groups TEXT NOT NULL,
    published TEXT NOT NULL,
    PRIMARY KEY (edition, version)
);
CREATE TABLE deed (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    edition TEXT NOT NULL,
    deed TEXT NOT NULL,
    facts TEXT NOT NULL
);
