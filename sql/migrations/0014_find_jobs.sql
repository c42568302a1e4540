-- Jobs are found by status, user, code and words, the newest first; what infrastructure failed waits for a person.

-- The words stand in a table of their own: the queue writes a job's row several times, and almost each of these
-- writes would renew its entries in an index of words. Here they are written with the job, and with its errors.
CREATE TABLE job_texts (
  job_id     uuid PRIMARY KEY,
  created_at timestamptz NOT NULL,
  words      tsvector NOT NULL
);
COMMENT ON TABLE job_texts IS 'What a job is found by: the words of its brief and of its error; no row without any';

CREATE FUNCTION searchable(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- Words between blanks, in one form for all ways to write them: capitals, accents, widths. Scripts without blanks
-- between words (Chinese, Japanese, Thai and the like) are taken letter by letter. Plain ASCII is done quicker.
RETURN CASE
  WHEN octet_length(said) = length(said) THEN translate(
    lower(said), E'!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 32))
  ELSE regexp_replace(regexp_replace(translate(
    lower(normalize(said, NFKD)),
    E'\u0131!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u2010\u2011\u2012\u2013\u2014'
    '\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022\u2026\u2039\u203a\u20ac\u3001\u3002\u3008\u3009\u300a\u300b'
    '\u300c\u300d\u300e\u300f\u3010\u3011\u30fb\u060c\u061b\u061f\u0964\u200b\u2028\u2029\ufeff',
    'i' || repeat(' ', 80)),
    '[\u0300-\u036f]+', '', 'g'),
    '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff])', ' \1 ', 'g')
END;

CREATE FUNCTION words_of_job(context jsonb, revision jsonb, error text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Bounded, as a brief may name columns without end.
RETURN to_tsvector('simple', coalesce(searchable(left(concat_ws(
  ' ', left(error, 4000), context->>'businessContext', context->>'industry', context->>'audience',
  revision->>'instruction', (
    SELECT string_agg(concat_ws(' ', key, value->>'unit'), ' ')
    FROM jsonb_each(CASE jsonb_typeof(context->'columns') WHEN 'object' THEN context->'columns' ELSE '{}' END)
  )
), 20000)), ''));

CREATE FUNCTION searched(q text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- All words of `q`, of each at least the beginning: a word of several parts (two-fold) is these parts in a row.
RETURN (
  SELECT to_tsquery('simple', coalesce(string_agg(
    '(' || regexp_replace(trim(searchable(word)), '\s+', ' <-> ', 'g') || ':*)', ' & '
  ), ''))
  FROM regexp_split_to_table(q, '\s+') AS word WHERE trim(searchable(word)) <> ''
);

CREATE FUNCTION keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found tsvector := words_of_job(NEW.context, NEW.revision, NEW.error_message);
BEGIN
  IF found = '' THEN
    DELETE FROM job_texts WHERE job_id = NEW.id;
  ELSE
    INSERT INTO job_texts (job_id, created_at, words) VALUES (NEW.id, NEW.created_at, found)
    ON CONFLICT (job_id) DO UPDATE SET words = excluded.words;
  END IF;
  RETURN NULL;
END $$;

-- Before anything is locked: while this reads all jobs, the queue goes on.
INSERT INTO job_texts (job_id, created_at, words)
SELECT id, created_at, words FROM (
  SELECT id, created_at, words_of_job(context, revision, error_message) AS words FROM jobs
) AS job WHERE words <> '';
CREATE INDEX job_texts_by_time ON job_texts (created_at, job_id);
CREATE INDEX job_texts_words ON job_texts USING gin (words) WITH (gin_pending_list_limit = 256);

-- From here on writes wait until the end.
ALTER TABLE jobs ADD COLUMN dismissed_at timestamptz;
COMMENT ON COLUMN jobs.dismissed_at IS 'When a person has said that nothing is to be done about its failure';

DELETE FROM job_texts WHERE NOT EXISTS (SELECT FROM jobs WHERE id = job_id);
INSERT INTO job_texts (job_id, created_at, words)
SELECT id, created_at, words FROM (
  SELECT id, created_at, words_of_job(context, revision, error_message) AS words FROM jobs
  WHERE finished_at IS NULL OR finished_at >= now() OR purged_at >= now()  -- now() is when the migration began
) AS job
ON CONFLICT (job_id) DO UPDATE SET words = excluded.words;
ALTER TABLE job_texts ADD FOREIGN KEY (job_id) REFERENCES jobs ON DELETE CASCADE;
CREATE TRIGGER words_are_kept AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION keep_words();
CREATE TRIGGER words_change_with_the_error AFTER UPDATE OF error_message ON jobs FOR EACH ROW
  WHEN (OLD.error_message IS DISTINCT FROM NEW.error_message) EXECUTE FUNCTION keep_words();
CREATE TRIGGER words_go_with_the_brief AFTER UPDATE OF context, revision ON jobs FOR EACH ROW
  WHEN (OLD.context IS DISTINCT FROM NEW.context OR OLD.revision IS DISTINCT FROM NEW.revision)
  EXECUTE FUNCTION keep_words();

CREATE FUNCTION forget_dismissal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.dismissed_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER what_runs_again_is_not_dismissed BEFORE UPDATE OF status ON jobs FOR EACH ROW
  WHEN (OLD.dismissed_at IS NOT NULL AND NEW.status <> 'failed') EXECUTE FUNCTION forget_dismissal();

CREATE FUNCTION deck_completed_since(deck text, since timestamptz) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM presentations WHERE id = deck AND completed_at > since);

CREATE FUNCTION waits_for_a_person(
  code text, dismissed timestamptz, deck text, failed timestamptz, outages text[], seconds double precision
) RETURNS boolean LANGUAGE sql STABLE
-- Whether infrastructure failed a job, no longer ago than that (null: whenever), and nobody has seen to it since:
-- it was not dismissed, and its deck was not completed. What was retried has not failed any more.
RETURN coalesce(
  code = ANY(outages) AND dismissed IS NULL
  AND (seconds IS NULL OR failed >= now() - make_interval(secs => seconds)) AND NOT deck_completed_since(deck, failed),
  false);

-- One entry of each for a job, written when it ends. Of jobs that are not over there are few, by comparison.
CREATE INDEX jobs_ended_by_status ON jobs (status, created_at, id)
  WHERE status IN ('completed', 'failed', 'cancelled');
CREATE INDEX jobs_ended_of_a_user ON jobs (user_id, status, created_at, id)
  WHERE status IN ('completed', 'failed', 'cancelled');
CREATE INDEX jobs_by_error ON jobs (error_code, status, created_at, id) WHERE error_code IS NOT NULL;
CREATE INDEX jobs_waiting_by_status ON jobs (status, created_at, id) WHERE status IN ('waiting', 'delayed');
DROP INDEX jobs_waiting;  -- the one above says as much and more
CREATE INDEX jobs_to_look_at ON jobs (finished_at)
  WHERE status = 'failed' AND dismissed_at IS NULL AND purged_at IS NULL;
