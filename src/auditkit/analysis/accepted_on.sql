-- Which accepted visits of a wave were scored with one version of a checklist, and to what?
SELECT file, key, CASE WHEN score_num = '' THEN '' ELSE score_num || '/' || score_den END AS score
FROM visits
WHERE fate = 'accepted' AND wave = $wave AND checklist = $checklist AND version = $version
ORDER BY ALL
