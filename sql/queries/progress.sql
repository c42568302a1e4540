-- name: save_steps(job_ids, lease_tokens, steps, parts, keys, results, calls, seconds)
-- Keep the results of steps, with the calls that were paid for them, progress and events, of those jobs whose leases
-- still hold; no row for the others. A job that gets on is not the one that brings workers down. A repeated call tells
-- the events once only, and counts what was paid once only.
WITH saved AS (
  SELECT * FROM unnest(
    :job_ids::uuid[], :lease_tokens::bigint[], :steps::text[], :parts::text[], :keys::text[], :results::json[],
    :calls::json[], :seconds::float8[]
  ) AS saved (job_id, lease_token, step, part, key, result, call, seconds)
), new AS (
  -- `later` is how many of the same job are told after it.
  SELECT *, row_number() OVER (PARTITION BY job_id, lease_token ORDER BY key) - 1 AS later FROM saved
  WHERE NOT EXISTS (
    SELECT FROM job_steps s WHERE s.job_id = saved.job_id AND s.step = saved.step AND s.key = saved.key
  )
), job AS (
  UPDATE jobs SET crashes = 0, last_event = last_event + (
    SELECT count(*) FROM new WHERE new.job_id = held.job_id AND new.lease_token = held.lease_token
  )
  FROM (SELECT DISTINCT job_id, lease_token FROM saved ORDER BY job_id) AS held
  WHERE jobs.id = held.job_id AND jobs.lease_token = held.lease_token AND status = 'active'
  RETURNING id, held.lease_token, last_event
), step AS (
  INSERT INTO job_steps (job_id, step, part, key, result, call, seconds)
  SELECT id, step, part, key, result, call, seconds
  FROM saved JOIN job ON job.id = saved.job_id AND job.lease_token = saved.lease_token
  ON CONFLICT DO NOTHING
), paid AS (
  INSERT INTO model_calls (job_id, key, deck_id, user_id, step, part, model, tokens_in, tokens_cached, tokens_out,
                           cost, seconds, estimated)
  SELECT id, key, deck_id, user_id, step, part, of.model, of."tokensIn", of."tokensCached", of."tokensOut",
         of.cost, of.seconds, coalesce(of.estimated, false)
  FROM saved JOIN jobs ON jobs.id = saved.job_id  -- whoever has the job now: it was paid
  CROSS JOIN json_to_record(saved.call) AS of (
    model text, "tokensIn" bigint, "tokensCached" bigint, "tokensOut" bigint, cost numeric, seconds float8,
    estimated boolean
  )
  WHERE of.model IS NOT NULL
  ON CONFLICT DO NOTHING
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event - later, 'step.completed', jsonb_strip_nulls(jsonb_build_object(
    'step', step, 'part', nullif(part, ''), 'seconds', seconds))
  FROM new JOIN job ON job.id = new.job_id AND job.lease_token = new.lease_token
)
SELECT id, lease_token FROM job;

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

-- name: complete_jobs(job_ids, lease_tokens, decks, notes)
-- The ends of jobs: decks, both statuses and the events at once, which have from the notes what a model wrote of a
-- deck, and its warnings (null without any). No row for a job whose lease was lost.
WITH made AS (
  SELECT * FROM unnest(:job_ids::uuid[], :lease_tokens::bigint[], :decks::jsonb[], :notes::jsonb[])
    AS made (job_id, lease_token, deck, note)
), job AS (
  UPDATE jobs SET
    status = 'completed', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    error_code = NULL, error_message = NULL, last_event = last_event + 1
  FROM made AS held
  WHERE jobs.id = held.job_id AND jobs.lease_token = held.lease_token AND status = 'active'
  RETURNING id, deck_id, kind, user_id, held.lease_token, last_event, webhook_url, dataset_sha256, deck, note
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'completed'
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = 'completed', final_deck_json = deck, draft_deck_json = NULL, dataset_sha256 = job.dataset_sha256,
    change = job.kind::text, author = job.user_id, completed_at = now(), updated_at = now()
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.completed', jsonb_strip_nulls(jsonb_build_object(
    'model', note->'model', 'warnings', note->'warnings')) FROM job
), delivery AS (
  INSERT INTO webhook_deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
)
SELECT id, lease_token FROM job;

-- name: fail_job(error_code, error_message, job_id, lease_token)$
-- The end of a job without a deck. Null if the lease was lost.
WITH job AS (
  UPDATE jobs SET
    status = 'failed', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
    error_code = :error_code, error_message = :error_message, last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, changes_deck, deck_id, lease_token, last_event, error_code, error_message, webhook_url
), attempt AS (
  UPDATE job_attempts a SET ended_at = now(), outcome = 'failed', error_code = job.error_code,
    error_message = job.error_message
  FROM job WHERE a.job_id = job.id AND a.lease_token = job.lease_token
), presentation AS (
  UPDATE presentations p SET
    status = status_without_deck(job.changes_deck), updated_at = now(),
    error_message = CASE WHEN NOT job.changes_deck THEN job.error_message END
  FROM job WHERE p.id = job.deck_id
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'job.failed', jsonb_build_object('code', error_code, 'message', error_message)
  FROM job
), delivery AS (
  INSERT INTO webhook_deliveries (job_id, event_number) SELECT id, last_event FROM job WHERE webhook_url IS NOT NULL
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
