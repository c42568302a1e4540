"""Share: parts of a whole, and how they have changed."""

from pathlib import Path

from tests.unit.orchestrator.analyst.operations.asking import ask

ORDERS = [
    (f"{2023 + month // 12}-{month % 12 + 1:02}-10", channel, revenue)
    for month in range(24)
    for channel, revenue in (
        ("Online", 100 + month % 3 if month < 12 else 300 + month % 3),
        ("Store", 300 - month % 4 if month < 12 else 100 - month % 4),
        ("Phone", 100),
    )
]
HEADER = "date,channel,revenue"


def test_a_named_part_is_told_of_its_whole(tmp_path: Path) -> None:
    """Online has 1,212 and 3,612 of 12,012."""
    said = ask(tmp_path, HEADER, ORDERS, "What share of revenue comes from Online?")
    online = sum(revenue for _, channel, revenue in ORDERS if channel == "Online")
    whole = sum(revenue for *_, revenue in ORDERS)
    assert said.operation == "share"
    assert said.headline == (f"Online makes {online / whole:.0%} of revenue: {online:,} of {whole:,}")


def test_a_german_question_for_a_part(tmp_path: Path) -> None:
    """“Anteil” asks for a share."""
    said = ask(tmp_path, "Datum,Kanal,Umsatz", ORDERS, "Wie hoch ist der Anteil von Phone am Umsatz?")
    assert said.headline == "Phone makes 20% of Umsatz: 2,400 of 11,988"


def test_the_mix_is_its_parts(tmp_path: Path) -> None:
    """All three parts are told with their shares, the largest first."""
    said = ask(tmp_path, HEADER, ORDERS, "What is our channel mix?")
    assert said.headline == "Revenue is made up of Online (40%), Store (40%) and Phone (20%)"


def test_a_change_of_the_mix_is_told_by_who_gained(tmp_path: Path) -> None:
    """Online goes from 20% to 60%, Store the other way."""
    said = ask(tmp_path, HEADER, ORDERS, "How has our channel mix changed?")
    assert said.headline == "Online gained most share of revenue: 60% in 2024 after 20% in 2023"
    assert said.points[0] == "Store lost most: 20% after 60%"


def test_a_mix_that_only_wavers_has_not_changed(tmp_path: Path) -> None:
    """The shares of the months of both years are the same up to small waves."""
    rows = [
        (f"{2023 + month // 12}-{month % 12 + 1:02}-10", channel, 100 + month * step % 7)
        for month in range(24)
        for channel, step in (("Online", 3), ("Store", 5))
    ]
    said = ask(tmp_path, HEADER, rows, "How has our channel mix changed?")
    assert said.headline.startswith("The mix of revenue has not clearly changed: ")
