-- Whose each row is. Tenants share nothing: not an id, not a table that both have uploaded. What there was is the
-- tenant's "local". Processes of before 0.5.0 go on, and know no other: make a second tenant when they are gone.

-- They are of the whole cluster, and another database may have made them. Nobody signs in as one of them.
DO $$
DECLARE
  missing text;
BEGIN
  FOREACH missing IN ARRAY ARRAY['deckgen_app', 'deckgen_service'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = missing) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', missing);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;  -- another database's migration was quicker
    END;
    IF NOT pg_has_role(missing, 'MEMBER') THEN
      -- What a role may see, its member sees only while it acts as that role. PostgreSQL 15 knows no such thing.
      EXECUTE format('GRANT %I TO CURRENT_USER', missing) || CASE
        WHEN current_setting('server_version_num')::int >= 160000 THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
    END IF;
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The user % needs two roles that it may not give itself. Let an administrator of the database run '
    'CREATE ROLE deckgen_app NOLOGIN; CREATE ROLE deckgen_service NOLOGIN; as far as they are missing, and then '
    'GRANT deckgen_app, deckgen_service TO % WITH INHERIT FALSE;', current_user, quote_ident(current_user)
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION current_tenant() RETURNS text LANGUAGE sql STABLE
-- The service has none: it names the tenant of each row that it writes.
RETURN CASE current_user
  WHEN 'deckgen_service' THEN nullif(current_setting('deckgen.tenant', true), '')
  ELSE coalesce(nullif(current_setting('deckgen.tenant', true), ''), 'local')
END;

-- First a constant, which rewrites no row.
DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['presentations', 'datasets', 'jobs', 'job_steps', 'job_events', 'job_attempts', 'deliveries',
                              'job_texts', 'idempotency_keys', 'model_calls', 'deck_versions', 'job_counts'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN tenant_id external_id NOT NULL DEFAULT ''local''', kept);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET DEFAULT current_tenant()', kept);
  END LOOP;
END $$;
