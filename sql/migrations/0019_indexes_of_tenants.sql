-- What is looked up within a tenant, or from one tenant's user to the next. Each new index stands before the one
-- goes that it takes the place of.

CREATE INDEX jobs_to_dispatch_of_tenants ON jobs (tenant_id, user_id, priority DESC, created_at, id)
  WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NULL;
DROP INDEX jobs_to_dispatch;
CREATE INDEX jobs_dispatched_of_tenants ON jobs (tenant_id, user_id) WHERE dispatched_at IS NOT NULL;
DROP INDEX jobs_dispatched;
CREATE INDEX jobs_waiting_of_tenants ON jobs (tenant_id, user_id) WHERE status IN ('waiting', 'delayed');
DROP INDEX jobs_waiting_of_a_user;
CREATE INDEX jobs_kept_of_tenants ON jobs (tenant_id, user_id, status, finished_at DESC, id)
  WHERE finished_at IS NOT NULL AND purged_at IS NULL;
DROP INDEX jobs_kept;
CREATE INDEX jobs_of_decks ON jobs (tenant_id, deck_id, created_at DESC);
DROP INDEX jobs_of_a_deck;
-- One for each status: under row security a comparison of statuses, which PostgreSQL does not know to tell nobody what
-- it compares, gives an index no order.
CREATE INDEX jobs_completed_of_tenants ON jobs (tenant_id, created_at, id) WHERE status = 'completed';
CREATE INDEX jobs_failed_of_tenants ON jobs (tenant_id, created_at, id) WHERE status = 'failed';
CREATE INDEX jobs_cancelled_of_tenants ON jobs (tenant_id, created_at, id) WHERE status = 'cancelled';
DROP INDEX jobs_ended_by_status;
CREATE INDEX jobs_ended_of_users ON jobs (tenant_id, user_id, status, created_at, id)
  WHERE status IN ('completed', 'failed', 'cancelled');
DROP INDEX jobs_ended_of_a_user;
CREATE INDEX jobs_by_error_of_tenants ON jobs (tenant_id, error_code, status, created_at, id)
  WHERE error_code IS NOT NULL;
DROP INDEX jobs_by_error;
CREATE INDEX jobs_that_wait_of_tenants ON jobs (tenant_id, created_at, id) WHERE status = 'waiting';
CREATE INDEX jobs_delayed_of_tenants ON jobs (tenant_id, created_at, id) WHERE status = 'delayed';
DROP INDEX jobs_waiting_by_status;
CREATE INDEX job_texts_by_time_of_tenants ON job_texts (tenant_id, created_at, job_id);
DROP INDEX job_texts_by_time;
CREATE INDEX model_calls_of_tenants ON model_calls (tenant_id, called_at, user_id);
DROP INDEX model_calls_by_time;

CREATE FUNCTION users_with_jobs_to_dispatch() RETURNS TABLE (tenant_id text, user_id text) LANGUAGE sql STABLE
BEGIN ATOMIC
  -- From one user to the next through the index: as many steps as users, however many jobs they have.
  WITH RECURSIVE users (tenant, id) AS (
    (SELECT jobs.tenant_id, jobs.user_id FROM jobs WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NULL
     ORDER BY 1, 2 LIMIT 1)
    UNION ALL
    SELECT next.* FROM users CROSS JOIN LATERAL (
      SELECT jobs.tenant_id, jobs.user_id FROM jobs
      WHERE status IN ('waiting', 'delayed') AND dispatched_at IS NULL
        AND (jobs.tenant_id, jobs.user_id) > (users.tenant, users.id)
      ORDER BY 1, 2 LIMIT 1
    ) AS next
  )
  SELECT tenant, id FROM users;
END;

CREATE FUNCTION users_with_kept_jobs(after_tenant text, after_user text, most integer)
RETURNS TABLE (tenant_id text, user_id text) LANGUAGE sql STABLE
BEGIN ATOMIC
  WITH RECURSIVE users (tenant, id) AS (
    (SELECT jobs.tenant_id, jobs.user_id FROM jobs
     WHERE finished_at IS NOT NULL AND purged_at IS NULL AND (jobs.tenant_id, jobs.user_id) > (after_tenant, after_user)
     ORDER BY 1, 2 LIMIT 1)
    UNION ALL
    SELECT next.* FROM users CROSS JOIN LATERAL (
      SELECT jobs.tenant_id, jobs.user_id FROM jobs
      WHERE finished_at IS NOT NULL AND purged_at IS NULL
        AND (jobs.tenant_id, jobs.user_id) > (users.tenant, users.id)
      ORDER BY 1, 2 LIMIT 1
    ) AS next
  )
  SELECT tenant, id FROM users LIMIT most;
END;
