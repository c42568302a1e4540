"""What the command `arq deckgen.worker_settings.WorkerSettings` loads.

arq reads only the attributes of this very class, so it inherits nothing.
"""

import sys
from socket import gethostname

from arq.cron import cron
from arq.worker import func

from deckgen.config.settings import SettingsError, load_settings
from deckgen.observability import logs
from deckgen.queue.arq_check import arq_settings, key_in_redis
from deckgen.queue.messages import JOB_FUNCTION, WEBHOOK_FUNCTION
from deckgen.queue.pool import QUEUE_NAME, create_pool, deserialize, serialize
from deckgen.redis.connections import FOR_EVER
from deckgen.worker.jobs.deliver_webhook import deliver_webhook
from deckgen.worker.jobs.generate_deck import generate_deck
from deckgen.worker.jobs.purge import purge
from deckgen.worker.lifecycle import shutdown, startup

try:
    settings = load_settings()
except SettingsError as error:
    sys.exit(str(error))

logs.quieten_arq()
A_DAY = 86_400
LATE_SECONDS = 300


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
