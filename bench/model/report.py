"""The table: on the screen, and as docs/benchmarks-model.md."""

import os
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime

from bench.model.decks import Made
from bench.queue.figures import Figure
from bench.queue.ground import ROOT
from bench.queue.report import ASKED, markdown, row, show

PAGE = ROOT / "docs" / "benchmarks-model.md"
HEAD = """# Benchmarks of the model engine

Written by `make bench-model`: API, worker and orchestrator as processes, PostgreSQL and Valkey with
durability on, and the stand-in of `make dev FAKE_MODEL=1` as the provider, at a second a call.
Medians of {rounds} rounds; each deck is about a table that nobody has read yet, those at once are
about one. What a client takes to write its request down is not measured. All of it shares the
cores, clients and provider too. The machine is shared and noisy: trust the ratios.

{machine}

"""
STEPS = """
## Where the time goes

Seconds of each step as the worker sees it; `assemble` proves the draft while the model works.

"""


def write(figures: Sequence[Figure], single: Sequence[Made]) -> None:
    """Print the figures, and renew the page."""
    show(figures, [])
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}."
    )
    names = list(single[0].steps)
    medians = [f"{statistics.median(one.steps[name] for one in single):.2f}" for name in names]
    PAGE.write_text(
        HEAD.format(rounds=len(single), machine=machine)
        + markdown(ASKED, [row(one) for one in figures])
        + STEPS
        + markdown(names, [medians])
    )
