-- How many texts a version's themes were counted in: later, when unreleased texts are gone, nobody can count them.
ALTER TABLE publication ADD COLUMN themes_among INTEGER NOT NULL DEFAULT 0;
UPDATE publication
SET themes_among = (
    SELECT COUNT(*) FROM text WHERE text.edition = publication.edition
) + COALESCE(
    (
        SELECT SUM(json_extract(deed.facts, '$.texts'))
        FROM deed
        WHERE deed.edition = publication.edition AND deed.deed = 'unreleased texts deleted'
    ),
    0
);
