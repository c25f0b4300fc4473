-- How was every item answered over the network, and what did it cost?
SELECT i.checklist, i.version, i.item, i.state, i.met, i.lost, count(*) AS n
FROM items i JOIN visits v USING (key)
WHERE i.wave = $wave AND v.fate = 'accepted'
GROUP BY ALL
ORDER BY ALL
