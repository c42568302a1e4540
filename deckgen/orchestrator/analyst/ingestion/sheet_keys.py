"""Keys that tell which row of one sheet belongs to a row of another: an order's customer."""

import re
from dataclasses import dataclass
from functools import cached_property

NEARLY_ALL, ALL = 0.9, 0.98  # of the rows that a lookup covers, by a name that both have, or by values
FEW = 5  # different values, below which names have to say that a column is a key
MAX_TRIED = 5  # columns of a lookup that are compared by values alone
MOSTLY = 0.9  # of a column's cells, which are numbers
_NUMBER = re.compile(r"-?[$€£¥₹]?\d+(\.\d+)?%?")
_LETTER = re.compile(r"[^\W\d_]")
# Each sheet numbers or names its own rows by these.
_OWN = frozenset(
    {"id", "no", "nr", "key", "code", "number", "nummer", "name", "index", "row", "pos", ""}
)


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet as texts; the first row is its header."""

    name: str
    rows: list[list[str]]

    @cached_property
    def header(self) -> list[str]:
        return [" ".join(cell.split()) for cell in self.rows[0]]

    @cached_property
    def records(self) -> list[list[str]]:
        """The rows with more than one cell: others are titles and footnotes."""
        return [row for row in self.rows[1:] if sum(bool(cell.strip()) for cell in row) > 1]

    @property
    def is_clean(self) -> bool:
        """True if the first row names each column, and no row is longer."""
        named = [folded(name) for name in self.header]
        return (
            len(named) > 1
            and all(_LETTER.search(name) for name in named)
            and len(set(named)) == len(named)
            and len(self.records) > 1
            and all(len(row) <= len(named) for row in self.rows)
        )

    @cached_property
    def columns(self) -> list[list[str]]:
        """The cells of each column as they are compared, those of records only."""
        return [[as_key(row, column) for row in self.records] for column in range(len(self.header))]

    @cached_property
    def different(self) -> list[set[str]]:
        """The different cells of each column, without blank ones."""
        return [set(values) - {""} for values in self.columns]

    def is_number(self, column: int) -> bool:
        """True if nearly all cells of a column are numbers."""
        cells = self.different[column]
        numbers = sum(bool(_NUMBER.fullmatch(value)) for value in cells)
        return bool(cells) and numbers >= MOSTLY * len(cells)

    def is_amount(self, column: int) -> bool:
        """True if numbers of a column have decimals or a unit, which keys have not."""
        return self.is_number(column) and any(
            not value.lstrip("-").isdecimal() for value in self.different[column]
        )


@dataclass(frozen=True)
class Key:
    """The columns by which rows of a sheet and of `lookup` belong together; `matched` rows do."""

    lookup: Sheet
    own: int
    its: int
    matched: int
    is_one_to_one: bool


@dataclass(frozen=True)
class Unsafe:
    """Why a sheet is not joined by a column that both have."""

    lookup: Sheet
    column: str
    why: str


def as_key(row: list[str], column: int) -> str:
    """Returns a cell as it is compared: case and spaces do not matter."""
    return " ".join(row[column].split()).casefold() if column < len(row) else ""


def folded(name: str) -> str:
    """Returns a name as it is compared: “Customer No” is CustomerNo."""
    return re.sub(r"[\W_]+", "", name).casefold()


def key_of(facts: Sheet, lookup: Sheet) -> Key | Unsafe | None:
    """Returns the key of a sheet that says more about each row of another one; None if none shows."""
    if {folded(name) for name in facts.header} >= {folded(name) for name in lookup.header}:
        return None  # the same table of another year or region, or a part of it
    pairs = _named_alike(facts, lookup)
    found = [_key(facts, lookup, own, its, NEARLY_ALL) for own, its in pairs]
    if keys := [each for each in found if isinstance(each, Key)]:
        return max(keys, key=lambda key: key.matched)
    return next(iter(found), None) or _key_by_values(facts, lookup)


def _named_alike(facts: Sheet, lookup: Sheet) -> list[tuple[int, int]]:
    """Returns the columns that have one name, or that of the sheet and its key: customer_id, ID."""
    places = {folded(name): place for place, name in enumerate(facts.header)}
    sheet = folded(lookup.name).removesuffix("s")
    pairs = []
    for its, name in enumerate(lookup.header):
        own = folded(name)
        own = sheet + own if own in _OWN else own
        if own in places and own not in _OWN and not lookup.is_amount(its):
            pairs.append((places[own], its))
    return pairs


def _key(facts: Sheet, lookup: Sheet, own: int, its: int, enough: float) -> Key | Unsafe:
    known, name = lookup.different[its], facts.header[own]
    if len(known) < sum(bool(value) for value in lookup.columns[its]):
        return Unsafe(lookup, name, "it has several rows for one value of it")
    values = facts.columns[own]
    matched = sum(value in known for value in values)
    if matched < enough * len(values):
        return Unsafe(lookup, name, f"only {matched:,} of {len(values):,} rows have a match there")
    filled = sum(bool(value) for value in values)
    return Key(lookup, own, its, matched, len(facts.different[own]) == filled)


def _key_by_values(facts: Sheet, lookup: Sheet) -> Key | None:
    """Returns the one pair of columns of the same words, whatever their names."""
    words = [
        column
        for column, values in enumerate(lookup.different)
        if len(values) >= max(FEW, MOSTLY * len(lookup.records)) and not lookup.is_number(column)
    ]
    pairs = [
        (own, its)
        for its in words[:MAX_TRIED]
        for own in range(len(facts.header))
        if len(lookup.different[its] & facts.different[own]) >= FEW
    ]
    found = [_key(facts, lookup, own, its, ALL) for own, its in pairs]
    keys = [each for each in found if isinstance(each, Key)]
    return keys[0] if len(keys) == 1 else None
