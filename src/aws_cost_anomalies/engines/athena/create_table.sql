CREATE EXTERNAL TABLE {{table}} ({{columns}})
STORED AS PARQUET
LOCATION {{location}}
