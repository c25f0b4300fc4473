-- Which files does a report name, beside an answer or as one?
SELECT v.visit_id, i.checklist, i.version, i.item, concat_ws('; ', nullif(i.evidence, ''), nullif(i.answer, '')) AS told
FROM items i
JOIN visits v USING (key)
WHERE i.wave = $wave AND (i.evidence <> '' OR i.answer LIKE '%.%')
ORDER BY i.key, i.place
