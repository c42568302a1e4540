-- name: claim_jobs(lease_seconds, worker_id, job_ids, dispatch_nos, contract, unwritten, served, kinds)
-- Take the leases of jobs that are due, and count the attempts; no row for one that another has, that is over, or
-- whose last dispatch it is not that was picked up: Redis may still hold those of dead workers. Nor for a kind of job
-- that only a newer version knows.
-- A job keeps the version of the steps that it was begun with (`unwritten`, if a worker did that which writes none down):
-- another one would not find its checkpoints, and pay again. Its checkpoints come along. None can be missing: the one
-- that wrote them gave the job back, and was dead or fenced off, before this dispatch was made.
WITH picked AS (
  SELECT * FROM unnest(:job_ids::uuid[], :dispatch_nos::int[]) AS picked (job_id, dispatch_no)
), job AS (
  UPDATE jobs SET
    status = 'active', attempts = attempts + 1,
    lease_token = lease_token + 1, lease_until = now() + make_interval(secs => :lease_seconds),
    worker_id = :worker_id, started_at = coalesce(started_at, now()), last_event = last_event + 1,
    contract = coalesce(contract, CASE WHEN started_at IS NULL THEN :contract ELSE :unwritten END)
  FROM picked
  WHERE id = picked.job_id AND jobs.dispatch_no = picked.dispatch_no AND dispatched_at IS NOT NULL
    AND coalesce(contract, CASE WHEN started_at IS NULL THEN :contract::int ELSE :unwritten::int END) = ANY(:served::int[])
    AND kind::text = ANY(:kinds::text[])
    AND status IN ('waiting', 'delayed') AND run_after <= now()
    AND (SELECT paused_at IS NULL FROM queue_state)
  RETURNING jobs.*
), attempt AS (
  INSERT INTO job_attempts (tenant_id, job_id, lease_token, number, worker_id)
  SELECT tenant_id, id, lease_token, attempts, worker_id FROM job
), presentation AS (
  UPDATE presentations p SET status = 'processing', updated_at = now()
  FROM job WHERE p.tenant_id = job.tenant_id AND p.id = job.deck_id
), event AS (
  INSERT INTO job_events (tenant_id, job_id, number, kind, data)
  SELECT tenant_id, id, last_event, 'job.started', jsonb_build_object('attempt', attempts) FROM job
)
SELECT job.id, job.tenant_id, dispatch_no, deck_id, user_id, context, dataset_sha256, dataset_name, attempts, max_attempts, crashes,
       lease_token, contract, kind::text, priority, policy, parameters, extract(epoch FROM now() - job.created_at)::float8 AS age,
       started_at = now() AS is_first_start, traceparent,
       webhook_url IS NOT NULL OR EXISTS (
         SELECT FROM webhook_endpoints w WHERE w.tenant_id = job.tenant_id AND w.disabled_at IS NULL
       ) AS has_webhook, datasets.bytes AS dataset_bytes,
       (SELECT json_object_agg(key, json_build_object('step', step, 'part', part, 'result', result, 'call', call))
        FROM job_steps WHERE job_id = job.id) AS checkpoints,
       CASE WHEN changes_deck THEN (
         SELECT final_deck_json FROM presentations p WHERE p.tenant_id = job.tenant_id AND p.id = job.deck_id
       ) END AS deck
FROM job LEFT JOIN datasets ON datasets.tenant_id = job.tenant_id AND datasets.sha256 = job.dataset_sha256;

-- name: renew_leases(lease_seconds, job_ids, lease_tokens)
-- Prolong the leases of a worker; a job that does not come back was lost.
UPDATE jobs SET lease_until = now() + make_interval(secs => :lease_seconds)
FROM unnest(:job_ids::uuid[], :lease_tokens::bigint[]) AS held (id, lease_token)
WHERE jobs.id = held.id AND jobs.lease_token = held.lease_token AND status = 'active'
RETURNING jobs.id, held.lease_token;

-- name: database_time()$
SELECT statement_timestamp();

-- name: reclaim_jobs(lease_seconds, since_break, not_after, max_crashes, crash_message)
-- Take jobs back from workers that are silent; one that brought down too many of them has failed.
-- A server that has just been restarted, or answers again (since so many seconds; null if it always has), blames nobody:
-- no worker could renew its leases meanwhile. Nor is a job blamed whose lease was last renewed before that. A crash has
-- a bound of its own, and uses no attempt. What comes `not_after` in time does nothing: the server may have answered
-- nobody meanwhile.
WITH expired AS (
  SELECT id, (:since_break::float8 IS NULL
    OR lease_until > now() + make_interval(secs => :lease_seconds - :since_break::float8))::int AS crash
  FROM jobs
  WHERE status = 'active' AND lease_until < now()
    AND statement_timestamp() < :not_after::timestamptz
    AND pg_postmaster_start_time() < now() - make_interval(secs => :lease_seconds)
    AND (:since_break::float8 IS NULL OR :since_break::float8 >= :lease_seconds)
  FOR UPDATE SKIP LOCKED
), job AS (
  UPDATE jobs SET
    crashes = crashes + crash, attempts = attempts - 1,
    lease_until = NULL, dispatched_at = NULL, last_event = last_event + 1,
    status = CASE WHEN crashes + crash >= :max_crashes THEN 'failed' ELSE 'waiting' END::job_status,
    finished_at = CASE WHEN crashes + crash >= :max_crashes THEN now() END,
    error_code = CASE WHEN crashes + crash >= :max_crashes THEN 'worker_crashed' ELSE error_code END,
    error_message = CASE WHEN crashes + crash >= :max_crashes THEN :crash_message ELSE error_message END
  FROM expired WHERE jobs.id = expired.id
  RETURNING jobs.id, jobs.tenant_id, crash, changes_deck, deck_id, user_id, status, last_event, error_code, error_message, worker_id, lease_token,
    priority, attempts, max_attempts, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(),
    outcome = CASE WHEN job.crash > 0 THEN 'crashed' ELSE 'released' END::attempt_outcome
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = CASE WHEN job.status = 'failed' THEN status_without_deck(job.changes_deck) ELSE 'queued' END,
    error_message = CASE WHEN job.status = 'failed' AND NOT job.changes_deck THEN job.error_message END,
    updated_at = now()
  FROM job WHERE p.tenant_id = job.tenant_id AND p.id = job.deck_id
), event AS (
  INSERT INTO job_events (tenant_id, job_id, number, kind, data)
  SELECT tenant_id, id, last_event, CASE WHEN status = 'failed' THEN 'job.failed' ELSE 'job.reclaimed' END,
         jsonb_build_object('worker', worker_id) || CASE WHEN status = 'failed'
           THEN jsonb_build_object('code', error_code, 'message', error_message) ELSE '{}' END
  FROM job
), delivery AS (
  INSERT INTO webhook_deliveries (tenant_id, job_id, event_number)
  SELECT tenant_id, id, last_event FROM job WHERE status = 'failed' AND webhook_url IS NOT NULL
)
SELECT id, tenant_id, deck_id, user_id, status::text, worker_id, priority, attempts, max_attempts FROM job;
