-- name: accept_job(deck_id, user_id, priority, context, policy, sha256, name, bytes, gzip, max_attempts, webhook_url, key, request_sha256, most_of_user, most)^
-- A new job with its first event, or why there is none.
SELECT job, outcome::text FROM accept_job(
  :deck_id, :user_id, :priority, :context, :policy, NULL, :sha256, :name, :bytes, :gzip, :max_attempts,
  :webhook_url, :key, :request_sha256, :most_of_user, :most
);

-- name: accept_revision(deck_id, user_id, priority, policy, revision, max_attempts, webhook_url, key, request_sha256, most_of_user, most)^
-- A new job that rewrites one slide of a deck, or why there is none.
SELECT job, outcome::text FROM accept_job(
  :deck_id, :user_id, :priority, NULL, :policy, :revision, NULL, NULL, NULL, NULL, :max_attempts,
  :webhook_url, :key, :request_sha256, :most_of_user, :most
);
