-- Each process acts as one of two roles, for the length of a transaction: as the application, which sees the rows of
-- the tenant that `deckgen.tenant` names, or as the service, which hands over, puts right and removes for all.

DO $$
DECLARE
  kept text;
BEGIN
  FOR kept IN SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
              WHERE attname = 'tenant_id' AND relkind = 'r' AND relnamespace = current_schema()::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY of_the_tenant ON %s TO deckgen_app '
      'USING (tenant_id = (SELECT current_setting(''deckgen.tenant'')))', kept);
    EXECUTE format('CREATE POLICY of_all_tenants ON %s TO deckgen_service USING (true)', kept);
    -- Processes of before 0.5.0 act as the database's own user.
    EXECUTE format('CREATE POLICY of_former_processes ON %s TO CURRENT_USER USING (tenant_id = ''local'')', kept);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO deckgen_app, deckgen_service', kept);
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
