-- Each of these reads no more than `limit` rows of what a tenant has, through an index, however many jobs there are.

-- name: accepted_by_time(since, seconds, limit)
-- The latest jobs since then, counted in stretches of so many seconds, each with the time of its first. One branch a
-- status: each has an index that is in order, and they are merged.
SELECT floor(extract(epoch FROM created_at - :since::timestamptz) / :seconds::float8)::int AS stretch,
       count(*) AS jobs, min(created_at) AS first
FROM (
  SELECT created_at FROM (
    (SELECT created_at FROM jobs WHERE status = 'completed' AND created_at >= :since::timestamptz
     ORDER BY created_at DESC LIMIT :limit)
    UNION ALL
    (SELECT created_at FROM jobs WHERE status = 'failed' AND created_at >= :since::timestamptz
     ORDER BY created_at DESC LIMIT :limit)
    UNION ALL
    (SELECT created_at FROM jobs WHERE status = 'cancelled' AND created_at >= :since::timestamptz
     ORDER BY created_at DESC LIMIT :limit)
    UNION ALL
    (SELECT created_at FROM jobs WHERE status = 'waiting' AND created_at >= :since::timestamptz
     ORDER BY created_at DESC LIMIT :limit)
    UNION ALL
    (SELECT created_at FROM jobs WHERE status = 'delayed' AND created_at >= :since::timestamptz
     ORDER BY created_at DESC LIMIT :limit)
    UNION ALL
    (SELECT created_at FROM jobs WHERE status = 'active' AND created_at >= :since::timestamptz
     ORDER BY created_at DESC LIMIT :limit)
  ) AS of_status
  ORDER BY created_at DESC LIMIT :limit
) AS latest
GROUP BY 1 ORDER BY 1;

-- name: ended_by_time(since, seconds, limit)
-- The latest jobs that ended since then, likewise, by status and error.
SELECT floor(extract(epoch FROM finished_at - :since::timestamptz) / :seconds::float8)::int AS stretch,
       status::text, error_code, count(*) AS jobs, min(finished_at) AS first
FROM (
  SELECT finished_at, status, error_code FROM jobs WHERE finished_at >= :since::timestamptz
  ORDER BY finished_at DESC LIMIT :limit
) AS latest
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- name: times_of_ended(since, limit)^
-- Of the latest jobs that ended since then: seconds from the request to the first start, and of those that were
-- completed from that to the end, as half of them had at most, and as 95 of 100 had. Null without any.
SELECT percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - created_at)::float8)
         AS waited,
       percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - started_at)::float8)
         FILTER (WHERE status = 'completed') AS ran
FROM (
  SELECT created_at, started_at, finished_at, status FROM jobs WHERE finished_at >= :since::timestamptz
  ORDER BY finished_at DESC LIMIT :limit
) AS latest
WHERE started_at IS NOT NULL;

-- name: open_jobs(limit)^
-- Jobs that are not over, counted no further than `limit`, and when the oldest of those was requested that wait.
SELECT (SELECT count(*) FROM (SELECT FROM jobs WHERE status = 'waiting' LIMIT :limit) AS found) AS waiting,
       (SELECT count(*) FROM (SELECT FROM jobs WHERE status = 'delayed' LIMIT :limit) AS found) AS delayed,
       (SELECT count(*) FROM (SELECT FROM jobs WHERE status = 'active' LIMIT :limit) AS found) AS active,
       (SELECT created_at FROM jobs WHERE status = 'waiting' ORDER BY created_at, id LIMIT 1) AS oldest_waiting;

-- name: job_of_page(job_id)^
-- What a job's page tells beside the job: its brief, when it was handed to Redis (null once it is over), its trace, and
-- the jobs of its deck before and after it.
SELECT context, parameters, dataset_name, dispatched_at, traceparent, last_event, (
  SELECT id FROM jobs earlier
  WHERE earlier.deck_id = job.deck_id AND (earlier.created_at, earlier.id) < (job.created_at, job.id)
  ORDER BY created_at DESC, id DESC LIMIT 1
) AS predecessor, (
  SELECT id FROM jobs later
  WHERE later.deck_id = job.deck_id AND (later.created_at, later.id) > (job.created_at, job.id)
  ORDER BY created_at, id LIMIT 1
) AS successor
FROM jobs job WHERE id = :job_id;

-- name: steps_of_job(job_id, limit)
-- The steps that are saved, in order, without their results.
SELECT step, part, seconds, finished_at FROM job_steps WHERE job_id = :job_id
ORDER BY finished_at, step, part LIMIT :limit;

-- name: latest_events(job_id, limit)
-- The last events of a job, in order.
SELECT number, kind, data, created_at FROM (
  SELECT * FROM job_events WHERE job_id = :job_id ORDER BY number DESC LIMIT :limit
) AS latest ORDER BY number;

-- name: last_saved_steps(job_ids)
-- When each of these jobs last saved a step; no row for one that has none.
SELECT job_id, max(finished_at) AS saved_at FROM job_steps WHERE job_id = ANY(:job_ids::uuid[]) GROUP BY job_id;

-- name: count_found_jobs(tenant, code, codes, user_id, deck_id, since, limit)
-- The jobs that match, by status, each counted no further than `limit`. Planned anew for its values, as in finding.sql.
SELECT * FROM (VALUES
  ('completed', (SELECT count(*) FROM (
    SELECT FROM jobs WHERE tenant_id = :tenant AND status = 'completed'
      AND (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    LIMIT :limit
  ) AS found)),
  ('failed', (SELECT count(*) FROM (
    SELECT FROM jobs WHERE tenant_id = :tenant AND status = 'failed'
      AND (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    LIMIT :limit
  ) AS found)),
  ('cancelled', (SELECT count(*) FROM (
    SELECT FROM jobs WHERE tenant_id = :tenant AND status = 'cancelled'
      AND (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    LIMIT :limit
  ) AS found)),
  ('waiting', (SELECT count(*) FROM (
    SELECT FROM jobs WHERE tenant_id = :tenant AND status = 'waiting'
      AND (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    LIMIT :limit
  ) AS found)),
  ('delayed', (SELECT count(*) FROM (
    SELECT FROM jobs WHERE tenant_id = :tenant AND status = 'delayed'
      AND (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    LIMIT :limit
  ) AS found)),
  ('active', (SELECT count(*) FROM (
    SELECT FROM jobs WHERE tenant_id = :tenant AND status = 'active'
      AND (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    LIMIT :limit
  ) AS found))
) AS counted (status, jobs);

-- name: statuses_of_jobs(job_ids)
-- How many of these jobs have each status.
SELECT status::text, count(*) AS jobs FROM jobs WHERE id = ANY(:job_ids::uuid[]) GROUP BY status;

-- name: lock_costs(tenant)^
-- Until the transaction ends: no deletion takes names off calls, and nobody else sums.
SELECT pg_advisory_xact_lock(lock_of_costs(:tenant));

-- name: unsummed_days(first, last)$
-- How many of these days are not summed.
SELECT count(*) FROM generate_series(:first::date, :last::date, interval '1 day') AS days (day)
WHERE NOT EXISTS (SELECT FROM summed_days WHERE summed_days.day = days.day::date);

-- name: sum_days(tenant, first, last)!
-- Sum the calls of those days that are not summed. The service does so, after it has locked the costs.
WITH missing AS (
  INSERT INTO summed_days (tenant_id, day)
  SELECT :tenant, day FROM generate_series(:first::date, :last::date, interval '1 day') AS days (day)
  ON CONFLICT DO NOTHING
  RETURNING day
)
INSERT INTO costs_of_days (tenant_id, day, user_id, model, calls, tokens_in, tokens_cached, tokens_out, cost, unpriced,
                           estimated)
SELECT :tenant, day, user_id, model, count(*), sum(tokens_in), sum(tokens_cached), sum(tokens_out),
       coalesce(sum(cost), 0), count(*) FILTER (WHERE cost IS NULL), count(*) FILTER (WHERE estimated)
FROM model_calls JOIN missing ON day = (called_at AT TIME ZONE 'UTC')::date
WHERE tenant_id = :tenant AND called_at >= :first::date::timestamp AT TIME ZONE 'UTC'
  AND called_at < (:last::date + 1)::timestamp AT TIME ZONE 'UTC'
GROUP BY day, user_id, model;

-- name: costs_of_span(first, last, limit)
-- What was paid on these days, in all, by day, by user and by model; of users and models the `limit` that cost most, with
-- the number of all. Days that are summed are read from their sums, others from their calls.
WITH days AS MATERIALIZED (  -- with plain columns: of an expression row security would not let an index know
  SELECT day, day::timestamp AT TIME ZONE 'UTC' AS begins, (day + 1)::timestamp AT TIME ZONE 'UTC' AS ends
  FROM (
    SELECT day::date FROM generate_series(:first::date, :last::date, interval '1 day') AS span (day)
  ) AS span
  WHERE NOT EXISTS (SELECT FROM summed_days WHERE summed_days.day = span.day)
), paid AS (
  SELECT day, user_id::text, model, calls, tokens_in, tokens_cached, tokens_out, cost, unpriced, estimated
  FROM costs_of_days WHERE day BETWEEN :first::date AND :last::date
  UNION ALL
  SELECT day, user_id::text, model, 1, tokens_in, tokens_cached, tokens_out, coalesce(cost, 0), (cost IS NULL)::int,
         estimated::int
  FROM days JOIN model_calls ON called_at >= begins AND called_at < ends
), sums AS (
  SELECT grouping(day, user_id, model) AS which, day, user_id, model, sum(calls)::bigint AS calls,
         sum(tokens_in)::bigint AS tokens_in, sum(tokens_cached)::bigint AS tokens_cached,
         sum(tokens_out)::bigint AS tokens_out, sum(cost)::float8 AS cost, sum(unpriced)::bigint AS unpriced,
         sum(estimated)::bigint AS estimated
  FROM paid GROUP BY GROUPING SETS ((), (day), (user_id), (model))
)
SELECT CASE which WHEN 7 THEN 'all' WHEN 3 THEN 'day' WHEN 5 THEN 'user' ELSE 'model' END AS which,
       coalesce(day::text, user_id, model) AS name, calls, tokens_in, tokens_cached, tokens_out, cost, unpriced, estimated,
       groups
FROM (
  SELECT *, count(*) OVER (PARTITION BY which) AS groups, row_number() OVER (
    PARTITION BY which ORDER BY day, cost DESC, calls DESC, user_id, model
  ) AS place
  FROM sums
) AS ranked
WHERE which IN (7, 3) OR place <= :limit
ORDER BY which, place;
