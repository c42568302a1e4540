-- Each process acts as one of two roles, for the length of a transaction: as the application, which sees the rows of
-- the tenant that `deckgen.tenant` names, or as the service, which hands over, puts right and removes for all.

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['presentations', 'datasets', 'jobs', 'job_steps', 'job_events', 'job_attempts', 'deliveries',
                              'job_texts', 'idempotency_keys', 'model_calls', 'deck_versions', 'job_counts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY of_the_tenant ON %I TO deckgen_app '
      'USING (tenant_id = (SELECT current_setting(''deckgen.tenant'')))', kept);
    EXECUTE format('CREATE POLICY of_all_tenants ON %I TO deckgen_service USING (true)', kept);
    -- Processes of before 0.5.0 act as the database's own user.
    EXECUTE format('CREATE POLICY of_former_processes ON %I TO CURRENT_USER USING (tenant_id = ''local'')', kept);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO deckgen_app, deckgen_service', kept);
  END LOOP;
END $$;

-- Numbers of jobs, nothing more: the bound of the queue is one for all tenants.
CREATE POLICY sums_of_all ON job_counts FOR SELECT TO deckgen_app USING (true);

-- What belongs to no tenant. A process looks which migrations there are before it takes a role.
GRANT SELECT ON schema_migrations TO PUBLIC;
GRANT SELECT ON workers, queue_state TO deckgen_app;
GRANT SELECT (key_id, public_key, created_at, retired_at) ON signing_keys TO deckgen_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workers, queue_state, signing_keys, reconciler, probes, purge_places
  TO deckgen_service;
