-- name: accept_job(deck_id, user_id, kind, changes_deck, priority, context, policy, parameters, sha256, name, bytes, gzip, max_attempts, webhook_url, key, request_sha256, limit_of_user, limit_of_caller, limit, traceparent)^
-- A new job with its first event, or why there is none. A caller who has as many waiting jobs as `limit_of_caller`, which
-- may be null, finds the queue full. The trace that the
-- request belongs to is set for the transaction, from which the job takes it.
SELECT job, outcome::text, is_full AS is_caller_s FROM (
  SELECT coalesce(:limit_of_caller::bigint <= (
    SELECT count(*) FROM (
      SELECT FROM jobs
      WHERE tenant_id = current_tenant() AND requested_by = current_setting('deckgen.actor', true)
        AND status IN ('waiting', 'delayed') LIMIT :limit_of_caller::bigint
    ) AS of_caller
  ), false) AS is_full, set_config('deckgen.traceparent', coalesce(:traceparent::text, ''), true)
) AS waiting, accept_job(
  :deck_id, :user_id, (:kind::text)::job_kind, :changes_deck, :priority, :context, :policy, :parameters, :sha256, :name, :bytes,
  :gzip, :max_attempts, :webhook_url, :key, :request_sha256, :limit_of_user, CASE WHEN is_full THEN 0 ELSE :limit::bigint END
);
