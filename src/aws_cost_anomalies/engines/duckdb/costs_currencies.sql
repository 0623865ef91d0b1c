SELECT DISTINCT currency FROM costs ORDER BY currency
