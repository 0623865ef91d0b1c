-- What a charge counts for: two exports that hold charges of the same account on the same day hold one bill twice. An export that
-- does not state the account is taken for its payer's, and one that does not state that either for its provider's.
BillingAccountId AS payer,
coalesce(SubAccountId, BillingAccountId, ProviderName, '') AS account,
ChargePeriodStart AS "day",
BillingCurrency AS currency,
SubAccountId IS NULL AS unstated,
count(DISTINCT ServiceName) AS services
