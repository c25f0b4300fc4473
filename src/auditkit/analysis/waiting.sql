-- Which reports wait for a person, or may be decided on again?
SELECT key, file, row, visit_id, branch, checklist, version, date, shopper, fate, reason
FROM visits
WHERE wave = $wave AND list_contains($fates::VARCHAR[], fate)
ORDER BY branch, visit_id, checklist, key
