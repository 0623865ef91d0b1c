SELECT {{names}} FROM scopes WHERE BillingCurrency = {{currency}} ORDER BY scope;
