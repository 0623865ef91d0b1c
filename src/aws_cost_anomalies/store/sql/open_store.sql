-- Attached, not connected: a second connection of this process to a replaced file would see the old one.
ATTACH {{path}} AS store (READ_ONLY);
USE store;
SET TimeZone = 'UTC';
-- DuckDB's own progress bar goes to standard output, where answers belong.
SET enable_progress_bar = false;
