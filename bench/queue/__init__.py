"""The queue beside others, and beside what was asked of it: `make bench-queue`.

Every part is the real one: PostgreSQL and Valkey with durability on, the API as a process, workers by
the command `arq deckgen.worker_settings.WorkerSettings`. Only the orchestrator is a stand-in, so that a
step takes as long as the figure wants. One file a figure or a group of them; nothing here is a test.
"""
