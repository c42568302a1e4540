-- A request becomes a job in one call, or is refused and leaves nothing behind.

CREATE TYPE acceptance AS ENUM (
  'accepted',
  'existing',              -- the deck has a job that is not over, or the key was sent before
  'key_reused',            -- the key was sent before with another request
  'deck_of_another_user',
  'too_many_of_user',
  'too_many'
);

-- Every refusal comes before the first write. Each statement of a function sees what was committed while the
-- one before it waited for a lock; the parts of a single query do not.
CREATE FUNCTION accept_job(
  deck text, owner text, job_priority integer, job_context jsonb, uploaded_sha256 text, uploaded_name text,
  uploaded_bytes bigint, uploaded_gzip bytea, attempts_allowed integer, webhook text, sent_key text,
  sent_sha256 text, most_of_user bigint, most bigint, OUT job uuid, OUT outcome acceptance
) LANGUAGE plpgsql AS $$
DECLARE
  deck_owner text;
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
    SELECT user_id INTO deck_owner FROM presentations WHERE id = deck FOR UPDATE;
    IF deck_owner <> owner THEN
      outcome := 'deck_of_another_user';
      RETURN;
    END IF;

    SELECT id INTO job FROM jobs WHERE deck_id = deck AND status IN ('waiting', 'delayed', 'active');
    outcome := 'existing';
    EXIT WHEN FOUND;

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
    ON CONFLICT (id) DO UPDATE SET status = 'queued', error_message = NULL, updated_at = now()
    WHERE deck_owner IS NOT NULL;
    CONTINUE WHEN NOT FOUND;

    WHILE uploaded_gzip IS NOT NULL LOOP  -- once more if it is removed as unused at this very moment
      PERFORM FROM datasets WHERE sha256 = uploaded_sha256 FOR KEY SHARE;
      EXIT WHEN FOUND;
      INSERT INTO datasets (sha256, bytes, gzip) VALUES (uploaded_sha256, uploaded_bytes, uploaded_gzip)
      ON CONFLICT DO NOTHING;
      EXIT WHEN FOUND;
    END LOOP;
    INSERT INTO jobs (deck_id, user_id, priority, context, dataset_sha256, dataset_name, max_attempts,
                      webhook_url, last_event)
    VALUES (deck, owner, job_priority, job_context, uploaded_sha256, uploaded_name, attempts_allowed, webhook, 1)
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
