-- Who made the deck that there is, and how: a job of some kind, or a person by hand. Null of older decks.

ALTER TABLE presentations ADD COLUMN change text, ADD COLUMN author text;
COMMENT ON COLUMN presentations.change IS 'The kind of the job that made the deck, or edit';
COMMENT ON COLUMN presentations.author IS 'The user of that job, or whoever edited it';
ALTER TABLE deck_versions ADD COLUMN change text, ADD COLUMN author text;

CREATE OR REPLACE FUNCTION keep_former_deck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deck_versions (tenant_id, deck_id, number, deck, dataset_sha256, completed_at, change, author)
  SELECT OLD.tenant_id, OLD.id, coalesce(max(number), 0) + 1, OLD.final_deck_json, OLD.dataset_sha256, OLD.completed_at,
         OLD.change, OLD.author
  FROM deck_versions WHERE tenant_id = OLD.tenant_id AND deck_id = OLD.id;
  RETURN NEW;
END $$;
