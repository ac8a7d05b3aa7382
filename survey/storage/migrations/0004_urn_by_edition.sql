-- Boxes are counted around every commit: over the boxes themselves that takes 20 ms for 10,000.
-- The index keeps what the table's key holds already, in the same order.
CREATE INDEX urn_by_edition ON urn (edition);
