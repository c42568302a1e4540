-- What operators and clients do to jobs, and what every attempt came to.

CREATE TYPE attempt_outcome AS ENUM ('completed', 'retried', 'failed', 'released', 'crashed', 'cancelled');

CREATE TABLE job_attempts (
  job_id        uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
  lease_token   bigint NOT NULL,
  number        integer NOT NULL CHECK (number > 0),
  worker_id     text NOT NULL,
  started_at    timestamptz NOT NULL DEFAULT now(),
  ended_at      timestamptz,
  outcome       attempt_outcome,
  error_code    text,
  error_message text,
  PRIMARY KEY (job_id, lease_token),
  CONSTRAINT ended_if_and_only_if_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
COMMENT ON COLUMN job_attempts.number IS
  'An attempt that was released is not counted: the next one has the same number';

CREATE TABLE queue_state (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  paused_at timestamptz
);
COMMENT ON TABLE queue_state IS 'While the queue is paused nothing is started; what runs goes on';
INSERT INTO queue_state DEFAULT VALUES;
