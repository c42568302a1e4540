"""`python -m bench.model`: one deck, twenty at once, the calls and their tokens."""

import asyncio
import os
import statistics
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.analyst.tables import write
from bench.model import report
from bench.model.decks import Made, make, ready, stack
from bench.model.naive import Naive, pipeline
from bench.model.table import sales
from bench.queue.figures import Figure
from bench.queue.ground import Ground, ground

ROWS, ROUNDS, AT_ONCE, LATENCY = 50_000, 5, 20, 1.0


async def measure(on: Ground) -> tuple[list[Made], list[float], Naive]:
    """Single decks, each about a table that nobody has read yet; then, as often, twenty at once."""
    rounds = on.pick(ROUNDS, 2)
    tables = [_table(on.folder, number) for number in range(2 * rounds + 1)]
    async with stack(on, LATENCY) as (http, provider):
        await make(http, ready(http, tables.pop()))  # everything is imported and connected
        single = [await make(http, ready(http, tables.pop())) for _ in range(rounds)]
        many = [await _at_once(http, table, on.pick(AT_ONCE, 5)) for table in tables]
        naive = await pipeline(provider, "sk-fake", 12)
    return single, many, naive


def _table(folder: Path, number: int) -> Path:
    """The same table but for its last line."""
    path = write(folder / f"sales-{number}.csv", sales, ROWS)
    with path.open("a") as file:
        file.write(f"2023-12-30,West,Sofa,Web,1,{number}.5,20\n")
    return path


async def _at_once(http: httpx.AsyncClient, table: Path, decks: int) -> float:
    """Seconds from the first POST to the end of the last deck."""
    requests = [ready(http, table) for _ in range(decks)]
    began = datetime.now(UTC)
    made = await asyncio.gather(*(make(http, one) for one in requests))
    return (max(one.ended for one in made) - began).total_seconds()


def figures(single: list[Made], several: list[float], naive: Naive) -> list[Figure]:
    many = statistics.median(several)
    whole = statistics.median(one.whole for one in single)
    ratio = statistics.median(one.whole / one.critical for one in single)
    of_job = statistics.median(one.job / one.critical for one in single)
    draft = statistics.median(one.draft for one in single)
    calls = single[0].usage["byStep"]
    slides = [call for call in calls if call["step"] == "slide"]
    tokens = [call["tokensIn"] for call in slides]
    cached = sum(call["tokensCached"] for one in single for call in one.usage["byStep"])
    into = sum(one.usage["tokensIn"] for one in single)
    return [
        Figure(
            "12-slide deck of 50,000 rows: from POST to completed ÷ (profile + facts + 1 s + 1 s)",
            "≤ 1.10",
            f"{ratio:.2f} ({of_job:.2f} from the job's acceptance on)",
            ratio <= 1.10,
        ),
        Figure("draft.ready after POST", "≤ 2 s", f"{draft:.2f} s", draft <= 2.0),
        Figure(
            f"{AT_ONCE} such decks at once ÷ one deck",
            "≤ 1.5",
            f"{many / whole:.2f} ({', '.join(f'{one / whole:.2f}' for one in several)})",
            many <= 1.5 * whole,
        ),
        Figure(
            "model calls for a 12-slide deck",
            "13",
            f"{len(calls)}; outline, layouts, slides by tens: {naive.calls} in {naive.seconds:.1f} s",
            len(calls) <= 13,
        ),
        Figure(
            "prompt tokens a slide call",
            "≤ 1,500",
            f"{statistics.fmean(tokens):,.0f} on average, {max(tokens):,} at most",
            max(tokens) <= 1500,
        ),
        Figure(
            "of the tokens that went in, the provider had read before",
            "≥ 60 % of a slide's prompt shared",
            f"{cached / into:.0%}",
            cached / into >= 0.6,
        ),
    ]


def main() -> None:
    with ground(quick=bool(os.environ.get("QUICK"))) as on:
        single, many, naive = asyncio.run(measure(on))
    report.write(figures(single, many, naive), single)


if __name__ == "__main__":
    sys.exit(main())
