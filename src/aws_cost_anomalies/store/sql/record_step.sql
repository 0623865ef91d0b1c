INSERT INTO schema_version BY NAME SELECT {{version}} AS "version", {{applied_at}} AS applied_at;
