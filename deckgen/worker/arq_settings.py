"""The settings of arq's worker: the functions that it executes, and how."""

from socket import gethostname

from arq.cron import cron
from arq.worker import func

from deckgen.config.settings import Settings
from deckgen.observability import logs
from deckgen.queue.arq_check import arq_settings, key_in_redis
from deckgen.queue.messages import ENDPOINT_FUNCTION, JOB_FUNCTION, WEBHOOK_FUNCTION
from deckgen.queue.pool import QUEUE_NAME, create_pool, deserialize, serialize
from deckgen.redis.connections import FOR_EVER
from deckgen.worker.jobs.deliver_webhook import deliver_to_endpoint, deliver_webhook
from deckgen.worker.jobs.generate_deck import generate_deck
from deckgen.worker.jobs.purge import purge
from deckgen.worker.kinds import runs
from deckgen.worker.lifecycle import shutdown, startup

A_DAY = 86_400
LATE_SECONDS = 300


def worker_settings(settings: Settings) -> type:
    """Returns the class of settings that arq reads; it inherits nothing, as arq would miss it.

    Call it outside or inside an event loop: the pool connects when it is first used.
    """
    logs.quieten_arq()
    runs()  # a kind of job that lacks a part fails now, and not when somebody requests one

    class WorkerSettings:
        functions = [
            func(generate_deck, name=JOB_FUNCTION),
            func(deliver_webhook, name=WEBHOOK_FUNCTION),
            func(deliver_to_endpoint, name=ENDPOINT_FUNCTION),
        ]
        # It runs every minute on one worker: a worker that enqueues a tick late finds its result.
        cron_jobs = [cron(purge, second=30, keep_result=LATE_SECONDS)]
        queue_name = QUEUE_NAME
        redis_pool = create_pool(settings, retries=FOR_EVER)
        redis_settings = arq_settings(settings)  # `arq --check` connects with these
        on_startup = startup
        on_shutdown = shutdown
        max_jobs = settings.queue_concurrency
        poll_delay = 0.005  # the pause between two jobs, as the pool waits inside the call
        # `arq --check` looks for this key, the sign of life of a worker on this machine.
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
