-- A registration list between its upload and its confirmation: for an hour at most, one per edition and person at work.
CREATE TABLE held_list (
    edition TEXT NOT NULL REFERENCES edition (id),
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content BLOB NOT NULL,
    choices TEXT NOT NULL DEFAULT '{}',
    expires TEXT NOT NULL,
    PRIMARY KEY (edition, account)
);
-- How many mails to a person were given up for now by the other side, without a day or hour.
CREATE TABLE soft_bounce (
    edition TEXT NOT NULL,
    participant TEXT NOT NULL,
    campaign TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    reason TEXT NOT NULL,
    PRIMARY KEY (edition, participant, campaign),
    FOREIGN KEY (edition, participant) REFERENCES participant (edition, id) ON DELETE CASCADE
);
