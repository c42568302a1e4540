"""What everyday words mean where no column is called so, and what nothing in the table stands for."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import Said, ask

Rows = Sequence[Sequence[object]]

SHIFTS = [
    (f"2025-0{1 + n % 6}-{1 + n % 28:02}", ("early", "night")[n % 2], f"P{n % 8}",
     (60, 40)[n % 2] * 8, 8, (1, 4)[n % 3 == 0], ("no", "yes")[n % 3 == 0])
    for n in range(240)
]  # fmt: skip
SHIFT_HEADER = "shift_date,shift,picker,lines_picked,hours,mispicks,temp_worker"

HOMES = [
    (f"L{n}", f"2024-{1 + n % 12:02}-03", f"2024-{1 + n % 12:02}-28" if n % 5 else "",
     ("Old Town", "Docks")[n % 2], 1000, (400_000, 300_000)[n % 2], ("Amy", "Ben")[n % 3 > 0])
    for n in range(120)
]  # fmt: skip
HOME_HEADER = "listing,listed,sold_date,neighbourhood,sqft,list_price,agent"

ADS = [
    (f"2024-{1 + n % 12:02}-01", ("Search", "Social")[n % 2], ("brand", "reach")[n % 4 > 1], 1000, 40,
     (200, 600)[n % 2])
    for n in range(96)
]  # fmt: skip
AD_HEADER = "month,platform,campaign,clicks,signups,spend"

GIFTS = [
    (
        n,
        f"2024-{1 + n % 12:02}-09",
        f"D{n % 150:03}",
        ("Gala", "Appeal")[n % 2],
        5000 if n == 7 else 20 + n % 30,
    )
    for n in range(400)
]
GIFT_HEADER = "Gift ID,Date,Donor,Campaign,Amount (GBP)"

TREES = [
    (
        n + 1,
        ("Linde", "Ahorn")[n % 2],
        1950 + n % 60,
        ("gut", "schlecht")[n % 10 < (1, 6)[n % 2]],
        40 + n % 9,
    )
    for n in range(300)
]
TREE_HEADER = "Baum-Nr,Art,Pflanzjahr,Zustand,Pflegekosten (EUR)"


def told(tmp_path: Path, header: str, rows: Rows, question: str) -> str:
    said = ask(tmp_path, header, rows, question)
    assert said.answer.end is End.ANSWERED, said.answer.reason
    return said.headline


def lacking(tmp_path: Path, header: str, rows: Rows, question: str) -> Said:
    said = ask(tmp_path, header, rows, question)
    assert said.answer.end is End.LACKS, said.headline
    return said


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Which shift is most productive?", "early has the highest lines picked per hour"),
        ("Which shift is least productive?", "night has the lowest lines picked per hour"),
        ("How many lines do we pick an hour?", "Lines picked per hour are 50"),
        ("Do temp workers make more mistakes?", "Average mispicks differs by temporary worker"),
    ],
)
def test_work_is_told_by_what_is_done_an_hour(tmp_path: Path, question: str, headline: str) -> None:
    """Productive work is output over hours, and a shift of workers is no shift of a level."""
    assert told(tmp_path, SHIFT_HEADER, SHIFTS, question).startswith(headline)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("What does a square foot cost in each neighbourhood?", "Old Town has the highest list price"),
        ("How many homes are unsold?", "24 of 120 listings are still open"),
        ("Who sells most homes?", "Ben brings 67% of listings"),
    ],
)  # fmt: skip
def test_homes_are_listings_and_their_feet_a_unit(tmp_path: Path, question: str, headline: str) -> None:
    """A unit of several words is the column of that unit, and what is not sold has no date of it."""
    assert told(tmp_path, HOME_HEADER, HOMES, question).startswith(headline)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Which platform is the best value?", "Search has the lowest spend per signup"),
        ("Which platform should get more budget?", "Search has the lowest spend per signup"),
        ("Is Social worth it?", "Spend per signup differs by platform: 15 for Social, 5 for Search"),
        ("How many clicks does it take to get a signup?", "Clicks per signup are 25"),
    ],
)
def test_value_is_what_is_spent_for_each(tmp_path: Path, question: str, headline: str) -> None:
    """Good value has the lowest cost for what is wanted, whatever is spent in all."""
    assert told(tmp_path, AD_HEADER, ADS, question).startswith(headline)


def test_donors_are_told_by_name_however_many(tmp_path: Path) -> None:
    """Those with whom business is done form groups, so that the biggest can be named."""
    assert told(tmp_path, GIFT_HEADER, GIFTS, "Who are our biggest donors?").startswith("D007")
    assert told(tmp_path, GIFT_HEADER, GIFTS, "Which campaign raises the most?").startswith("Appeal")


def test_an_adjective_with_an_ending_is_the_group_that_it_names(tmp_path: Path) -> None:
    """In schlechtem Zustand: the share of those that are schlecht, by what is asked for."""
    question = "Welche Art ist am häufigsten in schlechtem Zustand?"
    assert "Ahorn" in told(tmp_path, TREE_HEADER, TREES, question)
    assert "Pflegekosten" in told(tmp_path, TREE_HEADER, TREES, "Was kostet die Pflege je Baum?")


@pytest.mark.parametrize(
    ("header", "rows", "question", "missing"),
    [
        (GIFT_HEADER, GIFTS, "Which campaign has the best weather?", "weather"),
        (TREE_HEADER, TREES, "Welche Art ist am giftigsten?", "giftigsten"),
        (HOME_HEADER, HOMES, "Which agent is the rudest?", "rudest"),
    ],
)
def test_a_word_that_nothing_stands_for_gets_no_usual_measure(
    tmp_path: Path, header: str, rows: Rows, question: str, missing: str
) -> None:
    """What the usual measure says is no answer to a question that names something else."""
    assert missing in lacking(tmp_path, header, rows, question).answer.reason


def test_how_far_below_is_no_number_of_rows(tmp_path: Path) -> None:
    """No column of another kind is held against a price."""
    said = ask(tmp_path, HOME_HEADER, HOMES, "How far below asking price do we sell?")
    assert said.answer.end is not End.ANSWERED


VISITS = [
    (f"2025-{1 + n % 6:02}-{1 + n % 27:02}", ("Hamlet", "Cabaret")[n % 2], 600, (300, 540)[n % 2],
     (10_000.0, 22_000.0)[n % 2], 900.0)
    for n in range(120)
]  # fmt: skip
VISIT_HEADER = "date,show,seats_available,tickets_sold,ticket_revenue,bar_revenue"

RUNS = [
    (f"2025-{1 + n % 9:02}-{1 + n % 27:02}", 8.0, (40.0, 48.0)[n % 2], ("Nimbus", "Ghost")[n % 2])
    for n in range(160)
]
RUN_HEADER = "date,distance_km,duration_min,shoes"

LOANS = [
    (
        n,
        f"2025-{1 + n % 9:02}-{1 + n % 27:02}",
        ("Crime", "History", "Crime")[n % 3],
        (0, 3)[n % 4 == 0],
    )
    for n in range(240)
]
LOAN_HEADER = "loan_id,checkout_date,genre,fine_gbp"


@pytest.mark.parametrize(
    ("header", "rows", "question", "headline"),
    [
        (VISIT_HEADER, VISITS, "How full are we?", "Occupancy is 70%"),
        (VISIT_HEADER, VISITS, "How many seats stay empty?", "Occupancy is 70%"),
        (VISIT_HEADER, VISITS, "Which show sells best?", "Cabaret brings 69% of ticket revenue"),
        (RUN_HEADER, RUNS, "Which shoes are fastest?", "Nimbus has the lowest duration per"),
        (LOAN_HEADER, LOANS, "Which genre is borrowed most?", "Crime brings 67% of loans"),
        (LOAN_HEADER, LOANS, "How much do we earn from fines?", "Fine came to £180"),
    ],
)
def test_what_happens_is_counted_and_what_is_filled_is_a_share(
    tmp_path: Path, header: str, rows: Rows, question: str, headline: str
) -> None:
    """Full is a share of what was on offer, fast a time for each kilometre, and fines add up."""
    assert told(tmp_path, header, rows, question).startswith(headline)


CALLS = [
    (f"2025-0{1 + n % 6}-{1 + n % 28:02} {(9, 11, 11, 15)[n % 4]:02}:10", ("Tech", "Sales")[n % 2],
     60 + n % 50, 6 + n % 5, ("Y", "N")[n % 3 == 0], 5 - (n % 50) // 12)
    for n in range(240)
]  # fmt: skip
CALL_HEADER = "call_start,queue,wait_sec,talk_min,resolved_first_call,rating"

SEATS = [
    (f"A{n}", f"2025-0{1 + n % 5}-{1 + n % 28:02}", ("Standard", "VIP", "Standard")[n % 3],
     (300, 900, 300)[n % 3], ("yes", "no")[n % 4 == 0])
    for n in range(240)
]  # fmt: skip
SEAT_HEADER = "attendee,registered_on,ticket_type,ticket_price_eur,checked_in"


@pytest.mark.parametrize(
    ("header", "rows", "question", "headline"),
    [
        (CALL_HEADER, CALLS, "When do most people call?", "11 AM has the most"),
        (CALL_HEADER, CALLS, "What is the most common queue?", "Sales and Tech are level by"),
        (CALL_HEADER, CALLS, "Do long waits make customers unhappy?", "More wait goes with lower"),
        (SEAT_HEADER, SEATS, "How many people showed up?", "Share checked in is 75%"),
        (SEAT_HEADER, SEATS, "Which ticket is most popular?", "Standard brings 67%"),
        (SEAT_HEADER, SEATS, "How much money did we take?", "Ticket price came to €120K"),
    ],
)
def test_calls_and_guests_are_counted_and_their_money_summed(
    tmp_path: Path, header: str, rows: Rows, question: str, headline: str
) -> None:
    """Most people call when rows are most, who came was checked in, and prices of sales add up."""
    assert told(tmp_path, header, rows, question).startswith(headline)


def test_who_did_not_come_has_not_least_of_something(tmp_path: Path) -> None:
    """A question for those who did not is none for the first of a ranking."""
    assert ask(tmp_path, SEAT_HEADER, SEATS, "Who did not come?").answer.end is not End.ANSWERED
