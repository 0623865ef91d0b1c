-- Every charge by itself: they are sums already, or have a scope and day to almost each, and summing here costs
-- more than it saves.
WITH charges AS ({{charges}})
SELECT scope * {{days}} + "day" AS cell, coalesce(cost, 0)::DOUBLE AS cost
FROM charges JOIN scopes USING ({{names}});
