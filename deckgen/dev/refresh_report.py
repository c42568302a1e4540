"""The words with which `deckgen refresh` says what became of a presentation."""

from pathlib import Path

from deckgen.dev.screen import Screen
from deckgen.domain.refreshing import Refresh


def show(screen: Screen, report: Refresh, target: Path) -> None:
    """Print what no longer holds, what was left, and in the last line how much is new."""
    for each in report.doubtful:
        screen.print(f"no longer holds  slide {each.slide}, {each.place}: “{each.sentence}”")
        for why in each.why:
            screen.print(f"    {why}")
    for fact in report.lacking:
        screen.print(f"not given        “{fact.display}” ({fact.label}): {fact.why}")
    for each_left in report.left:
        where = f"slide {each_left.slide}, " if each_left.slide else ""
        screen.print(f"left as it was   {where}{each_left.place}: {each_left.why}")
    for each_reworded in report.reworded:
        screen.print(
            f"reworded        slide {each_reworded.slide}, {each_reworded.place}: {each_reworded.why}"
        )
    for note in report.notes:
        screen.print(f"note             {note}")
    signed = "signed again" if report.is_signed else "not signed"
    counts = f"{report.changed} of {report.numbers} numbers changed, {report.charts} charts renewed"
    screen.print(f"Saved {target}, {signed}: {counts}.")
    if report.doubtful:
        screen.print(f"{len(report.doubtful)} sentences need you: see the comments in the file.")
