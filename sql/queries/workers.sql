-- name: beat(worker_id, concurrency, reason)^
-- A worker says that it lives, and why it takes no job (empty if it does). Whether the place of the reconciler is taken,
-- and whether this worker is one of those that look often whether it is free.
INSERT INTO workers (id, concurrency, reason) VALUES (:worker_id, :concurrency, :reason)
ON CONFLICT (id) DO UPDATE SET seen_at = now(), reason = excluded.reason
RETURNING (SELECT until > now() FROM reconciler) AS is_taken, (SELECT :worker_id = ANY(heirs) FROM reconciler) AS is_heir;

-- name: write_probe(name)!
-- Write a row, to know whether that can be done.
INSERT INTO probes (name, at) VALUES (:name, now()) ON CONFLICT (name) DO UPDATE SET at = now();

-- name: lead(worker_id, seconds)$
-- Take the place of the reconciler, or keep it, for so many seconds; null if another worker has it.
UPDATE reconciler SET worker_id = :worker_id, until = now() + make_interval(secs => :seconds)
WHERE until < now() OR worker_id = :worker_id
RETURNING true;

-- name: name_heirs(worker_id, limit)!
-- Of the workers that live, let some others look often whether the place is free: a few for the whole fleet.
UPDATE reconciler SET heirs = ARRAY(
  SELECT id FROM workers WHERE id <> :worker_id ORDER BY id LIMIT :limit
)
WHERE worker_id = :worker_id;

-- name: remove_worker(worker_id)!
-- A worker says goodbye, and leaves the place of the reconciler if it has it.
WITH place AS (
  UPDATE reconciler SET until = '-infinity' WHERE worker_id = :worker_id
)
DELETE FROM workers WHERE id = :worker_id;

-- name: remove_dead_workers(seconds)!
-- Forget the workers that were not seen for so long.
DELETE FROM workers WHERE seen_at < now() - make_interval(secs => :seconds);

-- name: living_workers(dead_seconds)
-- The workers that live, each with the attempts that it is at, the longest first.
SELECT workers.id AS worker_id, concurrency, workers.started_at, seen_at, reason, (
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'jobId', jobs.id, 'kind', kind, 'attempt', number, 'since', job_attempts.started_at
  ) ORDER BY job_attempts.started_at, jobs.id), '[]')
  FROM jobs JOIN job_attempts ON (job_attempts.job_id, job_attempts.lease_token) = (jobs.id, jobs.lease_token)
  WHERE status = 'active' AND jobs.worker_id = workers.id
) AS jobs
FROM workers WHERE seen_at > now() - make_interval(secs => :dead_seconds)
ORDER BY workers.started_at, workers.id;
