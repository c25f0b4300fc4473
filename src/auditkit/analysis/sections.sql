-- What did top-level sections and dimensions score, by branch and wave?
SELECT
    s.wave, s.branch, s.checklist, s.version, s.kind, s.section, s.score_num, s.score_den,
    bool_or(s.counts) AS counts,
    count(*) AS n
FROM sections s JOIN visits v USING (key)
WHERE v.fate = 'accepted' AND s.parent = '' AND s.score_num <> ''
    AND list_contains($waves::VARCHAR[], s.wave) AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], s.branch))
GROUP BY s.wave, s.branch, s.checklist, s.version, s.kind, s.section, s.score_num, s.score_den
ORDER BY ALL
