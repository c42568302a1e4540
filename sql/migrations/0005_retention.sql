-- What is kept of jobs that are over: the last ones whole, of older ones a line, and then nothing. Decks
-- are kept, and with each the table that its facts are queries over.

ALTER TABLE jobs ADD COLUMN purged_at timestamptz,
  ADD CONSTRAINT only_what_is_over_is_purged CHECK (purged_at IS NULL OR finished_at IS NOT NULL);
COMMENT ON COLUMN jobs.purged_at IS
  'When its working data were removed: brief, checkpoints, attempts, deliveries, all events but the last';

ALTER TABLE presentations ADD COLUMN dataset_sha256 text REFERENCES datasets;
COMMENT ON COLUMN presentations.dataset_sha256 IS
  'The table that the facts of final_deck_json are queries over; null if the deck has no data';
UPDATE presentations p SET dataset_sha256 = (
  SELECT dataset_sha256 FROM jobs WHERE deck_id = p.id AND status = 'completed'
  ORDER BY finished_at DESC LIMIT 1
) WHERE final_deck_json IS NOT NULL;

CREATE TABLE purge_places (
  walk  text PRIMARY KEY,
  after text NOT NULL
);
COMMENT ON TABLE purge_places IS 'Where a purge that ran out of time is to be gone on with';

CREATE INDEX jobs_kept ON jobs (user_id, status, finished_at DESC, id)
  WHERE finished_at IS NOT NULL AND purged_at IS NULL;
-- What is looked up for each row that a purge removes.
CREATE INDEX jobs_of_a_dataset ON jobs (dataset_sha256) WHERE dataset_sha256 IS NOT NULL;
CREATE INDEX presentations_of_a_dataset ON presentations (dataset_sha256) WHERE dataset_sha256 IS NOT NULL;
CREATE INDEX idempotency_keys_of_a_job ON idempotency_keys (job_id);

CREATE FUNCTION users_with_kept_jobs(after text, most integer) RETURNS SETOF text LANGUAGE sql STABLE
BEGIN ATOMIC
  -- From one user to the next through the index: as many steps as users, however many jobs they have.
  WITH RECURSIVE users (id) AS (
    (SELECT user_id FROM jobs
     WHERE finished_at IS NOT NULL AND purged_at IS NULL AND user_id > after
     ORDER BY user_id LIMIT 1)
    UNION ALL
    SELECT (
      SELECT user_id FROM jobs
      WHERE finished_at IS NOT NULL AND purged_at IS NULL AND user_id > users.id
      ORDER BY user_id LIMIT 1
    ) FROM users WHERE users.id IS NOT NULL
  )
  SELECT id FROM users WHERE id IS NOT NULL LIMIT most;
END;
