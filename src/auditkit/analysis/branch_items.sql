-- What was answered to every item in the accepted visits of these branches?
SELECT
    i.key, i.item, i.section, i.number, i.state, i.met, i.answer, i.comment, i.earned, i.possible, i.lost,
    i.severity, i.critical, i.cell
FROM items i JOIN visits v USING (key)
WHERE i.wave = $wave AND v.fate = 'accepted' AND list_contains($codes::VARCHAR[], i.branch)
ORDER BY i.key, i.place
