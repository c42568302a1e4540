-- name: jobs_as_seen(planning, job_ids, dead_seconds)
-- Jobs as they stand: steps that are done, attempts, deliveries and calls of each are JSON, each in its order. Of the
-- steps the draft says which model is to improve it (null for none), and the storyline how many slides are written.
-- With the workers that live, those of them that take jobs, and why others do not; and whether the queue is paused.
SELECT id, kind::text, policy, deck_id, user_id, status::text, priority, attempts, max_attempts,
       error_code, error_message, created_at, started_at, finished_at, purged_at, dismissed_at, dataset_sha256, webhook_url,
       CASE WHEN status = 'delayed' THEN run_after END AS run_after, dispatched_at IS NOT NULL AS is_dispatched,
       living.*, (SELECT paused_at IS NOT NULL FROM queue_state) AS paused,
       (SELECT data FROM job_events WHERE job_id = jobs.id AND number = last_event) AS last_event_data,
  coalesce((
    SELECT json_agg(json_build_object(
      'step', s.step, 'part', s.part, 'seconds', s.seconds,
      'model', CASE s.step WHEN 'draft' THEN s.result->'upgrade'->>'model' END,
      'slides', CASE WHEN s.step = ANY(:planning::text[]) THEN json_array_length(s.result->'intents') END
    ) ORDER BY s.finished_at)
    FROM job_steps s WHERE s.job_id = jobs.id
  ), '[]') AS steps,
  coalesce((
    SELECT json_agg(json_build_object(
      'number', a.number, 'worker_id', a.worker_id, 'started_at', a.started_at, 'ended_at', a.ended_at,
      'outcome', a.outcome, 'error_code', a.error_code, 'error_message', a.error_message
    ) ORDER BY a.lease_token)
    FROM job_attempts a WHERE a.job_id = jobs.id
  ), '[]') AS history,
  coalesce((
    SELECT json_agg(json_build_object(
      'event', e.kind, 'status', d.status, 'attempts', d.attempts - d.attempts_before, 'last_error', d.last_error,
      'next_attempt_at', CASE d.status WHEN 'pending' THEN d.next_at END, 'delivered_at', d.delivered_at
    ) ORDER BY d.event_number)
    FROM webhook_deliveries d JOIN job_events e ON e.job_id = d.job_id AND e.number = d.event_number
    WHERE d.job_id = jobs.id AND d.endpoint_id IS NULL
  ), '[]') AS deliveries,
  coalesce((
    SELECT json_agg(json_build_object(
      'step', c.step, 'slide', nullif(c.part, ''), 'model', c.model, 'tokens_in', c.tokens_in,
      'tokens_cached', c.tokens_cached, 'tokens_out', c.tokens_out, 'cost', c.cost::float8, 'seconds', c.seconds, 'estimated', c.estimated
    ) ORDER BY c.called_at, c.key)
    FROM model_calls c WHERE c.job_id = jobs.id
  ), '[]') AS calls
FROM jobs, (
  SELECT count(*) AS workers, count(*) FILTER (WHERE reason = '') AS taking, max(reason) AS reason
  FROM workers WHERE seen_at > now() - make_interval(secs => :dead_seconds)
) AS living
WHERE id = ANY(:job_ids::uuid[]);

-- name: outlook(priority, limit)^
-- What a new job of this priority has before it: how many jobs run, how many wait that will be started
-- first (counted no further than `limit`), how many wait at all, and how many seconds the last jobs took.
SELECT counts.active, counts.waiting, (
  SELECT count(*) FROM (
    SELECT 1 FROM jobs WHERE status IN ('waiting', 'delayed') AND priority >= :priority LIMIT :limit
  ) AS first
) AS ahead, (
  SELECT avg(extract(epoch FROM finished_at - started_at))::float8 FROM (
    SELECT started_at, finished_at FROM jobs
    WHERE finished_at IS NOT NULL AND status = 'completed' ORDER BY finished_at DESC LIMIT 20
  ) AS recent
) AS seconds
FROM (
  SELECT sum(active)::bigint AS active, sum(waiting + delayed)::bigint AS waiting FROM job_counts
) AS counts;

-- name: queue_figures(dead_seconds)^
-- Jobs by status; those that ended in the last five minutes, and how many of them failed; for how long the oldest job
-- has waited that could run (null if none waits); workers that live, those of them that take jobs, and why others do not;
-- whether the queue is paused.
SELECT counts.*, recent.*,
  (SELECT extract(epoch FROM now() - min(created_at))::float8 FROM jobs WHERE status = 'waiting') AS oldest_waiting_seconds,
  living.*,
  (SELECT paused_at IS NOT NULL FROM queue_state) AS paused
FROM (
  SELECT sum(waiting)::bigint AS waiting, sum(delayed)::bigint AS delayed, sum(active)::bigint AS active,
         sum(completed)::bigint AS completed, sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled
  FROM job_counts
) AS counts, (
  SELECT count(*) AS recently_ended, count(*) FILTER (WHERE status = 'failed') AS recently_failed FROM jobs
  WHERE finished_at > now() - interval '5 minutes' AND status IN ('completed', 'failed')
) AS recent, (
  SELECT count(*) AS workers, count(*) FILTER (WHERE reason = '') AS taking, max(reason) AS reason
  FROM workers WHERE seen_at > now() - make_interval(secs => :dead_seconds)
) AS living;

-- name: queue_demand(user_concurrency, limit, dead_seconds)^
-- Jobs that run, and those that would if there were a worker: of each user no more than so many at a time, and none of
-- those that wait while the queue is paused; counted no further than `limit`. Workers that take jobs, how many they run
-- at a time together, and how many a living one does (null if none lives).
SELECT (
  SELECT count(*) FROM (
    SELECT 1 FROM jobs WHERE status = 'active'
    UNION ALL
    SELECT 1 FROM jobs
    WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NOT NULL AND (SELECT paused_at IS NULL FROM queue_state)
    UNION ALL
    SELECT 1 FROM users_with_jobs_to_dispatch() AS users (tenant, id) CROSS JOIN LATERAL (
      SELECT count(*) AS jobs FROM jobs
      WHERE tenant_id = users.tenant AND user_id = users.id AND dispatched_at IS NOT NULL
    ) AS held CROSS JOIN LATERAL (
      SELECT 1 FROM jobs
      WHERE tenant_id = users.tenant AND user_id = users.id AND status IN ('waiting', 'delayed') AND dispatched_at IS NULL
        AND run_after <= now()
      LIMIT greatest(0, :user_concurrency - held.jobs)
    ) AS due
    WHERE (SELECT paused_at IS NULL FROM queue_state)
    LIMIT :limit
  ) AS runnable
) AS runnable, living.*
FROM (
  SELECT count(*) FILTER (WHERE reason = '') AS taking,
         coalesce(sum(concurrency) FILTER (WHERE reason = ''), 0)::bigint AS places,
         round(avg(concurrency))::bigint AS concurrency
  FROM workers WHERE seen_at > now() - make_interval(secs => :dead_seconds)
) AS living;

-- name: lock_job(job_id)$
-- Wait for whoever changes a job just now: the next statement sees all that it has written.
SELECT id FROM jobs WHERE id = :job_id FOR UPDATE;

-- name: cancel_jobs(job_ids)
-- End jobs that are not over: their workers find the lease gone. No row for one that is over.
WITH job AS (
  UPDATE jobs SET
    status = 'cancelled', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    last_event = last_event + 1
  WHERE id = ANY(:job_ids::uuid[]) AND status IN ('waiting', 'delayed', 'active')
  RETURNING id, changes_deck, deck_id, lease_token, dispatch_no, last_event, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'cancelled'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token AND a.ended_at IS NULL
), presentation AS (
  UPDATE presentations p SET
    status = status_without_deck(job.changes_deck), updated_at = now(),
    error_message = CASE WHEN NOT job.changes_deck THEN 'The job was cancelled.' END
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.cancelled' FROM job
), delivery AS (
  INSERT INTO webhook_deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id, dispatch_no FROM job;

-- name: redrive_jobs(job_ids)
-- Run failed jobs again, with all their attempts; their checkpoints stand. No row for one that has not failed, whose
-- checkpoints were removed, or that was to change a deck that has changed since.
WITH job AS (
  UPDATE jobs SET
    status = 'waiting', finished_at = NULL, dispatched_at = NULL, run_after = now(),
    attempts = 0, crashes = 0, error_code = NULL, error_message = NULL, last_event = last_event + 1
  WHERE id = ANY(:job_ids::uuid[]) AND status = 'failed' AND purged_at IS NULL AND NOT (changes_deck AND EXISTS (
    SELECT FROM presentations p WHERE p.id = jobs.deck_id AND p.completed_at > jobs.finished_at
  ))
  RETURNING id, deck_id, last_event
), presentation AS (
  UPDATE presentations p SET status = 'queued', error_message = NULL, updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.redriven' FROM job
)
SELECT id FROM job;

-- name: change_priorities(job_ids, priority)
-- Of jobs that are not started; they are to be handed to Redis anew. No row for one that runs or is over.
WITH job AS (
  UPDATE jobs SET priority = :priority, dispatched_at = NULL, last_event = last_event + 1
  WHERE id = ANY(:job_ids::uuid[]) AND status IN ('waiting', 'delayed')
  RETURNING id, dispatch_no, priority, last_event
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.priority_changed', jsonb_build_object('priority', priority) FROM job
)
SELECT id, dispatch_no FROM job;

-- name: pause_queue()!
-- Start nothing more.
UPDATE queue_state SET paused_at = coalesce(paused_at, now());

-- name: resume_queue()!
-- Start what waits.
UPDATE queue_state SET paused_at = NULL;

-- name: attempts_of_job(job_id)
-- Every attempt of a job, in order.
SELECT number, worker_id, started_at, ended_at, outcome::text, error_code, error_message
FROM job_attempts WHERE job_id = :job_id ORDER BY lease_token;
