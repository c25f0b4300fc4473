-- What did top-level sections and dimensions score, by branch and wave? Numerators are summed as in scores.sql.
SELECT
    s.wave, s.branch, s.checklist, s.version, s.kind, s.section, s.score_den,
    CASE WHEN length(s.score_num) <= 30 THEN '' ELSE s.score_num END AS longer,
    CAST(sum(CASE WHEN length(s.score_num) <= 30 THEN TRY_CAST(s.score_num AS HUGEINT) END) AS VARCHAR) AS total,
    bool_or(s.counts) AS counts,
    count(*) AS n
-- Nearly all are accepted: looking for the few that are not is the shorter way.
FROM sections s ANTI JOIN (SELECT key FROM visits WHERE fate <> 'accepted') left_out USING (key)
WHERE s.parent = '' AND s.score_num <> ''
    AND list_contains($waves::VARCHAR[], s.wave) AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], s.branch))
GROUP BY s.wave, s.branch, s.checklist, s.version, s.kind, s.section, s.score_den, longer
ORDER BY ALL
