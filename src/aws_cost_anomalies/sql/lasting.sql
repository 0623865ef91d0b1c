-- How long usage lasts, counted where costs would stand: BilledCost 1 for each line of usage, EffectiveCost 1 for each
-- of them that lasts nearly a month, or longer. Dialect: Trino.
SELECT
    CAST({{start}} AS DATE) AS ChargePeriodStart,
    'lines' AS BillingCurrency,
    CAST(NULL AS VARCHAR) AS ProviderName,
    CAST(NULL AS VARCHAR) AS PublisherName,
    CAST(NULL AS VARCHAR) AS BillingAccountId,
    CAST(NULL AS VARCHAR) AS SubAccountId,
    CAST(NULL AS VARCHAR) AS SubAccountName,
    CAST(NULL AS VARCHAR) AS ServiceName,
    CAST(NULL AS VARCHAR) AS x_ServiceCode,
    CAST(NULL AS VARCHAR) AS RegionId,
    CAST(NULL AS VARCHAR) AS ChargeCategory,
    CAST(NULL AS VARCHAR) AS ChargeClass,
    CAST(NULL AS VARCHAR) AS x_ChargeType,
    CAST(NULL AS VARCHAR) AS x_UsageType,
    CAST(NULL AS VARCHAR) AS PricingUnit,
    CAST(CASE WHEN {{kind}} IN ({{usage}}) THEN 1 ELSE 0 END AS DECIMAL(38, 12)) AS BilledCost,
    CAST(
        CASE
            WHEN {{kind}} IN ({{usage}}) AND CAST({{end}} AS DATE) >= DATE_ADD('day', 27, CAST({{start}} AS DATE))
                THEN 1
            ELSE 0
        END AS DECIMAL(38, 12)
    ) AS EffectiveCost,
    CAST(NULL AS DECIMAL(38, 12)) AS ListCost,
    CAST(NULL AS DECIMAL(38, 12)) AS x_BlendedCost,
    CAST(NULL AS DECIMAL(38, 12)) AS x_AmortizedCost,
    CAST(NULL AS DECIMAL(38, 12)) AS ConsumedQuantity,
    CAST(NULL AS VARCHAR) AS ResourceId,
    CAST(NULL AS VARCHAR) AS x_Operation,
    CAST(NULL AS VARCHAR) AS ChargeDescription,
    CAST(NULL AS VARCHAR) AS x_InvoiceId,
    CAST(NULL AS BOOLEAN) AS x_IsEstimated
FROM raw
