-- Mails to people who work with the service. A link that opens something is made when its mail leaves.
CREATE TABLE staff_mail (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    account TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en')),
    kind TEXT NOT NULL,
    facts TEXT NOT NULL DEFAULT '{}',
    opens TEXT NOT NULL DEFAULT '',
    opens_for TEXT NOT NULL DEFAULT '',
    queued TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'leased', 'handed_over', 'deferred', 'failed', 'unknown')),
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX staff_mail_by_state ON staff_mail (state, not_before);
-- Links that open one thing once. Here lies the hash of their secret only.
CREATE TABLE one_time_link (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'new_password', 'invitation', 'first_start')),
    subject TEXT NOT NULL,
    ends TEXT NOT NULL
);
CREATE INDEX one_time_link_by_subject ON one_time_link (purpose, subject);
-- How a person proves who they are: the password's argon2id hash, and the sealed secret of their app.
CREATE TABLE credential (
    account TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    password TEXT NOT NULL DEFAULT '',
    second_factor TEXT NOT NULL DEFAULT '' CHECK (second_factor IN ('', 'mail', 'app')),
    app_secret TEXT NOT NULL DEFAULT '',
    last_step INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE recovery_code (
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (account, hash)
);
-- A browser that has proved one of two factors.
CREATE TABLE begun_sign_in (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    proven TEXT NOT NULL CHECK (proven IN ('password', 'mail')),
    began TEXT NOT NULL,
    misses INTEGER NOT NULL DEFAULT 0
);
-- Attempts that failed, by a keyed hash of whom they were about: unknown addresses are counted like known ones.
CREATE TABLE missed_attempt (
    about TEXT PRIMARY KEY CHECK (length(about) = 64),
    n INTEGER NOT NULL CHECK (n > 0),
    last TEXT NOT NULL
);
CREATE TABLE invitation (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('organiser', 'planner')),
    language TEXT NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en')),
    invited TEXT NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, address)
);
