-- Of every report of a wave: its file, visit, day, and what became of it?
SELECT file, visit_id, date, fate
FROM visits
WHERE wave = $wave
ORDER BY file, key
