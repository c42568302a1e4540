"""Ledgers: amounts of accounts, some of which are revenue and some costs, that no sum may mix."""

from dataclasses import dataclass
from typing import Any, Literal

from deckgen.domain.table_models import Confidence, Ledger
from deckgen.orchestrator.analyst.lexicon import account_words as of
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look, listed

MOST = 400  # accounts
ONE_WAY = 0.8  # of a class's amounts, which its sum must keep
Way = Literal["credit", "signed", "unsigned"]
TOLD = 3  # accounts that are named in a sentence


@dataclass(frozen=True)
class _Amounts:
    """Where the amounts stand: in two columns, or in one with a sign; `sql` is debit less credit."""

    debit: str | None
    credit: str | None
    sql: str


@dataclass(frozen=True)
class _Account:
    name: str
    number: str | None
    balance: float  # debit less credit


def decide(look: Look, made: Decisions) -> None:
    """Add the ledger, if every account is known to be revenue, a cost, or neither."""
    amounts = _amounts(look)
    column = next((each for each in look.columns if _may_name_accounts(each)), None)
    if amounts is None or column is None:
        return
    accounts = _accounts(look, column, amounts)
    classes = _classes(accounts)
    if classes is None:
        return
    way = _way(accounts, classes, two_columns=amounts.credit is not None)
    if way is None:
        return
    classes = _sided(accounts, classes, way)
    names = {
        kind: [a.name for a in accounts if classes[a.name] == kind] for kind in ("revenue", "cost")
    }
    if not all(names.values()):
        return
    made.ledger = _ledger(column, amounts, names, accounts, way)
    made.warnings.append(_told(column, made.ledger, len(accounts)))


def _may_name_accounts(known: Known) -> bool:
    return (
        known.column.type == "VARCHAR"
        and of.is_account(known.words)
        and 2 <= known.column.distinct <= MOST
        and known.column.missing == 0
    )


def _amounts(look: Look) -> _Amounts | None:
    """Returns the debits and credits, or the one column of amounts."""
    numbers = [known for known in look.columns if known.is_number and known.column.distinct > 0]
    debits = [known for known in numbers if known.says(of.DEBIT)]
    credits_ = [known for known in numbers if known.says(of.CREDIT)]
    if len(debits) == len(credits_) == 1 and debits != credits_:
        debit, credit = debits[0], credits_[0]
        sql = f"coalesce({debit.sql}, 0) - coalesce({credit.sql}, 0)"
        return _Amounts(debit.name, credit.name, sql)
    flows = [known for known in look.measures if known.adds_up and known.column.type != "VARCHAR"]
    if debits or credits_ or len(flows) != 1 or len(look.measures) != 1:
        return None
    return _Amounts(flows[0].name, None, flows[0].sql)


def _accounts(look: Look, column: Known, amounts: _Amounts) -> list[_Account]:
    number = next((each for each in look.columns if of.numbers_accounts(each.words)), None)
    numbered = f"CAST(min({number.sql}) AS VARCHAR)" if number else "NULL"
    rows: list[tuple[Any, ...]] = look.table.all(
        f"SELECT {column.sql}, {numbered}, sum(CAST({amounts.sql} AS DOUBLE)) FROM data "
        f"GROUP BY 1 ORDER BY 1 LIMIT {quoting.literal(MOST)}"
    )
    return [_Account(str(name), code, float(total or 0)) for name, code, total in rows]


def _classes(accounts: list[_Account]) -> dict[str, str] | None:
    """Returns the class of each account by its name, or by the first digit that its number shares with
    named ones; None if one stays unknown.
    """
    classes = {each.name: of.class_of(each.name) for each in accounts}
    width = max((len(each.number or "") for each in accounts), default=0)
    digits = {each.name: (each.number or "").zfill(width)[:1] for each in accounts}
    known: dict[str, set[str]] = {}
    for name, kind in classes.items():
        if kind in ("revenue", "cost", "neither"):
            known.setdefault(digits[name], set()).add(kind)
    for name, kind in classes.items():
        if kind is None:
            same = known.get(digits[name], set()) if digits[name] else set()
            if len(same) != 1:
                return None
            (classes[name],) = same  # type: ignore[assignment]
    return {name: str(kind) for name, kind in classes.items()}


def _way(accounts: list[_Account], classes: dict[str, str], *, two_columns: bool) -> Way | None:
    """Returns how revenue stands: as a credit, above zero with costs below it, or both above zero; None
    if neither is clear.
    """
    signs = {kind: _sign([a.balance for a in accounts if classes[a.name] == kind])
             for kind in ("revenue", "cost")}  # fmt: skip
    match signs["revenue"], signs["cost"]:
        case (-1, 1):
            return "credit"
        case (1, -1) if not two_columns:
            return "signed"
        case (1, 1) if not two_columns and "either" not in classes.values():
            return "unsigned"
    return None


def _sign(balances: list[float]) -> int:
    """Returns the side on which nearly all amounts of a class stand; 0 if there is none."""
    total, sizes = sum(balances), sum(abs(each) for each in balances)
    if sizes == 0 or abs(total) < ONE_WAY * sizes:
        return 0
    return 1 if total > 0 else -1


def _sided(accounts: list[_Account], classes: dict[str, str], way: Way) -> dict[str, str]:
    """Returns the classes; accounts that may be either are what the side says on which they stand."""
    is_revenue = {each.name: (each.balance < 0) == (way == "credit") for each in accounts}
    return {
        name: ("revenue" if is_revenue[name] else "cost") if kind == "either" else kind
        for name, kind in classes.items()
    }


def _ledger(
    column: Known,
    amounts: _Amounts,
    names: dict[str, list[str]],
    accounts: list[_Account],
    way: Way,
) -> Ledger:
    plus, minus = amounts.debit, amounts.credit
    reason = "the names of its accounts say which are revenue and which are costs"
    if way == "credit":
        stands = "on the credit side" if minus else "below zero"
        reason += f"; revenue stands {stands}, as books have it"
    return Ledger(
        account=column.name,
        debit=plus,
        credit=minus,
        way=way,
        revenue=names["revenue"],
        costs=names["cost"],
        reason=reason,
        confidence=Confidence.LIKELY,
    )


def _told(column: Known, ledger: Ledger, accounts: int) -> str:
    rest = accounts - len(ledger.revenue) - len(ledger.costs)
    others = "" if not rest else f"; {rest} of {accounts} accounts are neither"
    below = "; revenue is booked below zero, and told without its minus"
    return (
        f"“{column.label}” names accounts: revenue is {_few(ledger.revenue)}, cost is "
        f"{_few(ledger.costs)}{others}"
        f"{below if ledger.way == 'credit' and ledger.credit is None else ''}"
    )


def _few(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names[:TOLD]]
    return listed([*quoted, f"{len(names) - TOLD} more"] if len(names) > TOLD else quoted)
