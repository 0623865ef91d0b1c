-- As many threads as so many rows can occupy, one for each row group, and never more than there were. Those that
-- have nothing to do are not free: two wrote a hundred thousand rows with twice the processor time of one.
SET threads = LEAST(CURRENT_SETTING('threads'), 1 + {{rows}} // 122880);
