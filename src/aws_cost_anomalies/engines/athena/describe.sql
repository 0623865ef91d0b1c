DESCRIBE SELECT * FROM read_parquet({{path}}, hive_partitioning = false, binary_as_string = true)
