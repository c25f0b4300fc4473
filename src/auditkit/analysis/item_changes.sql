-- At how many branches was an item met in a larger, at how many in a smaller part of the visits than in the wave before?
-- With one visit in each wave these are the discordant pairs of McNemar. Only within one MAJOR version.
WITH seen AS (
    SELECT i.checklist, split_part(i.version, '.', 1) AS major, i.item, i.branch,
        count(*) FILTER (WHERE i.wave = $wave) AS now,
        count(*) FILTER (WHERE i.wave = $wave AND i.met = 'met') AS met_now,
        count(*) FILTER (WHERE i.wave = $before) AS earlier,
        count(*) FILTER (WHERE i.wave = $before AND i.met = 'met') AS met_earlier
    FROM items i ANTI JOIN (SELECT key FROM visits WHERE fate <> 'accepted') left_out USING (key)
    WHERE (i.wave = $wave OR i.wave = $before) AND i.met <> ''
    GROUP BY ALL
)
SELECT checklist, major, item, count(*) AS branches,
    count(*) FILTER (WHERE met_now * earlier > met_earlier * now) AS risen,
    count(*) FILTER (WHERE met_now * earlier < met_earlier * now) AS fallen
FROM seen
WHERE now > 0 AND earlier > 0
GROUP BY ALL
ORDER BY ALL
