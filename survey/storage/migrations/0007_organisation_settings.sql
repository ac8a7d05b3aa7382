-- What an organisation has set; one that has set nothing has no row.
CREATE TABLE profile (
    organisation TEXT PRIMARY KEY REFERENCES organisation (id),
    revision INTEGER NOT NULL DEFAULT 1,
    sender TEXT NOT NULL DEFAULT '',
    sender_name TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    contact_name TEXT NOT NULL DEFAULT '',
    text_readers TEXT NOT NULL DEFAULT '',
    legal_basis TEXT NOT NULL DEFAULT '',
    processors TEXT NOT NULL DEFAULT '',
    data_protection_contact TEXT NOT NULL DEFAULT '',
    sign_language_video TEXT NOT NULL DEFAULT '',
    retention_days INTEGER NOT NULL DEFAULT 14 CHECK (retention_days BETWEEN 1 AND 90),
    disclosure_threshold INTEGER NOT NULL DEFAULT 5 CHECK (disclosure_threshold >= 5),
    cell_threshold INTEGER NOT NULL DEFAULT 10 CHECK (cell_threshold >= 10 AND cell_threshold >= disclosure_threshold),
    accent TEXT NOT NULL DEFAULT '' CHECK (length(accent) IN (0, 7))
);
CREATE TABLE logo (
    organisation TEXT PRIMARY KEY REFERENCES organisation (id),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    kind TEXT NOT NULL CHECK (kind IN ('png', 'jpg')),
    alternative TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX logo_by_hash ON logo (hash);
-- Tokens of the programming interface: here lies the hash only.
CREATE TABLE interface_token (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    purpose TEXT NOT NULL,
    made TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
);
-- Who somebody is at the house's own sign-in, pinned when they first came from there.
CREATE TABLE house_subject (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject),
    UNIQUE (issuer, account)
);
