-- Most charges have no tags: they are left out before any two maps are compared.
SELECT DISTINCT unnest(map_keys(Tags)) AS tag_key
FROM daily_cost_summary
WHERE Tags IS NOT NULL AND cardinality(Tags) > 0
ORDER BY ALL;
