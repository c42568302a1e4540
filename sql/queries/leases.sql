-- name: claim_job(lease_seconds, worker_id, job_id, dispatch_no, contract, unwritten, served)^
-- Take the lease of a job that is due, and count the attempt; no row if another has it, if it is over, or
-- if it is not its last dispatch that was picked up: Redis may still hold those of dead workers.
-- It keeps the version of the steps that it was begun with (`unwritten`, if a worker did that which writes none down):
-- another one would not find its checkpoints, and pay again. Its checkpoints come along. None can be missing: the one that wrote them gave the job back, and was dead or
-- fenced off, before this dispatch was made.
WITH job AS (
  UPDATE jobs SET
    status = 'active', attempts = attempts + 1,
    lease_token = lease_token + 1, lease_until = now() + make_interval(secs => :lease_seconds),
    worker_id = :worker_id, started_at = coalesce(started_at, now()), last_event = last_event + 1,
    contract = coalesce(contract, CASE WHEN started_at IS NULL THEN :contract ELSE :unwritten END)
  WHERE id = :job_id AND dispatch_no = :dispatch_no AND dispatched_at IS NOT NULL
    AND coalesce(contract, CASE WHEN started_at IS NULL THEN :contract::int ELSE :unwritten::int END) = ANY(:served::int[])
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
SELECT job.id, deck_id, user_id, context, dataset_sha256, dataset_name, attempts, max_attempts, crashes,
       lease_token, contract, priority, policy, revision, extract(epoch FROM now() - job.created_at)::float8 AS age,
       webhook_url IS NOT NULL AS has_webhook, datasets.bytes AS dataset_bytes,
       (SELECT json_object_agg(key, json_build_object('step', step, 'part', part, 'result', result, 'call', call))
        FROM job_steps WHERE job_id = job.id) AS checkpoints,
       CASE WHEN kind = 'revise' THEN (SELECT final_deck_json FROM presentations WHERE id = job.deck_id) END AS deck
FROM job LEFT JOIN datasets ON datasets.sha256 = job.dataset_sha256;

-- name: renew_leases(lease_seconds, job_ids, lease_tokens)
-- Prolong the leases of a worker; a job that does not come back was lost.
UPDATE jobs SET lease_until = now() + make_interval(secs => :lease_seconds)
FROM unnest(:job_ids::uuid[], :lease_tokens::bigint[]) AS held (id, lease_token)
WHERE jobs.id = held.id AND jobs.lease_token = held.lease_token AND status = 'active'
RETURNING jobs.id, held.lease_token;

-- name: save_step(job_id, lease_token, step, part, key, result, call, seconds)$
-- Keep the result of a step, with the call that was paid for it, progress and event, if the lease still holds;
-- null if it does not. A job that gets on is not the one that brings workers down. A repeated call tells the
-- event once only, and counts what was paid once only.
WITH new AS (
  SELECT (NOT EXISTS (
    SELECT FROM job_steps WHERE job_id = :job_id AND step = :step AND key = :key
  ))::int AS steps
), job AS (
  UPDATE jobs SET crashes = 0, last_event = last_event + (SELECT steps FROM new)
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, user_id, last_event
), step AS (
  INSERT INTO job_steps (job_id, step, part, key, result, call, seconds)
  SELECT id, :step, :part, :key, :result, :call, :seconds FROM job
  ON CONFLICT DO NOTHING
), paid AS (
  INSERT INTO model_calls (job_id, key, deck_id, user_id, step, part, model, tokens_in, tokens_cached, tokens_out,
                           cost, seconds, estimated)
  SELECT id, :key, deck_id, user_id, :step, :part, of.model, of."tokensIn", of."tokensCached", of."tokensOut",
         of.cost, of.seconds, coalesce(of.estimated, false)
  FROM jobs CROSS JOIN json_to_record(:call) AS of (
    model text, "tokensIn" bigint, "tokensCached" bigint, "tokensOut" bigint, cost numeric, seconds float8,
    estimated boolean
  )
  WHERE jobs.id = :job_id AND of.model IS NOT NULL  -- whoever has the job now: it was paid
  ON CONFLICT DO NOTHING
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'step.completed', jsonb_strip_nulls(jsonb_build_object(
    'step', :step::text, 'part', nullif(:part::text, ''), 'seconds', :seconds::float8))
  FROM job CROSS JOIN new WHERE new.steps > 0
)
SELECT id FROM job;

-- name: save_draft(job_id, lease_token, deck)$
-- Let the draft be read while a model improves it. Null if the lease was lost. A repeated call tells the event
-- once only.
WITH new AS (
  SELECT (NOT EXISTS (SELECT FROM job_events WHERE job_id = :job_id AND kind IN ('draft.ready', 'draft_ready')))::int AS events
), job AS (
  UPDATE jobs SET last_event = last_event + (SELECT events FROM new)
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, last_event
), presentation AS (
  UPDATE presentations p SET draft_deck_json = :deck, updated_at = now() FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind)
  SELECT id, last_event, 'draft.ready' FROM job CROSS JOIN new WHERE new.events > 0
)
SELECT id FROM job;

-- name: complete_job(job_id, lease_token, deck, model_work)$
-- The end of a job: deck, both statuses and the event at once, which says what a model wrote of the deck (null
-- without one). Null if the lease was lost.
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
    status = 'completed', final_deck_json = :deck, draft_deck_json = NULL, dataset_sha256 = job.dataset_sha256,
    completed_at = now(), updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.completed', jsonb_strip_nulls(jsonb_build_object('model', :model_work::jsonb)) FROM job
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
  RETURNING id, kind, deck_id, lease_token, last_event, error_code, error_message, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'failed', error_code = job.error_code,
    error_message = job.error_message
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = status_without_deck(job.kind), updated_at = now(),
    error_message = CASE WHEN job.kind = 'generate' THEN job.error_message END
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.failed', jsonb_build_object('code', error_code, 'message', error_message)
  FROM job
), delivery AS (
  INSERT INTO deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id FROM job;

-- name: delay_job(delay_seconds, uses_attempt, is_crash, error_code, error_message, job_id, lease_token)$
-- Another attempt follows after a backoff. This one is not counted if the job only waited for another server;
-- if the job may have brought that down, it is a crash. Null if the lease was lost.
WITH job AS (
  UPDATE jobs SET
    status = 'delayed', attempts = attempts - (NOT :uses_attempt::boolean)::int,
    crashes = crashes + (:is_crash::boolean)::int,
    lease_until = NULL, dispatched_at = NULL, run_after = now() + make_interval(secs => :delay_seconds),
    error_code = :error_code, error_message = :error_message, last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, deck_id, lease_token, last_event, attempts, error_code, error_message
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(),
    outcome = CASE WHEN :uses_attempt::boolean THEN 'retried' ELSE 'released' END::attempt_outcome, error_code = job.error_code,
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

-- name: reclaim_jobs(lease_seconds, since_break, max_crashes, crash_message)
-- Take jobs back from workers that are silent; one that brought down too many of them has failed.
-- A server that has just been restarted, or answers again (since so many seconds; null if it always has), blames nobody:
-- no worker could renew its leases meanwhile. Nor is a job blamed whose lease was last renewed before that. A crash has
-- a bound of its own, and uses no attempt.
WITH expired AS (
  SELECT id, (:since_break::float8 IS NULL
    OR lease_until > now() + make_interval(secs => :lease_seconds - :since_break::float8))::int AS crash
  FROM jobs
  WHERE status = 'active' AND lease_until < now()
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
  RETURNING jobs.id, crash, kind, deck_id, user_id, status, last_event, error_code, error_message, worker_id, lease_token,
    priority, attempts, max_attempts, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(),
    outcome = CASE WHEN job.crash > 0 THEN 'crashed' ELSE 'released' END::attempt_outcome
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = CASE WHEN job.status = 'failed' THEN status_without_deck(job.kind) ELSE 'queued' END,
    error_message = CASE WHEN job.status = 'failed' AND job.kind = 'generate' THEN job.error_message END,
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
