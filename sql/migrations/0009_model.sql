-- What a language model adds: a draft that is readable at once, steps with parts, an account of every call, and
-- jobs that rewrite one slide of a deck.

CREATE TYPE job_kind AS ENUM (
  'generate',  -- makes a deck of a brief and perhaps a table
  'revise'     -- rewrites one slide of the deck that there is
);

ALTER TABLE jobs
  ADD COLUMN kind job_kind NOT NULL DEFAULT 'generate',
  ADD COLUMN policy jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN revision jsonb,
  ADD CONSTRAINT revision_if_and_only_if_revise CHECK (purged_at IS NOT NULL OR (kind = 'revise') = (revision IS NOT NULL));
COMMENT ON COLUMN jobs.policy IS 'What the model may take for it, and what to do while it is away';
COMMENT ON COLUMN jobs.revision IS 'The slide that is to be rewritten, and the instruction';

-- A job that was cancelled in the moment of its dispatch kept a place of its user's for good.
UPDATE jobs SET dispatched_at = NULL WHERE finished_at IS NOT NULL AND dispatched_at IS NOT NULL;
ALTER TABLE jobs ADD CONSTRAINT nothing_over_is_dispatched CHECK (finished_at IS NULL OR dispatched_at IS NULL);

CREATE FUNCTION status_without_deck(kind job_kind) RETURNS presentation_status LANGUAGE sql IMMUTABLE
-- What a presentation is once a job has ended without a new deck: a deck that was to be revised is still there.
RETURN CASE kind WHEN 'revise' THEN 'completed' ELSE 'error' END::presentation_status;

ALTER TABLE presentations ADD COLUMN draft_deck_json jsonb;
COMMENT ON COLUMN presentations.draft_deck_json IS
  'The complete deck of the offline engine, readable while a model improves it';

ALTER TABLE job_steps ADD COLUMN part text NOT NULL DEFAULT '';
COMMENT ON COLUMN job_steps.part IS 'The slide that it is of, or which of several decks; empty where there is one only';
ALTER TABLE job_steps ALTER COLUMN usage DROP NOT NULL;
ALTER TABLE job_steps RENAME COLUMN usage TO call;
UPDATE job_steps SET call = NULL;
COMMENT ON COLUMN job_steps.call IS 'The call to the model that gave the result, if it was one that did';

-- Bills outlive jobs: nothing here hangs on a job, and no purge removes it.
CREATE TABLE model_calls (
  job_id        uuid NOT NULL,
  key           text NOT NULL,
  deck_id       external_id NOT NULL,
  user_id       external_id NOT NULL,
  step          text NOT NULL,
  part          text NOT NULL,
  model         text NOT NULL,
  tokens_in     bigint NOT NULL CHECK (tokens_in >= 0),
  tokens_cached bigint NOT NULL CHECK (tokens_cached BETWEEN 0 AND tokens_in),
  tokens_out    bigint NOT NULL CHECK (tokens_out >= 0),
  cost          numeric(14, 8) CHECK (cost >= 0),
  seconds       double precision NOT NULL CHECK (seconds >= 0),
  called_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, key)
);
COMMENT ON COLUMN model_calls.cost IS 'In US dollars; null for a model without a known price';
CREATE INDEX model_calls_by_time ON model_calls (called_at, user_id);

CREATE TABLE deck_versions (
  deck_id        external_id NOT NULL REFERENCES presentations ON DELETE CASCADE,
  number         integer NOT NULL CHECK (number > 0),
  deck           jsonb NOT NULL,
  dataset_sha256 text REFERENCES datasets,
  completed_at   timestamptz NOT NULL,
  PRIMARY KEY (deck_id, number)
);
COMMENT ON TABLE deck_versions IS 'The decks that a later one has taken the place of, the oldest first';
CREATE INDEX deck_versions_of_a_dataset ON deck_versions (dataset_sha256) WHERE dataset_sha256 IS NOT NULL;

CREATE FUNCTION keep_former_deck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deck_versions (deck_id, number, deck, dataset_sha256, completed_at)
  SELECT OLD.id, coalesce(max(number), 0) + 1, OLD.final_deck_json, OLD.dataset_sha256, OLD.completed_at
  FROM deck_versions WHERE deck_id = OLD.id;
  RETURN NEW;
END $$;
CREATE TRIGGER former_decks_are_kept BEFORE UPDATE OF final_deck_json ON presentations
  FOR EACH ROW WHEN (OLD.final_deck_json IS NOT NULL AND OLD.final_deck_json IS DISTINCT FROM NEW.final_deck_json)
  EXECUTE FUNCTION keep_former_deck();

ALTER TYPE acceptance ADD VALUE 'no_deck';       -- there is nothing to revise
ALTER TYPE acceptance ADD VALUE 'deck_in_work';  -- a job of the deck is not over, so its slides may change

-- As before, but for the policy, and for jobs that revise a deck.
DROP FUNCTION accept_job(text, text, integer, jsonb, text, text, bigint, bytea, integer, text, text, text, bigint,
                         bigint);
CREATE FUNCTION accept_job(
  deck text, owner text, job_priority integer, job_context jsonb, job_policy jsonb, job_revision jsonb,
  uploaded_sha256 text, uploaded_name text, uploaded_bytes bigint, uploaded_gzip bytea,
  attempts_allowed integer, webhook text, sent_key text, sent_sha256 text, most_of_user bigint, most bigint,
  OUT job uuid, OUT outcome acceptance
) LANGUAGE plpgsql AS $$
DECLARE
  deck_owner text;
  has_deck boolean;
  open_kind job_kind;
BEGIN
  IF sent_key IS NOT NULL THEN
    -- Requests with the same key come one after the other, until their transactions end.
    PERFORM pg_advisory_xact_lock(hashtextextended(owner || ' ' || sent_key, 0));
    SELECT job_id, CASE WHEN request_sha256 = sent_sha256 THEN 'existing' ELSE 'key_reused' END
    INTO job, outcome FROM idempotency_keys WHERE user_id = owner AND key = sent_key;
    IF FOUND THEN
      RETURN;
    END IF;
  END IF;

  LOOP  -- once more if the deck was new, and somebody else asked for it meanwhile
    SELECT user_id, final_deck_json IS NOT NULL INTO deck_owner, has_deck
    FROM presentations WHERE id = deck FOR UPDATE;
    IF deck_owner <> owner THEN
      outcome := 'deck_of_another_user';
      RETURN;
    END IF;

    SELECT id, kind INTO job, open_kind FROM jobs
    WHERE deck_id = deck AND status IN ('waiting', 'delayed', 'active');
    IF FOUND AND (job_revision IS NOT NULL OR open_kind = 'revise') THEN
      job := NULL;
      outcome := 'deck_in_work';
      RETURN;
    END IF;
    outcome := 'existing';
    EXIT WHEN FOUND;
    IF job_revision IS NOT NULL AND has_deck IS NOT TRUE THEN
      outcome := 'no_deck';
      RETURN;
    END IF;

    IF most_of_user <= (
      SELECT count(*) FROM (
        SELECT FROM jobs WHERE user_id = owner AND status IN ('waiting', 'delayed') LIMIT most_of_user
      ) AS of_user
    ) THEN
      outcome := 'too_many_of_user';
      RETURN;
    END IF;
    IF most <= (SELECT sum(waiting + delayed) FROM job_counts) THEN
      outcome := 'too_many';
      RETURN;
    END IF;

    INSERT INTO presentations AS p (id, user_id, status) VALUES (deck, owner, 'queued')
    ON CONFLICT (id) DO UPDATE SET
      status = 'queued', error_message = NULL, draft_deck_json = NULL, updated_at = now()
    WHERE deck_owner IS NOT NULL;
    CONTINUE WHEN NOT FOUND;

    WHILE uploaded_gzip IS NOT NULL LOOP  -- once more if it is removed as unused at this very moment
      PERFORM FROM datasets WHERE sha256 = uploaded_sha256 FOR KEY SHARE;
      EXIT WHEN FOUND;
      INSERT INTO datasets (sha256, bytes, gzip) VALUES (uploaded_sha256, uploaded_bytes, uploaded_gzip)
      ON CONFLICT DO NOTHING;
      EXIT WHEN FOUND;
    END LOOP;
    IF job_revision IS NOT NULL THEN  -- it is about the brief and the table of the deck that there is
      SELECT final_deck_json->'brief', dataset_sha256, final_deck_json->'source'->>'name'
      INTO job_context, uploaded_sha256, uploaded_name FROM presentations WHERE id = deck;
    END IF;
    INSERT INTO jobs (deck_id, user_id, kind, priority, context, policy, revision, dataset_sha256, dataset_name,
                      max_attempts, webhook_url, last_event)
    VALUES (deck, owner, CASE WHEN job_revision IS NULL THEN 'generate' ELSE 'revise' END::job_kind, job_priority,
            job_context, job_policy, job_revision, uploaded_sha256, uploaded_name, attempts_allowed, webhook, 1)
    RETURNING id INTO job;
    INSERT INTO job_events (job_id, number, kind) VALUES (job, 1, 'job.accepted');
    outcome := 'accepted';
    EXIT;
  END LOOP;

  IF sent_key IS NOT NULL THEN
    INSERT INTO idempotency_keys (user_id, key, request_sha256, job_id)
    VALUES (owner, sent_key, sent_sha256, job);
  END IF;
END $$;
