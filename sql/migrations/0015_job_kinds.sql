-- A kind of job is a row in code and two columns here: no statement knows a kind. `deckgen migrate` adds the names.

ALTER TABLE jobs
  ADD COLUMN parameters jsonb,
  ADD COLUMN changes_deck boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN jobs.parameters IS 'What this kind of job is given beside the brief and the table';
COMMENT ON COLUMN jobs.changes_deck IS 'It is about a deck that there is, which stays as it is if the job fails';

-- Workers and APIs of 0.3.0 know the kind 'revise' only, and its parameters by their former name.
CREATE FUNCTION parameters_by_both_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.parameters := coalesce(NEW.parameters, NEW.revision);
    NEW.changes_deck := NEW.changes_deck OR NEW.kind = 'revise';
    NEW.revision := CASE WHEN NEW.kind = 'revise' THEN NEW.parameters END;
  ELSIF NEW.purged_at IS NOT NULL THEN
    NEW.parameters := NULL;
    NEW.revision := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER parameters_have_both_names BEFORE INSERT OR UPDATE OF purged_at ON jobs
  FOR EACH ROW EXECUTE FUNCTION parameters_by_both_names();

CREATE FUNCTION status_without_deck(changes_deck boolean) RETURNS presentation_status LANGUAGE sql IMMUTABLE
RETURN CASE WHEN changes_deck THEN 'completed' ELSE 'error' END::presentation_status;

-- As in 0009, but that it takes jobs of any kind.
CREATE FUNCTION accept_job(
  deck text, owner text, wanted job_kind, changes boolean, job_priority integer, job_context jsonb, job_policy jsonb,
  job_parameters jsonb, uploaded_sha256 text, uploaded_name text, uploaded_bytes bigint, uploaded_gzip bytea,
  attempts_allowed integer, webhook text, sent_key text, sent_sha256 text, most_of_user bigint, most bigint,
  OUT job uuid, OUT outcome acceptance
) LANGUAGE plpgsql AS $$
DECLARE
  deck_owner text;
  has_deck boolean;
  open_changes boolean;
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

    SELECT id, changes_deck INTO job, open_changes FROM jobs
    WHERE deck_id = deck AND status IN ('waiting', 'delayed', 'active');
    IF FOUND AND (changes OR open_changes) THEN
      job := NULL;
      outcome := 'deck_in_work';
      RETURN;
    END IF;
    outcome := 'existing';
    EXIT WHEN FOUND;
    IF changes AND has_deck IS NOT TRUE THEN
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
    IF changes THEN  -- it is about the brief and the table of the deck that there is
      SELECT final_deck_json->'brief', dataset_sha256, final_deck_json->'source'->>'name'
      INTO job_context, uploaded_sha256, uploaded_name FROM presentations WHERE id = deck;
    END IF;
    INSERT INTO jobs (deck_id, user_id, kind, changes_deck, priority, context, policy, parameters, dataset_sha256,
                      dataset_name, max_attempts, webhook_url, last_event)
    VALUES (deck, owner, wanted, changes, job_priority, job_context, job_policy, job_parameters, uploaded_sha256,
            uploaded_name, attempts_allowed, webhook, 1)
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

-- What APIs of 0.3.0 call.
CREATE OR REPLACE FUNCTION accept_job(
  deck text, owner text, job_priority integer, job_context jsonb, job_policy jsonb, job_revision jsonb,
  uploaded_sha256 text, uploaded_name text, uploaded_bytes bigint, uploaded_gzip bytea,
  attempts_allowed integer, webhook text, sent_key text, sent_sha256 text, most_of_user bigint, most bigint,
  OUT job uuid, OUT outcome acceptance
) LANGUAGE sql AS $$
  SELECT accepted.job, accepted.outcome FROM accept_job(
    deck, owner, CASE WHEN job_revision IS NULL THEN 'generate' ELSE 'revise' END::job_kind, job_revision IS NOT NULL,
    job_priority, job_context, job_policy, job_revision, uploaded_sha256, uploaded_name, uploaded_bytes, uploaded_gzip,
    attempts_allowed, webhook, sent_key, sent_sha256, most_of_user, most
  ) AS accepted
$$;

-- A job is found by the words of its parameters, whatever they are called.
CREATE OR REPLACE FUNCTION words_of_job(context jsonb, revision jsonb, error text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Bounded, as a brief may name columns without end.
RETURN to_tsvector('simple', coalesce(searchable(left(concat_ws(
  ' ', left(error, 4000), context->>'businessContext', context->>'industry', context->>'audience', (
    SELECT string_agg(value #>> '{}', ' ' ORDER BY key) FROM jsonb_each(coalesce(revision, '{}'))
    WHERE jsonb_typeof(value) = 'string'
  ), (
    SELECT string_agg(concat_ws(' ', key, value->>'unit'), ' ')
    FROM jsonb_each(CASE jsonb_typeof(context->'columns') WHEN 'object' THEN context->'columns' ELSE '{}' END)
  )
), 20000)), ''));

CREATE OR REPLACE FUNCTION keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found tsvector := words_of_job(NEW.context, NEW.parameters, NEW.error_message);
BEGIN
  IF found = '' THEN
    DELETE FROM job_texts WHERE job_id = NEW.id;
  ELSE
    INSERT INTO job_texts (job_id, created_at, words) VALUES (NEW.id, NEW.created_at, found)
    ON CONFLICT (job_id) DO UPDATE SET words = excluded.words;
  END IF;
  RETURN NULL;
END $$;
