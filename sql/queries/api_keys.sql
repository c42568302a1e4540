-- name: key_of_hash(sha256)^
-- A key by the hash of all of it, whosever it is; and whether it has expired.
SELECT id, tenant_id, name, scopes, user_id, revoked_at IS NOT NULL AS is_revoked,
       coalesce(expires_at <= now(), false) AS has_expired,
       coalesce(last_used_at < now() - interval '1 minute', true) AS use_is_to_be_kept
FROM api_keys WHERE sha256 = :sha256;

-- name: keep_use(id)!
-- A key was used just now.
UPDATE api_keys SET last_used_at = now() WHERE id = :id;

-- name: add_key(id, sha256, name, scopes, user_id, expires_at)^
-- A new key of the tenant.
INSERT INTO api_keys (id, sha256, name, scopes, user_id, expires_at)
VALUES (:id, :sha256, :name, :scopes::text[], :user_id, :expires_at)
RETURNING id, name, scopes, user_id, created_at, expires_at, last_used_at, revoked_at;

-- name: keys_of_tenant()
-- All keys of the tenant, the latest first.
SELECT id, name, scopes, user_id, created_at, expires_at, last_used_at, revoked_at
FROM api_keys ORDER BY created_at DESC, id;

-- name: revoke_key(id)^
-- From now on the key is nobody's.
UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = :id
RETURNING id, name, scopes, user_id, created_at, expires_at, last_used_at, revoked_at;

-- name: has_usable_key()$
-- Whether any key lets somebody in.
SELECT EXISTS (SELECT FROM api_keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()));
