-- The newest name of each account.
SELECT SubAccountId, arg_max(SubAccountName, ChargePeriodStart) AS "name"
FROM daily_cost_summary
WHERE SubAccountId IS NOT NULL AND SubAccountName IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
