-- Which items had these branches not fully met in earlier waves?
SELECT DISTINCT i.branch, i.checklist, i.item, i.wave
FROM items i JOIN visits v USING (key)
WHERE v.fate = 'accepted' AND i.met IN ('not_met', 'partly_met')
    AND list_contains($waves::VARCHAR[], i.wave) AND list_contains($codes::VARCHAR[], i.branch)
ORDER BY ALL
