-- A day is a UTC day, whatever the machine's time zone.
SET TimeZone = 'UTC';
