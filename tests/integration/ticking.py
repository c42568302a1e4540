"""For arq's command: the worker's own settings, with what is done by the clock due every second."""

from deckgen.worker_settings import WorkerSettings

for job in WorkerSettings.cron_jobs:
    job.second = None

__all__ = ["WorkerSettings"]
