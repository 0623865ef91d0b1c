-- Cost Explorer's daily groups as FOCUS line items.
-- What was not grouped by is not known: NULL, and the charge category is read off the service where it can be.
SELECT
    raw.day AS "ChargePeriodStart",
    raw.currency AS "BillingCurrency",
    'AWS' AS "ProviderName",
    -- Cost Explorer names no publisher. AWS's own names say so themselves; models in Amazon Bedrock are sold through
    -- the Marketplace and yet are usage like any other.
    CASE
        WHEN raw.service_code IS NOT NULL
            OR raw.service LIKE 'AWS %'
            OR raw.service LIKE 'Amazon%'
            OR raw.service LIKE '%(Amazon Bedrock Edition)'
            THEN 'AWS'
    END AS "PublisherName",
    CAST(NULL AS VARCHAR) AS "BillingAccountId",
    raw.account AS "SubAccountId",
    raw.account_name AS "SubAccountName",
    raw.service AS "ServiceName",
    raw.service_code AS "x_ServiceCode",
    raw.region AS "RegionId",
    CASE
        WHEN REPLACE(raw.charge_type, ' ', '') IN (
            'Fee', 'RIFee', 'Upfront', 'Recurring', 'Subscription', 'Support', 'UpfrontReservationFee',
            'RecurringReservationFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee'
        ) THEN 'Purchase'
        WHEN raw.charge_type = 'Tax' THEN 'Tax'
        WHEN raw.charge_type IN ('Credit', 'Refund') OR raw.charge_type LIKE '%Discount' THEN 'Credit'
        WHEN raw.charge_type = 'Other' THEN 'Adjustment'
        WHEN raw.charge_type IS NOT NULL THEN 'Usage'
        WHEN raw.service = 'Tax' THEN 'Tax'
        WHEN raw.service = 'Refund' THEN 'Credit'
        WHEN raw.service LIKE 'AWS Support (%'
            OR raw.service LIKE 'Savings Plans for %'
            OR raw.service_code IN ('AWSPremiumSupport', 'APNFee')
            THEN 'Purchase'
        ELSE 'Usage'
    END AS "ChargeCategory",
    CAST(NULL AS VARCHAR) AS "ChargeClass",
    raw.charge_type AS "x_ChargeType",
    raw.usage_type AS "x_UsageType",
    NULLIF(raw.usage_unit, 'N/A') AS "PricingUnit",
    raw.unblended_cost AS "BilledCost",
    raw.net_amortized_cost AS "EffectiveCost",
    CAST(NULL AS DECIMAL(38, 12)) AS "ListCost",
    raw.blended_cost AS "x_BlendedCost",
    raw.amortized_cost AS "x_AmortizedCost",
    -- A sum over several units means nothing.
    CASE WHEN raw.usage_unit <> 'N/A' THEN raw.usage_quantity END AS "ConsumedQuantity",
    CAST(NULL AS VARCHAR) AS "ResourceId",
    CAST(NULL AS VARCHAR) AS "x_Operation",
    raw.service AS "ChargeDescription",
    CAST(NULL AS VARCHAR) AS "x_InvoiceId",
    CAST(raw.estimated AS BOOLEAN) AS "x_IsEstimated"
FROM raw
