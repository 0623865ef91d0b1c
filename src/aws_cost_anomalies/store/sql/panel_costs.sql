-- Sums in DECIMAL, so that they do not depend on the order of the rows; one number per scope and day.
WITH charges AS ({{charges}})
SELECT scope * {{days}} + "day" AS cell, coalesce(sum(cost), 0)::DOUBLE AS cost
FROM charges JOIN scopes USING ({{names}})
GROUP BY ALL;
