-- What did accepted visits score? Equal results are counted, so that the exact fractions stay few.
SELECT
    wave, branch, checklist, version, outcome, score_num, score_den,
    critical_failed, critical_fails, grade_cap, not_met_minor, not_met_major, not_met_critical, highest_item,
    count(*) AS n
FROM visits
WHERE fate = 'accepted' AND list_contains($waves::VARCHAR[], wave) AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], branch))
GROUP BY ALL
ORDER BY ALL
