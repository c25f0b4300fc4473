-- What did shoppers write, beside an answer or as one, in the reports of a wave that count or may come to count?
SELECT
    v.key, v.visit_id, v.checklist, v.version, v.branch, v.date, v.fate, i.item, i.number, i.met, i.answer,
    CASE WHEN i.comment <> '' THEN i.comment ELSE i.answer END AS said, i.comment = '' AS is_answer
FROM items i JOIN visits v USING (key)
WHERE i.wave = $wave AND v.fate IN ('accepted', 'held')
    AND (i.comment <> '' OR (i.state = 'informational' AND i.answer <> ''))
ORDER BY v.branch, v.visit_id, v.checklist, v.key, i.place
