-- What did accepted visits score? Numerators are summed by denominator; one that 128 bits may not hold stands alone.
SELECT
    wave, branch, checklist, version, outcome, score_den,
    CASE WHEN length(score_num) <= 30 THEN '' ELSE score_num END AS longer,
    CAST(sum(CASE WHEN length(score_num) <= 30 THEN TRY_CAST(score_num AS HUGEINT) END) AS VARCHAR) AS total,
    count(*) FILTER (WHERE critical_failed <> '') AS critical,
    coalesce(bool_or(critical_fails), false) AS fails,
    count(*) AS n
FROM visits
WHERE fate = 'accepted' AND list_contains($waves::VARCHAR[], wave) AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], branch))
GROUP BY wave, branch, checklist, version, outcome, score_den, longer
ORDER BY ALL
