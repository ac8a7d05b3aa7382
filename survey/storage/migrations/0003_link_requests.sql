-- How often a person asked for a new link on one day; rows of earlier days are deleted with the next request.
CREATE TABLE link_request (
    edition TEXT NOT NULL,
    participant TEXT NOT NULL,
    day TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    PRIMARY KEY (edition, participant, day),
    FOREIGN KEY (edition, participant) REFERENCES participant (edition, id) ON DELETE CASCADE
);
