-- What the console reads: what a tenant's jobs came to lately, and the costs of days that are over.

-- One entry a job, written when it ends.
CREATE INDEX jobs_ended_of_tenants ON jobs (tenant_id, finished_at DESC) WHERE finished_at IS NOT NULL;

-- A day that is over gets no more calls, so it is summed once, by whoever first asks for it; until then, and from the
-- moment in which a deletion takes names off its calls, it is read from the calls themselves.
CREATE TABLE summed_days (
  tenant_id external_id NOT NULL DEFAULT current_tenant(),
  day       date NOT NULL,
  PRIMARY KEY (tenant_id, day)
);
COMMENT ON TABLE summed_days IS 'The days (UTC) of which costs_of_days has the sums; a day without calls is one too';

CREATE TABLE costs_of_days (
  tenant_id     external_id NOT NULL DEFAULT current_tenant(),
  day           date NOT NULL,
  user_id       external_id NOT NULL,
  model         text NOT NULL,
  calls         bigint NOT NULL,
  tokens_in     bigint NOT NULL,
  tokens_cached bigint NOT NULL,
  tokens_out    bigint NOT NULL,
  cost          numeric NOT NULL,
  unpriced      bigint NOT NULL,
  estimated     bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, user_id, model),
  FOREIGN KEY (tenant_id, day) REFERENCES summed_days ON DELETE CASCADE
);

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['summed_days', 'costs_of_days'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY of_the_tenant ON %I TO deckgen_app '
      'USING (tenant_id = (SELECT current_setting(''deckgen.tenant'')))', kept);
    EXECUTE format('CREATE POLICY of_all_tenants ON %I TO deckgen_service USING (true)', kept);
    -- Processes of before 0.5.0 act as the database's own user, and may take names off calls.
    EXECUTE format('CREATE POLICY of_former_processes ON %I TO CURRENT_USER USING (tenant_id = ''local'')', kept);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO deckgen_service', kept);
    EXECUTE format('GRANT SELECT ON %I TO deckgen_app', kept);
  END LOOP;
END $$;
GRANT DELETE ON summed_days TO deckgen_app;
CREATE POLICY of_the_user ON costs_of_days AS RESTRICTIVE TO deckgen_app
  USING ((SELECT is_for_all_users()) OR user_id = (SELECT current_setting('deckgen.user', true)));

CREATE FUNCTION lock_of_costs(tenant text) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashtextextended('costs of ' || tenant, 0);

CREATE FUNCTION forget_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever sums holds the same lock: what was summed with the names is committed by now, and seen below.
  PERFORM pg_advisory_xact_lock(lock_of_costs(tenant_id)) FROM (SELECT DISTINCT tenant_id FROM renamed) AS tenants;
  DELETE FROM summed_days WHERE (tenant_id, day) IN (
    SELECT tenant_id, (called_at AT TIME ZONE 'UTC')::date FROM renamed
  );
  RETURN NULL;
END $$;
CREATE TRIGGER sums_go_with_the_names AFTER UPDATE ON model_calls REFERENCING NEW TABLE AS renamed
  FOR EACH STATEMENT EXECUTE FUNCTION forget_sums();
