SELECT COUNT(*), SUM("BilledCost") FROM read_parquet({{path}})
