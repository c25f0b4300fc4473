-- Which waves, branches, checklists and shoppers are there at all?
SELECT DISTINCT wave, branch, checklist, version, shopper FROM visits ORDER BY ALL
