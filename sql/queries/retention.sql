-- name: remove_jobs(seconds, outages, outage_seconds, limit)$
-- Remove jobs that ended so long ago, with all that hangs on them, but no job whose end is still to be
-- told to a webhook, nor one that waits for a person; how many these were.
WITH chosen AS (
  SELECT id FROM jobs
  WHERE finished_at < now() - make_interval(secs => :seconds) AND NOT EXISTS (
    SELECT FROM webhook_deliveries d WHERE d.job_id = jobs.id AND d.status = 'pending'
  ) AND NOT (status = 'failed' AND waits_for_a_person(
    tenant_id, error_code, dismissed_at, deck_id, finished_at, :outages::text[], :outage_seconds::float8))
  ORDER BY finished_at LIMIT :limit FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM jobs WHERE id = ANY(ARRAY(SELECT id FROM chosen)) RETURNING id
)
SELECT count(*) FROM removed;

-- name: purge_jobs(after, users, completed, failed, outages, outage_seconds, limit)^
-- Of the next users, remove the working data of the jobs that are beyond the last `completed` and the last
-- `failed` (and as many cancelled) ones of each; null keeps all. The job keeps its row and its end. Jobs that
-- wait for a person are kept beside these.
WITH page AS (
  -- A place is a tenant and a user, with a blank between them.
  SELECT tenant_id AS tenant, user_id AS id
  FROM users_with_kept_jobs(split_part(:after, ' ', 1), split_part(:after, ' ', 2), :users)
), bounds (status, keep) AS (
  VALUES ('completed'::job_status, :completed::int), ('failed', :failed::int), ('cancelled', :failed::int)
), beyond AS (
  SELECT job.id FROM page CROSS JOIN bounds CROSS JOIN LATERAL (
    (SELECT id FROM jobs
     WHERE tenant_id = page.tenant AND user_id = page.id AND status = bounds.status AND status <> 'failed'
       AND finished_at IS NOT NULL AND purged_at IS NULL
     ORDER BY finished_at DESC, id OFFSET bounds.keep)
    UNION ALL
    (SELECT id FROM jobs
     WHERE tenant_id = page.tenant AND user_id = page.id AND status = bounds.status AND status = 'failed'
       AND finished_at IS NOT NULL AND purged_at IS NULL AND NOT waits_for_a_person(
         tenant_id, error_code, dismissed_at, deck_id, finished_at, :outages::text[], :outage_seconds::float8)
     ORDER BY finished_at DESC, id OFFSET bounds.keep)
  ) AS job
  WHERE bounds.keep IS NOT NULL AND NOT EXISTS (
    SELECT FROM webhook_deliveries d WHERE d.job_id = job.id AND d.status = 'pending'
  )
  LIMIT :limit
), chosen AS (
  SELECT id FROM jobs
  WHERE id = ANY(ARRAY(SELECT id FROM beyond)) AND finished_at IS NOT NULL AND purged_at IS NULL
  FOR UPDATE SKIP LOCKED
), purged AS (
  UPDATE jobs SET
    purged_at = now(), context = '{}', policy = '{}', parameters = NULL, dataset_sha256 = NULL, dataset_name = NULL, webhook_url = NULL
  WHERE id = ANY(ARRAY(SELECT id FROM chosen))
  RETURNING id, last_event
), steps AS (
  DELETE FROM job_steps WHERE job_id = ANY(ARRAY(SELECT id FROM chosen))
), attempts AS (
  DELETE FROM job_attempts WHERE job_id = ANY(ARRAY(SELECT id FROM chosen))
), told AS (
  DELETE FROM webhook_deliveries WHERE job_id = ANY(ARRAY(SELECT id FROM chosen))
), events AS (
  DELETE FROM job_events e USING purged WHERE e.job_id = purged.id AND e.number < purged.last_event
), quoting AS (
  -- Warnings quote the brief, which is not kept.
  UPDATE job_events e SET data = data - 'warnings' FROM purged
  WHERE e.job_id = purged.id AND e.number = purged.last_event AND data ? 'warnings'
)
SELECT (SELECT count(*) FROM purged) AS jobs, (SELECT count(*) FROM page) AS users,
       (SELECT tenant || ' ' || id FROM page ORDER BY tenant DESC, id DESC LIMIT 1) AS last_user;

-- name: outages_that_expire(outages, from_seconds, to_seconds, limit)^
-- Jobs that wait for a person and ended so long ago: how many, counted no further than `limit`, and when the first
-- of them ended.
SELECT count(*) AS jobs, min(finished_at) AS first FROM (
  SELECT finished_at FROM jobs
  WHERE status = 'failed' AND dismissed_at IS NULL AND purged_at IS NULL
    AND finished_at < now() - make_interval(secs => :from_seconds)
    AND waits_for_a_person(
      tenant_id, error_code, dismissed_at, deck_id, finished_at, :outages::text[], :to_seconds::float8)
  ORDER BY finished_at LIMIT :limit
) AS waiting;

-- name: first_today(walk)$
-- Whether this is asked for the first time today (UTC).
INSERT INTO purge_places AS place (walk, after) VALUES (:walk, (now() AT TIME ZONE 'UTC')::date::text)
ON CONFLICT (walk) DO UPDATE SET after = excluded.after WHERE place.after <> excluded.after
RETURNING true;

-- name: lock_unneeded_datasets(after, limit)^
-- Of the next datasets, lock those that neither a deck nor a job needs, so that no new job can take one. Each is told as
-- its tenant and its hash, with a blank between them; the places of the walk likewise.
WITH page AS (
  SELECT tenant_id, sha256 FROM datasets
  WHERE (tenant_id, sha256) > (split_part(:after, ' ', 1), split_part(:after, ' ', 2))
  ORDER BY tenant_id, sha256 LIMIT :limit
), unneeded AS (
  SELECT tenant_id || ' ' || sha256 AS place FROM datasets d
  WHERE (tenant_id, sha256) IN (SELECT tenant_id, sha256 FROM page)
    AND NOT EXISTS (SELECT FROM jobs WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
    AND NOT EXISTS (SELECT FROM presentations WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
    AND NOT EXISTS (SELECT FROM deck_versions WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
  FOR UPDATE SKIP LOCKED
)
SELECT ARRAY(SELECT place FROM unneeded) AS unneeded, (SELECT count(*) FROM page) AS datasets,
       (SELECT tenant_id || ' ' || sha256 FROM page ORDER BY tenant_id DESC, sha256 DESC LIMIT 1) AS last_dataset;

-- name: remove_datasets(datasets)!
-- Of datasets that are locked, remove those that no job has taken just before.
DELETE FROM datasets d
USING (
  SELECT split_part(place, ' ', 1) AS tenant, split_part(place, ' ', 2) AS sha256
  FROM unnest(:datasets::text[]) AS place
) AS chosen
WHERE d.tenant_id = chosen.tenant AND d.sha256 = chosen.sha256
  AND NOT EXISTS (SELECT FROM jobs WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
  AND NOT EXISTS (SELECT FROM presentations WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
  AND NOT EXISTS (SELECT FROM deck_versions WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256);

-- name: purge_place(walk)$
-- Where the walk is to be gone on with.
SELECT after FROM purge_places WHERE walk = :walk;

-- name: keep_purge_place(walk, after)!
-- Remember where the walk has come to.
INSERT INTO purge_places (walk, after) VALUES (:walk, :after)
ON CONFLICT (walk) DO UPDATE SET after = excluded.after;
