-- Where the end of a job is told to: each end is a delivery, written by the statement that ends the job.

ALTER TABLE jobs ADD COLUMN webhook_url text;

CREATE TYPE delivery_status AS ENUM (
  'pending',    -- new; waits for its next attempt, or is being sent
  'delivered',  -- from pending: the receiver has accepted it
  'given_up'    -- from pending: the receiver is gone, or did not accept it for a day
);

CREATE TABLE deliveries (
  job_id        uuid NOT NULL,
  event_number  integer NOT NULL,
  status        delivery_status NOT NULL DEFAULT 'pending',
  attempts      integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_at       timestamptz NOT NULL DEFAULT now(),
  dispatch_no   integer NOT NULL DEFAULT 0,
  dispatched_at timestamptz,
  claimed_until timestamptz,
  last_error    text,
  delivered_at  timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, event_number),
  FOREIGN KEY (job_id, event_number) REFERENCES job_events (job_id, number) ON DELETE CASCADE,
  CONSTRAINT delivered_if_and_only_if_time CHECK ((status = 'delivered') = (delivered_at IS NOT NULL)),
  CONSTRAINT given_up_has_an_error CHECK (status <> 'given_up' OR last_error IS NOT NULL),
  CONSTRAINT only_pending_is_in_work
    CHECK (status = 'pending' OR (dispatched_at IS NULL AND claimed_until IS NULL))
);
COMMENT ON TABLE deliveries IS 'One event of a job on its way to the webhook of the job';
COMMENT ON COLUMN deliveries.attempts IS 'Also who may write: every claim adds one, every write names it';
COMMENT ON COLUMN deliveries.claimed_until IS 'Whoever sends it is taken for dead after this';
COMMENT ON COLUMN deliveries.dispatched_at IS 'When it was handed to Redis; null: it is not there';
COMMENT ON COLUMN deliveries.last_error IS 'Of the last attempt; null once it is delivered';

CREATE INDEX deliveries_pending ON deliveries (next_at) WHERE status = 'pending';
