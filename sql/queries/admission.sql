-- name: lock_key(user_id, key)$
-- Requests with the same key of the same user come one after the other, until their transactions end.
SELECT pg_advisory_xact_lock(hashtextextended(:user_id || ' ' || :key, 0));

-- name: request_of_key(user_id, key)^
-- The job that a request with this key was answered with, and the hash of that request.
SELECT job_id, request_sha256 FROM idempotency_keys WHERE user_id = :user_id AND key = :key;

-- name: keep_key(user_id, key, request_sha256, job_id)!
-- Remember the answer.
INSERT INTO idempotency_keys (user_id, key, request_sha256, job_id)
VALUES (:user_id, :key, :request_sha256, :job_id);

-- name: queued_of_user(user_id, most)$
-- How many jobs of a user wait, counted no further than `most`.
SELECT count(*) FROM (
  SELECT 1 FROM jobs WHERE user_id = :user_id AND status IN ('waiting', 'delayed') LIMIT :most
) AS waiting;

-- name: queued()$
-- How many jobs wait.
SELECT sum(waiting + delayed)::bigint FROM job_counts;
