-- The log of published groups: each table that has left the house, on whatever surface; rows are only ever added.
-- `edition` is the id of an edition counted here, or the key of one from elsewhere, which the log outlives.
-- `entry` numbers what went on record together, `counts` are its numbers without which answer they belong to.
CREATE TABLE published_group (
    edition TEXT NOT NULL,
    entry INTEGER NOT NULL CHECK (entry > 0),
    session TEXT NOT NULL,
    grouping TEXT NOT NULL,
    item TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    counts TEXT NOT NULL,
    recorded TEXT NOT NULL,
    PRIMARY KEY (edition, entry, session, grouping, item)
);
-- What was counted before there was a log: every table that the count has kept, which proved them safe together.
-- A question below its threshold has no row but the number of its answers, and texts have none either.
INSERT INTO published_group (edition, entry, session, grouping, item, n, counts, recorded)
SELECT tally.edition, 1, tally.session, tally.grouping, tally.item, tally.n, '', edition.counted
FROM tally
JOIN edition ON edition.id = tally.edition
WHERE tally.value = '_n' AND edition.counted IS NOT NULL AND EXISTS (
    SELECT 1
    FROM tally AS other
    WHERE other.edition = tally.edition
        AND other.session = tally.session
        AND other.grouping = tally.grouping
        AND other.item = tally.item
        AND other.value <> '_n'
);
