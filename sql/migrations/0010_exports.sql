-- The hash of each deck beside it, so that what was rendered of a deck is found without reading the deck.

CREATE FUNCTION deck_sha256(deck jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN encode(sha256(convert_to(deck::text, 'UTF8')), 'hex');

-- Not filled here, as that would rewrite every deck: of those that there are the hash is computed when it is asked for.
ALTER TABLE presentations ADD COLUMN final_deck_sha256 text, ADD COLUMN draft_deck_sha256 text;
COMMENT ON COLUMN presentations.final_deck_sha256 IS
  'Of final_deck_json; null beside a deck that is older than this column';
COMMENT ON COLUMN presentations.draft_deck_sha256 IS 'Of draft_deck_json, likewise';

CREATE FUNCTION hash_decks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.final_deck_sha256 := deck_sha256(NEW.final_deck_json);
  NEW.draft_deck_sha256 := deck_sha256(NEW.draft_deck_json);
  RETURN NEW;
END $$;
CREATE TRIGGER decks_are_hashed BEFORE INSERT OR UPDATE OF final_deck_json, draft_deck_json ON presentations
  FOR EACH ROW EXECUTE FUNCTION hash_decks();
