-- Which checklists are filled in at one and the same visit? What a shopper met that day moves all of them.
SELECT DISTINCT checklists
FROM (
    SELECT list_sort(list(DISTINCT checklist)) AS checklists
    FROM visits
    WHERE fate = 'accepted' AND score_num <> '' AND visit_id <> '' AND wave = $wave
    GROUP BY branch, visit_id
)
WHERE len(checklists) > 1
ORDER BY ALL
