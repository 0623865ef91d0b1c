-- One CUR line item, legacy or 2.0, as one FOCUS line item. Dialect: Trino.
-- How EffectiveCost comes about stands in docs/EFFECTIVE_COST.md.
SELECT
    CAST(line_item_usage_start_date AS DATE) AS ChargePeriodStart,
    line_item_currency_code AS BillingCurrency,
    'AWS' AS ProviderName,
    CASE
        WHEN bill_billing_entity = 'AWS Marketplace' THEN COALESCE(line_item_legal_entity, bill_billing_entity)
        ELSE 'AWS'
    END AS PublisherName,
    bill_payer_account_id AS BillingAccountId,
    line_item_usage_account_id AS SubAccountId,
    line_item_usage_account_name AS SubAccountName,
    COALESCE(product_product_name, ELEMENT_AT(product, 'product_name'), line_item_product_code) AS ServiceName,
    line_item_product_code AS x_ServiceCode,
    NULLIF(
        CASE
            WHEN has_region_code THEN COALESCE(product_region_code, product_region)
            -- The map is read only where nothing else can tell: it is the largest column there is.
            ELSE COALESCE(product_region, ELEMENT_AT(product, 'region_code'), ELEMENT_AT(product, 'region'))
        END,
        'global'
    ) AS RegionId,
    CASE
        WHEN line_item_line_item_type = 'Usage' THEN 'Usage'
        WHEN line_item_line_item_type IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee')
            THEN 'Purchase'
        WHEN line_item_line_item_type = 'Tax' THEN 'Tax'
        WHEN line_item_line_item_type IN ('Credit', 'Refund') THEN 'Credit'
        WHEN line_item_line_item_type LIKE '%Discount' THEN 'Credit'
        ELSE 'Usage'
    END AS ChargeCategory,
    CAST(NULL AS VARCHAR) AS ChargeClass,
    line_item_line_item_type AS x_ChargeType,
    line_item_usage_type AS x_UsageType,
    pricing_unit AS PricingUnit,
    line_item_unblended_cost AS BilledCost,
    CASE
        WHEN line_item_line_item_type = 'Usage'
            THEN COALESCE(line_item_net_unblended_cost, line_item_unblended_cost)
        WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' AND amortizes_savings_plans
            THEN COALESCE(
                savings_plan_net_savings_plan_effective_cost, savings_plan_savings_plan_effective_cost,
                line_item_net_unblended_cost, line_item_unblended_cost
            )
        WHEN line_item_line_item_type = 'DiscountedUsage' AND amortizes_reservations
            THEN COALESCE(
                reservation_net_effective_cost, reservation_effective_cost,
                line_item_net_unblended_cost, line_item_unblended_cost
            )
        WHEN line_item_line_item_type IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee')
            AND amortizes_savings_plans
            THEN CAST(0 AS DECIMAL(38, 12))
        WHEN line_item_line_item_type = 'Fee' AND reservation_reservation_a_r_n IS NOT NULL
            AND amortizes_reservations
            THEN CAST(0 AS DECIMAL(38, 12))
        WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' AND amortizes_savings_plans
            THEN COALESCE(
                -- The part nobody used, at what the commitment costs after discounts.
                CASE
                    WHEN savings_plan_net_recurring_commitment_for_billing_period IS NOT NULL
                        AND COALESCE(
                            savings_plan_recurring_commitment_for_billing_period,
                            savings_plan_net_recurring_commitment_for_billing_period
                        ) + COALESCE(
                            savings_plan_amortized_upfront_commitment_for_billing_period,
                            savings_plan_net_amortized_upfront_commitment_for_billing_period, 0
                        ) > 0
                        THEN CAST(
                            CAST(savings_plan_total_commitment_to_date - savings_plan_used_commitment AS DOUBLE)
                            * CAST(
                                savings_plan_net_recurring_commitment_for_billing_period
                                + COALESCE(
                                    savings_plan_net_amortized_upfront_commitment_for_billing_period,
                                    savings_plan_amortized_upfront_commitment_for_billing_period, 0
                                ) AS DOUBLE
                            ) / CAST(
                                COALESCE(
                                    savings_plan_recurring_commitment_for_billing_period,
                                    savings_plan_net_recurring_commitment_for_billing_period
                                ) + COALESCE(
                                    savings_plan_amortized_upfront_commitment_for_billing_period,
                                    savings_plan_net_amortized_upfront_commitment_for_billing_period, 0
                                ) AS DOUBLE
                            ) AS DECIMAL(38, 12)
                        )
                END,
                CAST(
                    savings_plan_total_commitment_to_date - savings_plan_used_commitment AS DECIMAL(38, 12)
                ),
                line_item_net_unblended_cost,
                line_item_unblended_cost
            )
        WHEN line_item_line_item_type = 'RIFee' AND amortizes_reservations
            THEN COALESCE(
                CAST(
                    COALESCE(
                        reservation_net_unused_amortized_upfront_fee_for_billing_period,
                        reservation_unused_amortized_upfront_fee_for_billing_period, 0
                    ) + COALESCE(
                        reservation_net_unused_recurring_fee, reservation_unused_recurring_fee
                    ) AS DECIMAL(38, 12)
                ),
                line_item_net_unblended_cost,
                line_item_unblended_cost
            )
        ELSE COALESCE(line_item_net_unblended_cost, line_item_unblended_cost)
    END AS EffectiveCost,
    pricing_public_on_demand_cost AS ListCost,
    line_item_blended_cost AS x_BlendedCost,
    CASE
        WHEN line_item_line_item_type = 'Usage' THEN line_item_unblended_cost
        WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' AND amortizes_savings_plans
            THEN COALESCE(savings_plan_savings_plan_effective_cost, line_item_unblended_cost)
        WHEN line_item_line_item_type = 'DiscountedUsage' AND amortizes_reservations
            THEN COALESCE(reservation_effective_cost, line_item_unblended_cost)
        WHEN line_item_line_item_type IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee')
            AND amortizes_savings_plans
            THEN CAST(0 AS DECIMAL(38, 12))
        WHEN line_item_line_item_type = 'Fee' AND reservation_reservation_a_r_n IS NOT NULL
            AND amortizes_reservations
            THEN CAST(0 AS DECIMAL(38, 12))
        WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' AND amortizes_savings_plans
            THEN COALESCE(
                CAST(
                    savings_plan_total_commitment_to_date - savings_plan_used_commitment AS DECIMAL(38, 12)
                ),
                line_item_unblended_cost
            )
        WHEN line_item_line_item_type = 'RIFee' AND amortizes_reservations
            THEN COALESCE(
                CAST(
                    COALESCE(reservation_unused_amortized_upfront_fee_for_billing_period, 0)
                    + reservation_unused_recurring_fee AS DECIMAL(38, 12)
                ),
                line_item_unblended_cost
            )
        ELSE line_item_unblended_cost
    END AS x_AmortizedCost,
    CASE
        WHEN line_item_line_item_type IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
            THEN line_item_usage_amount
    END AS ConsumedQuantity,
    line_item_resource_id AS ResourceId,
    line_item_operation AS x_Operation,
    line_item_line_item_description AS ChargeDescription,
    bill_invoice_id AS x_InvoiceId,
    CAST(NULL AS BOOLEAN) AS x_IsEstimated
FROM raw
