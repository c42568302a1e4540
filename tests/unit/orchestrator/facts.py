"""Facts as tests of words need them: with a value and its display form, and no data behind them."""

from deckgen.domain.display import Unit, Value
from deckgen.domain.facts import Fact, Sign, said


def fact(
    key: str, value: Value, unit: Unit, sign: Sign = Sign.PLAIN, label: str = "", group: str = ""
) -> Fact:
    return Fact(
        id=key,
        label=label or key,
        value=value,
        unit=unit,
        display=said(value, unit, sign, "en_US"),
        sign=sign,
        sql="SELECT 1",
        rows=1,
        groups=[group] if group else [],
    )
