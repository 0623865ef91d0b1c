-- Charges with each AWS service under its one name and code, whichever of its names the bill used.
-- A code is surer than a name; what the list does not know keeps its own words. Each join has one plain equality,
-- so that every engine can hash it.
SELECT
    {{columns|charges.@}},
    COALESCE(by_code.service, by_name.service, charges."ServiceName", charges."x_ServiceCode") AS "ServiceName",
    COALESCE(by_code.code, by_name.code, charges."x_ServiceCode") AS "x_ServiceCode"
FROM charges
LEFT JOIN services AS by_code
    ON by_code.alias = CASE WHEN charges."ProviderName" = 'AWS' THEN LOWER(charges."x_ServiceCode") END
LEFT JOIN services AS by_name
    ON by_name.alias = CASE WHEN charges."ProviderName" = 'AWS' THEN LOWER(charges."ServiceName") END
