-- These statements are planned anew for their values (store/finding.py): a filter that is null costs nothing then.
-- Those with a tenant are the service's: row security would keep the index of words from being used, as it can't know
-- that the operator of words tells nobody what it was given.

-- name: walk_jobs(tenant, q, statuses, code, codes, user_id, deck_id, since, before, before_id, limit)
-- Of the next `limit` jobs that match in other respects, the newest first, those in which the words of `q` are found,
-- each with its number among the `limit`; and the last of these, found or not. One branch a status: each has an index
-- that is in order, and they are merged.
SELECT id, created_at, number, is_found FROM (
  SELECT id, created_at, row_number() OVER (ORDER BY created_at DESC, id DESC) AS number,
         :q::text IS NULL OR coalesce((SELECT words FROM job_texts WHERE job_id = job.id) @@ searched(:q::text), false)
         AS is_found
  FROM (
    SELECT id, created_at FROM (
      (SELECT * FROM jobs
       WHERE tenant_id = :tenant AND status = 'completed' AND 'completed' = ANY(:statuses::text[])
       ORDER BY created_at DESC, id DESC)
      UNION ALL
      (SELECT * FROM jobs
       WHERE tenant_id = :tenant AND status = 'failed' AND 'failed' = ANY(:statuses::text[])
       ORDER BY created_at DESC, id DESC)
      UNION ALL
      (SELECT * FROM jobs
       WHERE tenant_id = :tenant AND status = 'cancelled' AND 'cancelled' = ANY(:statuses::text[])
       ORDER BY created_at DESC, id DESC)
      UNION ALL
      (SELECT * FROM jobs
       WHERE tenant_id = :tenant AND status = 'waiting' AND 'waiting' = ANY(:statuses::text[])
       ORDER BY created_at DESC, id DESC)
      UNION ALL
      (SELECT * FROM jobs
       WHERE tenant_id = :tenant AND status = 'delayed' AND 'delayed' = ANY(:statuses::text[])
       ORDER BY created_at DESC, id DESC)
      UNION ALL
      (SELECT * FROM jobs
       WHERE tenant_id = :tenant AND status = 'active' AND 'active' = ANY(:statuses::text[])
       ORDER BY created_at DESC, id DESC)
    ) AS of_status
    WHERE (:code::text IS NULL OR error_code = :code::text)
      AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
      AND (:user_id::text IS NULL OR user_id = :user_id::text)
      AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
      AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
      AND (:before::timestamptz IS NULL OR (created_at, id) < (:before::timestamptz, :before_id::uuid))
    ORDER BY created_at DESC, id DESC LIMIT :limit
  ) AS job
) AS walked
WHERE is_found OR number = :limit
ORDER BY number;

-- name: walk_words(tenant, q, since, before, before_id, limit)
-- The same of all jobs that have words.
SELECT id, created_at, number, is_found FROM (
  SELECT job_id AS id, created_at, row_number() OVER (ORDER BY created_at DESC, job_id DESC) AS number,
         words @@ searched(:q::text) AS is_found
  FROM job_texts
  WHERE tenant_id = :tenant AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
    AND (:before::timestamptz IS NULL OR (created_at, job_id) < (:before::timestamptz, :before_id::uuid))
  ORDER BY created_at DESC, job_id DESC LIMIT :limit
) AS walked
WHERE is_found OR number = :limit
ORDER BY number;

-- name: expect_words(tenant, q)$
-- The planner's estimate, as JSON, of how many jobs have the words: it costs nothing, and is right within bounds.
EXPLAIN (FORMAT JSON) SELECT FROM job_texts WHERE tenant_id = :tenant AND words @@ searched(:q::text);

-- name: search_words(tenant, q, since, before, before_id, limit)
-- The next `limit` jobs in which the words of `q` are found, the newest first, through the index of words.
SELECT job_id AS id, created_at FROM job_texts
WHERE tenant_id = :tenant AND words @@ searched(:q::text)
  AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
  AND (:before::timestamptz IS NULL OR (created_at, job_id) < (:before::timestamptz, :before_id::uuid))
ORDER BY created_at DESC, job_id DESC LIMIT :limit;

-- name: search_jobs(tenant, q, statuses, code, codes, user_id, deck_id, since, before, before_id, limit)
-- The same of the jobs that match in other respects. All are found before the first is told: the planner would
-- expect to be done soon, which the walk that came before has shown not to be so.
WITH found AS MATERIALIZED (
  SELECT jobs.id, jobs.created_at FROM job_texts JOIN jobs ON jobs.id = job_texts.job_id
  WHERE jobs.tenant_id = :tenant AND job_texts.tenant_id = :tenant AND words @@ searched(:q::text)
    AND (:since::timestamptz IS NULL OR jobs.created_at >= :since::timestamptz)
    AND (:before::timestamptz IS NULL OR (jobs.created_at, jobs.id) < (:before::timestamptz, :before_id::uuid))
    AND (   status = 'completed' AND 'completed' = ANY(:statuses::text[])
       OR status = 'failed' AND 'failed' = ANY(:statuses::text[])
       OR status = 'cancelled' AND 'cancelled' = ANY(:statuses::text[])
       OR status = 'waiting' AND 'waiting' = ANY(:statuses::text[])
       OR status = 'delayed' AND 'delayed' = ANY(:statuses::text[])
       OR status = 'active' AND 'active' = ANY(:statuses::text[]))
    AND (:code::text IS NULL OR error_code = :code::text)
    AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
    AND (:user_id::text IS NULL OR user_id = :user_id::text)
    AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
)
SELECT id, created_at FROM found ORDER BY created_at DESC, id DESC LIMIT :limit;

-- name: match_jobs(tenant, q, statuses, code, codes, user_id, deck_id, since, limit)
-- All jobs that match, the newest first, with the number of their last event: what is done to each of them is
-- done to what it was at this moment.
SELECT id, last_event FROM jobs
WHERE tenant_id = :tenant AND (   status = 'completed' AND 'completed' = ANY(:statuses::text[])
       OR status = 'failed' AND 'failed' = ANY(:statuses::text[])
       OR status = 'cancelled' AND 'cancelled' = ANY(:statuses::text[])
       OR status = 'waiting' AND 'waiting' = ANY(:statuses::text[])
       OR status = 'delayed' AND 'delayed' = ANY(:statuses::text[])
       OR status = 'active' AND 'active' = ANY(:statuses::text[]))
  AND (:code::text IS NULL OR error_code = :code::text)
  AND (:codes::text[] IS NULL OR error_code = ANY(:codes::text[]))
  AND (:user_id::text IS NULL OR user_id = :user_id::text)
  AND (:deck_id::text IS NULL OR deck_id = :deck_id::text)
  AND (:since::timestamptz IS NULL OR created_at >= :since::timestamptz)
  AND (:q::text IS NULL OR id IN (SELECT job_id FROM job_texts WHERE tenant_id = :tenant AND words @@ searched(:q::text)))
ORDER BY created_at DESC, id DESC LIMIT :limit;

-- name: jobs_in_brief(job_ids)
-- What a list tells of each job, the newest first.
SELECT id, deck_id, user_id, kind::text, status::text, priority, attempts, created_at, started_at, finished_at,
       CASE WHEN status = 'delayed' THEN run_after END AS run_after, dismissed_at, error_code, error_message,
       left(context->>'businessContext', 200) AS brief
FROM jobs WHERE id = ANY(:job_ids::uuid[]) ORDER BY created_at DESC, id DESC;

-- name: lock_matched_jobs(job_ids)
-- Of jobs that matched, lock those that nobody else is changing just now, and say how they stand: whether the deck
-- has another job that is not over, and whether it was completed since this one ended.
SELECT id, deck_id, changes_deck, status::text, last_event, purged_at, dismissed_at,
       EXISTS (
         SELECT FROM jobs other
         WHERE other.deck_id = jobs.deck_id AND other.id <> jobs.id AND other.status IN ('waiting', 'delayed', 'active')
       ) AS deck_has_open_job,
       EXISTS (
         SELECT FROM presentations p WHERE p.id = jobs.deck_id AND p.completed_at > jobs.finished_at
       ) AS deck_is_newer
FROM jobs WHERE id = ANY(:job_ids::uuid[]) FOR UPDATE SKIP LOCKED;

-- name: dismiss_jobs(job_ids)
-- Say of failed jobs that nothing is to be done about them; a second time changes nothing.
UPDATE jobs SET dismissed_at = now()
WHERE id = ANY(:job_ids::uuid[]) AND status = 'failed' AND dismissed_at IS NULL
RETURNING id;
