-- name: add_endpoint(url, events, description, secret, most)^
-- A new endpoint of the tenant, unless it has so many already.
INSERT INTO webhook_endpoints (url, events, description, secret)
SELECT :url, :events::text[], :description, :secret WHERE (SELECT count(*) FROM webhook_endpoints) < :most
RETURNING id, url, events, description, created_at, disabled_at, secret_since, previous_until;

-- name: endpoints_of_tenant(endpoint_id)
-- All endpoints of the tenant, or one of them, the latest first.
SELECT id, url, events, description, created_at, disabled_at, secret_since, previous_until FROM webhook_endpoints
WHERE :endpoint_id::uuid IS NULL OR id = :endpoint_id::uuid ORDER BY created_at DESC, id;

-- name: change_endpoint(url, events, description, enabled, endpoint_id)^
-- Change what is not null. What was still to be sent to an endpoint that is disabled is given up.
WITH changed AS (
  UPDATE webhook_endpoints SET
    url = coalesce(:url, url), events = coalesce(:events::text[], events),
    description = coalesce(:description, description),
    disabled_at = CASE :enabled::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_at, now())
      ELSE disabled_at END
  WHERE id = :endpoint_id RETURNING *
), ended AS (
  UPDATE webhook_deliveries d SET
    status = 'given_up', claimed_until = NULL, dispatched_at = NULL, last_error = 'The endpoint was disabled.'
  FROM changed WHERE d.endpoint_id = changed.id AND changed.disabled_at IS NOT NULL AND d.status = 'pending'
)
SELECT id, url, events, description, created_at, disabled_at, secret_since, previous_until FROM changed;

-- name: disable_endpoint(error, endpoint_id)!
-- The receiver wants no more of them.
WITH changed AS (
  UPDATE webhook_endpoints SET disabled_at = coalesce(disabled_at, now()) WHERE id = :endpoint_id RETURNING id
)
UPDATE webhook_deliveries d SET
  status = 'given_up', claimed_until = NULL, dispatched_at = NULL, last_error = :error
FROM changed WHERE d.endpoint_id = changed.id AND d.status = 'pending';

-- name: remove_endpoint(endpoint_id)^
-- With its secrets, and all that was or is to be sent to it.
DELETE FROM webhook_endpoints WHERE id = :endpoint_id
RETURNING id, url, events, description, created_at, disabled_at, secret_since, previous_until;

-- name: rotate_endpoint(secret, overlap_hours, endpoint_id)^
-- A new secret signs; the one of before does too, for so many hours.
UPDATE webhook_endpoints SET
  previous_secret = secret, previous_until = now() + make_interval(hours => :overlap_hours), secret = :secret,
  secret_since = now()
WHERE id = :endpoint_id
RETURNING id, url, events, description, created_at, disabled_at, secret_since, previous_until;

-- name: rotate_own_secret(secret, overlap_hours)^
-- The same for the tenant's own, which may be its first.
INSERT INTO webhook_secrets AS s (secret) VALUES (:secret)
ON CONFLICT (tenant_id) DO UPDATE SET
  previous_secret = s.secret, previous_until = now() + make_interval(hours => :overlap_hours),
  secret = excluded.secret, created_at = now()
RETURNING created_at, previous_until;

-- name: own_secret()^
-- Since when the tenant's own secret signs, and until when the one of before does.
SELECT created_at, previous_until FROM webhook_secrets;

-- name: first_own_secret(tenant, secret)$
-- A tenant's own secret, which is this one if it had none.
WITH made AS (
  INSERT INTO webhook_secrets (tenant_id, secret) VALUES (:tenant, :secret) ON CONFLICT DO NOTHING RETURNING secret
)
SELECT secret FROM made UNION ALL SELECT secret FROM webhook_secrets WHERE tenant_id = :tenant LIMIT 1;
