"""Ranking: who has the most or the least, by measures that are columns or are derived."""

from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

CHANNELS = [
    (f"2025-{month:02}-01", channel, spend, clicks, bought)
    for month in range(1, 7)
    for channel, spend, clicks, bought in (
        ("Letter", 900, 90, 30),
        ("Poster", 4_000, 300, 40),
        ("Radio", 500, 200, 50),
    )
]
HEADER = "month,channel,spend,clicks,conversions"


def test_a_ratio_is_ranked_as_sum_over_sum(tmp_path: Path) -> None:
    """The lowest cost for a conversion is that of all spend over all conversions of a channel."""
    said = ask(tmp_path, HEADER, CHANNELS, "Which channel has the lowest spend per conversion?")
    assert said.headline == "Radio has the lowest spend per conversion: 10"
    assert "Poster has the highest spend per conversion: 100" in said.points


def test_what_adds_up_is_told_as_a_share(tmp_path: Path) -> None:
    """The group with the most of a sum is told with its share of it."""
    said = ask(tmp_path, HEADER, CHANNELS, "Which channel costs us most?")
    assert said.headline == "Poster accounts for 74% of spend: 24,000"


def test_groups_that_are_level_are_a_tie(tmp_path: Path) -> None:
    """No group leads where all bring the same."""
    rows = [(month, shop, 100 + month) for month in range(1, 13) for shop in ("Harbour", "Station")]
    said = ask(tmp_path, "month,shop,revenue", rows, "Which shop brings most revenue?")
    assert said.headline == "Harbour and Station are level by revenue: 1,278 each"


def test_without_groups_the_table_lacks_them(tmp_path: Path) -> None:
    """A table without a column of groups can't say which of them leads, and the end says so."""
    rows = [(f"2025-01-{day:02}", 100 + day) for day in range(1, 29)]
    said = ask(tmp_path, "day,revenue", rows, "Which shop brings most revenue?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks a column that forms groups"


def test_groups_of_another_name_are_no_answer(tmp_path: Path) -> None:
    """Which warehouse is not answered by products where several columns could be meant."""
    rows = [
        (product, colour, n) for n in range(1, 9) for product in "ABC" for colour in ("red", "blue")
    ]
    said = ask(tmp_path, "product,colour,revenue", rows, "Which warehouse brings most revenue?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table has nothing called “warehouse”"


def test_the_only_column_of_names_may_be_called_otherwise(tmp_path: Path) -> None:
    """Which industry is answered by the one column of names, whatever it is called."""
    rows = [
        (f"2024-{m:02}-01", series, k * m)
        for m in range(1, 13)
        for k, series in ((2, "Mining"), (3, "Trade"))
    ]
    said = ask(tmp_path, "date,series,revenue", rows, "Which industry brings most revenue?")
    assert said.headline.startswith("Trade brings 60% of revenue")


def test_a_total_of_all_is_no_group(tmp_path: Path) -> None:
    """A row of “all accidents” sums up the others, and leads no ranking."""
    kinds = {"Fire": 30, "Flood": 50, "Storm": 20}
    rows = [
        (year, kind, deaths + year - 2000)
        for year in range(2000, 2012)
        for kind, deaths in (*kinds.items(), ("All accidents of nature", 100 + 2 * (year - 2000)))
    ]
    said = ask(tmp_path, "year,entity,deaths", rows, "Which kind of accident killed most people?")
    assert said.headline.startswith("Flood accounts for 48% of deaths")


def test_parts_below_zero_are_no_shares(tmp_path: Path) -> None:
    """What comes in is no three times of what is left."""
    rows = [
        (f"2024-{n % 12 + 1:02}-01", ("in", "out")[n % 2], (300, -200)[n % 2] + n) for n in range(48)
    ]
    said = ask(tmp_path, "date,type,amount", rows, "Which type has the most amount?")
    assert said.headline.startswith("In has the highest amount" if "In" in said.headline else "in has")
    assert "%" not in said.headline
