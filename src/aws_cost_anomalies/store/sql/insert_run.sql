INSERT INTO runs BY NAME
SELECT {{started_at}} AS started_at, {{is_good}} AS is_good, {{summary}} AS summary;
