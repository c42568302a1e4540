"""Outcomes, statuses that set rows apart, and which way is good."""

import datetime
from pathlib import Path

import pytest

from deckgen.domain.table_models import Confidence
from tests.unit.orchestrator.analyst.table_model.modelled import column, modelled, spread

ROWS = 60


@pytest.mark.parametrize(
    ("name", "values", "counts", "good", "sure"),
    [
        ("churned", ("No", "Yes"), "Yes", False, Confidence.SURE),
        ("converted", ("0", "1"), "1", True, Confidence.SURE),
        ("is_member", ("0", "1"), "1", None, Confidence.LIKELY),
        ("smoker", ("no", "yes"), "yes", None, Confidence.LIKELY),
        ("payment", ("Paid", "Failed"), "Failed", False, Confidence.LIKELY),
        ("deal", ("lost", "won"), "won", True, Confidence.LIKELY),
        ("gekündigt", ("Nein", "Ja"), "Ja", False, Confidence.SURE),
        ("passed", ("fail", "pass"), "pass", True, Confidence.SURE),
        ("result", ("pass", "fail"), "fail", False, Confidence.SURE),
        ("not_renewed", ("No", "Yes"), "Yes", None, Confidence.SURE),
    ],
)
def test_two_values_that_say_whether_something_happened(
    tmp_path: Path,
    name: str,
    values: tuple[str, str],
    counts: str,
    good: bool | None,
    sure: Confidence,
) -> None:
    """The value that counts is named with its share, and if it is good where a word says so."""
    rows = [[values[n % 5 == 0], n * 1.5] for n in range(ROWS)]
    model = modelled(tmp_path, f"{name},amount", rows)
    found = column(model, name).outcome
    assert found
    assert (found.counts, found.good, found.confidence) == (counts, good, sure)
    share = 0.2 if counts == values[1] else 0.8
    assert (found.rows, found.share) == (ROWS * share, share)
    assert [each.columns for each in model.derived if each.kind == "outcome_share"] == [[name]]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("gender", ("M", "F")),
        ("sex", ("yes", "no")),
        ("region", ("North", "South")),
        ("status", ("open", "closed")),
        ("plan", ("Basic", "Pro")),
        ("group", ("0", "1")),
        ("flag", ("0", "1")),
        ("answer", ("Yes", "No", "Unsure")),
        ("kind", ("paid", "free")),
    ],
)
def test_two_groups_are_no_outcome(tmp_path: Path, name: str, values: tuple[str, ...]) -> None:
    """Nothing happens in them."""
    rows = [[values[n % len(values)], n * 1.5] for n in range(ROWS)]
    assert column(modelled(tmp_path, f"{name},amount", rows), name).outcome is None


def test_a_date_or_a_blank(tmp_path: Path) -> None:
    """Who has a date of cancellation has cancelled; a missing delivery may just not be known."""
    day = datetime.date(2024, 1, 1)
    rows = [
        [
            day + datetime.timedelta(days=n),
            "" if n % 3 else day + datetime.timedelta(days=2 * n + 1),
            "" if n % 4 else day + datetime.timedelta(days=n + 3),
        ]
        for n in range(ROWS)
    ]
    model = modelled(tmp_path, "signup_date,cancelled_at,delivered_at", rows)
    found = column(model, "cancelled_at").outcome
    assert found
    assert (found.rows, found.good, found.confidence) == (20, False, Confidence.LIKELY)
    assert column(model, "delivered_at").outcome is None
    assert column(model, "signup_date").outcome is None


def test_a_status_sets_rows_apart(tmp_path: Path) -> None:
    """What was refunded or cancelled is in every sum that does not leave it out."""
    values = ["completed", "completed", "refunded", "completed", "cancelled", "pending"]
    rows = [[values[n % 6], spread(n, 5, 99)] for n in range(ROWS)]
    model = modelled(tmp_path, "status,revenue", rows)
    (found,) = model.filters
    assert (found.column, found.rows, found.confidence) == ("status", 20, Confidence.SURE)
    assert {each.value: each.rows for each in found.apart} == {"refunded": 10, "cancelled": 10}
    assert any("20 of 60 rows apart" in text for text in model.warnings)


def test_a_rejection_may_be_what_it_is_about(tmp_path: Path) -> None:
    """Of applications a rejected one is an application: it is only likely to stand apart."""
    rows = [[["approved", "rejected", "pending"][n % 3], spread(n, 5, 99)] for n in range(ROWS)]
    (found,) = modelled(tmp_path, "status,amount", rows).filters
    assert found.confidence is Confidence.LIKELY


def test_a_flag_of_tests_sets_rows_apart(tmp_path: Path) -> None:
    """The rows with 1."""
    rows = [[int(n % 10 == 0), spread(n, 5, 99)] for n in range(ROWS)]
    (found,) = modelled(tmp_path, "is_test,revenue", rows).filters
    assert [(each.value, each.rows) for each in found.apart] == [("1", 6)]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("status", ("open", "closed", "new")),
        ("status", ("failed", "refunded")),
        ("reason", ("returned", "too late", "wrong size")),
        ("test", ("A", "B")),
        ("stage", ("won", "lost")),
    ],
)
def test_other_statuses_set_nothing_apart(tmp_path: Path, name: str, values: tuple[str, ...]) -> None:
    """All rows count where none is said to, and where all are what others set apart."""
    rows = [[values[n % len(values)], spread(n, 5, 99)] for n in range(ROWS)]
    assert modelled(tmp_path, f"{name},revenue", rows).filters == []


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("revenue", "higher"),
        ("cost savings", "higher"),
        ("Umsatz", "higher"),
        ("cost", "lower"),
        ("churn rate", "lower"),
        ("lost sales", "lower"),
        ("cost of sales", "lower"),
        ("budget variance", None),
        ("temperature", None),
        ("volume", None),
        ("average age", None),
        ("cost of goods", None),
    ],
)
def test_which_way_is_good(tmp_path: Path, name: str, better: str | None) -> None:
    """The noun of a name says it; where it says nothing, or two things, nothing is said."""
    rows = [[spread(n, 100, 999), "ab"[n % 2]] for n in range(40)]
    found = column(modelled(tmp_path, f"{name},group", rows), name).direction
    assert (found.better if found else None) == better
