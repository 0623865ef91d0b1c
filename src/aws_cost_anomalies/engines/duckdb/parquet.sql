SELECT * FROM read_parquet([{{paths}}], hive_partitioning = false, binary_as_string = true)
