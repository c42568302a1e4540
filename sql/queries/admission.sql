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

-- name: standing(deck_id, user_id, most)^
-- The job of a deck that is not over yet, how many jobs of its user wait (counted no further than `most`),
-- and how many of all.
SELECT (
  SELECT id FROM jobs WHERE deck_id = :deck_id AND status IN ('waiting', 'delayed', 'active')
) AS open_job, (
  SELECT count(*) FROM (
    SELECT 1 FROM jobs WHERE user_id = :user_id AND status IN ('waiting', 'delayed') LIMIT :most
  ) AS waiting
) AS of_user, (
  SELECT sum(waiting + delayed)::bigint FROM job_counts
) AS of_all;
