"""What rates are made of, and the kinds of measures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen.domain.table_models import Confidence, MeasureKind
from tests.unit.orchestrator.analyst.table_model.modelled import column, modelled, spread

PARTS = [(spread(n, 20, 900, 3), spread(n, 1000, 90000, 5), spread(n, 3, 17, 11)) for n in range(60)]


@pytest.mark.parametrize(
    ("name", "rate", "factor"),
    [
        ("ctr", lambda a, b: round(a / b, 4), 1),
        ("ctr %", lambda a, b: round(100 * a / b, 2), 100),
        ("click share", lambda a, b: a / b, 1),
        ("clicks per 100k", lambda a, b: round(a / b * 100_000, 1), 100_000),
    ],
)
def test_a_rate_is_one_column_over_another(
    tmp_path: Path, name: str, rate: Callable[[int, int], float], factor: int
) -> None:
    """In all rows, within the rounding that its cells show; also as a percentage."""
    rows = [[a, b, rate(a, b)] for a, b, _ in PARTS]
    found = column(modelled(tmp_path, f"clicks,visits,{name}", rows), name).rate
    assert found
    assert (found.numerator, found.denominator, found.factor) == ("clicks", "visits", factor)
    assert (found.less, found.confidence, found.rows) == (None, Confidence.SURE, 60)


def test_a_margin_without_a_column_of_profit(tmp_path: Path) -> None:
    """Revenue less cost over revenue."""
    rows = [[b, a, round((b - a) / b, 3)] for a, b, _ in PARTS]
    found = column(modelled(tmp_path, "revenue,cost,margin", rows), "margin").rate
    assert found
    assert (found.numerator, found.less, found.denominator) == ("revenue", "cost", "revenue")


def test_a_unit_price_is_an_amount_over_a_quantity(tmp_path: Path) -> None:
    """So its weight is the quantity, and its mean over rows is not the price that was paid."""
    rows = [[round(q * a / 7, 2), q, round(a / 7, 2)] for a, _, q in PARTS]
    model = modelled(tmp_path, "amount,quantity,price", rows)
    found = column(model, "price")
    assert found.rate
    assert found.measure
    assert (found.rate.numerator, found.rate.denominator) == ("amount", "quantity")
    assert found.measure.kind is MeasureKind.PRICE


SILENT: dict[str, list[list[float]]] = {
    "rates that nothing gives": [[a, b, round(0.01 + c / 300, 4)] for a, b, c in PARTS],
    "one row in ten is off": [
        [a, b, round(a / b + (n % 10 == 0) * 0.1, 4)] for n, (a, b, _) in enumerate(PARTS)
    ],
    "too few rows": [[a, b, round(a / b, 4)] for a, b, _ in PARTS[:6]],
    "the same after rounding": [[a, b, round(a / b)] for a, b, _ in PARTS],
    "few values that are near": [[a, b, round(a / b * 2, 1)] for a, b, _ in PARTS],
    "a constant": [[a, b, 0.5] for a, b, _ in PARTS],
}


@pytest.mark.parametrize("case", SILENT)
def test_what_does_not_fit_is_made_of_nothing(tmp_path: Path, case: str) -> None:
    """A rate that is not computed from the table's columns stays a rate."""
    model = modelled(tmp_path, "clicks,visits,ctr", SILENT[case])
    assert all(each.rate is None for each in model.columns)


def test_three_columns_without_names_are_not_sorted_out(tmp_path: Path) -> None:
    """Of x = y × z each may be what is computed."""
    rows = [[a * c, c, a] for a, _, c in PARTS]
    model = modelled(tmp_path, "alpha,beta,gamma", rows)
    assert all(each.rate is None for each in model.columns)


@pytest.mark.parametrize(
    ("name", "kind", "sure"),
    [
        ("revenue EUR", MeasureKind.FLOW, Confidence.LIKELY),
        ("orders", MeasureKind.COUNT, Confidence.LIKELY),
        ("headcount", MeasureKind.STOCK, Confidence.LIKELY),
        ("unit price", MeasureKind.PRICE, Confidence.LIKELY),
        ("wait minutes", MeasureKind.DURATION, Confidence.SURE),
        ("satisfaction score", MeasureKind.SCORE, Confidence.LIKELY),
        ("price index", MeasureKind.PRICE, Confidence.LIKELY),
        ("cpi", MeasureKind.INDEX, Confidence.LIKELY),
        ("churn %", MeasureKind.RATE, Confidence.SURE),
        ("xyz", MeasureKind.RATE, Confidence.GUESS),
    ],
)
def test_kinds_of_measures(tmp_path: Path, name: str, kind: MeasureKind, sure: Confidence) -> None:
    """By the words and the unit of a name; of an unknown one it is said that it is a guess."""
    rows = [[spread(n, 100, 999), "ab"[n % 2]] for n in range(40)]
    found = column(modelled(tmp_path, f"{name},group", rows), name).measure
    assert found
    assert (found.kind, found.confidence) == (kind, sure)
