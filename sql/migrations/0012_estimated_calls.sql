-- Calls to a model that its provider did not count, or did not answer, are in the account as well.

ALTER TABLE model_calls ADD COLUMN estimated boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN model_calls.estimated IS 'Booked with the most that it can have taken';
