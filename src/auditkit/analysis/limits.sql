-- What do the limits of grades look at in accepted visits? What many have in common is said once.
SELECT DISTINCT
    wave, branch, checklist, version, outcome, critical_failed, grade_cap,
    not_met_minor, not_met_major, not_met_critical, highest_item
FROM visits
WHERE fate = 'accepted' AND list_contains($waves::VARCHAR[], wave) AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], branch))
ORDER BY ALL
