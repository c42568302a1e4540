-- name: private_key()$
-- The key that is kept here, with which every worker signs that has none of its own.
SELECT private_key FROM signing_keys WHERE private_key IS NOT NULL;

-- name: keep_private_key(key_id, public_key, private_key)!
-- Keep a key, unless one is kept by now.
INSERT INTO signing_keys (key_id, public_key, private_key) VALUES (:key_id, :public_key, :private_key)
ON CONFLICT DO NOTHING;

-- name: lock_signing_keys()!
-- Changes of the key come one after the other; who reads waits for none.
LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE;

-- name: keys_kept_elsewhere()$
-- How many keys sign whose private part is not kept here.
SELECT count(*) FROM signing_keys WHERE private_key IS NULL AND retired_at IS NULL;

-- name: retire_other_keys(key_id)!
-- A key takes the place of all others.
UPDATE signing_keys SET retired_at = now(), private_key = NULL WHERE key_id <> :key_id AND retired_at IS NULL;

-- name: add_public_key(key_id, public_key)!
-- A key whose private part is kept elsewhere signs from now on; perhaps again.
INSERT INTO signing_keys (key_id, public_key) VALUES (:key_id, :public_key)
ON CONFLICT (key_id) DO UPDATE SET retired_at = NULL;

-- name: signing_keys()
-- Every public key, the latest first.
SELECT public_key, created_at, retired_at FROM signing_keys ORDER BY created_at DESC, key_id;
