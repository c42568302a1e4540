"""Debit and credit in a column of their own: the sign of the amounts beside it, which have none."""

from dataclasses import dataclass

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn, Note
from deckgen.orchestrator.analyst.lexicon import side_words as words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.sql import quoting

_NUMBERS = ("BIGINT", "DOUBLE")
_LOOK = 50  # of the first rows
_MOST = 8  # ways to write the marks of both sides
_CLOSE = 0.005
_OFTEN = 0.9  # of the steps of a balance that one of the two signs explains


@dataclass(frozen=True)
class _Marks:
    """A column of marks, with the marks of debit and of credit as written; a sign may be blank."""

    index: int
    debit: tuple[str, ...]
    credit: tuple[str, ...]


def sign_by_sides(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[Note]:
    """Give amounts in `data` the signs that a column of marks says; returns what was taken for what."""
    first = con.execute(f"SELECT * FROM data LIMIT {_LOOK}").fetchall()
    cells = zip(*first, strict=True) if first else [()] * len(columns)
    found = [
        marks
        for index, seen in enumerate(cells)
        if columns[index].type == "VARCHAR" and (marks := _marks(con, columns, index, set(seen)))
    ]
    notes = []
    for marks in found:
        for index in _amounts(columns, marks, alone=len(found) == 1):
            if _are_signed(con, index, marks):
                continue
            positive = _credit_is_positive(con, columns, marks, index)
            negative = marks.debit if positive else marks.credit
            con.execute(f"UPDATE data SET c{index} = -c{index} WHERE {_is(marks, negative)}")
            plus, minus = (marks.credit, marks.debit) if positive else (marks.debit, marks.credit)
            source = f"its signs were taken from “{columns[marks.index].name}”"
            note = f"{source}: {_said(plus)} as positive, {_said(minus)} as negative"
            notes.append(Note(columns[index].name, note))
    return notes


def _said(marks: tuple[str, ...]) -> str:
    return " and ".join(mark or "a minus" for mark in marks)


def _is(marks: _Marks, of: tuple[str, ...]) -> str:
    """Returns SQL that is true of rows with one of these marks; a minus alone was read as missing."""
    cell = f"coalesce(trim(c{marks.index}), '')"
    return f"{cell} IN ({', '.join(quoting.literal(mark) for mark in of)})"


def _marks(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], index: int, seen: set[str | None]
) -> _Marks | None:
    """Returns the marks of a column of text; None unless all cells are such, as all `seen` ones are."""
    name = read_name(columns[index].name).words
    if len(seen) > _MOST or any(words.side_of(cell or "", name) is None for cell in seen):
        return None
    distinct = f"SELECT DISTINCT coalesce(trim(c{index}), '') FROM data LIMIT {_MOST + 1}"
    sides = {mark: words.side_of(mark, name) for (mark,) in con.execute(distinct).fetchall()}
    if len(sides) > _MOST or None in sides.values():
        return None
    debit = tuple(sorted(mark for mark, side in sides.items() if side == "debit"))
    credit = tuple(sorted(mark for mark, side in sides.items() if side == "credit"))
    return _Marks(index, debit, credit) if debit and credit else None


def _amounts(columns: list[LoadedColumn], marks: _Marks, *, alone: bool) -> list[int]:
    """Returns the columns of amounts: those that are called so, or the nearest before the marks."""
    numbers = [index for index, column in enumerate(columns) if column.type in _NUMBERS]
    before = [index for index in numbers if index < marks.index]
    if not alone:
        return before[-1:]
    parsed = {index: set(read_name(columns[index].name).words) for index in numbers}
    usual = [index for index in numbers if not parsed[index] & words.NO_AMOUNTS]
    named = [index for index in usual if any(map(words.says_amount, parsed[index]))]
    return named or [index for index in usual if index < marks.index][-1:] or usual[:1]


def _are_signed(con: duckdb.DuckDBPyConnection, index: int, marks: _Marks) -> bool:
    """True if all amounts of one side are negative already, and none of the other."""
    signs = [
        f"coalesce(bool_and(c{index} <= 0) FILTER ({_is(marks, of)}), false), "
        f"coalesce(bool_or(c{index} < 0) FILTER ({_is(marks, of)}), false)"
        for of in (marks.debit, marks.credit)
    ]
    row = con.execute(f"SELECT {', '.join(signs)} FROM data").fetchall()[0]
    all_debits, any_debit, all_credits, any_credit = row
    debits = all_debits and any_debit and not any_credit
    return bool(debits or (all_credits and any_credit and not any_debit))


def _credit_is_positive(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], marks: _Marks, amount: int
) -> bool:
    """True where a credit is money that came in: by a balance that it raises, or in a bank's words."""
    parsed = [set(read_name(column.name).words) for column in columns]
    balances = [
        index
        for index, column in enumerate(columns)
        if column.type in _NUMBERS and parsed[index] & words.BALANCES
    ]
    for balance in (index for index in balances if index != amount):
        credit, debit = _explained(con, balance, amount, marks)
        if max(credit, debit) >= _OFTEN:
            return credit > debit
    named = parsed[marks.index] & words.OF_BANK_MARKS or any(names & words.OF_BANK for names in parsed)
    return bool(balances or named) or any(
        words.is_bank_mark(mark) for mark in (*marks.debit, *marks.credit)
    )


def _explained(
    con: duckdb.DuckDBPyConnection, balance: int, amount: int, marks: _Marks
) -> tuple[float, float]:
    """Returns the shares of the steps of a balance that are credits less debits, and the other way."""
    signed = f"c{amount} * (CASE WHEN {_is(marks, marks.credit)} THEN 1 ELSE -1 END)"
    # A statement may begin with its first booking or with its last one.
    steps = (
        f"SELECT {signed} AS signed, c{balance} - lag(c{balance}) OVER (ORDER BY rowid) AS down, "
        f"c{balance} - lead(c{balance}) OVER (ORDER BY rowid) AS up FROM data"
    )
    shares = [
        f"coalesce(avg(CAST(abs({step} - ({sign}signed)) <= {_CLOSE} AS INTEGER)), 0)"
        for sign in ("", "-")
        for step in ("down", "up")
    ]
    row = con.execute(f"SELECT {', '.join(shares)} FROM ({steps})").fetchall()[0]
    return max(row[:2]), max(row[2:])
