-- What stands in the reports of a wave: every report with what became of it, and its exact score?
SELECT key, visit_id, checklist, version, branch, fate, reason,
    CASE WHEN score_num = '' THEN '' ELSE score_num || '/' || score_den END AS score,
    grade, verdict, hash_submission, hash_decisions
FROM visits
WHERE wave = $wave
ORDER BY key
