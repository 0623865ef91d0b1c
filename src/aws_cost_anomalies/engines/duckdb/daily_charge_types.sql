SELECT DISTINCT "x_ChargeType" FROM daily
