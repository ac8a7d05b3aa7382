-- Editions that were asked with another tool: sums only. Raw rows are never here, not even between the steps.
CREATE TABLE earlier_edition (
    id TEXT PRIMARY KEY CHECK (length(id) = 16),
    organisation TEXT NOT NULL REFERENCES organisation (id),
    series TEXT NOT NULL,
    title TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('on_site', 'online', 'hybrid')),
    starts TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source <> ''),
    invited INTEGER CHECK (invited >= 0),
    answered INTEGER CHECK (answered >= 0),
    is_made_up INTEGER NOT NULL DEFAULT 0 CHECK (is_made_up IN (0, 1)),
    disclosure_threshold INTEGER NOT NULL CHECK (disclosure_threshold >= 5),
    imported TEXT NOT NULL,
    UNIQUE (organisation, series, starts),
    CHECK (answered IS NULL OR invited IS NULL OR answered <= invited)
);
CREATE TABLE earlier_question (
    edition TEXT NOT NULL REFERENCES earlier_edition (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    place INTEGER NOT NULL,
    definition TEXT NOT NULL,
    their_question TEXT NOT NULL,
    is_worded_alike INTEGER NOT NULL CHECK (is_worded_alike IN (0, 1)),
    has_same_scale INTEGER NOT NULL CHECK (has_same_scale IN (0, 1)),
    is_of_everybody INTEGER NOT NULL CHECK (is_of_everybody IN (0, 1)),
    population INTEGER CHECK (population >= 0),
    PRIMARY KEY (edition, item)
);
CREATE TABLE earlier_count (
    edition TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (edition, item, value),
    FOREIGN KEY (edition, item) REFERENCES earlier_question (edition, item) ON DELETE CASCADE
);
-- How another tool's questions and answers are ours, under a name, to be used again.
CREATE TABLE earlier_mapping (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (organisation, name)
);
-- A file between its upload and its import, for an hour at most: what its columns count, no row of it.
CREATE TABLE held_earlier (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    series TEXT NOT NULL,
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    content TEXT NOT NULL,
    expires TEXT NOT NULL,
    PRIMARY KEY (organisation, series, account)
);
