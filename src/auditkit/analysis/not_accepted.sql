-- What is in no mean, and why?
SELECT file, row, visit_id, fate, reason, checklist, version
FROM visits
WHERE wave = $wave AND fate <> 'accepted'
ORDER BY file, row NULLS FIRST, visit_id, key
