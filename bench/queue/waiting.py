"""Many waiting jobs at once, as if they had been posted, each with a question of its own."""

from bench.queue.ground import Ground

DECKS = """
INSERT INTO presentations (id, user_id, status)
SELECT $3 || '-' || n, $3 || '-user-' || n % $2, 'queued' FROM generate_series(1, $1::int) AS n
"""
JOBS = """
INSERT INTO jobs (deck_id, user_id, context, max_attempts, last_event)
SELECT id, user_id, jsonb_build_object('businessContext', 'How are sales of ' || id || '?'), 3, 1
FROM presentations WHERE id LIKE $1 || '-%'
"""
EVENTS = "INSERT INTO job_events (job_id, number, kind) SELECT id, 1, 'job.accepted' FROM jobs"


async def insert_waiting(ground: Ground, jobs: int, users: int, *, prefix: str) -> None:
    """`jobs` jobs of `users` users, and the statistics that PostgreSQL would have soon."""
    async with ground.database() as connection:
        async with connection.transaction():
            await connection.execute(DECKS, jobs, users, prefix)
            await connection.execute(JOBS, prefix)
            await connection.execute(EVENTS + " ON CONFLICT DO NOTHING")
        await connection.execute("ANALYZE presentations, jobs, job_events")
