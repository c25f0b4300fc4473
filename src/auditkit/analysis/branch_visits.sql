-- Which visits did these branches get in a wave, whatever became of them?
SELECT
    branch, key, visit_id, checklist, version, date, start, staff_on_duty, shopper, outcome, score_num, score_den,
    grade, verdict, provisional, n_scored, n_not_observed, n_missing, n_not_applicable, fate, reason, file, steps, hash_submission
FROM visits
WHERE wave = $wave AND fate <> 'unreadable' AND list_contains($codes::VARCHAR[], branch)
ORDER BY branch, date NULLS LAST, visit_id, checklist, key
