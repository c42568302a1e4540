"""Share: parts of a whole, and how they have changed."""

from pathlib import Path

from deckgen.domain.questions import End
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


def test_both_sides_of_a_rate_count_the_same_things(tmp_path: Path) -> None:
    """Those who churned and all of them are customers, by their labels as well."""
    rows = [(f"C{n}", "ABC"[n % 3], "no" if n % 5 else "yes") for n in range(100)]
    said = ask(tmp_path, "customer,plan,churned", rows, "What is the churn rate?")
    labels = {fact.label: fact.display for fact in said.facts}
    assert labels["number of customers (share churned)"] == "20"
    assert labels["number of customers (churned)"] == "100"


def test_a_german_question_for_a_part(tmp_path: Path) -> None:
    """“Anteil” asks for a share."""
    said = ask(tmp_path, "Datum,Kanal,Umsatz", ORDERS, "Wie hoch ist der Anteil von Phone am Umsatz?")
    assert said.headline == "Phone makes 20% of Umsatz: 2,400 of 11,988"


def test_the_mix_is_its_parts(tmp_path: Path) -> None:
    """All three parts are told with their shares, the largest first."""
    said = ask(tmp_path, HEADER, ORDERS, "What is our channel mix?")
    assert said.headline == "Revenue is made up of Online (40.2%), Store (39.7%) and Phone (20%)"


def test_a_change_of_the_mix_is_told_by_who_gained(tmp_path: Path) -> None:
    """Online goes from 20% to 60%, Store the other way; shares that differ read differently."""
    said = ask(tmp_path, HEADER, ORDERS, "How has our channel mix changed?")
    assert said.headline == "Online gained most share of revenue: 60.3% in 2024 after 20.2% in 2023"
    assert said.points[0] == "Store lost most: 19.7% after 59.8%"


def test_a_mix_that_only_wavers_has_not_changed(tmp_path: Path) -> None:
    """The shares of the months of both years are the same up to small waves."""
    rows = [
        (f"{2023 + month // 12}-{month % 12 + 1:02}-10", channel, 100 + month * step % 7)
        for month in range(24)
        for channel, step in (("Online", 3), ("Store", 5))
    ]
    said = ask(tmp_path, HEADER, rows, "How has our channel mix changed?")
    assert said.headline.startswith("The mix of revenue has not clearly changed: ")


def test_shares_that_a_column_holds_are_compared(tmp_path: Path) -> None:
    """The largest market share is that of the column, and no share of the rows."""
    rows = [(f"Browser {n}", 30 - 3 * n + 0.5) for n in range(9)]
    said = ask(
        tmp_path, "browser,market share pct", rows, "Which browser has the largest market share?"
    )
    assert said.headline.startswith("Browser 0 has the highest")


def test_rows_of_a_table_of_dates_are_not_shared_out(tmp_path: Path) -> None:
    """Where each source has one row a year, a third of the rows is no share of anything."""
    rows = [
        (year, source, temperature)
        for year in range(2001, 2013)
        for source, temperature in (("Coal", 20.5), ("Wind", 21.5), ("Sun", 19.5))
    ]
    said = ask(tmp_path, "year,source,temperature", rows, "How has the share of Wind changed?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks an amount that could be shared out"


def test_a_share_of_what_was_generated(tmp_path: Path) -> None:
    """The share of a source is that of what all generate, then and now."""
    rows = [
        (year, source, amount)
        for year in range(2001, 2013)
        for source, amount in (("Coal", 900 - 50 * (year - 2001)), ("Wind", 100 + 50 * (year - 2001)))
    ]
    question = "How has the share of Wind in electricity generation changed?"
    said = ask(tmp_path, "year,source,net_generation", rows, question)
    assert said.headline == "Wind makes 65% of net generation: 650 of 1,000"
    assert "The share of Wind was 10% in 2001 and 65% in 2012" in said.points


def test_it_is_the_share_of_the_question_before(tmp_path: Path) -> None:
    """Where “it” is highest is told of the share that was asked for before."""
    rows = [
        ("positive" if n % 20 < many else "negative", where, 40 + n % 7)
        for n in range(100)
        for where, many in (("ward", 2), ("clinic", 5))
    ]
    said = ask(
        tmp_path, "result,patient class,level", rows,
        "What share of tests came back positive, and in which patient class is it highest?",
    )  # fmt: skip
    assert said.say(said.answers[1].headline) == "clinic has the highest share of positive: 25%"
