-- Every column of every file, as a tree written in order: a node is followed by its `num_children` children.
SELECT file_name, name, type, repetition_type, num_children, converted_type, scale, "precision", logical_type
FROM parquet_schema([{{paths}}])
