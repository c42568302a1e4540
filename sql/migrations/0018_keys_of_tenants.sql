-- Ids of decks, uploads, idempotency keys and versions are unique within a tenant.

ALTER TABLE jobs DROP CONSTRAINT jobs_deck_id_fkey, DROP CONSTRAINT jobs_dataset_sha256_fkey;
ALTER TABLE deck_versions DROP CONSTRAINT deck_versions_deck_id_fkey, DROP CONSTRAINT deck_versions_dataset_sha256_fkey,
  DROP CONSTRAINT deck_versions_pkey, ADD PRIMARY KEY (tenant_id, deck_id, number);
ALTER TABLE presentations DROP CONSTRAINT presentations_dataset_sha256_fkey,
  DROP CONSTRAINT presentations_pkey, ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE datasets DROP CONSTRAINT datasets_pkey, ADD PRIMARY KEY (tenant_id, sha256);
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey, ADD PRIMARY KEY (tenant_id, user_id, key);
ALTER TABLE job_counts DROP CONSTRAINT job_counts_pkey, ADD PRIMARY KEY (tenant_id, shard);

ALTER TABLE presentations ADD FOREIGN KEY (tenant_id, dataset_sha256) REFERENCES datasets;
ALTER TABLE deck_versions
  ADD FOREIGN KEY (tenant_id, deck_id) REFERENCES presentations ON DELETE CASCADE,
  ADD FOREIGN KEY (tenant_id, dataset_sha256) REFERENCES datasets;
ALTER TABLE jobs
  ADD FOREIGN KEY (tenant_id, deck_id) REFERENCES presentations,
  ADD FOREIGN KEY (tenant_id, dataset_sha256) REFERENCES datasets;

DROP INDEX one_open_job_a_deck;
CREATE UNIQUE INDEX one_open_job_a_deck ON jobs (tenant_id, deck_id) WHERE status IN ('waiting', 'delayed', 'active');

CREATE OR REPLACE FUNCTION keep_former_deck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deck_versions (tenant_id, deck_id, number, deck, dataset_sha256, completed_at)
  SELECT OLD.tenant_id, OLD.id, coalesce(max(number), 0) + 1, OLD.final_deck_json, OLD.dataset_sha256, OLD.completed_at
  FROM deck_versions WHERE tenant_id = OLD.tenant_id AND deck_id = OLD.id;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found tsvector := words_of_job(NEW.context, NEW.parameters, NEW.error_message);
BEGIN
  IF found = '' THEN
    DELETE FROM job_texts WHERE job_id = NEW.id;
  ELSE
    INSERT INTO job_texts (tenant_id, job_id, created_at, words) VALUES (NEW.tenant_id, NEW.id, NEW.created_at, found)
    ON CONFLICT (job_id) DO UPDATE SET words = excluded.words;
  END IF;
  RETURN NULL;
END $$;

-- Jobs by status, of each tenant in rows of its own, which come with its first jobs.
CREATE FUNCTION add_to_counts(
  tenant text, waits bigint, delays bigint, runs bigint, completes bigint, fails bigint, cancels bigint
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO job_counts AS counts (tenant_id, shard, waiting, delayed, active, completed, failed, cancelled)
  VALUES (tenant, pg_backend_pid() % 32, waits, delays, runs, completes, fails, cancels)
  ON CONFLICT (tenant_id, shard) DO UPDATE SET
    waiting = counts.waiting + waits, delayed = counts.delayed + delays, active = counts.active + runs,
    completed = counts.completed + completes, failed = counts.failed + fails,
    cancelled = counts.cancelled + cancels;
END $$;

CREATE OR REPLACE FUNCTION count_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign integer := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM add_to_counts(
    tenant_id, sign * waiting, sign * delayed, sign * active, sign * completed, sign * failed, sign * cancelled
  ) FROM (
    SELECT tenant_id,
      count(*) FILTER (WHERE status = 'waiting') AS waiting,
      count(*) FILTER (WHERE status = 'delayed') AS delayed,
      count(*) FILTER (WHERE status = 'active') AS active,
      count(*) FILTER (WHERE status = 'completed') AS completed,
      count(*) FILTER (WHERE status = 'failed') AS failed,
      count(*) FILTER (WHERE status = 'cancelled') AS cancelled
    FROM changed_jobs GROUP BY tenant_id ORDER BY tenant_id
  ) AS changed;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION count_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_counts(
    NEW.tenant_id,
    (NEW.status = 'waiting')::int - (OLD.status = 'waiting')::int,
    (NEW.status = 'delayed')::int - (OLD.status = 'delayed')::int,
    (NEW.status = 'active')::int - (OLD.status = 'active')::int,
    (NEW.status = 'completed')::int - (OLD.status = 'completed')::int,
    (NEW.status = 'failed')::int - (OLD.status = 'failed')::int,
    (NEW.status = 'cancelled')::int - (OLD.status = 'cancelled')::int
  );
  RETURN NULL;
END $$;

-- As before, but for a deck of any tenant; what is without a tenant is for processes of before 0.5.0.
CREATE FUNCTION deck_completed_since(tenant text, deck text, since timestamptz) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM presentations WHERE tenant_id = tenant AND id = deck AND completed_at > since);

CREATE FUNCTION waits_for_a_person(
  tenant text, code text, dismissed timestamptz, deck text, failed timestamptz, outages text[], seconds double precision
) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(
  code = ANY(outages) AND dismissed IS NULL
  AND (seconds IS NULL OR failed >= now() - make_interval(secs => seconds))
  AND NOT deck_completed_since(tenant, deck, failed),
  false);

-- As in 0015, within the tenant. The bound of all jobs is that of all tenants.
CREATE OR REPLACE FUNCTION accept_job(
  deck text, owner text, wanted job_kind, changes boolean, job_priority integer, job_context jsonb, job_policy jsonb,
  job_parameters jsonb, uploaded_sha256 text, uploaded_name text, uploaded_bytes bigint, uploaded_gzip bytea,
  attempts_allowed integer, webhook text, sent_key text, sent_sha256 text, most_of_user bigint, most bigint,
  OUT job uuid, OUT outcome acceptance
) LANGUAGE plpgsql AS $$
DECLARE
  tenant text := current_tenant();
  deck_owner text;
  has_deck boolean;
  open_changes boolean;
BEGIN
  IF sent_key IS NOT NULL THEN
    -- Requests with the same key come one after the other, until their transactions end.
    PERFORM pg_advisory_xact_lock(hashtextextended(tenant || ' ' || owner || ' ' || sent_key, 0));
    SELECT job_id, CASE WHEN request_sha256 = sent_sha256 THEN 'existing' ELSE 'key_reused' END
    INTO job, outcome FROM idempotency_keys WHERE tenant_id = tenant AND user_id = owner AND key = sent_key;
    IF FOUND THEN
      RETURN;
    END IF;
  END IF;

  LOOP  -- once more if the deck was new, and somebody else asked for it meanwhile
    SELECT user_id, final_deck_json IS NOT NULL INTO deck_owner, has_deck
    FROM presentations WHERE tenant_id = tenant AND id = deck FOR UPDATE;
    IF deck_owner <> owner THEN
      outcome := 'deck_of_another_user';
      RETURN;
    END IF;

    SELECT id, changes_deck INTO job, open_changes FROM jobs
    WHERE tenant_id = tenant AND deck_id = deck AND status IN ('waiting', 'delayed', 'active');
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
        SELECT FROM jobs
        WHERE tenant_id = tenant AND user_id = owner AND status IN ('waiting', 'delayed') LIMIT most_of_user
      ) AS of_user
    ) THEN
      outcome := 'too_many_of_user';
      RETURN;
    END IF;
    IF most <= (SELECT sum(waiting + delayed) FROM job_counts) THEN
      outcome := 'too_many';
      RETURN;
    END IF;

    INSERT INTO presentations AS p (tenant_id, id, user_id, status) VALUES (tenant, deck, owner, 'queued')
    ON CONFLICT (tenant_id, id) DO UPDATE SET
      status = 'queued', error_message = NULL, draft_deck_json = NULL, updated_at = now()
    WHERE deck_owner IS NOT NULL;
    CONTINUE WHEN NOT FOUND;

    WHILE uploaded_gzip IS NOT NULL LOOP  -- once more if it is removed as unused at this very moment
      PERFORM FROM datasets WHERE tenant_id = tenant AND sha256 = uploaded_sha256 FOR KEY SHARE;
      EXIT WHEN FOUND;
      INSERT INTO datasets (tenant_id, sha256, bytes, gzip)
      VALUES (tenant, uploaded_sha256, uploaded_bytes, uploaded_gzip)
      ON CONFLICT DO NOTHING;
      EXIT WHEN FOUND;
    END LOOP;
    IF changes THEN  -- it is about the brief and the table of the deck that there is
      SELECT final_deck_json->'brief', dataset_sha256, final_deck_json->'source'->>'name'
      INTO job_context, uploaded_sha256, uploaded_name FROM presentations WHERE tenant_id = tenant AND id = deck;
    END IF;
    INSERT INTO jobs (tenant_id, deck_id, user_id, kind, changes_deck, priority, context, policy, parameters,
                      dataset_sha256, dataset_name, max_attempts, webhook_url, last_event)
    VALUES (tenant, deck, owner, wanted, changes, job_priority, job_context, job_policy, job_parameters,
            uploaded_sha256, uploaded_name, attempts_allowed, webhook, 1)
    RETURNING id INTO job;
    INSERT INTO job_events (tenant_id, job_id, number, kind) VALUES (tenant, job, 1, 'job.accepted');
    outcome := 'accepted';
    EXIT;
  END LOOP;

  IF sent_key IS NOT NULL THEN
    INSERT INTO idempotency_keys (tenant_id, user_id, key, request_sha256, job_id)
    VALUES (tenant, owner, sent_key, sent_sha256, job);
  END IF;
END $$;
