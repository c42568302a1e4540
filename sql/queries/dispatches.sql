-- name: mark_dispatched(tenant_ids, user_ids, user_concurrency, limit)
-- Choose the jobs to hand to Redis, of some users or, if that is null, of all: of each the most urgent, then
-- the oldest, as far as the user's concurrency allows, and no more than `limit` that nobody has picked up.
-- Of the jobs that were there when a worker died, twice in a row, one runs at a time: the next death tells
-- which of them brings workers down.
WITH suspect AS (
  SELECT id FROM jobs
  WHERE crashes >= 2 AND finished_at IS NULL AND run_after <= now() AND NOT EXISTS (
    SELECT FROM jobs WHERE crashes >= 2 AND finished_at IS NULL AND dispatched_at IS NOT NULL
  )
  ORDER BY created_at, id LIMIT 1
), users AS (
  SELECT * FROM unnest(:tenant_ids::text[], :user_ids::text[]) AS named (tenant, id)
  UNION ALL
  SELECT found.* FROM users_with_jobs_to_dispatch() AS found WHERE :user_ids::text[] IS NULL
), due AS (
  SELECT job.id, job.priority, job.created_at, held.jobs + row_number() OVER (
    PARTITION BY users.tenant, users.id ORDER BY job.priority DESC, job.created_at, job.id
  ) AS place
  FROM users CROSS JOIN LATERAL (
    SELECT count(*) AS jobs FROM jobs
    WHERE tenant_id = users.tenant AND user_id = users.id AND dispatched_at IS NOT NULL
  ) AS held CROSS JOIN LATERAL (
    SELECT id, priority, created_at FROM jobs
    WHERE tenant_id = users.tenant AND user_id = users.id AND status IN ('waiting', 'delayed') AND dispatched_at IS NULL
      AND run_after <= now() AND (crashes < 2 OR id = (SELECT id FROM suspect))
    ORDER BY priority DESC, created_at, id
    LIMIT greatest(0, :user_concurrency - held.jobs)
  ) AS job
  WHERE (SELECT paused_at IS NULL FROM queue_state)
  ORDER BY priority DESC, place, created_at
  LIMIT greatest(0, :limit - (
    SELECT count(*) FROM jobs WHERE dispatched_at IS NOT NULL AND status IN ('waiting', 'delayed')
  ))
), chosen AS (
  -- Arrays rather than joins: what can't be estimated would be joined by reading the whole table.
  -- What may have happened since `due` was read is looked at again under the lock: a job may be over.
  SELECT id FROM jobs
  WHERE id = ANY(ARRAY(SELECT id FROM due)) AND dispatched_at IS NULL AND status IN ('waiting', 'delayed')
  FOR UPDATE SKIP LOCKED
), marked AS (
  UPDATE jobs SET dispatched_at = now(), dispatch_no = dispatch_no + 1
  WHERE id = ANY(ARRAY(SELECT id FROM chosen)) AND dispatched_at IS NULL
  RETURNING id, deck_id, dispatch_no, started_at
)
-- In the order of being handed over, and not by age: else all that a user has ever queued would go before the first job
-- of another. For each job that a user has there already, one counts as handed over a minute later, so that a free slot
-- is the next one's. What was begun already is gone on with first. All of it is a day ago, as arq starts nothing early.
SELECT id, deck_id, dispatch_no, priority, CASE
  WHEN started_at IS NOT NULL THEN created_at
  ELSE now() + interval '1 minute' * (place - 1) + interval '1 microsecond' * row_number() OVER (ORDER BY place, created_at)
END - interval '1 day' AS due_at
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
