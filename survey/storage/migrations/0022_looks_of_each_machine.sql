-- Several machines look at the same database, each by a steady clock of its own: each has a row.
CREATE TABLE look_before (
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    boot TEXT NOT NULL,
    steady REAL NOT NULL,
    watched REAL NOT NULL,
    PRIMARY KEY (act, subject)
);
INSERT INTO look_before (act, subject, first_seen, boot, steady, watched)
SELECT act, subject, first_seen, boot, steady, watched FROM look;
DROP TABLE look;
CREATE TABLE look (
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    boot TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    steady REAL NOT NULL,
    watched REAL NOT NULL,
    PRIMARY KEY (act, subject, boot)
);
INSERT INTO look (act, subject, boot, first_seen, steady, watched)
SELECT act, subject, boot, first_seen, steady, watched FROM look_before;
DROP TABLE look_before;
