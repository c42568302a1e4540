-- Where all ends of a tenant's jobs are told to, beside the webhookUrl of a request; and the tenants' own secrets.

CREATE TABLE webhook_endpoints (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id       external_id NOT NULL DEFAULT current_tenant(),
  url             text NOT NULL,
  events          text[] NOT NULL
    CHECK (cardinality(events) > 0 AND events <@ ARRAY['job.completed', 'job.failed', 'job.cancelled']),
  description     text NOT NULL DEFAULT '' CHECK (length(description) <= 200),
  secret          text NOT NULL,
  previous_secret text,
  previous_until  timestamptz,
  secret_since    timestamptz NOT NULL DEFAULT now(),
  created_at      timestamptz NOT NULL DEFAULT now(),
  disabled_at     timestamptz,
  CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
COMMENT ON COLUMN webhook_endpoints.previous_secret IS 'Signs beside the other one, until previous_until';
COMMENT ON COLUMN webhook_endpoints.disabled_at IS 'By the tenant, or by the receiver''s 410: nothing is sent to it';
CREATE INDEX webhook_endpoints_of_a_tenant ON webhook_endpoints (tenant_id, created_at);

CREATE TABLE webhook_secrets (
  tenant_id       external_id PRIMARY KEY DEFAULT current_tenant(),
  secret          text NOT NULL,
  previous_secret text,
  previous_until  timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
COMMENT ON TABLE webhook_secrets IS 'Signs for the webhookUrl of requests; of the tenant local WEBHOOK_SECRET does';

-- Workers of 0.4.0 name a delivery by job and event, also when they record that it was sent. A second row under that
-- name would go to the wrong URL, or be taken for sent; and row security does not hide it from them where the user of
-- the database is a superuser. So the table has another name, and under the former one a view has what they know: the
-- deliveries to the webhookUrl of requests, which they read and write as before. The new id rewrites the table, whose
-- rows are those of the jobs with a webhookUrl that are still kept whole.
DROP POLICY of_the_user ON deliveries;
ALTER TABLE deliveries RENAME TO webhook_deliveries;
ALTER TABLE webhook_deliveries
  DROP CONSTRAINT deliveries_pkey,
  ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  ADD COLUMN endpoint_id uuid REFERENCES webhook_endpoints ON DELETE CASCADE,
  ADD COLUMN attempts_before integer NOT NULL DEFAULT 0,
  ADD COLUMN attempted_at timestamptz,
  ADD COLUMN last_status integer;
COMMENT ON TABLE webhook_deliveries IS 'One event of a job on its way to the webhook of the job, or to an endpoint';
COMMENT ON COLUMN webhook_deliveries.endpoint_id IS 'Null: it goes to the webhookUrl of the request';
COMMENT ON COLUMN webhook_deliveries.attempts_before IS
  'Attempts that count no more since it was last redelivered: attempts never go back, as they say who may write';
COMMENT ON COLUMN webhook_deliveries.last_status IS 'Of the receiver''s last answer; null if there was none';
CREATE UNIQUE INDEX one_delivery_to_a_request ON webhook_deliveries (job_id, event_number) WHERE endpoint_id IS NULL;
CREATE UNIQUE INDEX one_delivery_to_an_endpoint ON webhook_deliveries (job_id, event_number, endpoint_id);
CREATE INDEX webhook_deliveries_of_endpoints ON webhook_deliveries (endpoint_id, created_at, id);
CREATE INDEX webhook_deliveries_of_tenants ON webhook_deliveries (tenant_id, created_at, id);

CREATE VIEW deliveries WITH (security_invoker = true) AS
SELECT job_id, event_number, status, attempts, next_at, dispatch_no, dispatched_at, claimed_until, last_error,
       delivered_at, created_at, tenant_id
FROM webhook_deliveries WHERE endpoint_id IS NULL;
COMMENT ON VIEW deliveries IS 'For processes of 0.4.0';
GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries TO deckgen_app, deckgen_service;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['webhook_endpoints', 'webhook_secrets'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY of_the_tenant ON %I TO deckgen_app '
      'USING (tenant_id = (SELECT current_setting(''deckgen.tenant'')))', kept);
    EXECUTE format('CREATE POLICY of_all_tenants ON %I TO deckgen_service USING (true)', kept);
    -- Whoever is bound to a user does not see what is all users'.
    EXECUTE format('CREATE POLICY of_all_users ON %I AS RESTRICTIVE TO deckgen_app '
      'USING ((SELECT is_for_all_users()))', kept);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO deckgen_app, deckgen_service', kept);
  END LOOP;
END $$;
-- A process of 0.4.0 that ends a job tells the endpoints of it through the trigger below.
CREATE POLICY of_former_processes ON webhook_endpoints FOR SELECT TO CURRENT_USER USING (tenant_id = 'local');
CREATE POLICY of_the_user ON webhook_deliveries AS RESTRICTIVE TO deckgen_app
  USING ((SELECT is_for_all_users()) OR endpoint_id IS NULL AND EXISTS (SELECT FROM jobs WHERE id = job_id));

-- Whoever ends a job, of whichever release, the same transaction says to whom that is to be told.
CREATE FUNCTION tell_endpoints() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  acting_for text := coalesce(current_setting('deckgen.user', true), '');
BEGIN
  -- The endpoints are all users', and hidden from a caller that is bound to one who, say, cancels a job.
  PERFORM set_config('deckgen.user', '', true);
  INSERT INTO webhook_deliveries (tenant_id, job_id, event_number, endpoint_id)
  SELECT tenant_id, NEW.job_id, NEW.number, id FROM webhook_endpoints
  WHERE tenant_id = NEW.tenant_id AND disabled_at IS NULL AND NEW.kind = ANY(events);
  PERFORM set_config('deckgen.user', acting_for, true);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_endpoints AFTER INSERT ON job_events FOR EACH ROW
  WHEN (NEW.kind IN ('job.completed', 'job.failed', 'job.cancelled')) EXECUTE FUNCTION tell_endpoints();

-- Retention of 0.4.0 sees only what goes to requests, and would purge a job whose end is still to be told elsewhere.
CREATE FUNCTION keep_untold_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM webhook_deliveries WHERE job_id = OLD.id AND endpoint_id IS NOT NULL AND status = 'pending'
  ) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_untold_job BEFORE UPDATE OF purged_at ON jobs FOR EACH ROW
  WHEN (OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL) EXECUTE FUNCTION keep_untold_job();
