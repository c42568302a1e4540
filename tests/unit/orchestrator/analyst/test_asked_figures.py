"""Figures by groups, for each of something, and of the rows with an outcome."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "parcel id,sent,carrier,weight_kg,freight_cost_eur,damaged"
CARRIERS = {"Swift": 2, "Heron": 3, "Crane": 5}  # euros for a kilogram
PARCELS = [
    (
        f"P{n}",
        f"2024-{n % 12 + 1:02}-10",
        carrier,
        weight,
        weight * euros,
        "yes" if n % 10 == 3 else "no",
    )
    for n, (carrier, euros) in enumerate(list(CARRIERS.items()) * 40)
    for weight in [10 + n % 4]
]
PARCELS += [(f"Q{n}", "2024-06-15", "Swift", 12, 24, "no") for n in range(20)]


def headline(tmp_path: Path, question: str) -> str:
    said = ask(tmp_path, HEADER, PARCELS, question)
    assert said.answer.end is End.ANSWERED, said.answer.reason
    return said.headline


@pytest.mark.parametrize(
    "question",
    ["Freight by carrier?", "What is the freight by carrier?", "How much freight per carrier?",
     "How high is freight in each carrier?", "Wie viel freight je carrier?"],
)  # fmt: skip
def test_a_figure_that_is_asked_by_groups_is_told_by_them(tmp_path: Path, question: str) -> None:
    """The groups stand beside each other, whether or not the question says what for."""
    assert headline(tmp_path, question).startswith("Crane accounts for 4")


@pytest.mark.parametrize(
    "question",
    ["What does a kilogram cost us?", "What is the freight per kg?", "How much is freight per kilo?",
     "Was kostet uns ein Kilogramm?"],
)  # fmt: skip
def test_the_unit_of_a_column_is_what_an_amount_is_told_for(tmp_path: Path, question: str) -> None:
    """A sum over a sum, whether it is called by the unit or by what something costs."""
    assert "freight cost per kg" in headline(tmp_path, question).lower().replace("fracht", "freight")


def test_what_is_not_there_is_no_other_column(tmp_path: Path) -> None:
    """Revenue per kilogram is not the weight."""
    said = ask(tmp_path, HEADER, PARCELS, "What is the revenue per kilogram?")
    assert said.answer.end is End.LACKS
    assert "revenue" in said.answer.reason


@pytest.mark.parametrize("question", ["Which carrier has the fewest parcels?",
                                      "Welcher carrier hat die wenigsten parcels?"])  # fmt: skip
def test_who_has_the_fewest_is_counted(tmp_path: Path, question: str) -> None:
    """Things are counted where somebody has the most or the fewest of them."""
    assert "40" in headline(tmp_path, question)


def test_how_many_had_an_outcome_is_a_part_of_all(tmp_path: Path) -> None:
    """How many were damaged is no number of all rows."""
    for question in ("How many parcels were damaged?", "How many damaged parcels did we have?"):
        assert headline(tmp_path, question).endswith("12 of 140 parcels")


def test_a_figure_of_rows_with_an_outcome_is_of_them_alone(tmp_path: Path) -> None:
    """The sentence says which; a question about the share or what goes with it is about all rows."""
    freight = sum(row[4] for row in PARCELS if row[5] == "yes")
    said = headline(tmp_path, "How much freight did we pay for damaged parcels?")
    assert said.startswith(f"With damaged “yes”, freight cost came to €{freight}")
    share = headline(tmp_path, "What share of freight went to Swift?")
    assert "damaged" not in share


def test_what_was_lost_to_an_outcome_is_a_sum(tmp_path: Path) -> None:
    """“Lost to churn” says what happened to the rows, and asks for no movement."""
    rows = [
        (f"a{n}", f"2024-{n % 12 + 1:02}", 10 * (n % 5 + 1), "2025-01" if n % 4 == 0 else "")
        for n in range(60)
    ]
    lost = sum(row[2] for row in rows if row[3])
    said = ask(tmp_path, "account,signup month,mrr_usd,churned month", rows,
               "How much MRR did we lose to churn?")  # fmt: skip
    assert said.headline.startswith(f"With a churned month, MRR came to ${lost}")


def test_a_task_among_questions_has_an_answer_of_its_own(tmp_path: Path) -> None:
    """“Show me …” is no introduction to the question after it."""
    brief = "Show me freight cost by carrier. Which carrier has the fewest parcels? We sell tea. Why?"
    said = ask(tmp_path, HEADER, PARCELS, brief)
    assert [answer.question for answer in said.answers] == [
        "Show me freight cost by carrier.",
        "Which carrier has the fewest parcels?",
        "We sell tea. Why?",
    ]
    assert said.say(said.answers[0].headline).startswith("Crane accounts for")


def test_a_title_begins_with_a_capital(tmp_path: Path) -> None:
    """Where a caution makes the sentence too long, the few words that stand for it begin one too."""
    rows = [
        (f"P{n}", f"202{3 + n // 120}-{n % 12 + 1:02}-15", 10 + n % 7, 30 + n % 11) for n in range(240)
    ]
    question = "Which is the freight cost per kg? Compare 2023 with 2024."
    said = ask(tmp_path, "parcel id,sent,weight_kg,freight_cost_eur", rows, question)
    assert said.say(said.answers[-1].headline).startswith("Freight cost per kg")


def test_what_nothing_calls_good_has_no_advice(tmp_path: Path) -> None:
    """A share of which nobody says whether it should be high is no reason to act."""
    rows = [(f"r{n}", "abc"[n % 3], "yes" if n % 3 == 0 and n % 2 else "no") for n in range(90)]
    said = ask(tmp_path, "row id,shift,stamped", rows, "What should we do about stamped?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason.endswith("anything that says whether share stamped is good or bad")


def test_a_compound_names_what_it_is_about(tmp_path: Path) -> None:
    """Gasverbrauch is gas; the costs of gas are neither gas nor costs."""
    rows = [(f"2024-{n % 12 + 1:02}-01", "ab"[n // 12], 100 + n, 50 + n) for n in range(24)]
    header = "Monat,Werk,Gas (kWh),Kosten (EUR)"
    said = ask(tmp_path, header, rows, "Wie entwickelt sich der Gasverbrauch?")
    assert said.answer.plan
    assert said.answer.plan.measures[0].columns == ["Gas (kWh)"]
    lacking = ask(tmp_path, header, rows, "Wie entwickeln sich die Gaskosten?").answer
    assert (lacking.end, "Gaskosten" in lacking.reason) == (End.LACKS, True)


def test_who_does_something_is_no_amount(tmp_path: Path) -> None:
    """How often patients do not show up is no age of those who did not."""
    rows = [
        (f"2024-{n % 12 + 1:02}-08", n % 80 + 5, n % 40, ("Y", "N", "N", "N", "N")[n % 5])
        for n in range(200)
    ]
    header = "Appointment date,Patient age,Booked days ahead,No show"
    said = ask(tmp_path, header, rows, "How often do patients not show up?")
    assert said.headline == "Share No show is 20%: 40 of 200 rows"


def test_an_offer_is_no_comparative(tmp_path: Path) -> None:
    """How long it takes to make an offer asks for a time, and for nothing that makes it longer."""
    rows = [(n, "ab"[n % 2], 15 + n % 40, ("Yes", "No")[n % 2]) for n in range(90)]
    header = "candidate id,source,days to offer,offer made"
    said = ask(tmp_path, header, rows, "How long does it take to make an offer?")
    assert said.operation == "duration"


def test_what_is_earned_of_each_is_not_how_many_there_are(tmp_path: Path) -> None:
    """Without an amount there is nothing to be told for each guest."""
    rows = [(f"2024-01-{n % 28 + 1:02}", 50 + n % 17, 3 + n % 5) for n in range(60)]
    said = ask(tmp_path, "date,guests,tables", rows, "What do we earn per guest?")
    assert said.answer.end is End.LACKS
