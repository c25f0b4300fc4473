-- Which shopper was at which branch on which days?
SELECT DISTINCT branch, shopper, date FROM visits WHERE shopper <> '' AND date IS NOT NULL ORDER BY ALL
