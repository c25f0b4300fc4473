-- Which answers to critical questions should a person look at: that did not come up, could not be seen, or failed?
SELECT
    v.key, v.visit_id, v.checklist, v.version, v.branch, v.date, v.file, v.hash_submission, v.fate,
    i.item, i.number, i.state, i.met, i.answer, i.comment
FROM items i JOIN visits v USING (key)
WHERE i.wave = $wave AND list_contains($fates::VARCHAR[], v.fate)
    AND (i.state IN ('not_applicable', 'not_observed') OR i.met = 'not_met')
ORDER BY v.branch, v.visit_id, v.checklist, v.key, i.place
