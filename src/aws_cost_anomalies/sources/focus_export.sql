-- One charge of a FOCUS export, 1.0 to 1.2, of any provider, as one FOCUS line item of ours. Dialect: Trino.
SELECT
    CAST(ChargePeriodStart AS DATE) AS ChargePeriodStart,
    BillingCurrency,
    CASE WHEN ProviderName LIKE 'Amazon Web Services%' THEN 'AWS' ELSE ProviderName END AS ProviderName,
    -- AWS names the legal entity that sells its own services; that is AWS, not another publisher.
    CASE
        WHEN PublisherName LIKE 'Amazon Web Services%' OR PublisherName = 'AWS' THEN 'AWS'
        ELSE COALESCE(
            PublisherName, CASE WHEN ProviderName LIKE 'Amazon Web Services%' THEN 'AWS' ELSE ProviderName END
        )
    END AS PublisherName,
    BillingAccountId,
    SubAccountId,
    SubAccountName,
    ServiceName,
    x_ServiceCode,
    NULLIF(RegionId, 'global') AS RegionId,
    ChargeCategory,
    ChargeClass,
    CAST(NULL AS VARCHAR) AS x_ChargeType,
    COALESCE(x_UsageType, SkuMeter) AS x_UsageType,
    COALESCE(ConsumedUnit, PricingUnit) AS PricingUnit,
    BilledCost,
    COALESCE(EffectiveCost, BilledCost) AS EffectiveCost,
    ListCost,
    CAST(NULL AS DECIMAL(38, 12)) AS x_BlendedCost,
    CAST(NULL AS DECIMAL(38, 12)) AS x_AmortizedCost,
    CASE WHEN ConsumedUnit IS NULL THEN PricingQuantity ELSE ConsumedQuantity END AS ConsumedQuantity,
    ResourceId,
    x_Operation,
    ChargeDescription,
    InvoiceId AS x_InvoiceId,
    CAST(NULL AS BOOLEAN) AS x_IsEstimated
FROM raw
