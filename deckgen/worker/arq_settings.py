"""What arq's worker is told: which functions it executes, and how."""

from socket import gethostname

from arq.cron import cron
from arq.worker import func

from deckgen.config.settings import Settings
from deckgen.observability import logs
from deckgen.queue.arq_check import arq_settings, key_in_redis
from deckgen.queue.messages import JOB_FUNCTION, WEBHOOK_FUNCTION
from deckgen.queue.pool import QUEUE_NAME, create_pool, deserialize, serialize
from deckgen.redis.connections import FOR_EVER
from deckgen.worker.jobs.deliver_webhook import deliver_webhook
from deckgen.worker.jobs.generate_deck import generate_deck
from deckgen.worker.jobs.purge import purge
from deckgen.worker.kinds import runs
from deckgen.worker.lifecycle import shutdown, startup

A_DAY = 86_400
LATE_SECONDS = 300


def worker_settings(settings: Settings) -> type:
    """Returns the class of settings that arq reads; no attribute is inherited, as arq would miss it.

    Call it outside of an event loop or inside: the pool connects when it is first used.
    """
    logs.quieten_arq()
    runs()  # what a kind of job lacks is told now, and not when somebody asks for one

    class WorkerSettings:
        functions = [
            func(generate_deck, name=JOB_FUNCTION),
            func(deliver_webhook, name=WEBHOOK_FUNCTION),
        ]
        # Every minute, on one worker: who enqueues a tick late finds its result.
        cron_jobs = [cron(purge, second=30, keep_result=LATE_SECONDS)]
        queue_name = QUEUE_NAME
        redis_pool = create_pool(settings, retries=FOR_EVER)
        redis_settings = arq_settings(settings)  # `arq --check` connects with these
        on_startup = startup
        on_shutdown = shutdown
        max_jobs = settings.queue_concurrency
        poll_delay = 0.005  # the pool waits inside the call, so this is the pause between two jobs
        # What `arq --check` looks for: whether a worker lives on this machine.
        health_check_key = key_in_redis(settings, f"{QUEUE_NAME}:health-check:{gethostname()}")
        health_check_interval = 10
        job_serializer = serialize
        job_deserializer = deserialize
        # PostgreSQL counts attempts, holds results and bounds times; arq only executes.
        max_tries = 10_000
        keep_result = 0
        job_timeout = A_DAY
        log_results = False

    return WorkerSettings
