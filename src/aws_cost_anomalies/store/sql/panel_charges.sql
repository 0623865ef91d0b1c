-- Every charge by itself: with a scope and day to almost every charge, summing here costs more than it saves.
WITH charges AS ({{charges}})
SELECT scope * {{days}} + "day" AS cell, coalesce(cost, 0)::DOUBLE AS cost
FROM charges JOIN scopes USING ({{names}});
