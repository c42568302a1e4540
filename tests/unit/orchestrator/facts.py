"""Facts as tests of words need them: with a value and its display form, and no data behind them."""

from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.facts import Fact, Sign, fact_display
from deckgen.domain.formatting.display import Unit, Value, formatter


def fact(
    key: str, value: Value, unit: Unit, sign: Sign = Sign.PLAIN, label: str = "", group: str = ""
) -> Fact:
    return Fact(
        id=key,
        label=label or key,
        value=value,
        unit=unit,
        display=fact_display(value, unit, sign, formatter("en_US")),
        sign=sign,
        sql="SELECT 1",
        rows=1,
        groups=[group] if group else [],
    )


def source(**labels: str) -> Source:
    """A table with these measures, by the names of their columns."""
    columns = [
        Column(
            name=name, label=label, type="DOUBLE", role=Role.MEASURE, reason="", missing=0, distinct=1
        )
        for name, label in labels.items()
    ]
    return Source(name="sales.csv", sha256="0" * 64, bytes=1, rows=1, columns=columns, warnings=[])
