-- After the count: which texts and themes each version of a report has, links for speakers, the public page.
-- Grows each time a text is released: a version holds the wording of its day, or not at all.
ALTER TABLE text ADD COLUMN release INTEGER NOT NULL DEFAULT 0;
-- A codebook lasts over the editions of a series.
CREATE TABLE theme (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    series TEXT NOT NULL,
    code TEXT NOT NULL,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organisation, series, code)
);
CREATE TABLE text_theme (
    edition TEXT NOT NULL,
    text TEXT NOT NULL,
    theme TEXT NOT NULL,
    PRIMARY KEY (edition, text, theme),
    FOREIGN KEY (edition, text) REFERENCES text (edition, id) ON DELETE CASCADE
);
CREATE TABLE publication_text (
    edition TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    release INTEGER NOT NULL,
    PRIMARY KEY (edition, version, text),
    FOREIGN KEY (edition, version) REFERENCES publication (edition, version)
);
INSERT INTO publication_text (edition, version, text, release)
SELECT publication.edition, publication.version, text.id, 0
FROM publication
JOIN text ON text.edition = publication.edition
WHERE publication.version > 1 AND text.released IS NOT NULL;
CREATE TABLE publication_theme (
    edition TEXT NOT NULL,
    version INTEGER NOT NULL,
    theme TEXT NOT NULL,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    texts INTEGER NOT NULL CHECK (texts > 0),
    PRIMARY KEY (edition, version, theme),
    FOREIGN KEY (edition, version) REFERENCES publication (edition, version)
);
CREATE TABLE share (
    edition TEXT NOT NULL REFERENCES edition (id),
    id TEXT NOT NULL CHECK (length(id) = 32),
    session TEXT NOT NULL,
    expires TEXT NOT NULL,
    PRIMARY KEY (edition, id)
);
CREATE TABLE public_page (
    edition TEXT PRIMARY KEY REFERENCES edition (id),
    visible_from TEXT NOT NULL,
    has_sessions INTEGER NOT NULL CHECK (has_sessions IN (0, 1))
);
-- Sessions whose speakers agreed to be named there.
CREATE TABLE public_speaker (
    edition TEXT NOT NULL REFERENCES edition (id),
    session TEXT NOT NULL,
    PRIMARY KEY (edition, session)
);
-- What the organisers make of what was said.
CREATE TABLE decision (
    edition TEXT NOT NULL REFERENCES edition (id),
    finding TEXT NOT NULL,
    de TEXT NOT NULL,
    easy TEXT NOT NULL DEFAULT '',
    en TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (edition, finding)
);
