-- A day is a UTC day, whatever the machine's time zone.
SET TimeZone = 'UTC';
-- DuckDB's own progress bar goes to standard output, where answers belong.
SET enable_progress_bar = false;
