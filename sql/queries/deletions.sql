-- A deletion of a deck has its id and no user's, one of a user the other way round, and one of a tenant neither.

-- name: lock_deletions(tenant)$
-- Wait for all that is being let in for the tenant; what comes later sees the deletion that is about to be written.
SELECT true FROM pg_advisory_xact_lock(lock_of_deletions(:tenant));

-- name: is_there_to_delete(deck_id, user_id)$
-- Whether the caller sees such a deck, or anything of such a user.
SELECT CASE WHEN :deck_id::text IS NOT NULL
  THEN EXISTS (SELECT FROM presentations WHERE id = :deck_id::text)
  ELSE EXISTS (SELECT FROM presentations WHERE user_id = :user_id::text)
    OR EXISTS (SELECT FROM jobs WHERE user_id = :user_id::text)
    OR EXISTS (SELECT FROM api_keys WHERE user_id = :user_id::text)
    OR EXISTS (SELECT FROM model_calls WHERE user_id = :user_id::text AND user_id <> 'deleted')
END;

-- name: begin_deletion(what, target_id)^
-- The receipt; no row if the same is being deleted already.
INSERT INTO deletions (what, target_id) VALUES (:what, :target_id)
ON CONFLICT (tenant_id, what, target_id) WHERE completed_at IS NULL DO NOTHING
RETURNING *;

-- name: open_deletion(what, target_id)^
-- The deletion of this that is not complete.
SELECT * FROM deletions WHERE what = :what AND target_id = :target_id AND completed_at IS NULL;

-- name: open_deletions(limit)
-- Those that somebody has to go on with, of all tenants, the oldest first.
SELECT * FROM deletions WHERE completed_at IS NULL ORDER BY requested_at LIMIT :limit;

-- name: deletion(deletion_id)^
-- A receipt, for all who see all of the tenant and for who asked for it.
SELECT * FROM deletions
WHERE id = :deletion_id AND (is_for_all_users() OR requested_by = current_setting('deckgen.actor', true));

-- name: lock_deletion(deletion_id)$
-- Its counts, for one who goes on with it at a time; null if it is complete.
SELECT counts FROM deletions WHERE id = :deletion_id AND completed_at IS NULL FOR UPDATE;

-- name: count_deleted(deletion_id, counts, job_ids)!
-- What has gone so far, and jobs that were running.
UPDATE deletions SET counts = :counts, running_jobs = running_jobs || :job_ids::uuid[] WHERE id = :deletion_id;

-- name: complete_deletion(deletion_id, hold_seconds)!
-- Nothing is left.
UPDATE deletions SET completed_at = now(), holds_until = now() + make_interval(secs => :hold_seconds)
WHERE id = :deletion_id;

-- name: revoke_keys(user_id)!
-- Nobody gets in with them any more; null stands for all keys of the tenant.
UPDATE api_keys SET revoked_at = now()
WHERE revoked_at IS NULL AND (:user_id::text IS NULL OR user_id = :user_id::text);

-- name: delete_keys(user_id)$
-- Likewise; how many there were.
WITH key AS (
  DELETE FROM api_keys WHERE :user_id::text IS NULL OR user_id = :user_id::text RETURNING id
)
SELECT count(*) FROM key;

-- name: lock_open_jobs_to_delete(deck_id, user_id, limit)
-- Of the jobs that are not over.
WITH found AS (
  (SELECT id FROM jobs WHERE status IN ('waiting', 'delayed', 'active') AND deck_id = :deck_id::text LIMIT :limit)
  UNION ALL
  (SELECT id FROM jobs WHERE status IN ('waiting', 'delayed') AND user_id = :user_id::text LIMIT :limit)
  UNION ALL
  (SELECT id FROM jobs WHERE status = 'active' AND user_id = :user_id::text LIMIT :limit)
  UNION ALL
  (SELECT id FROM jobs WHERE status IN ('waiting', 'delayed', 'active')
     AND :deck_id::text IS NULL AND :user_id::text IS NULL LIMIT :limit)
)
SELECT id, finished_at IS NULL AS is_open, started_at IS NOT NULL AS has_begun, dataset_sha256 FROM jobs
WHERE id = ANY(ARRAY(SELECT id FROM found)) ORDER BY id LIMIT :limit FOR UPDATE;

-- name: lock_jobs_to_delete(deck_id, user_id, limit)
-- Of all jobs; of a user those for another's deck too, and another's for a deck of theirs.
WITH found AS (
  (SELECT id FROM jobs WHERE deck_id = :deck_id::text LIMIT :limit)
  UNION ALL
  (SELECT id FROM jobs WHERE user_id = :user_id::text LIMIT :limit)
  UNION ALL
  (SELECT j.id FROM presentations p JOIN jobs j ON j.tenant_id = p.tenant_id AND j.deck_id = p.id
   WHERE p.user_id = :user_id::text AND j.user_id <> :user_id::text LIMIT :limit)
  UNION ALL
  (SELECT id FROM jobs WHERE :deck_id::text IS NULL AND :user_id::text IS NULL LIMIT :limit)
)
SELECT id, finished_at IS NULL AS is_open, started_at IS NOT NULL AS has_begun, dataset_sha256 FROM jobs
WHERE id = ANY(ARRAY(SELECT id FROM found)) ORDER BY id LIMIT :limit FOR UPDATE;

-- name: delete_jobs(job_ids)^
-- Locked jobs, with all that hangs on them; how many rows of each kind, and the keys of their steps.
WITH job AS (DELETE FROM jobs WHERE id = ANY(:job_ids::uuid[]) RETURNING id)
SELECT (SELECT count(*) FROM job) AS jobs,
       (SELECT count(*) FROM job_events WHERE job_id = ANY(:job_ids::uuid[])) AS events,
       (SELECT count(*) FROM job_attempts WHERE job_id = ANY(:job_ids::uuid[])) AS attempts,
       (SELECT count(*) FROM deliveries WHERE job_id = ANY(:job_ids::uuid[])) AS deliveries,
       (SELECT count(*) FROM job_steps WHERE job_id = ANY(:job_ids::uuid[])) AS steps,
       ARRAY(SELECT key FROM job_steps WHERE job_id = ANY(:job_ids::uuid[])) AS step_keys;

-- name: lock_versions_to_delete(deck_id, user_id, limit)
-- Of the former decks.
SELECT deck_id::text, number, dataset_sha256 FROM deck_versions v
WHERE (:deck_id::text IS NULL OR deck_id = :deck_id::text)
  AND (:user_id::text IS NULL OR deck_id IN (SELECT id FROM presentations WHERE user_id = :user_id::text))
ORDER BY deck_id, number LIMIT :limit FOR UPDATE;

-- name: delete_versions(deck_ids, numbers)$
-- Locked former decks; how many.
WITH version AS (
  DELETE FROM deck_versions v USING unnest(:deck_ids::text[], :numbers::int[]) AS chosen (deck, number)
  WHERE v.deck_id = chosen.deck AND v.number = chosen.number RETURNING v.number
)
SELECT count(*) FROM version;

-- name: lock_decks_to_delete(deck_id, user_id, limit)
-- Of the decks.
SELECT id::text, dataset_sha256 FROM presentations
WHERE (:deck_id::text IS NULL OR id = :deck_id::text) AND (:user_id::text IS NULL OR user_id = :user_id::text)
ORDER BY id LIMIT :limit FOR UPDATE;

-- name: delete_decks(deck_ids)$
-- Locked decks; how many.
WITH deck AS (DELETE FROM presentations WHERE id = ANY(:deck_ids::text[]) RETURNING id)
SELECT count(*) FROM deck;

-- name: lock_tables(sha256s)!
-- So that of several transactions that end the last uses of a table one does so after the other.
SELECT sha256 FROM datasets WHERE sha256 = ANY(:sha256s::text[]) ORDER BY sha256 FOR UPDATE;

-- name: delete_unneeded_tables(sha256s)$
-- Of locked tables those that no deck, former deck or job of the tenant needs; how many.
WITH gone AS (
  DELETE FROM datasets d WHERE sha256 = ANY(:sha256s::text[])
    AND NOT EXISTS (SELECT FROM jobs WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
    AND NOT EXISTS (SELECT FROM presentations WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
    AND NOT EXISTS (SELECT FROM deck_versions WHERE tenant_id = d.tenant_id AND dataset_sha256 = d.sha256)
  RETURNING sha256
)
SELECT count(*) FROM gone;

-- name: take_names_off_calls(deck_id, user_id, limit)$
-- Calls to a model were paid: they stay in the account, and not in the name of what is deleted; how many.
WITH chosen AS (
  (SELECT job_id, key FROM model_calls WHERE deck_id = :deck_id::text AND deck_id <> 'deleted' LIMIT :limit)
  UNION ALL
  (SELECT job_id, key FROM model_calls WHERE user_id = :user_id::text AND user_id <> 'deleted' LIMIT :limit)
  UNION ALL
  (SELECT job_id, key FROM model_calls
   WHERE :deck_id::text IS NULL AND :user_id::text IS NULL AND (user_id <> 'deleted' OR deck_id <> 'deleted')
   LIMIT :limit)
), call AS (
  UPDATE model_calls SET
    deck_id = 'deleted', user_id = CASE WHEN :deck_id::text IS NULL THEN 'deleted' ELSE user_id END
  FROM chosen WHERE model_calls.job_id = chosen.job_id AND model_calls.key = chosen.key
  RETURNING model_calls.key
)
SELECT count(*) FROM call;

-- name: delete_webhooks()$
-- The tenant's endpoints, with what is still to be told them, and its secrets; how many endpoints there were.
WITH secret AS (
  DELETE FROM webhook_secrets WHERE tenant_id = current_setting('deckgen.tenant')
), endpoint AS (
  DELETE FROM webhook_endpoints WHERE tenant_id = current_setting('deckgen.tenant') RETURNING id
)
SELECT count(*) FROM endpoint;

-- name: delete_links(deck_ids)$
-- The links to locked decks; how many.
WITH link AS (DELETE FROM share_links WHERE deck_id = ANY(:deck_ids::text[]) RETURNING id)
SELECT count(*) FROM link;

-- name: delete_counts()!
-- Of a tenant without jobs: all of them are zero together.
DELETE FROM job_counts
WHERE tenant_id = current_setting('deckgen.tenant') AND NOT EXISTS (SELECT FROM jobs WHERE jobs.tenant_id = job_counts.tenant_id);

-- name: forget_places(tenant, user_id)!
-- Walks of the purge begin anew if they have come to what is deleted: a place is a tenant and a user, or a table.
UPDATE purge_places SET after = ''
WHERE split_part(after, ' ', 1) = :tenant AND (:user_id::text IS NULL OR split_part(after, ' ', 2) = :user_id::text);
