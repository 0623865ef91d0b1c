-- Every scope, numbered from 0 within its currency, and how many of its charges state the metric.
CREATE OR REPLACE TEMP TABLE scopes AS
WITH charges AS ({{charges}}),
found AS (SELECT {{names}}, count(cost) AS stated FROM charges GROUP BY {{names}})
SELECT *, dense_rank() OVER (PARTITION BY BillingCurrency ORDER BY {{names}}) - 1 AS scope
FROM found;
