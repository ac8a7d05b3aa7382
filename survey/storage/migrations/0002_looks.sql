-- When an act that destroys something was first seen to be due: it is done at a second look a day later,
-- so a clock that jumps destroys nothing by itself. About editions and files, never about persons.
CREATE TABLE look (
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    PRIMARY KEY (act, subject)
);
