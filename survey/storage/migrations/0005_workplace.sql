-- Organisations are tenants: every edition belongs to one, and so does everything that is reached through it.
CREATE TABLE organisation (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO organisation (id, name) VALUES ('main', '');
ALTER TABLE edition ADD COLUMN owner TEXT NOT NULL DEFAULT 'main';
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en')),
    is_disabled INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1))
);
CREATE TABLE membership (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('organiser', 'planner')),
    PRIMARY KEY (organisation, account)
);
-- A signed-in browser. Its cookie carries the secret and the moment of its last use; here lies the secret's hash only.
CREATE TABLE sign_in (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    organisation TEXT NOT NULL REFERENCES organisation (id),
    began TEXT NOT NULL,
    proven TEXT NOT NULL
);
-- Who did it, and for which organisation; empty for what the service or the command line did.
ALTER TABLE deed ADD COLUMN actor TEXT NOT NULL DEFAULT '';
ALTER TABLE deed ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
