-- Topics of a series, and which topic a session of an edition is of: sessions are compared within one.
CREATE TABLE topic (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    series TEXT NOT NULL,
    code TEXT NOT NULL,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organisation, series, code)
);
CREATE TABLE session_topic (
    edition TEXT NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    session TEXT NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (edition, session)
);
