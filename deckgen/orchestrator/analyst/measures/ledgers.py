"""Measures of ledgers: revenue, costs and what is left, each above zero as people speak of them."""

import re
from collections.abc import Iterator
from typing import Literal

from deckgen.domain.formatting.display import Unit, Value
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Booked, Cell, Condition, Difference, Measured, Relation, Total
from deckgen.domain.table_models import Ledger, TableModel
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named
from deckgen.orchestrator.analyst.profiling.units import unit_of

REVENUE, COSTS, PROFIT = "revenue", "cost", "profit"
# Where money goes, nobody says “costs”.
GOES = (
    "money go", "money goes", "money going", "money went", "spend money", "spend our money", "geld hin",
    "geld ausgegeben", "geld aus",
)  # fmt: skip
_PLAIN = re.compile(r"[^\W\d_]+(?:[ &/,.'’–-]+[^\W\d_]+)*\.?")
MOST = 100  # accounts that are measures of their own
WEIGHTS = {REVENUE: 3.0, COSTS: 2.5, PROFIT: 2.0}


def of_ledger(model: TableModel, ledger: Ledger, language: Language) -> Iterator[Offered]:
    """Yields what is left, what came in and what went out, and both sides as they are booked."""
    unit = _unit(model, ledger)
    revenue = _total(ledger, ledger.revenue, is_turned=ledger.way == "credit")
    costs = _total(ledger, ledger.costs, is_turned=ledger.way == "signed")
    profit: Total | Difference = Difference(of=revenue, less=costs)
    if ledger.way != "unsigned":  # then one sum gives it, also where a group has one of both only
        both = [*ledger.revenue, *ledger.costs]
        profit = _total(ledger, both, is_turned=ledger.way == "credit")
    yield _offered(ledger, PROFIT, profit, unit, Concept.PROFIT, language)
    yield _offered(ledger, REVENUE, revenue, unit, Concept.COLUMN, language)
    yield _offered(ledger, COSTS, costs, unit, Concept.COLUMN, language)
    for account in _told(ledger.revenue):
        yield _account(ledger, account, unit, is_turned=ledger.way == "credit", better="higher")
    for account in _told(ledger.costs):
        yield _account(ledger, account, unit, is_turned=ledger.way == "signed", better="lower")
    for name in (ledger.debit, ledger.credit) if ledger.credit else ():
        yield _side(model, str(name), unit)


def _told(accounts: list[str]) -> list[str]:
    """Returns the accounts whose names may stand in a text: no digits do, other than those of facts,
    and nothing that looks like a reference.
    """
    return [name for name in accounts if _PLAIN.fullmatch(name)][:MOST]


def _total(ledger: Ledger, accounts: list[str], *, is_turned: bool) -> Total:
    """Returns the total of accounts; turned, it is that of credits less debits."""
    where = [Condition(column=ledger.account, relation=Relation.IS, values=list[Value](accounts))]
    plus, minus = (ledger.credit, ledger.debit) if is_turned else (ledger.debit, ledger.credit)
    return Total(of=Booked(plus=plus, minus=minus), where=where)


def _columns(ledger: Ledger, measure: Total | Difference) -> list[str]:
    """Returns the columns of a measure; no account has a difference of accounts."""
    accounts = [ledger.account] if isinstance(measure, Difference) else []
    return [*_sides(ledger), *accounts]


def _sides(ledger: Ledger) -> list[str]:
    return [name for name in (ledger.debit, ledger.credit) if name]


def _unit(model: TableModel, ledger: Ledger) -> Unit:
    return unit_of(next(column for column in model.columns if column.name == ledger.debit))


def _offered(
    ledger: Ledger,
    label: str,
    measure: Total | Difference,
    unit: Unit,
    concept: Concept,
    language: Language,
) -> Offered:
    said = language.nouns.of(label)
    return Offered(
        Measured(
            measure=measure, label=said, noun=said, unit=unit, columns=_columns(ledger, measure),
            adds_up=True, over_time=True, better="lower" if label == COSTS else "higher",
        ),
        concept,
        (named(label),),
        WEIGHTS[label],
        phrases=GOES if label == COSTS else (),
    )  # fmt: skip


def _account(
    ledger: Ledger, account: str, unit: Unit, *, is_turned: bool, better: Literal["higher", "lower"]
) -> Offered:
    """Returns what one account holds, above zero as that of its class."""
    return Offered(
        Measured(
            measure=_total(ledger, [account], is_turned=is_turned), label=account, noun=account,
            unit=unit, columns=[*_sides(ledger), ledger.account], adds_up=True, over_time=True,
            better=better,
        ),
        Concept.COLUMN,
        (named(account),),
        phrases=(account,),
    )  # fmt: skip


def _side(model: TableModel, name: str, unit: Unit) -> Offered:
    """Returns the total of one side: never a mean, which says nothing of a ledger."""
    place = next(n for n, column in enumerate(model.columns) if column.name == name)
    label = model.columns[place].label
    return Offered(
        Measured(
            measure=Total(of=Cell(column=name)), label=label, noun=f"{{{{c{place}}}}}", unit=unit,
            columns=[name], adds_up=True, over_time=True,
        ),
        Concept.COLUMN,
        (named(label),),
        phrases=(label,),
    )  # fmt: skip
