-- The latest of an edition's own moments that have surely passed (its deadline, the end of its last hour):
-- a clock that is put back does not bring them back.
ALTER TABLE edition ADD COLUMN passed TEXT;
