-- What an organiser has planned for an edition's mails. An act without a row has its usual moment; `due` is NULL for
-- one that was switched off. What has happened is told by the campaigns, not here.
CREATE TABLE due_act (
    edition TEXT NOT NULL REFERENCES edition (id),
    act TEXT NOT NULL,
    due TEXT,
    PRIMARY KEY (edition, act)
);
-- Until somebody releases the plan, nothing leaves by itself.
CREATE TABLE sending_plan (
    edition TEXT PRIMARY KEY REFERENCES edition (id),
    released TEXT,
    without_mail_check TEXT
);
-- Why a campaign waits: 'person', 'failures', or the relay's codes.
ALTER TABLE campaign ADD COLUMN paused_because TEXT NOT NULL DEFAULT '';
-- The organiser's own words of a mail, one row per kind of mail and language.
CREATE TABLE mail_text (
    edition TEXT NOT NULL REFERENCES edition (id),
    campaign TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('de', 'easy', 'en')),
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (edition, campaign, language)
);
-- Recipients' domains that asked for a rest, as fingerprints, deleted once it is over; '*' is the relay itself.
CREATE TABLE domain_rest (
    fingerprint TEXT PRIMARY KEY,
    until TEXT NOT NULL
);
-- Which addresses an invitation went to in the last seven days, as fingerprints: the day of a mail, never of an answer.
CREATE TABLE recent_mail (
    edition TEXT NOT NULL REFERENCES edition (id),
    fingerprint TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (edition, fingerprint)
);
CREATE INDEX recent_mail_by_fingerprint ON recent_mail (fingerprint, day);
-- The last mail that the service sent to itself for each sender, and what the receiving mail server said of it.
CREATE TABLE mail_check (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    sender TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent TEXT NOT NULL,
    read TEXT,
    dkim TEXT NOT NULL DEFAULT '',
    spf TEXT NOT NULL DEFAULT '',
    dmarc TEXT NOT NULL DEFAULT '',
    tls TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organisation, sender)
);
-- What the organisers of an organisation were told by mail, so that they hear it once.
CREATE TABLE notice_sent (
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (event, subject)
);
