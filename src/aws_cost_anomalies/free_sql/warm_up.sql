-- A value of each type, so that whatever Python loads for them is loaded while it still can.
SELECT
    DATE '2026-01-31', TIME '12:00', TIMESTAMP '2026-01-31 12:00', INTERVAL 1 DAY, 1.5::DECIMAL(38, 12), 1.5::DOUBLE,
    170141183460469231731687303715884105727::HUGEINT, '\xAA'::BLOB, [1], {'a': 1}, MAP {'a': 1}, true, 'text', NULL,
    '00000000-0000-0000-0000-000000000000'::UUID
