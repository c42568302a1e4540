-- name: calls_of_job(job_id)
-- What was paid for a job, call by call.
SELECT step, nullif(part, '') AS slide, model, tokens_in, tokens_cached, tokens_out, cost::float8, seconds
FROM model_calls WHERE job_id = :job_id ORDER BY called_at, key;

-- name: calls_by_day(first, last, user_id)
-- What was paid on these days, by user and model; a user_id of null is all users.
SELECT (called_at AT TIME ZONE 'UTC')::date AS day, user_id::text, model, count(*) AS calls,
       sum(tokens_in)::bigint AS tokens_in, sum(tokens_cached)::bigint AS tokens_cached,
       sum(tokens_out)::bigint AS tokens_out, coalesce(sum(cost), 0)::float8 AS cost,
       count(*) FILTER (WHERE cost IS NULL) AS unpriced, avg(seconds) AS mean_seconds
FROM model_calls
WHERE called_at >= :first::date::timestamp AT TIME ZONE 'UTC'
  AND called_at < (:last::date + 1)::timestamp AT TIME ZONE 'UTC'
  AND (:user_id::text IS NULL OR user_id = :user_id)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
