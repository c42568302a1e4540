-- What exists, in which state and in which order. Redis holds nothing that is not here.

CREATE TYPE presentation_status AS ENUM (
  'draft',       -- made by no request yet
  'queued',      -- from draft, completed or error: a job waits
  'processing',  -- from queued: a worker has it
  'completed',   -- from processing: final_deck_json is the deck
  'error'        -- from queued or processing: error_message says why
);

CREATE TYPE job_status AS ENUM (
  'waiting',    -- new; from active when released or reclaimed; from failed by a redrive
  'delayed',    -- from active: waits for its next attempt
  'active',     -- from waiting or delayed: a worker holds its lease
  'completed',  -- from active
  'failed',     -- from active
  'cancelled'   -- from waiting, delayed or active
);

CREATE DOMAIN external_id AS text CHECK (VALUE ~ '^[A-Za-z0-9._-]{1,128}$');

CREATE TABLE presentations (
  id              external_id PRIMARY KEY,
  user_id         external_id NOT NULL,
  status          presentation_status NOT NULL DEFAULT 'draft',
  final_deck_json jsonb,
  error_message   text,
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  completed_at    timestamptz,
  CONSTRAINT completed_has_a_deck CHECK (status <> 'completed' OR final_deck_json IS NOT NULL),
  CONSTRAINT a_deck_has_its_time CHECK ((final_deck_json IS NULL) = (completed_at IS NULL)),
  CONSTRAINT error_if_and_only_if_message CHECK ((status = 'error') = (error_message IS NOT NULL))
);
COMMENT ON COLUMN presentations.final_deck_json IS
  'The last deck that was completed: it stays readable while another is made';

CREATE TABLE datasets (
  sha256     text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bigint NOT NULL CHECK (bytes > 0),
  gzip       bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN datasets.sha256 IS 'Of the uploaded bytes: the same file is stored once';
ALTER TABLE datasets ALTER COLUMN gzip SET STORAGE EXTERNAL;  -- it is compressed already

CREATE TABLE jobs (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  deck_id        external_id NOT NULL REFERENCES presentations,
  user_id        external_id NOT NULL,
  status         job_status NOT NULL DEFAULT 'waiting',
  priority       smallint NOT NULL DEFAULT 5 CHECK (priority BETWEEN 1 AND 10),
  context        jsonb NOT NULL,
  dataset_sha256 text REFERENCES datasets,
  dataset_name   text,
  attempts       integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  max_attempts   integer NOT NULL CHECK (max_attempts >= 1),
  crashes        integer NOT NULL DEFAULT 0 CHECK (crashes >= 0),
  run_after      timestamptz NOT NULL DEFAULT now(),
  dispatch_no    integer NOT NULL DEFAULT 0,
  dispatched_at  timestamptz,
  lease_token    bigint NOT NULL DEFAULT 0,
  lease_until    timestamptz,
  worker_id      text,
  error_code     text,
  error_message  text,
  last_event     integer NOT NULL DEFAULT 0,
  created_at     timestamptz NOT NULL DEFAULT now(),
  started_at     timestamptz,
  finished_at    timestamptz,
  CONSTRAINT active_if_and_only_if_leased CHECK ((status = 'active') = (lease_until IS NOT NULL)),
  CONSTRAINT over_if_and_only_if_finished
    CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CONSTRAINT failed_has_an_error CHECK (status <> 'failed' OR error_message IS NOT NULL),
  CONSTRAINT an_error_has_a_code CHECK ((error_code IS NULL) = (error_message IS NULL)),
  CONSTRAINT a_dataset_has_a_name CHECK ((dataset_sha256 IS NULL) = (dataset_name IS NULL))
);
COMMENT ON COLUMN jobs.dispatched_at IS 'When its id was handed to Redis; null: it is not there';
COMMENT ON COLUMN jobs.dispatch_no IS 'Each hand-over has a number, so that a late message is told from a new one';
COMMENT ON COLUMN jobs.lease_token IS 'Who may write: every claim adds one, every write names it';
COMMENT ON COLUMN jobs.error_message IS 'Of the last attempt; stays while the next one waits or runs';

CREATE UNIQUE INDEX one_open_job_a_deck ON jobs (deck_id) WHERE status IN ('waiting', 'delayed', 'active');
CREATE INDEX jobs_to_dispatch ON jobs (user_id, priority DESC, created_at, id)
  WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NULL;
CREATE INDEX jobs_dispatched ON jobs (user_id) WHERE dispatched_at IS NOT NULL;
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE status = 'active';
CREATE INDEX jobs_finished ON jobs (finished_at DESC) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_of_a_deck ON jobs (deck_id, created_at DESC);

CREATE TABLE job_steps (
  job_id      uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
  step        text NOT NULL,
  key         text NOT NULL,
  result      json NOT NULL,
  usage       json NOT NULL,
  seconds     double precision NOT NULL CHECK (seconds >= 0),
  finished_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, step, key)
);
COMMENT ON TABLE job_steps IS 'Checkpoints: a step that stands here is never executed again';
COMMENT ON COLUMN job_steps.result IS
  'json, not jsonb: the same bytes come back, so the keys of the steps that build on it stay the same';

CREATE TABLE job_events (
  job_id     uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
  number     integer NOT NULL CHECK (number > 0),
  kind       text NOT NULL,
  data       jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, number)
);

CREATE FUNCTION refuse_impossible_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) NOT IN (
    ('waiting', 'active'), ('waiting', 'cancelled'),
    ('delayed', 'active'), ('delayed', 'cancelled'), ('delayed', 'waiting'),
    ('active', 'waiting'), ('active', 'delayed'),
    ('active', 'completed'), ('active', 'failed'), ('active', 'cancelled'),
    ('failed', 'waiting')
  ) THEN
    RAISE EXCEPTION 'job % can not go from % to %', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER job_transitions BEFORE UPDATE OF status ON jobs
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION refuse_impossible_transition();
