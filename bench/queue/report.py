"""The tables: on the screen, and as docs/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bench.queue.contestants import missing_node, versions
from bench.queue.figures import Figure, median, percentile
from bench.queue.ground import ROOT, Ground
from bench.queue.sessions import SLEEPS, SLOTS, Session

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench-queue`; `make bench-analyst` writes [its own](benchmarks-analyst.md). All of it
is measured in one run on one machine against the same PostgreSQL and Valkey, which write as safely as
in production. Rounds alternate, and medians are given. The machine is shared and noisy: trust the
ratios, and no difference below a fourth.

{machine}

## What was asked

Real processes: the API, workers by `arq deckgen.worker_settings.WorkerSettings`; only the orchestrator
is a stand-in whose steps take as long as the figure wants. Settings are the defaults, unless a remark
says otherwise.

"""
BESIDE = """
## Beside other queues

**The peers write nothing to a database.** deckgen's pool is measured here as they are, with a job
function that does nothing; what deckgen does with its database stands above, but for the last column,
which is of the whole deckgen. Each runs by its own command line with its own defaults, except for
{slots} slots.

"""
ASKED = ("figure", "asked", "measured", "reached")
COLUMNS = (
    "queue",
    "dispatch to first line, p50 / p99 ms",
    "no-op jobs a second",
    f"{SLEEPS:,} sleeps of 50 ms on {SLOTS} slots",
    "idle commands a second",
    "idle CPU",
    "kill -9 to running again",
)


def show(figures: Sequence[Figure], peers: Sequence[Sequence[str]]) -> None:
    """Print both tables and the remarks."""
    console = Console()
    for columns, rows in ((ASKED, [row(one) for one in figures]), (COLUMNS, peers)):
        table = Table(*columns, show_lines=True)
        for one in rows:
            table.add_row(*one)
        if rows:
            console.print(table)
    for figure in figures:
        if figure.remark:
            console.print(f"{figure.name}: {figure.remark}", highlight=False)


async def write(ground: Ground, figures: Sequence[Figure], peers: Sequence[Sequence[str]]) -> None:
    """Renew the page."""
    remarks = [f"- {figure.name}: {figure.remark}" for figure in figures if figure.remark]
    parts = [
        HEAD.format(machine=await _machine(ground)),
        markdown(ASKED, [row(one) for one in figures]),
        "\n" + "\n".join(remarks) + "\n",
        BESIDE.format(slots=SLOTS),
        markdown(COLUMNS, peers),
    ]
    if missing_node():
        parts.append(f"\nBullMQ: {missing_node()}.\n")
    PAGE.write_text("".join(parts))


def rows_of_peers(sessions: dict[str, Session], crashes: dict[str, str]) -> list[tuple[str, ...]]:
    return [_peer(name, session, crashes.get(name, "")) for name, session in sessions.items()]


def _peer(name: str, session: Session, crash: str) -> tuple[str, ...]:
    p50, p99 = median(session.latencies), percentile(session.latencies, 99)
    return (
        name,
        f"{p50:.1f} / {p99:.1f}",
        f"{median(session.rates):,.0f}",
        f"{median(session.sleeps):.1f} x the ideal" if session.sleeps else "not measured",
        f"{median(session.commands):.1f}",
        f"{median(session.cpu):.1f} %",
        crash or "not measured",
    )


def row(figure: Figure) -> tuple[str, ...]:
    reached = {True: "yes", False: "no", None: "not judged"}[figure.reached]
    return figure.name, figure.asked, figure.measured, reached


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


async def _machine(ground: Ground) -> str:
    async with ground.database() as connection:
        postgres = await connection.fetchval("SHOW server_version")
    with ground.redis() as client:
        valkey = client.info("server").get("valkey_version")
    named = ", ".join(f"{name} {version}" for name, version in versions().items())
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}, PostgreSQL {postgres}, Valkey {valkey}, {named}."
    )
