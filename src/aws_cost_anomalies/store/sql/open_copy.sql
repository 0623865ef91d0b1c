SET TimeZone = 'UTC';
-- DuckDB's own progress bar goes to standard output, where answers belong.
SET enable_progress_bar = false;
