-- name: session_of_hash(sha256)^
-- The key that somebody signed in with, by the hash of the session's token, whosever it is; no row once either has
-- ended.
SELECT k.id, k.tenant_id, k.scopes, k.user_id FROM sessions s JOIN api_keys k ON k.id = s.key_id
WHERE s.sha256 = :sha256 AND s.expires_at > now()
  AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now());

-- name: begin_session(sha256, key_id, hours)!
-- A new session of one of the tenant's keys; those that are over go.
WITH over AS (DELETE FROM sessions WHERE expires_at <= now())
INSERT INTO sessions (sha256, tenant_id, key_id, expires_at)
SELECT :sha256, tenant_id, id, now() + make_interval(hours => :hours) FROM api_keys WHERE id = :key_id;

-- name: end_session(sha256)!
-- From now on its token lets nobody in.
DELETE FROM sessions WHERE sha256 = :sha256;
