"""Expiry: when contracts end, what is at stake, and how many are open-ended."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

LEASES = [(f"L{n}", f"2025-{n % 6 + 1:02}-28" if n % 10 else "2999-12-31", 100 + n) for n in range(60)]


@pytest.mark.parametrize(
    "question",
    ["When do our leases end, and how much is at stake?", "Wann laufen unsere Verträge aus?"],
)
def test_ends_are_told_with_what_is_at_stake(tmp_path: Path, question: str) -> None:
    """Real ends are counted and added up; an end in the year 2999 is none."""
    said = ask(tmp_path, "lease,end date,rent", LEASES, question)
    ending = sum(rent for _, end, rent in LEASES if end < "2999")
    headline = said.say(said.answers[0].headline)
    assert headline == f"54 of 60 leases run out from Jan 2025 to Jun 2025, worth {ending:,}"
    points = [said.say(point) for point in said.answers[0].points]
    assert points[0].startswith("Open-ended")
    assert points[0].endswith(f"6 of the leases, worth {sum(r for _, _, r in LEASES) - ending:,}")
