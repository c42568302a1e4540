-- name: accept_job(deck_id, user_id, kind, changes_deck, priority, context, policy, parameters, sha256, name, bytes, gzip, max_attempts, webhook_url, key, request_sha256, limit_of_user, limit)^
-- A new job with its first event, or why there is none.
SELECT job, outcome::text FROM accept_job(
  :deck_id, :user_id, (:kind::text)::job_kind, :changes_deck, :priority, :context, :policy, :parameters, :sha256, :name, :bytes,
  :gzip, :max_attempts, :webhook_url, :key, :request_sha256, :limit_of_user, :limit
);
