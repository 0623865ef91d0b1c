-- Anomalies are followed from day to day: what they were seen in tells which of them a new verdict speaks of.
ALTER TABLE anomalies ADD COLUMN data_source VARCHAR DEFAULT '';
ALTER TABLE anomalies ADD COLUMN metric VARCHAR DEFAULT '';
ALTER TABLE anomalies ADD COLUMN currency VARCHAR DEFAULT '';
ALTER TABLE anomalies ADD COLUMN through DATE;
