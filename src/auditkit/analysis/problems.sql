-- Which problems were met, and what became of the submission that they stand in?
SELECT p.code, p.severity, p.place, p.value, p.params, coalesce(v.fate, '') AS fate
FROM problems p LEFT JOIN visits v ON v.key = p.key AND v.wave = $wave
WHERE p.wave = $wave
ORDER BY p.file, p.place, p.code, p.value, p.params
