-- How many charges of a source state each metric.
SELECT {{metrics|count(@) AS @}} FROM daily_cost_summary WHERE data_source = {{data_source}};
