-- Who may do what: the keys of each tenant, and what the user sees to whom a key is bound.

CREATE TABLE api_keys (
  id           text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9]{8}$'),
  tenant_id    external_id NOT NULL DEFAULT current_tenant(),
  sha256       bytea NOT NULL UNIQUE,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  scopes       text[] NOT NULL CHECK (scopes <@ ARRAY['decks:read', 'decks:write', 'jobs:admin', 'tenant:admin']),
  user_id      external_id,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
COMMENT ON TABLE api_keys IS 'Keys of the HTTP API; the key itself is shown once, and only its hash is kept';
COMMENT ON COLUMN api_keys.user_id IS 'The only user for whom the key may act; null for every user of its tenant';
CREATE INDEX api_keys_of_a_tenant ON api_keys (tenant_id, created_at);

ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_tenant ON api_keys TO deckgen_app
  USING (tenant_id = (SELECT current_setting('deckgen.tenant')));
CREATE POLICY of_all_tenants ON api_keys TO deckgen_service USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys TO deckgen_app, deckgen_service;

-- Beside the tenant a transaction may name one user of it, and sees no other's rows then. What hangs on a job or a deck
-- is seen by those who see that.
CREATE FUNCTION is_for_all_users() RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(current_setting('deckgen.user', true), '') = '';

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['jobs', 'presentations', 'idempotency_keys', 'model_calls'] LOOP
    EXECUTE format('CREATE POLICY of_the_user ON %I AS RESTRICTIVE TO deckgen_app '
      'USING ((SELECT is_for_all_users()) OR user_id = (SELECT current_setting(''deckgen.user'', true)))', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['job_steps', 'job_events', 'job_attempts', 'job_texts', 'deliveries'] LOOP
    EXECUTE format('CREATE POLICY of_the_user ON %I AS RESTRICTIVE TO deckgen_app '
      'USING ((SELECT is_for_all_users()) OR EXISTS (SELECT FROM jobs WHERE id = job_id))', kept);
  END LOOP;
END $$;
CREATE POLICY of_the_user ON deck_versions AS RESTRICTIVE TO deckgen_app
  USING ((SELECT is_for_all_users()) OR EXISTS (
    SELECT FROM presentations p WHERE p.tenant_id = deck_versions.tenant_id AND p.id = deck_id
  ));

-- As in 0018, for callers who may not see whose a deck is.
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
  tries integer := 0;
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
    IF NOT FOUND THEN
      tries := tries + 1;
      IF tries > 2 AND NOT is_for_all_users() THEN  -- there is a deck, and the caller may not see it
        outcome := 'deck_of_another_user';
        RETURN;
      END IF;
      CONTINUE;
    END IF;

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
