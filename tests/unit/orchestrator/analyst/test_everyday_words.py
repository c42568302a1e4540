"""Words of everyday questions that stand for what a table holds: sums, shares, sellers, pieces."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask


def trips(first: int = 0) -> list[tuple[object, ...]]:
    """Trips of three vans; the last one burns twice as much for a kilometre, and breaks down."""
    return [
        (f"V{n % 3}", f"2024-{n % 12 + 1:02}-01", 100 + n, (100 + n) * (20 if n % 3 == 2 else 10) / 100,
         int(n % 9 == 2), "yes" if n % 4 else "no", 40 + n % 7 + (12 if n % 4 else 0))
        for n in range(first, first + 180)
    ]  # fmt: skip


TRIPS = "van,month,km,diesel_litres,breakdowns,rain,covers"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Which van uses most diesel per km?", "V2 has the highest diesel per km: 0.20"),
        ("Total diesel by van?", "V2 brings 50% of diesel"),
        ("Which van breaks down most often?", "V2 has the highest average breakdowns"),
        ("Does rain cost us guests?", "covers"),
    ],
)
def test_amounts_are_summed_where_a_question_needs_it(
    tmp_path: Path, question: str, headline: str
) -> None:
    """What is told as a mean is summed for each kilometre and in total; verbs name what is counted."""
    said = ask(tmp_path, TRIPS, trips(), question)
    assert headline in said.headline


@pytest.mark.parametrize(
    "question",
    ["How did cost as a share of sales develop?", "How high is cost in per cent of sales?",
     "Wie hoch sind cost im Verhältnis zu sales?"],
)  # fmt: skip
def test_one_amount_is_told_as_a_share_of_another(tmp_path: Path, question: str) -> None:
    """A sum over a sum, in per cent; of different units there is none."""
    rows = [(f"2023-{n % 12 + 1:02}-01", 50 + n % 5, 100, 7) for n in range(120)]
    said = ask(tmp_path, "month,cost_eur,sales_eur,hours", rows, question)
    assert "52%" in " ".join([said.headline, *said.points])
    assert said.answer.plan
    assert said.answer.plan.measures[0].columns == ["cost_eur", "sales_eur"]
    other = ask(
        tmp_path, "month,cost_eur,sales_eur,hours", rows, "How high is cost as a share of hours?"
    )
    assert other.answer.plan is None or len(other.answer.plan.measures[0].columns) == 1


def test_the_question_after_is_about_what_was_affected(tmp_path: Path) -> None:
    """Rain was asked about only for what goes with it."""
    said = ask(tmp_path, TRIPS, trips(), "Does rain cost us guests? Which van is strongest?")
    plans = [answer.plan for answer in said.answers]
    assert plans[1]
    assert plans[1].measures[0].columns != ["rain"]


def test_where_people_are_lost_is_told_by_their_stages(tmp_path: Path) -> None:
    """In a table of stages, and not by which group shrank."""
    stages = ["Screening"] * 50 + ["Phone"] * 30 + ["Onsite"] * 15 + ["Offer"] * 5
    rows = [(f"C{n}", f"2024-{n % 12 + 1:02}-01", "ab"[n % 2], stage) for n, stage in enumerate(stages)]
    said = ask(tmp_path, "candidate id,applied,source,stage", rows, "Where do we lose candidates?")
    assert said.headline == "Most candidates are lost from Screening to Phone: 50, or 50%"


def sales() -> list[tuple[object, ...]]:
    """Orders of two groups: lamps cost nearly what they bring, and Max gives twice the discount."""
    return [
        (n, f"2024-{n % 12 + 1:02}-05", f"Cust {n % 60}", ("Lamps", "Bikes")[n % 2],
         ("Kim", "Max")[n % 3 > 1], 20 if n % 3 > 1 else 10, (100, 90)[n % 2] * (n % 4 + 1),
         (95, 40)[n % 2], n % 4 + 1, "Y" if n % 12 == 5 else "N")
        for n in range(240)
    ]  # fmt: skip


SALES = "order,date,customer,product group,sales rep,discount_pct,net_revenue,unit_cost,qty,returned"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Who gives the biggest discounts?", "Max has the highest average discount"),
        ("Which product group do we earn most with?", "Bikes brings 94% of profit"),
        (
            "How much revenue did we make with returned orders?",
            "With returned “Y”, net revenue came to",
        ),
        ("Revenue per customer by product group?", "Bikes has the highest net revenue per customer"),
    ],
)
def test_sellers_profits_and_customers_are_meant(tmp_path: Path, question: str, headline: str) -> None:
    """Who is a person, what is earned is what the pieces leave, and each customer is no group."""
    assert ask(tmp_path, SALES, sales(), question).headline.startswith(headline)


def test_how_many_there_are_is_their_sum(tmp_path: Path) -> None:
    """Of a column of whole numbers; the average is told where it is asked for."""
    rows = [(("Nord", "West")[n % 2], f"{n}a", 100 + 7 * n, 20 + n) for n in range(10)]
    header = "school,class,absences,pupils"
    assert "245" in ask(tmp_path, header, rows, "How many pupils do we have?").headline
    assert "24.5" in ask(tmp_path, header, rows, "How many pupils are there on average?").headline
    said = ask(tmp_path, header, rows, "Which school has most absences per pupil?")
    assert "absences per pupil" in said.headline


def test_a_short_name_of_a_group_has_its_column_beside_it(tmp_path: Path) -> None:
    """P1 alone says nothing, and without it the figure would be that of all tickets."""
    rows = [(f"T{n}", f"2024-{n % 12 + 1:02}-01", f"P{n % 2 + 1}", 10 * (n % 2 + 1)) for n in range(60)]
    header = "ticket,opened,priority,cost_eur"
    said = ask(tmp_path, header, rows, "How high is the cost of P1 tickets?")
    assert said.headline.startswith("With priority “P1”, ")


def mails() -> list[tuple[object, ...]]:
    """Mails of two segments, of which loyal readers open twice as much; later ones are opened less."""
    return [
        (f"2024-{n // 4 + 1:02}-{n % 4 * 7 + 1:02}", ("New", "Loyal")[n % 2], 1000,
         (200, 400)[n % 2] - 2 * n, 60 + n % 2 * 40, 6, 3)
        for n in range(48)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("How is our open rate?", "Open rate is 25%"),
        ("Did the open rate get worse?", "Open rate fell by"),
        ("How many people unsubscribe?", "Unsubscribes came to 144"),
        (
            "What share of clicks becomes an order by segment?",
            "New has the highest orders as a share of",
        ),
        ("How many opens do we need per order?", "Opens per order"),
    ],
)
def test_the_rates_of_mails_are_known(tmp_path: Path, question: str, headline: str) -> None:
    """Opens of what was delivered, and orders of clicks, whichever side stands first."""
    header = "send date,segment,delivered,opens,clicks,orders,unsubscribes"
    assert ask(tmp_path, header, mails(), question).headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("In welcher Stadt ist die Miete am höchsten?", "Kaltmiete (EUR)"),
        ("Macht ein Balkon die Miete teurer?", "Kaltmiete (EUR)"),
        ("Wie hoch ist die Miete je Quadratmeter?", "Kaltmiete (EUR)"),
    ],
)
def test_the_kind_of_a_compound_names_it(tmp_path: Path, question: str, column: str) -> None:
    """Miete is Kaltmiete where there is no other; what it is told for may be a unit."""
    rows = [
        (
            f"W{n}",
            ("Halle", "Bonn")[n % 2],
            40 + n % 30,
            400 + 7 * (n % 30) + n,
            ("ja", "nein")[n % 3 > 1],
        )
        for n in range(60)
    ]
    said = ask(tmp_path, "Objekt,Stadt,Fläche (m²),Kaltmiete (EUR),Balkon", rows, question)
    assert said.answer.plan
    assert said.answer.plan.measures[0].columns[0] == column


def test_a_piece_is_what_is_produced(tmp_path: Path) -> None:
    """Energy per piece, and the operator who produces most, not the product."""
    rows = [
        (f"2025-{n % 6 + 1:02}-01", ("A", "B")[n % 2], 100 + n % 7, 50 + n % 5, f"Op{n % 3}")
        for n in range(90)
    ]
    header = "date,product,produced,energy_kwh,operator"
    each = ask(tmp_path, header, rows, "How much energy do we need per piece?")
    assert each.headline.startswith("Energy per produced is 0.5")
    most = ask(tmp_path, header, rows, "Which operator produces most?")
    assert most.answer.plan
    assert most.answer.plan.groups[0].column == "operator"


def test_what_each_of_nothing_brings_is_not_told(tmp_path: Path) -> None:
    """No other figure stands for what a visit brings, if the table counts no visits."""
    said = ask(tmp_path, SALES, sales(), "What does a visit bring us?")
    assert said.answer.end in (End.NOT_DONE, End.LACKS)


def test_of_columns_alike_the_one_of_groups_stays(tmp_path: Path) -> None:
    """A category, and not the description that says the same."""
    kinds = ("Rent", "Food", "Travel")
    rows = [(f"2024-{n % 12 + 1:02}-01", kinds[n % 3].lower(), 10 + n, kinds[n % 3]) for n in range(60)]
    question = "Which category has the most amount?"
    said = ask(tmp_path, "date,description,amount,category", rows, question)
    assert said.answer.plan
    assert said.answer.plan.groups[0].column == "category"


def test_one_question_about_satisfaction_is_a_mark(tmp_path: Path) -> None:
    """Though a scale stands alone, its mean is told and it forms no groups."""
    rows = [(n, "ab"[n % 2], n % 5 + 1) for n in range(100)]
    header = "respondent,team,How satisfied are you? (1-5)"
    said = ask(tmp_path, header, rows, "How satisfied are people?")
    assert said.headline.endswith("is 3 over 100 respondents")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Who scored the most goals?", "P59 brings"),
        ("Do older players score less goals?", "More age goes with lower average goals"),
        ("What did we pay for Reds?", "For Reds, cost came to €1,770"),
    ],
)
def test_players_are_people_who_grow_old(tmp_path: Path, question: str, headline: str) -> None:
    """Who scored is a player and no team, older ones have a higher age, and what was paid is a sum."""
    rows = [(f"P{n}", ("Reds", "Blues")[n % 2], 40 - n // 3, 5 + n, n * 2 + 1) for n in range(60)]
    said = ask(tmp_path, "player,team,age,goals,cost_eur", rows, question)
    assert said.headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("How big is an average basket?", "Average basket value is 54.5"),
        ("How high is the average basket value per day?", "Basket value"),
        ("Which store has the best ratings?", "Mall has the highest average rating"),
        ("When are we busiest?", "12"),
        ("What does an hour cost us?", "Cost per"),
        ("How many orders are still running?", "60 of 240 orders are still open: 25%"),
    ],
)
def test_baskets_hours_and_what_goes_on(tmp_path: Path, question: str, headline: str) -> None:
    """An average is one of rows that are things, the busiest time has most of them, an hour may be one
    that is paid, and what runs is open.
    """
    rows = [
        (
            f"O{n}",
            f"2025-0{n % 6 + 1}-{n % 28 + 1:02} {12 if n % 4 else 18}:00",
            ("Mall", "Airport")[n % 2],
            *(40 + n % 30, (5, 3)[n % 2], 100 + n % 50, 90 + n % 40, 0.5 + n % 35),
            ("running", "done", "done", "done")[n % 4],
        )
        for n in range(240)
    ]
    header = "order id,created,store,basket_value,rating,budget_eur,cost_eur,hours,status"
    assert headline in ask(tmp_path, header, rows, question).headline
