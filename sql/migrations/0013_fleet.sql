-- What many workers of several versions need to know of each other. All of it is new, and versions before 0.3.0 work
-- beside it.

ALTER TABLE jobs ADD COLUMN contract integer;
COMMENT ON COLUMN jobs.contract IS
  'The version of the steps that the job was begun with; null for a worker that writes none down';

ALTER TABLE workers ADD COLUMN reason text NOT NULL DEFAULT '';
COMMENT ON COLUMN workers.reason IS 'Why it takes no job just now; empty if it does';

CREATE TABLE probes (
  name text PRIMARY KEY,
  at   timestamptz NOT NULL
);
COMMENT ON TABLE probes IS 'Written by whoever wants to know whether a row can be written';

CREATE TABLE reconciler (
  one       boolean PRIMARY KEY DEFAULT true CHECK (one),
  worker_id text,
  until     timestamptz NOT NULL DEFAULT '-infinity',
  heirs     text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE reconciler IS 'The one worker that puts right for all what others left behind, and for how long';
COMMENT ON COLUMN reconciler.heirs IS 'The workers that look several times a second whether its place is free';
INSERT INTO reconciler DEFAULT VALUES;
