-- name: save_step(job_id, lease_token, step, key, result, usage, seconds)$
-- Keep the result of a step, with progress and event, if the lease still holds; null if it does not.
-- A job that gets on is not the one that brings workers down.
WITH job AS (
  UPDATE jobs SET crashes = 0, last_event = last_event + 1
  WHERE id = :job_id AND lease_token = :lease_token AND status = 'active'
  RETURNING id, last_event
), step AS (
  INSERT INTO job_steps (job_id, step, key, result, usage, seconds)
  SELECT id, :step, :key, :result, :usage, :seconds FROM job
  ON CONFLICT DO NOTHING
), event AS (
  INSERT INTO job_events (job_id, number, kind, data)
  SELECT id, last_event, 'step.completed', jsonb_build_object('step', :step::text, 'seconds', :seconds::float8)
  FROM job
)
SELECT id FROM job;

-- name: finished_steps(job_id)
-- Which steps of a job are done.
SELECT step, min(seconds) AS seconds, min(finished_at) AS finished_at
FROM job_steps WHERE job_id = :job_id GROUP BY step;
