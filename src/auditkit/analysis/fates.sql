-- What came in, and what became of it?
SELECT fate, count(*) AS n FROM visits WHERE wave = $wave GROUP BY fate ORDER BY fate
