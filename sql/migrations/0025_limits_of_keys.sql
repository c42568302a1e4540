-- Who asked for a job: the name of the caller, as the audit has it, and null for processes of before 0.5.0. The jobs of
-- each that wait are counted, so that one key can't fill the queue.

ALTER TABLE jobs ADD COLUMN requested_by text;
ALTER TABLE jobs ALTER COLUMN requested_by SET DEFAULT nullif(current_setting('deckgen.actor', true), '');
CREATE INDEX waiting_jobs_of_a_caller ON jobs (tenant_id, requested_by) WHERE status IN ('waiting', 'delayed');
