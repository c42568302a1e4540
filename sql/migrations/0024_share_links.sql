-- Links by which whoever has one reads one deck, until it expires or is revoked. They go with their deck.

CREATE TABLE share_links (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id  external_id NOT NULL DEFAULT current_tenant(),
  deck_id    external_id NOT NULL,
  sha256     bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  FOREIGN KEY (tenant_id, deck_id) REFERENCES presentations ON DELETE CASCADE
);
COMMENT ON COLUMN share_links.sha256 IS 'Of the token in the link, which is shown once and not kept';
CREATE INDEX share_links_of_a_deck ON share_links (tenant_id, deck_id);

ALTER TABLE share_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_tenant ON share_links TO deckgen_app
  USING (tenant_id = (SELECT current_setting('deckgen.tenant')));
CREATE POLICY of_all_tenants ON share_links TO deckgen_service USING (true);
CREATE POLICY of_the_user ON share_links AS RESTRICTIVE TO deckgen_app
  USING ((SELECT is_for_all_users()) OR EXISTS (
    SELECT FROM presentations p WHERE p.tenant_id = share_links.tenant_id AND p.id = deck_id
  ));
GRANT SELECT, INSERT, UPDATE, DELETE ON share_links TO deckgen_app, deckgen_service;
