"""What the person on call asks for, with a million jobs in the database: `python -m bench.console`.

PostgreSQL and Valkey are real ones with durability on; the questions are asked of an AsyncOrchestrator
in this process, as the pages ask them.
"""
