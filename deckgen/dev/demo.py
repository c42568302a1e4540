"""`python -m deckgen.dev.demo [--csv FILE] [--brief TEXT]`: make a deck and show each step.

It starts everything on free ports, asks for a deck over HTTP as any client would, saves it in out/ in
all three forms and stops everything.
"""

import argparse
import json
import time
from pathlib import Path

from deckgen.dev import table_file, temporary
from deckgen.dev.screen import Screen, progress_by_step, sentences

CSV = Path("examples/newspaper_revenue.csv")
BRIEF = "How did the revenue of US newspapers develop, and what does it rest on?"
OUT = Path("out")
OTHER_BRIEF = "What does this data say, and what follows from it?"


def main(csv: Path, brief: str) -> None:
    began = time.monotonic()
    console = Screen()
    console.print(f"Looking at {csv} …")
    table_file.check(csv, is_own_server=True)
    console.print("Starting PostgreSQL, Valkey, orchestrator, API and worker …")
    with temporary.deckgen() as running:
        # These are imported late, while the processes load what they need.
        from deckgen.client.generating import generate
        from deckgen.client.http import Client
        from deckgen.export.formats import by_ending

        console.print(f"Asking {running.url} for a deck about {csv} …")
        outputs = {ending: OUT / f"deck{ending}" for ending in by_ending()}
        with Client(running.url) as client, progress_by_step(console, running.check) as show:
            generate(
                client,
                csv,
                brief,
                [*outputs.values()],
                on_submitted=console.tell_job,
                on_progress=show,
            )
        slides = len(json.loads(outputs[".json"].read_bytes())["slides"])
        for path in outputs.values():
            console.print(f"{path}  ({path.stat().st_size / 1000:,.0f} kB)", highlight=False)
        console.print(f"A deck of {slides} slides in {time.monotonic() - began:.1f} s.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a deck with everything started for it.")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--brief")
    arguments = parser.parse_args()
    with sentences():
        default = BRIEF if arguments.csv is None else OTHER_BRIEF
        main(arguments.csv or CSV, arguments.brief or default)
