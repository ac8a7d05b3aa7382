-- A comparison reads the editions of one series, however many a house has counted.
CREATE INDEX edition_by_series ON edition (owner, series);
