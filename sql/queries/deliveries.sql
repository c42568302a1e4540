-- A delivery is named by its job, its event and its endpoint, which is null for the webhookUrl of the request; who has
-- claimed it names it by its id.

-- name: claim_delivery(claim_seconds, job_id, event_number, endpoint_id)^
-- Take the right to send a delivery that is due, and count the attempt; no row if another has it or it is over. With
-- what signs it: the secrets of the endpoint, or the tenant's own.
WITH claimed AS (
  UPDATE webhook_deliveries SET
    attempts = attempts + 1, attempted_at = now(), dispatched_at = NULL,
    claimed_until = now() + make_interval(secs => :claim_seconds)
  WHERE job_id = :job_id AND event_number = :event_number AND endpoint_id IS NOT DISTINCT FROM :endpoint_id::uuid
    AND status = 'pending' AND next_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
  RETURNING *
)
SELECT d.id, d.tenant_id, d.endpoint_id IS NOT NULL AS is_of_endpoint, d.attempts,
       d.attempts - d.attempts_before AS tries, coalesce(w.url, webhook_url) AS url,
       w.disabled_at IS NOT NULL AS is_disabled, deck_id, user_id, e.kind, e.data, e.created_at,
       coalesce(w.secret, s.secret) AS secret,
       CASE WHEN coalesce(w.previous_until, s.previous_until) > now()
         THEN coalesce(w.previous_secret, s.previous_secret) END AS previous_secret
FROM claimed d JOIN jobs ON jobs.id = d.job_id JOIN job_events e ON e.job_id = d.job_id AND e.number = d.event_number
LEFT JOIN webhook_endpoints w ON w.id = d.endpoint_id
LEFT JOIN webhook_secrets s ON s.tenant_id = d.tenant_id AND d.endpoint_id IS NULL;

-- name: finish_delivery(http_status, delivery_id, attempt)!
-- The receiver has accepted it.
UPDATE webhook_deliveries SET
  status = 'delivered', delivered_at = now(), claimed_until = NULL, dispatched_at = NULL, last_error = NULL,
  last_status = :http_status
WHERE id = :delivery_id AND attempts = :attempt AND status = 'pending';

-- name: delay_delivery(wait_seconds, error, http_status, delivery_id, attempt)!
-- Another attempt follows after a backoff.
UPDATE webhook_deliveries SET
  next_at = now() + make_interval(secs => :wait_seconds), claimed_until = NULL, dispatched_at = NULL,
  last_error = :error, last_status = :http_status
WHERE id = :delivery_id AND attempts = :attempt AND status = 'pending';

-- name: give_up_delivery(error, http_status, delivery_id, attempt)!
-- The last attempt has failed too.
UPDATE webhook_deliveries SET
  status = 'given_up', claimed_until = NULL, dispatched_at = NULL, last_error = :error, last_status = :http_status
WHERE id = :delivery_id AND attempts = :attempt AND status = 'pending';

-- name: release_delivery(delivery_id, attempt)!
-- Another worker may send it at once.
UPDATE webhook_deliveries SET claimed_until = NULL, dispatched_at = NULL
WHERE id = :delivery_id AND attempts = :attempt AND status = 'pending';

-- name: mark_deliveries_dispatched()
-- Choose the deliveries to hand to Redis: of each endpoint, and of each user's own URLs, one at a time, the one that is
-- due for longest, so that receivers that hang can't take all workers from others.
WITH busy AS (
  SELECT jobs.tenant_id, coalesce('endpoint:' || endpoint_id, user_id) AS lane
  FROM webhook_deliveries d JOIN jobs ON jobs.id = d.job_id
  WHERE d.status = 'pending' AND (d.dispatched_at IS NOT NULL OR d.claimed_until >= now())
), pending AS (
  SELECT d.id, d.job_id, event_number, next_at, jobs.tenant_id, coalesce('endpoint:' || endpoint_id, user_id) AS lane
  FROM webhook_deliveries d JOIN jobs ON jobs.id = d.job_id
  WHERE d.status = 'pending' AND next_at <= now()
    AND d.dispatched_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
), due AS (
  SELECT DISTINCT ON (tenant_id, lane) id FROM pending
  WHERE NOT EXISTS (SELECT FROM busy WHERE busy.tenant_id = pending.tenant_id AND busy.lane = pending.lane)
  ORDER BY tenant_id, lane, next_at, job_id, event_number
), chosen AS (
  SELECT d.id FROM webhook_deliveries d JOIN due USING (id) FOR UPDATE OF d SKIP LOCKED
)
UPDATE webhook_deliveries d SET dispatched_at = now(), dispatch_no = dispatch_no + 1
FROM chosen
WHERE d.id = chosen.id AND d.status = 'pending' AND dispatched_at IS NULL
RETURNING job_id, event_number, endpoint_id, dispatch_no, next_at;

-- name: dispatched_deliveries(grace_seconds)
-- Deliveries that Redis should know, if it has had the time to.
SELECT job_id, event_number, endpoint_id, dispatch_no FROM webhook_deliveries
WHERE status = 'pending' AND dispatched_at < now() - make_interval(secs => :grace_seconds);

-- name: forget_delivery_dispatch(job_ids, event_numbers, endpoint_ids, dispatch_nos)!
-- Redis has lost these: they are to be handed over again.
UPDATE webhook_deliveries d SET dispatched_at = NULL
FROM unnest(:job_ids::uuid[], :event_numbers::int[], :endpoint_ids::uuid[], :dispatch_nos::int[])
  AS lost (job_id, event_number, endpoint_id, dispatch_no)
WHERE d.job_id = lost.job_id AND d.event_number = lost.event_number
  AND d.endpoint_id IS NOT DISTINCT FROM lost.endpoint_id AND d.dispatch_no = lost.dispatch_no;

-- name: webhook_log(delivery_id, job_id, endpoint_id, status, before, before_id, limit)
-- Deliveries of the tenant that match, the newest first.
SELECT d.id, d.job_id, e.kind, d.endpoint_id, coalesce(w.url, webhook_url) AS url, d.status::text,
       d.attempts - d.attempts_before AS attempts, d.last_error, d.last_status, d.created_at, attempted_at, CASE d.status WHEN 'pending' THEN next_at END AS next_at,
       delivered_at
FROM webhook_deliveries d JOIN jobs ON jobs.id = d.job_id
JOIN job_events e ON e.job_id = d.job_id AND e.number = d.event_number
LEFT JOIN webhook_endpoints w ON w.id = d.endpoint_id
WHERE (:delivery_id::uuid IS NULL OR d.id = :delivery_id::uuid)
  AND (:job_id::uuid IS NULL OR d.job_id = :job_id::uuid)
  AND (:endpoint_id::uuid IS NULL OR d.endpoint_id = :endpoint_id::uuid)
  AND (:status::text IS NULL OR d.status = :status::text::delivery_status)
  AND (:before::timestamptz IS NULL OR (d.created_at, d.id) < (:before::timestamptz, :before_id::uuid))
ORDER BY d.created_at DESC, d.id DESC LIMIT :limit;

-- name: lock_delivery(delivery_id)^
-- A delivery as it stands, which nobody changes until the transaction ends.
SELECT d.status::text, purged_at IS NOT NULL AS is_purged, disabled_at IS NOT NULL AS is_disabled
FROM webhook_deliveries d JOIN jobs ON jobs.id = d.job_id LEFT JOIN webhook_endpoints w ON w.id = d.endpoint_id
WHERE d.id = :delivery_id FOR UPDATE OF d;

-- name: redeliver(delivery_id)!
-- Send it again, with all attempts of the schedule before it. Whoever sent it last may no longer write.
UPDATE webhook_deliveries SET
  status = 'pending', delivered_at = NULL, next_at = now(),
  attempts = attempts + 1, attempts_before = attempts + 1
WHERE id = :delivery_id AND status <> 'pending';
