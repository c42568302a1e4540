-- Who has signed in on the pages with a key: a session ends with its key, whatever its own time says.

CREATE TABLE sessions (
  sha256     bytea PRIMARY KEY,
  tenant_id  external_id NOT NULL DEFAULT current_tenant(),
  key_id     text NOT NULL REFERENCES api_keys ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
COMMENT ON COLUMN sessions.sha256 IS 'Of the token in the cookie, which is not kept';
CREATE INDEX sessions_of_a_key ON sessions (key_id);
CREATE INDEX sessions_that_end ON sessions (tenant_id, expires_at);

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_tenant ON sessions TO deckgen_app
  USING (tenant_id = (SELECT current_setting('deckgen.tenant')));
CREATE POLICY of_all_tenants ON sessions TO deckgen_service USING (true);
CREATE POLICY of_the_user ON sessions AS RESTRICTIVE TO deckgen_app
  USING ((SELECT is_for_all_users()) OR EXISTS (
    SELECT FROM api_keys k WHERE k.id = key_id AND k.user_id = (SELECT current_setting('deckgen.user', true))
  ));
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO deckgen_app, deckgen_service;
