-- How far do accepted visits to one branch lie apart? Whole numbers of a ten-thousandth of a point: their sums are exact.
-- `apart` is n × the sum of squares around the branch's mean, summed over all branches with n visits in a wave.
WITH scored AS (
    SELECT wave, branch, checklist, split_part(version, '.', 1) AS major,
        CAST(round(TRY_CAST(score_num AS DOUBLE) / TRY_CAST(score_den AS DOUBLE) * 10000) AS HUGEINT) AS y
    FROM visits
    WHERE fate = 'accepted' AND score_num <> '' AND length(score_num) <= 30
        AND abs(TRY_CAST(score_num AS DOUBLE) / TRY_CAST(score_den AS DOUBLE)) < 1e9
        AND list_contains($waves::VARCHAR[], wave)
), each AS (
    SELECT wave, branch, checklist, major, count(*) AS n, sum(y) AS total, sum(y * y) AS squares
    FROM scored
    GROUP BY ALL
    HAVING count(*) > 1
)
SELECT wave, checklist, major, n, count(*) AS branches, CAST(sum(n * squares - total * total) AS VARCHAR) AS apart
FROM each
GROUP BY ALL
ORDER BY ALL
