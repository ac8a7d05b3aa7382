-- A typo mended, or a question asked anew: what somebody decided about a wording that earlier editions said otherwise.
CREATE TABLE wording_decision (
    edition TEXT NOT NULL REFERENCES edition (id),
    item TEXT NOT NULL,
    wording TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('typo', 'new_version')),
    PRIMARY KEY (edition, item)
);
-- Which warnings of the check before the first mail somebody has read.
CREATE TABLE warnings_read (
    edition TEXT PRIMARY KEY REFERENCES edition (id),
    digest TEXT NOT NULL
);
