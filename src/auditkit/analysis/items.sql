-- How was every item answered over the network, and what did it cost?
SELECT i.checklist, i.version, i.item, i.state, i.met, i.lost, count(*) AS n
-- Nearly all are accepted: looking for the few that are not is the shorter way.
FROM items i ANTI JOIN (SELECT key FROM visits WHERE fate <> 'accepted') left_out USING (key)
WHERE i.wave = $wave
GROUP BY ALL
ORDER BY ALL
