-- A tenant's templates: what is kept of an uploaded file, and what was read from it. A version that was removed leaves
-- its number, so that no later one takes its place in decks that name it.

CREATE TABLE templates (
  tenant_id    external_id NOT NULL DEFAULT current_tenant(),
  name         text NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  version      integer NOT NULL CHECK (version > 0),
  sha256       text NOT NULL,
  looks_sha256 text NOT NULL,
  base         bytea,
  reading      jsonb,
  created_at   timestamptz NOT NULL DEFAULT now(),
  removed_at   timestamptz,
  PRIMARY KEY (tenant_id, name, version),
  CHECK ((removed_at IS NULL) = (base IS NOT NULL) AND (removed_at IS NULL) = (reading IS NOT NULL))
);
COMMENT ON COLUMN templates.sha256 IS 'Of the file that was uploaded, which is not kept';
COMMENT ON COLUMN templates.looks_sha256 IS 'Of the cleaned file and the reading: equal ones are one version';
COMMENT ON COLUMN templates.base IS 'The cleaned file, that decks are drawn upon; null of a version that was removed';
ALTER TABLE templates ALTER COLUMN base SET STORAGE EXTERNAL;  -- it is compressed already

ALTER TABLE templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_tenant ON templates TO deckgen_app
  USING (tenant_id = (SELECT current_setting('deckgen.tenant')));
CREATE POLICY of_all_tenants ON templates TO deckgen_service USING (true);
-- Every user's decks wear them, and no user changes what is all users'.
CREATE POLICY added_for_all_users ON templates AS RESTRICTIVE FOR INSERT TO deckgen_app
  WITH CHECK ((SELECT is_for_all_users()));
CREATE POLICY changed_for_all_users ON templates AS RESTRICTIVE FOR UPDATE TO deckgen_app
  USING ((SELECT is_for_all_users()));
CREATE POLICY removed_for_all_users ON templates AS RESTRICTIVE FOR DELETE TO deckgen_app
  USING ((SELECT is_for_all_users()));
GRANT SELECT, INSERT, UPDATE, DELETE ON templates TO deckgen_app, deckgen_service;

-- As before, but for rows that are no user's.
CREATE OR REPLACE FUNCTION refuse_while_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deck text := to_jsonb(NEW)->>'deck_id';  -- keys and templates have none
  who text := to_jsonb(NEW)->>'user_id';
BEGIN
  PERFORM pg_advisory_xact_lock_shared(lock_of_deletions(NEW.tenant_id));
  IF EXISTS (
    SELECT FROM deletions d WHERE d.tenant_id = NEW.tenant_id AND holds_until > now() AND (
      what = 'tenant' OR (what = 'user' AND target_id = who) OR (what = 'deck' AND target_id = deck))
  ) THEN
    -- Processes of before 0.5.0 take it for an outage, and answer that one may try again.
    RAISE EXCEPTION 'it is being deleted'
      USING ERRCODE = 'lock_not_available', CONSTRAINT = 'nothing_new_while_deleted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nothing_new_while_deleted BEFORE INSERT ON templates
  FOR EACH ROW EXECUTE FUNCTION refuse_while_deleted();

-- Which template a deck wears, beside its document, which is not read to tell whether there is something new to draw.
ALTER TABLE presentations ADD COLUMN template text;
CREATE FUNCTION name_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.template := coalesce(NEW.final_deck_json, NEW.draft_deck_json) #>> '{brief,template}';
  RETURN NEW;
END $$;
CREATE TRIGGER name_template BEFORE INSERT OR UPDATE OF final_deck_json, draft_deck_json ON presentations
  FOR EACH ROW EXECUTE FUNCTION name_template();
