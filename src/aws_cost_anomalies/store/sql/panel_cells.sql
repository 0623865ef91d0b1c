-- The charges of a question summed by scope and day: one scan, and all further questions are about these.
CREATE OR REPLACE TEMP TABLE cells AS
WITH charges AS ({{charges}})
SELECT * EXCLUDE (cost), sum(cost) AS cost
FROM charges
GROUP BY ALL;
