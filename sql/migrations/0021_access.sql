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
