SELECT DISTINCT unnest(map_keys(Tags)) AS tag_key FROM (SELECT DISTINCT Tags FROM daily_cost_summary) ORDER BY ALL;
