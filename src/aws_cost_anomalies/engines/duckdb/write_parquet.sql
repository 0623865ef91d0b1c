COPY (SELECT {{columns}} FROM given) TO {{path}} (FORMAT parquet, COMPRESSION zstd)
