SET TimeZone = 'UTC';
SET enable_progress_bar = false;
-- Without this one, COPY … TO '<store>.wal' plants changes that the next writer takes for its own.
SET disabled_filesystems = 'LocalFileSystem';
SET lock_configuration = true;
