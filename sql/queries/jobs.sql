-- name: job(job_id)^
-- One job as it stands.
SELECT id, kind::text, policy, deck_id, user_id, status::text, priority, attempts, max_attempts, worker_id,
       error_code, error_message, created_at, started_at, finished_at, purged_at, dataset_sha256,
       webhook_url,
       CASE WHEN status = 'delayed' THEN run_after END AS run_after
FROM jobs WHERE id = :job_id;

-- name: outlook(priority, most)^
-- What a new job of this priority has before it: how many jobs run, how many wait that will be started
-- first (counted no further than `most`), how many wait at all, and how many seconds the last jobs took.
SELECT counts.active, counts.waiting, (
  SELECT count(*) FROM (
    SELECT 1 FROM jobs WHERE status IN ('waiting', 'delayed') AND priority >= :priority LIMIT :most
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

-- name: count_jobs()^
-- Jobs by status.
SELECT sum(waiting)::bigint AS waiting, sum(delayed)::bigint AS delayed, sum(active)::bigint AS active,
       sum(completed)::bigint AS completed, sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled
FROM job_counts;

-- name: recent_ends()^
-- Jobs that ended in the last five minutes, and how many of them failed.
SELECT count(*) AS ended, count(*) FILTER (WHERE status = 'failed') AS failed FROM jobs
WHERE finished_at > now() - interval '5 minutes' AND status IN ('completed', 'failed');

-- name: lock_job(job_id)$
-- Wait for whoever changes a job just now: the next statement sees all that it has written.
SELECT id FROM jobs WHERE id = :job_id FOR UPDATE;

-- name: cancel_job(job_id)^
-- End a job that is not over: its worker finds the lease gone. No row if it is over.
WITH job AS (
  UPDATE jobs SET
    status = 'cancelled', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    last_event = last_event + 1
  WHERE id = :job_id AND status IN ('waiting', 'delayed', 'active')
  RETURNING id, kind, deck_id, lease_token, dispatch_no, last_event, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'cancelled'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token AND a.ended_at IS NULL
), presentation AS (
  UPDATE presentations p SET
    status = status_without_deck(job.kind), updated_at = now(),
    error_message = CASE WHEN job.kind = 'generate' THEN 'The job was cancelled.' END
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.cancelled' FROM job
), delivery AS (
  INSERT INTO deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id, dispatch_no FROM job;

-- name: redrive_job(job_id)$
-- Run a failed job again, with all its attempts; its checkpoints stand. Null if it has not failed, if its checkpoints
-- were removed, or if it was to revise a deck that has changed since.
WITH job AS (
  UPDATE jobs SET
    status = 'waiting', finished_at = NULL, dispatched_at = NULL, run_after = now(),
    attempts = 0, crashes = 0, error_code = NULL, error_message = NULL, last_event = last_event + 1
  WHERE id = :job_id AND status = 'failed' AND purged_at IS NULL AND NOT (kind = 'revise' AND EXISTS (
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

-- name: change_priority(job_id, priority)^
-- Of a job that is not started; it is to be handed to Redis anew. No row if it runs or is over.
WITH job AS (
  UPDATE jobs SET priority = :priority, dispatched_at = NULL, last_event = last_event + 1
  WHERE id = :job_id AND status IN ('waiting', 'delayed')
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

-- name: is_paused()$
-- Whether the queue is paused.
SELECT paused_at IS NOT NULL FROM queue_state;

-- name: finished_steps(job_id)
-- Which steps of a job are done, the model that its draft is to be improved by (null for none), and how many
-- slides its storyline has to be written.
SELECT step, part, seconds,
       CASE step WHEN 'draft' THEN result->'upgrade'->>'model' END AS model,
       CASE WHEN step IN ('storyline', 'revise') THEN json_array_length(result->'intents') END AS slides
FROM job_steps WHERE job_id = :job_id ORDER BY finished_at;

-- name: attempts_of_job(job_id)
-- Every attempt of a job, in order.
SELECT number, worker_id, started_at, ended_at, outcome::text, error_code, error_message
FROM job_attempts WHERE job_id = :job_id ORDER BY lease_token;

-- name: oldest_waiting_seconds()$
-- For how long the oldest job has waited that could run; null if none waits.
SELECT extract(epoch FROM now() - min(created_at))::float8 FROM jobs WHERE status = 'waiting';
