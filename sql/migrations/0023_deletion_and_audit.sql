-- Who did what, which nobody changes, and what was deleted: of a deck, a user or a whole tenant.

CREATE FUNCTION current_actor() RETURNS text LANGUAGE sql STABLE
RETURN coalesce(nullif(current_setting('deckgen.actor', true), ''), 'server');

CREATE TABLE audit_log (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   external_id NOT NULL DEFAULT current_tenant(),
  at          timestamptz NOT NULL DEFAULT now(),
  actor       text NOT NULL DEFAULT current_actor(),
  user_id     external_id DEFAULT nullif(current_setting('deckgen.user', true), ''),
  action      text NOT NULL CHECK (action ~ '^[a-z_]+[.][a-z_]+$'),
  target_kind text NOT NULL CHECK (target_kind ~ '^[a-z_]+$'),
  target_id   text,
  details     jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE audit_log IS 'Who did what when: written with the change itself, and by nobody changed or removed';
COMMENT ON COLUMN audit_log.user_id IS 'The user that the actor is bound to; null for one who acts for all';
COMMENT ON COLUMN audit_log.target_id IS 'Null for the queue, of which there is one, and for many at once';
CREATE INDEX audit_of_a_tenant ON audit_log (tenant_id, id);

CREATE FUNCTION refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'insufficient_privilege';
END $$;
-- For each statement, so that it also binds the owner, whom no right does.
CREATE TRIGGER the_audit_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();

CREATE TABLE deletions (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id    external_id NOT NULL DEFAULT current_tenant(),
  what         text NOT NULL CHECK (what IN ('deck', 'user', 'tenant')),
  target_id    external_id NOT NULL,
  requested_by text NOT NULL DEFAULT current_actor(),
  requested_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  holds_until  timestamptz NOT NULL DEFAULT 'infinity',
  counts       jsonb NOT NULL DEFAULT '{}',
  running_jobs uuid[] NOT NULL DEFAULT '{}',
  CONSTRAINT held_until_completed CHECK ((completed_at IS NULL) = (holds_until = 'infinity'))
);
COMMENT ON TABLE deletions IS 'Receipts: each is written before anything goes, so that whoever dies leaves a trace to go on from';
COMMENT ON COLUMN deletions.holds_until IS 'Nothing new is let in for the target before: a revoked key is believed for seconds';
COMMENT ON COLUMN deletions.running_jobs IS
  'Jobs that were begun and cancelled for it: what a model still answers them is paid, and is to be in the account';
CREATE INDEX deletions_of_running_jobs ON deletions USING gin (running_jobs) WHERE running_jobs <> '{}';
CREATE UNIQUE INDEX one_open_deletion ON deletions (tenant_id, what, target_id) WHERE completed_at IS NULL;
CREATE INDEX deletions_that_hold ON deletions (tenant_id, holds_until);

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['audit_log', 'deletions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY of_the_tenant ON %I TO deckgen_app '
      'USING (tenant_id = (SELECT current_setting(''deckgen.tenant'')))', kept);
    EXECUTE format('CREATE POLICY of_all_tenants ON %I TO deckgen_service USING (true)', kept);
    -- Processes of before 0.5.0 act as the database's own user, and obey a deletion of theirs.
    EXECUTE format('CREATE POLICY of_former_processes ON %I TO CURRENT_USER USING (tenant_id = ''local'')', kept);
    EXECUTE format('GRANT SELECT ON %I TO deckgen_app, deckgen_service', kept);
  END LOOP;
END $$;
-- A user of a tenant reads nobody's audit. Receipts are read for each request, to refuse what is being deleted.
CREATE POLICY of_no_single_user ON audit_log AS RESTRICTIVE FOR SELECT TO deckgen_app
  USING ((SELECT is_for_all_users()));
-- Whoever may see all of the tenant goes on with one.
CREATE POLICY of_no_single_user ON deletions AS RESTRICTIVE FOR UPDATE TO deckgen_app
  USING ((SELECT is_for_all_users()));
-- Who it was and when says the transaction, and not the statement. Receipts are removed by nobody.
GRANT INSERT (action, target_kind, target_id, details) ON audit_log TO deckgen_app, deckgen_service;
GRANT INSERT (what, target_id) ON deletions TO deckgen_app, deckgen_service;
GRANT UPDATE (completed_at, holds_until, counts, running_jobs) ON deletions TO deckgen_app, deckgen_service;

-- What goes between the first and the last transaction of a deletion: nothing new comes in. Whoever lets something in
-- holds the lock of the tenant together with others until the commit, and a deletion begins by holding it alone: what
-- was before is committed then, and is deleted; what comes after sees the deletion.
CREATE FUNCTION lock_of_deletions(tenant text) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashtextextended('deletions of ' || tenant, 0);

CREATE FUNCTION refuse_while_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deck text := to_jsonb(NEW)->>'deck_id';  -- a key has none
BEGIN
  PERFORM pg_advisory_xact_lock_shared(lock_of_deletions(NEW.tenant_id));
  IF EXISTS (
    SELECT FROM deletions d WHERE d.tenant_id = NEW.tenant_id AND holds_until > now() AND (
      what = 'tenant' OR (what = 'user' AND target_id = NEW.user_id) OR (what = 'deck' AND target_id = deck))
  ) THEN
    -- Processes of before 0.5.0 take it for an outage, and answer that one may try again.
    RAISE EXCEPTION 'it is being deleted'
      USING ERRCODE = 'lock_not_available', CONSTRAINT = 'nothing_new_while_deleted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nothing_new_while_deleted BEFORE INSERT ON jobs
  FOR EACH ROW EXECUTE FUNCTION refuse_while_deleted();
CREATE TRIGGER nothing_new_while_deleted BEFORE INSERT ON api_keys
  FOR EACH ROW EXECUTE FUNCTION refuse_while_deleted();

-- A call that is paid for while its job is deleted stays in the account, and in nobody's name. With the lock either the
-- call is there before the job goes, and loses its names after it, or it comes after that.
CREATE FUNCTION call_of_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM jobs WHERE id = NEW.job_id FOR KEY SHARE;
  IF NOT FOUND THEN
    NEW.deck_id := 'deleted';
    NEW.user_id := 'deleted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER calls_of_deleted_jobs_have_no_names BEFORE INSERT ON model_calls
  FOR EACH ROW EXECUTE FUNCTION call_of_nobody();

CREATE INDEX presentations_of_users ON presentations (tenant_id, user_id);
CREATE INDEX model_calls_of_decks ON model_calls (tenant_id, deck_id);
CREATE INDEX model_calls_of_users ON model_calls (tenant_id, user_id);
