-- name: add_calls(job_ids, keys, steps, parts, calls)!
-- Count calls to a model, each once; those of jobs that are removed are nobody's. A job that was running when it was
-- deleted is known to the receipt of that: its calls were paid, and are counted without a name.
INSERT INTO model_calls (tenant_id, job_id, key, deck_id, user_id, step, part, model, tokens_in, tokens_cached, tokens_out, cost,
                         seconds, estimated)
SELECT whose.tenant_id, paid.job_id, paid.key, whose.deck_id, whose.user_id, paid.step, paid.part, of.model, of."tokensIn", of."tokensCached",
       of."tokensOut", of.cost, of.seconds, coalesce(of.estimated, false)
FROM unnest(:job_ids::uuid[], :keys::text[], :steps::text[], :parts::text[], :calls::json[])
  AS paid (job_id, key, step, part, call)
CROSS JOIN LATERAL (
  SELECT tenant_id, deck_id, user_id FROM jobs WHERE id = paid.job_id
  UNION ALL
  (SELECT tenant_id, 'deleted', 'deleted' FROM deletions
   WHERE running_jobs @> ARRAY[paid.job_id] AND running_jobs <> '{}'
     AND NOT EXISTS (SELECT FROM jobs WHERE id = paid.job_id) LIMIT 1)
) AS whose
CROSS JOIN json_to_record(paid.call) AS of (
  model text, "tokensIn" bigint, "tokensCached" bigint, "tokensOut" bigint, cost numeric, seconds float8,
  estimated boolean
)
ORDER BY paid.job_id, paid.key  -- workers that do the same at the same time wait for each other in one direction
ON CONFLICT DO NOTHING;

-- name: calls_by_day(first, last, user_id)
-- What was paid on these days, by user and model; a user_id of null is all users.
SELECT (called_at AT TIME ZONE 'UTC')::date AS day, user_id::text, model, count(*) AS calls,
       sum(tokens_in)::bigint AS tokens_in, sum(tokens_cached)::bigint AS tokens_cached,
       sum(tokens_out)::bigint AS tokens_out, coalesce(sum(cost), 0)::float8 AS cost,
       count(*) FILTER (WHERE cost IS NULL) AS unpriced, count(*) FILTER (WHERE estimated) AS estimated,
       avg(seconds) AS mean_seconds
FROM model_calls
WHERE called_at >= :first::date::timestamp AT TIME ZONE 'UTC'
  AND called_at < (:last::date + 1)::timestamp AT TIME ZONE 'UTC'
  AND (:user_id::text IS NULL OR user_id = :user_id)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
