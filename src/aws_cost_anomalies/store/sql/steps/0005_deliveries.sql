-- Which delivery a load was of, in AWS's own words, so that it can be told from the one before and asked about.
ALTER TABLE ingestion_log ADD COLUMN "execution" VARCHAR DEFAULT '';
ALTER TABLE ingestion_log ADD COLUMN manifest_etag VARCHAR DEFAULT '';
