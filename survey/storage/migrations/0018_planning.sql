-- What planners decide for the next edition, and which question a theme of the texts speaks of.
ALTER TABLE theme ADD COLUMN item TEXT NOT NULL DEFAULT '';
-- Made from one edition for the next one; what is public appears among what becomes of that edition's results.
CREATE TABLE planned_decision (
    edition TEXT NOT NULL REFERENCES edition (id),
    subject TEXT NOT NULL,
    course TEXT NOT NULL CHECK (course IN ('keep', 'change', 'drop')),
    de TEXT NOT NULL CHECK (de <> ''),
    easy TEXT NOT NULL DEFAULT '',
    en TEXT NOT NULL DEFAULT '',
    responsible TEXT NOT NULL DEFAULT '',
    until TEXT,
    is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    PRIMARY KEY (edition, subject)
);
