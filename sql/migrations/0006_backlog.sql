-- What keeps the queue as fast with a hundred thousand waiting jobs as with a hundred.

-- Jobs by status, so that nobody has to count them. Each connection adds to a row of its own, more or
-- less: one row for all would make every change of a job wait for the one before.
CREATE TABLE job_counts (
  shard     smallint PRIMARY KEY,
  waiting   bigint NOT NULL DEFAULT 0,
  delayed   bigint NOT NULL DEFAULT 0,
  active    bigint NOT NULL DEFAULT 0,
  completed bigint NOT NULL DEFAULT 0,
  failed    bigint NOT NULL DEFAULT 0,
  cancelled bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE job_counts IS 'Sums of the rows are true; a single row may be negative';
INSERT INTO job_counts (shard) SELECT generate_series(0, 31);
UPDATE job_counts SET
  waiting = (SELECT count(*) FROM jobs WHERE status = 'waiting'),
  delayed = (SELECT count(*) FROM jobs WHERE status = 'delayed'),
  active = (SELECT count(*) FROM jobs WHERE status = 'active'),
  completed = (SELECT count(*) FROM jobs WHERE status = 'completed'),
  failed = (SELECT count(*) FROM jobs WHERE status = 'failed'),
  cancelled = (SELECT count(*) FROM jobs WHERE status = 'cancelled')
WHERE shard = 0;

CREATE FUNCTION count_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign integer := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  UPDATE job_counts SET
    waiting = job_counts.waiting + sign * changed.waiting,
    delayed = job_counts.delayed + sign * changed.delayed,
    active = job_counts.active + sign * changed.active,
    completed = job_counts.completed + sign * changed.completed,
    failed = job_counts.failed + sign * changed.failed,
    cancelled = job_counts.cancelled + sign * changed.cancelled
  FROM (
    SELECT
      count(*) FILTER (WHERE status = 'waiting') AS waiting,
      count(*) FILTER (WHERE status = 'delayed') AS delayed,
      count(*) FILTER (WHERE status = 'active') AS active,
      count(*) FILTER (WHERE status = 'completed') AS completed,
      count(*) FILTER (WHERE status = 'failed') AS failed,
      count(*) FILTER (WHERE status = 'cancelled') AS cancelled
    FROM changed_jobs
  ) AS changed
  WHERE shard = pg_backend_pid() % 32;
  RETURN NULL;
END $$;
CREATE TRIGGER count_new_jobs AFTER INSERT ON jobs REFERENCING NEW TABLE AS changed_jobs
  FOR EACH STATEMENT EXECUTE FUNCTION count_jobs();
CREATE TRIGGER count_deleted_jobs AFTER DELETE ON jobs REFERENCING OLD TABLE AS changed_jobs
  FOR EACH STATEMENT EXECUTE FUNCTION count_jobs();

CREATE FUNCTION count_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE job_counts SET
    waiting = waiting + (NEW.status = 'waiting')::int - (OLD.status = 'waiting')::int,
    delayed = delayed + (NEW.status = 'delayed')::int - (OLD.status = 'delayed')::int,
    active = active + (NEW.status = 'active')::int - (OLD.status = 'active')::int,
    completed = completed + (NEW.status = 'completed')::int - (OLD.status = 'completed')::int,
    failed = failed + (NEW.status = 'failed')::int - (OLD.status = 'failed')::int,
    cancelled = cancelled + (NEW.status = 'cancelled')::int - (OLD.status = 'cancelled')::int
  WHERE shard = pg_backend_pid() % 32;
  RETURN NULL;
END $$;
CREATE TRIGGER count_transition AFTER UPDATE OF status ON jobs
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION count_transition();

CREATE FUNCTION count_no_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE job_counts SET waiting = 0, delayed = 0, active = 0, completed = 0, failed = 0, cancelled = 0;
  RETURN NULL;
END $$;
CREATE TRIGGER count_truncated_jobs AFTER TRUNCATE ON jobs EXECUTE FUNCTION count_no_job();

-- For the bound of a user's waiting jobs, and for the jobs that are ahead of a new one.
CREATE INDEX jobs_waiting_of_a_user ON jobs (user_id) WHERE status IN ('waiting', 'delayed');
CREATE INDEX jobs_waiting_by_priority ON jobs (priority) WHERE status IN ('waiting', 'delayed');
-- Jobs that were there when a worker died, twice in a row.
CREATE INDEX jobs_suspected ON jobs (created_at, id) WHERE crashes >= 2 AND finished_at IS NULL;

CREATE FUNCTION users_to_dispatch() RETURNS SETOF text LANGUAGE sql STABLE
BEGIN ATOMIC
  -- From one user to the next through the index: as many steps as users, however many jobs they have.
  WITH RECURSIVE users (id) AS (
    (SELECT user_id FROM jobs WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NULL
     ORDER BY user_id LIMIT 1)
    UNION ALL
    SELECT (
      SELECT user_id FROM jobs
      WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NULL AND user_id > users.id
      ORDER BY user_id LIMIT 1
    ) FROM users WHERE users.id IS NOT NULL
  )
  SELECT id FROM users WHERE id IS NOT NULL;
END;
