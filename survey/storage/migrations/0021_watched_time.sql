-- How long a due act has been watched, by a clock that nobody can put: a jump of the other one makes no day pass.
-- `boot` and `steady` say when it was looked at last (seconds since that start of the machine).
ALTER TABLE look ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE look ADD COLUMN steady REAL NOT NULL DEFAULT 0;
ALTER TABLE look ADD COLUMN watched REAL NOT NULL DEFAULT 0;
