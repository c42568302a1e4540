"""A million jobs of 90 days, made by SQL: what they came to, who asked for them, and what they cost."""

from bench.queue.ground import Ground

DAYS = 90
USERS = 2_000
# The oldest first, one after the other in equal steps, so that the last day has its share.
DECKS = """
INSERT INTO presentations (id, user_id, status)
SELECT 'deck-' || n, 'user-' || floor($2 * (hashint4(n)::float8 / 4294967296 + 0.5) ^ 3), 'queued'
FROM generate_series(1, $1 / 4 + 1) AS n
"""
# Four jobs a deck. Few users ask for most; of a hundred jobs six fail and two are cancelled. Of the
# last hours a third still waits.
JOBS = """
INSERT INTO jobs (deck_id, user_id, status, context, max_attempts, attempts, last_event, created_at,
                  started_at, finished_at, error_code, error_message, lease_until)
SELECT 'deck-' || deck, 'user-' || floor($2 * (hashint4(deck)::float8 / 4294967296 + 0.5) ^ 3),
  status::job_status,
  jsonb_build_object('businessContext', concat_ws(' ', 'How are the sales of', 'region' || n % 5000,
    'and why did', 'shop' || n % 70000, 'lose', 'customers' || n % 300, 'in the quarter?',
    CASE WHEN n % 100 = 7 THEN 'Zürich' END, CASE WHEN n IN (7, $1 / 3, $1 / 2) THEN 'unicorn' END)),
  3, CASE WHEN status IN ('waiting') THEN 0 ELSE 1 END, 3, at,
  CASE WHEN status NOT IN ('waiting', 'delayed') THEN at + (n % 40) * interval '0.1 s' END,
  CASE WHEN is_over THEN at + (10 + n % 130) * interval '0.1 s' END,
  CASE WHEN has_error THEN 'code_' || n % 8 END,
  CASE WHEN has_error THEN 'The orchestrator broke down at part' || n % 900 || '.' END,
  CASE WHEN status = 'active' THEN now() + interval '1 hour' END
FROM (
  SELECT n, deck, at, status, status IN ('completed', 'failed', 'cancelled') AS is_over,
         status IN ('failed', 'delayed') AS has_error
  FROM (
    SELECT n, 1 + n % ($1 / 4 + 1) AS deck,
           now() - ($1 - n) * make_interval(secs => 86400.0 * $3 / $1) AS at, CASE
             WHEN $1 - n < 40 THEN 'active' WHEN $1 - n < 1400 AND n % 3 = 0 THEN 'waiting'
             WHEN $1 - n < 5000 AND n % 25 = 1 THEN 'delayed'
             WHEN n % 17 = 1 THEN 'failed' WHEN n % 47 = 2 THEN 'cancelled' ELSE 'completed' END
             AS status
    FROM generate_series(1, $1::int) AS n
  ) AS numbered
) AS made
"""
WORDS = """
INSERT INTO job_texts SELECT id, created_at, words_of_job(context, revision, error_message) FROM jobs
"""
# A tenth of the jobs is improved by a model, in ten calls each.
CALLS = """
INSERT INTO model_calls (job_id, key, deck_id, user_id, step, part, model, tokens_in, tokens_cached,
                         tokens_out, cost, seconds, called_at)
SELECT id, 'key-' || call, deck_id, user_id, CASE call WHEN 1 THEN 'storyline' ELSE 'slide' END,
       CASE call WHEN 1 THEN '' ELSE 's' || call END,
       CASE WHEN call = 1 THEN 'large' ELSE 'small' END, 4000, 1000, 600, 0.002, 1.5,
       created_at + call * interval '1 s'
FROM jobs CROSS JOIN generate_series(1, 10) AS call
WHERE hashtext(id::text) % 10 = 0 AND started_at IS NOT NULL
ORDER BY created_at
"""
# The job whose page is asked for has what a job of a large deck has.
STEPS = """
INSERT INTO job_steps (job_id, step, part, key, result, seconds, finished_at)
SELECT $1, 'slide', 's' || n, 'key-' || n, '{}', 1.5, now() FROM generate_series(1, 30) AS n
"""
EVENTS = """
INSERT INTO job_events (job_id, number, kind, data)
SELECT $1, n, 'step.completed', '{"step": "slide", "part": "s1", "seconds": 1.5}'
FROM generate_series(1, 40) AS n
"""
ATTEMPTS = """
INSERT INTO job_attempts (job_id, lease_token, number, worker_id, ended_at, outcome)
SELECT $1, n, n, 'worker', now(), 'retried' FROM generate_series(1, 3) AS n
"""
SOME_JOB = (
    "SELECT id FROM jobs WHERE created_at < now() - interval '45 days' ORDER BY created_at DESC LIMIT 1"
)


async def fill(ground: Ground, jobs: int) -> str:
    """Make the jobs without triggers, in about two minutes; returns the id of one for its page."""
    async with ground.database() as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(DECKS, jobs, USERS)
        await connection.execute(JOBS, jobs, USERS, DAYS)
        await connection.execute(WORDS)
        await connection.execute(CALLS)
        job_id = await connection.fetchval(SOME_JOB)
        for statement in (STEPS, EVENTS, ATTEMPTS):
            await connection.execute(statement, job_id)
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    return str(job_id)
