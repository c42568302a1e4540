"""The works of a child process, with a bug in one of them."""

from deckgen.orchestrator import analyst
from deckgen.orchestrator.offline import execute, verify
from tests.integration.buggy_process import bug

__all__ = ["execute", "verify"]

analyst.draft = bug
