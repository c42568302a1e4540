-- The keys with which workers sign decks. No public key is ever removed: it proves the decks of its time.

CREATE TABLE signing_keys (
  key_id      text PRIMARY KEY,
  public_key  bytea NOT NULL CHECK (length(public_key) = 32),
  private_key bytea,
  created_at  timestamptz NOT NULL DEFAULT now(),
  retired_at  timestamptz,
  CONSTRAINT a_retired_key_signs_no_more CHECK (retired_at IS NULL OR private_key IS NULL)
);
COMMENT ON COLUMN signing_keys.private_key IS 'Of the one key that is made and kept here; null for a DECK_SIGNING_KEY';
COMMENT ON COLUMN signing_keys.retired_at IS 'When another key took its place: what it has signed stays valid';

-- Of workers that start at the same time one makes the key.
CREATE UNIQUE INDEX one_private_key ON signing_keys ((true)) WHERE private_key IS NOT NULL;
