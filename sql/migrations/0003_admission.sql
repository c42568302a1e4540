-- Requests that are sent twice, and workers that say that they live.

CREATE TABLE idempotency_keys (
  user_id        external_id NOT NULL,
  key            text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_sha256 text NOT NULL,
  job_id         uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
  created_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
COMMENT ON TABLE idempotency_keys IS 'The job that a request with an Idempotency-Key was answered with';

CREATE TABLE workers (
  id          text PRIMARY KEY,
  concurrency integer NOT NULL CHECK (concurrency > 0),
  started_at  timestamptz NOT NULL DEFAULT now(),
  seen_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN workers.seen_at IS 'A worker that was not seen for a while is dead; its row is removed by others';

CREATE INDEX jobs_waiting ON jobs (created_at) WHERE status IN ('waiting', 'delayed');
