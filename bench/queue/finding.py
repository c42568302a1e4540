"""Find jobs among 1,000,000: every filter, and those that people put together."""

import time
from urllib.parse import urlencode

from bench.queue.figures import Figure, median, percentile
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground
from deckgen.domain.cursors import Cursor
from deckgen.domain.finding import FindRequest
from deckgen.domain.requests import parse

JOBS = 1_000_000
PATH = "/api/ai/jobs"
LIMIT_MS = 200
DECKS = """
INSERT INTO presentations (id, user_id, status)
SELECT 'deck-' || n, 'user-' || CASE WHEN n % 10 = 0 THEN 0 ELSE n % 2000 END, 'queued'
FROM generate_series(1, $1::int) AS n
"""
# A job a second, the last one now. A tenth is one user's; a nineteenth failed, by one of eight codes.
# One word is in every brief, one in each hundredth, one in the older half, one in three of all.
TABLE = """
INSERT INTO jobs (deck_id, user_id, status, context, max_attempts, last_event, created_at, started_at,
                  finished_at, error_code, error_message)
SELECT
  'deck-' || n, 'user-' || CASE WHEN n % 10 = 0 THEN 0 ELSE n % 2000 END, status::job_status,
  jsonb_build_object('businessContext', concat_ws(' ', 'How are the sales of', 'region' || n % 5000,
    'and why did', 'shop' || n % 70000, 'lose', 'customers' || n % 300, 'in the quarter?',
    CASE WHEN n % 100 = 7 THEN 'Zürich' END, CASE WHEN n < $1 / 2 THEN 'formerly' END,
    CASE WHEN n IN (7, $1 / 3, $1 / 2) THEN 'unicorn' END)),
  3, 1, at, CASE WHEN is_over THEN at END, CASE WHEN is_over THEN at + interval '9 s' END,
  CASE WHEN has_error THEN 'code_' || n % 8 END,
  CASE WHEN has_error THEN 'The orchestrator broke down at part' || n % 900 || '.' END
FROM (
  SELECT n, at, status, status NOT IN ('waiting', 'delayed') AS is_over,
         status IN ('failed', 'delayed') AS has_error
  FROM (
    SELECT n, now() - ($1 - n) * interval '1 s' AS at, CASE
      WHEN $1 - n < 5000 THEN 'waiting' WHEN $1 - n < 10000 THEN 'delayed'
      WHEN n % 19 = 1 THEN 'failed' WHEN n % 97 = 2 THEN 'cancelled' ELSE 'completed' END AS status
    FROM generate_series(1, $1::int) AS n
  ) AS numbered
) AS made
"""
WORDS = """
INSERT INTO job_texts SELECT id, created_at, words_of_job(context, revision, error_message) FROM jobs
"""
QUERIES: dict[str, dict[str, str]] = {
    "no filter": {},
    "status failed": {"status": "failed"},
    "two statuses": {"status": "failed,cancelled"},
    "status delayed": {"status": "delayed"},
    "status and user": {"status": "failed", "user": "user-3"},
    "status and a user with a tenth of all": {"status": "cancelled", "user": "user-0"},
    "user": {"user": "user-3"},
    "code": {"code": "code_5"},
    "two codes": {"code": "code_5,code_1"},
    "code that nobody has": {"code": "code_99"},
    "code and user": {"code": "code_5", "user": "user-121"},
    "deck": {"deck": "deck-4711"},
    "since": {"since": "12h", "status": "completed"},
    "rare word": {"q": "unicorn"},
    "word of every brief": {"q": "sales"},
    "word of each hundredth": {"q": "zurich"},
    "word of the older half": {"q": "formerly"},
    "beginning of a word": {"q": "region49"},
    "two words": {"q": "sales customers299"},
    "words of the error": {"q": "orchestrator part77"},
    "word that nobody wrote": {"q": "dragon"},
    "frequent word, status": {"q": "sales", "status": "failed"},
    "rare word, status": {"q": "unicorn", "status": "failed"},
    "frequent word, status without it": {"q": "orchestrator", "status": "cancelled"},
    "frequent word, user": {"q": "sales", "user": "user-3"},
    "word, status, code, user": {
        "q": "quarter",
        "status": "failed",
        "code": "code_1",
        "user": "user-121",
    },
    "frequent word, since": {"q": "sales", "since": "7d"},
}
DEEP = ("no filter", "status failed", "word of every brief", "word of each hundredth")
TENTH = """
SELECT id, created_at FROM jobs ORDER BY created_at LIMIT 1 OFFSET (SELECT count(*) / 10 FROM jobs)
"""


async def measure(ground: Ground) -> list[Figure]:
    jobs, rounds = ground.pick(JOBS, JOBS // 10), ground.pick(20, 10)
    async with Fleet(ground, workers=0) as fleet:
        await _fill(ground, jobs)
        queries = QUERIES | {
            f"deep cursor, {name}": await _deep(ground, QUERIES[name]) for name in DEEP
        }
        times: dict[str, list[float]] = {name: [] for name in queries}
        for _ in range(rounds):
            for name, query in queries.items():
                times[name].append(await _ask(fleet, query))
    worst = sorted(times, key=lambda name: percentile(times[name], 95), reverse=True)
    slowest = percentile(times[worst[0]], 95)
    next_ = percentile(times[worst[1]], 95)
    middle = median([median(of_one) for of_one in times.values()])
    told = ", ".join(f"{name} {percentile(times[name], 95):.0f}" for name in worst)
    return [
        Figure(
            f"find among {jobs:,} jobs: p95 of the slowest of {len(queries)} queries",
            f"<= {LIMIT_MS} ms",
            f"{slowest:.0f} ms ({worst[0]}); the next {next_:.0f} ms, the median query {middle:.0f} ms",
            slowest <= LIMIT_MS,
            f"GET with 50 jobs a page, {rounds} times each; p95 in ms: {told}.",
        )
    ]


async def _fill(ground: Ground, jobs: int) -> None:
    """Without triggers, so that it takes a minute and no more."""
    async with ground.database() as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(DECKS, jobs)
        await connection.execute(TABLE, jobs)
        await connection.execute(WORDS)
        await connection.execute("VACUUM ANALYZE jobs, job_texts, presentations")
        await connection.execute("CHECKPOINT")


async def _deep(ground: Ground, query: dict[str, str]) -> dict[str, str]:
    """The query with the cursor of a page far down."""
    async with ground.database() as connection:
        row = await connection.fetchrow(TENTH)
    place = Cursor(row["created_at"], row["id"])
    return query | {"cursor": place.encoded(parse(FindRequest, query).digest)}


async def _ask(fleet: Fleet, query: dict[str, str]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    status, _ = await fleet.api.request("GET", f"{PATH}?{urlencode(query)}")
    if status != 200:
        raise RuntimeError(f"The query {query} was answered with {status}.")
    return 1000 * (time.perf_counter() - began)
