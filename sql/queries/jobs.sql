-- name: claim_job(lease_seconds, worker_id, job_id, dispatch_no)^
-- Take the lease of a job that is due, and count the attempt; no row if another has it, if it is over, or
-- if it is not its last dispatch that was picked up: Redis may still hold those of dead workers.
-- Its checkpoints come along. None can be missing: the one that wrote them gave the job back, and was dead or
-- fenced off, before this dispatch was made.
WITH job AS (
  UPDATE jobs SET
    status = 'active', attempts = attempts + 1,
    lease_token = lease_token + 1, lease_until = now() + make_interval(secs => :lease_seconds),
    worker_id = :worker_id, started_at = coalesce(started_at, now()), last_event = last_event + 1
  WHERE id = :job_id AND dispatch_no = :dispatch_no AND dispatched_at IS NOT NULL
    AND status IN ('waiting', 'delayed') AND run_after <= now()
    AND (SELECT paused_at IS NULL FROM queue_state)
  RETURNING *
), attempt AS (
  INSERT INTO job_attempts (job_id, lease_token, number, worker_id)
  SELECT id, lease_token, attempts, worker_id FROM job
), presentation AS (
  UPDATE presentations p SET status = 'processing', updated_at = now() FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.started', jsonb_build_object('attempt', attempts) FROM job
)
SELECT job.id, deck_id, user_id, context, dataset_sha256, dataset_name, attempts, max_attempts, lease_token,
       priority, webhook_url IS NOT NULL AS has_webhook, datasets.bytes AS dataset_bytes,
       (SELECT json_object_agg(key, result) FROM job_steps WHERE job_id = job.id) AS checkpoints
FROM job LEFT JOIN datasets ON datasets.sha256 = job.dataset_sha256;

-- name: renew_leases(lease_seconds, job_ids, lease_tokens)
-- Prolong the leases of a worker; a job that does not come back was lost.
UPDATE jobs SET lease_until = now() + make_interval(secs => :lease_seconds)
FROM unnest(:job_ids::uuid[], :lease_tokens::bigint[]) AS held (id, lease_token)
WHERE jobs.id = held.id AND jobs.lease_token = held.lease_token AND status = 'active'
RETURNING jobs.id;

-- name: complete_job(job_id, lease_token, deck)$
-- The end of a job: deck, both statuses and the event at once. Null if the lease was lost.
WITH job AS (
  UPDATE jobs SET
    status = 'completed', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    error_code = NULL, error_message = NULL, last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, lease_token, last_event, webhook_url, dataset_sha256
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'completed'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = 'completed', final_deck_json = :deck, dataset_sha256 = job.dataset_sha256,
    completed_at = now(), updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.completed' FROM job
), delivery AS (
  INSERT INTO deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id FROM job;

-- name: fail_job(error_code, error_message, job_id, lease_token)$
-- The end of a job without a deck. Null if the lease was lost.
WITH job AS (
  UPDATE jobs SET
    status = 'failed', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    error_code = :error_code, error_message = :error_message, last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, lease_token, last_event, error_code, error_message, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'failed', error_code = job.error_code,
    error_message = job.error_message
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET status = 'error', error_message = job.error_message, updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.failed', jsonb_build_object('code', error_code, 'message', error_message)
  FROM job
), delivery AS (
  INSERT INTO deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id FROM job;

-- name: delay_job(delay_seconds, error_code, error_message, job_id, lease_token)$
-- Another attempt follows after a backoff. Null if the lease was lost.
WITH job AS (
  UPDATE jobs SET
    status = 'delayed', lease_until = NULL, dispatched_at = NULL,
    run_after = now() + make_interval(secs => :delay_seconds),
    error_code = :error_code, error_message = :error_message, last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, lease_token, last_event, attempts, error_code, error_message
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'retried', error_code = job.error_code,
    error_message = job.error_message
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET status = 'queued', updated_at = now() FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.delayed', jsonb_build_object(
    'attempt', attempts, 'code', error_code, 'message', error_message, 'delaySeconds', :delay_seconds::float8)
  FROM job
)
SELECT id FROM job;

-- name: release_job(job_id, lease_token)$
-- Give a job back for another worker: no attempt is used. Null if the lease was lost.
WITH job AS (
  UPDATE jobs SET
    status = 'waiting', attempts = attempts - 1, lease_until = NULL, dispatched_at = NULL,
    last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, lease_token, last_event
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'released'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET status = 'queued', updated_at = now() FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.released' FROM job
)
SELECT id FROM job;

-- name: reclaim_jobs(lease_seconds, max_crashes, crash_message)
-- Take jobs back from workers that are silent; one that brought down too many of them has failed.
-- A server that has just been restarted blames nobody: no worker could renew its leases meanwhile.
WITH expired AS (
  SELECT id FROM jobs
  WHERE status = 'active' AND lease_until < now()
    AND pg_postmaster_start_time() < now() - make_interval(secs => :lease_seconds)
  FOR UPDATE SKIP LOCKED
), job AS (
  UPDATE jobs SET
    crashes = crashes + 1, lease_until = NULL, dispatched_at = NULL, last_event = last_event + 1,
    status = CASE WHEN crashes + 1 >= :max_crashes THEN 'failed' ELSE 'waiting' END::job_status,
    finished_at = CASE WHEN crashes + 1 >= :max_crashes THEN now() END,
    error_code = CASE WHEN crashes + 1 >= :max_crashes THEN 'worker_crashed' ELSE error_code END,
    error_message = CASE WHEN crashes + 1 >= :max_crashes THEN :crash_message ELSE error_message END
  FROM expired WHERE jobs.id = expired.id
  RETURNING jobs.id, deck_id, user_id, status, last_event, error_code, error_message, worker_id, lease_token,
    priority, attempts, max_attempts, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'crashed'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = CASE WHEN job.status = 'failed' THEN 'error' ELSE 'queued' END::presentation_status,
    error_message = CASE WHEN job.status = 'failed' THEN job.error_message END,
    updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, CASE WHEN status = 'failed' THEN 'job.failed' ELSE 'job.reclaimed' END,
         jsonb_build_object('worker', worker_id) || CASE WHEN status = 'failed'
           THEN jsonb_build_object('code', error_code, 'message', error_message) ELSE '{}' END
  FROM job
), delivery AS (
  INSERT INTO deliveries (job_id, event_number)
  SELECT id, last_event FROM job WHERE status = 'failed' AND webhook_url IS NOT NULL
)
SELECT id, deck_id, user_id, status::text, worker_id, priority, attempts, max_attempts FROM job;

-- name: mark_dispatched(user_ids, user_concurrency, most)
-- Choose the jobs to hand to Redis, of some users or, if that is null, of all: of each the most urgent, then
-- the oldest, as far as the user's concurrency allows, and no more than `most` that nobody has picked up.
-- Of the jobs that were there when a worker died, twice in a row, one runs at a time: the next death tells
-- which of them brings workers down.
WITH suspect AS (
  SELECT id FROM jobs
  WHERE crashes >= 2 AND finished_at IS NULL AND run_after <= now() AND NOT EXISTS (
    SELECT FROM jobs WHERE crashes >= 2 AND finished_at IS NULL AND dispatched_at IS NOT NULL
  )
  ORDER BY created_at, id LIMIT 1
), users AS (
  SELECT unnest(:user_ids::text[]) AS id
  UNION ALL
  SELECT users_to_dispatch() WHERE :user_ids::text[] IS NULL
), due AS (
  SELECT job.id, job.priority, job.created_at, held.jobs + row_number() OVER (
    PARTITION BY users.id ORDER BY job.priority DESC, job.created_at, job.id
  ) AS place
  FROM users CROSS JOIN LATERAL (
    SELECT count(*) AS jobs FROM jobs WHERE user_id = users.id AND dispatched_at IS NOT NULL
  ) AS held CROSS JOIN LATERAL (
    SELECT id, priority, created_at FROM jobs
    WHERE user_id = users.id AND status IN ('waiting', 'delayed') AND dispatched_at IS NULL
      AND run_after <= now() AND (crashes < 2 OR id = (SELECT id FROM suspect))
    ORDER BY priority DESC, created_at, id
    LIMIT greatest(0, :user_concurrency - held.jobs)
  ) AS job
  WHERE (SELECT paused_at IS NULL FROM queue_state)
  ORDER BY priority DESC, place, created_at
  LIMIT greatest(0, :most - (
    SELECT count(*) FROM jobs WHERE dispatched_at IS NOT NULL AND status IN ('waiting', 'delayed')
  ))
), chosen AS (
  -- Arrays rather than joins: what can't be estimated would be joined by reading the whole table.
  SELECT id FROM jobs WHERE id = ANY(ARRAY(SELECT id FROM due)) AND dispatched_at IS NULL
  FOR UPDATE SKIP LOCKED
), marked AS (
  UPDATE jobs SET dispatched_at = now(), dispatch_no = dispatch_no + 1
  WHERE id = ANY(ARRAY(SELECT id FROM chosen)) AND dispatched_at IS NULL
  RETURNING id, deck_id, dispatch_no, started_at
)
-- In the order of being handed over, and not by age: else all that a user has ever queued would go before
-- the first job of another. What was begun already is gone on with first.
SELECT id, deck_id, dispatch_no, priority, CASE
  WHEN started_at IS NOT NULL THEN created_at
  ELSE now() + interval '1 microsecond' * row_number() OVER (ORDER BY place, created_at)
END AS due_at
FROM marked JOIN due USING (id);

-- name: dispatched_jobs(grace_seconds)
-- Jobs that Redis should know, if it has had the time to.
SELECT id, dispatch_no FROM jobs
WHERE dispatched_at < now() - make_interval(secs => :grace_seconds) AND status IN ('waiting', 'delayed');

-- name: forget_dispatch(job_ids, dispatch_nos)!
-- Redis has lost these: they are to be handed over again.
UPDATE jobs SET dispatched_at = NULL
FROM unnest(:job_ids::uuid[], :dispatch_nos::int[]) AS lost (id, dispatch_no)
WHERE jobs.id = lost.id AND jobs.dispatch_no = lost.dispatch_no AND status IN ('waiting', 'delayed');

-- name: job(job_id)^
-- One job as it stands.
SELECT id, deck_id, user_id, status::text, priority, attempts, max_attempts, worker_id,
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

-- name: cancel_job(job_id)^
-- End a job that is not over: its worker finds the lease gone. No row if it is over.
WITH job AS (
  UPDATE jobs SET
    status = 'cancelled', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    last_event = last_event + 1
  WHERE id = :job_id AND status IN ('waiting', 'delayed', 'active')
  RETURNING id, deck_id, lease_token, dispatch_no, last_event, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'cancelled'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token AND a.ended_at IS NULL
), presentation AS (
  UPDATE presentations p SET status = 'error', error_message = 'The job was cancelled.', updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.cancelled' FROM job
), delivery AS (
  INSERT INTO deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id, dispatch_no FROM job;

-- name: redrive_job(job_id)$
-- Run a failed job again, with all its attempts; its checkpoints stand. Null if it has not failed, or if
-- its checkpoints were removed.
WITH job AS (
  UPDATE jobs SET
    status = 'waiting', finished_at = NULL, dispatched_at = NULL, run_after = now(),
    attempts = 0, crashes = 0, error_code = NULL, error_message = NULL, last_event = last_event + 1
  WHERE id = :job_id AND status = 'failed' AND purged_at IS NULL
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

-- name: attempts_of_job(job_id)
-- Every attempt of a job, in order.
SELECT number, worker_id, started_at, ended_at, outcome::text, error_code, error_message
FROM job_attempts WHERE job_id = :job_id ORDER BY lease_token;

-- name: oldest_waiting_seconds()$
-- For how long the oldest job has waited that could run; null if none waits.
SELECT extract(epoch FROM now() - min(created_at))::float8 FROM jobs WHERE status = 'waiting';
