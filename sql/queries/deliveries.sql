-- name: claim_delivery(claim_seconds, job_id, event_number)^
-- Take the right to send a delivery that is due, and count the attempt; no row if another has it or
-- it is over.
UPDATE deliveries d SET
  attempts = d.attempts + 1, dispatched_at = NULL,
  claimed_until = now() + make_interval(secs => :claim_seconds)
FROM jobs, job_events e
WHERE d.job_id = :job_id AND d.event_number = :event_number
  AND d.status = 'pending' AND next_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
  AND jobs.id = d.job_id AND e.job_id = d.job_id AND e.number = d.event_number
RETURNING d.job_id, d.event_number, d.attempts, webhook_url, deck_id, user_id, e.kind, e.data,
          e.created_at;

-- name: finish_delivery(job_id, event_number, attempt)!
-- The receiver has accepted it.
UPDATE deliveries SET
  status = 'delivered', delivered_at = now(), claimed_until = NULL, dispatched_at = NULL, last_error = NULL
WHERE job_id = :job_id AND event_number = :event_number AND attempts = :attempt AND status = 'pending';

-- name: delay_delivery(wait_seconds, error, job_id, event_number, attempt)!
-- Another attempt follows after a backoff.
UPDATE deliveries SET
  next_at = now() + make_interval(secs => :wait_seconds), claimed_until = NULL, dispatched_at = NULL,
  last_error = :error
WHERE job_id = :job_id AND event_number = :event_number AND attempts = :attempt AND status = 'pending';

-- name: give_up_delivery(error, job_id, event_number, attempt)!
-- The last attempt has failed too.
UPDATE deliveries SET
  status = 'given_up', claimed_until = NULL, dispatched_at = NULL, last_error = :error
WHERE job_id = :job_id AND event_number = :event_number AND attempts = :attempt AND status = 'pending';

-- name: release_delivery(job_id, event_number, attempt)!
-- Another worker may send it at once.
UPDATE deliveries SET claimed_until = NULL, dispatched_at = NULL
WHERE job_id = :job_id AND event_number = :event_number AND attempts = :attempt AND status = 'pending';

-- name: mark_deliveries_dispatched()
-- Choose the deliveries to hand to Redis: of each user one at a time, the one that is due for longest,
-- so that receivers that hang can't take all workers from others.
WITH busy AS (
  SELECT jobs.tenant_id, user_id FROM deliveries d JOIN jobs ON jobs.id = d.job_id
  WHERE d.status = 'pending' AND (d.dispatched_at IS NOT NULL OR d.claimed_until >= now())
), due AS (
  SELECT DISTINCT ON (jobs.tenant_id, user_id) d.job_id, d.event_number
  FROM deliveries d JOIN jobs ON jobs.id = d.job_id
  WHERE d.status = 'pending' AND next_at <= now()
    AND d.dispatched_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
    AND NOT EXISTS (SELECT FROM busy WHERE busy.tenant_id = jobs.tenant_id AND busy.user_id = jobs.user_id)
  ORDER BY jobs.tenant_id, user_id, next_at, d.job_id, d.event_number
), chosen AS (
  SELECT d.job_id, d.event_number FROM deliveries d JOIN due USING (job_id, event_number)
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE deliveries d SET dispatched_at = now(), dispatch_no = dispatch_no + 1
FROM chosen
WHERE d.job_id = chosen.job_id AND d.event_number = chosen.event_number
  AND d.status = 'pending' AND dispatched_at IS NULL
RETURNING d.job_id, d.event_number, dispatch_no, next_at;

-- name: dispatched_deliveries(grace_seconds)
-- Deliveries that Redis should know, if it has had the time to.
SELECT job_id, event_number, dispatch_no FROM deliveries
WHERE status = 'pending' AND dispatched_at < now() - make_interval(secs => :grace_seconds);

-- name: forget_delivery_dispatch(job_ids, event_numbers, dispatch_nos)!
-- Redis has lost these: they are to be handed over again.
UPDATE deliveries d SET dispatched_at = NULL
FROM unnest(:job_ids::uuid[], :event_numbers::int[], :dispatch_nos::int[])
  AS lost (job_id, event_number, dispatch_no)
WHERE d.job_id = lost.job_id AND d.event_number = lost.event_number AND d.dispatch_no = lost.dispatch_no;
