-- A backup that somebody wants now, with who that is; of a whole installation, so there is one row at most.
CREATE TABLE backup_order (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ordered TEXT NOT NULL,
    account TEXT NOT NULL,
    organisation TEXT NOT NULL,
    trouble TEXT NOT NULL DEFAULT ''
);
