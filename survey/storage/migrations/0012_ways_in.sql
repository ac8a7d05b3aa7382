-- Other ways into the form than a personal link: an open link, and paper that somebody types in. No word about persons.
CREATE TABLE way_in (
    edition TEXT PRIMARY KEY REFERENCES edition (id),
    link TEXT NOT NULL CHECK (link IN ('off', 'on', 'ended')),
    takes_paper INTEGER NOT NULL CHECK (takes_paper IN (0, 1)),
    typist TEXT NOT NULL,
    return_to TEXT NOT NULL,
    attended INTEGER CHECK (attended > 0)
);
-- A count that somebody has ordered; the worker finds it here. Its trouble is a message with its facts.
CREATE TABLE count_order (
    edition TEXT PRIMARY KEY REFERENCES edition (id),
    ordered TEXT NOT NULL,
    trouble TEXT NOT NULL DEFAULT ''
);
