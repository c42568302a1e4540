"""Tables of an edited file: rows are found by what they say, as they may stand in another order."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from deckgen.export.pptx.reading.contents import TablePlace
from deckgen.orchestrator.verifier.presentation.matching import paired
from deckgen.orchestrator.verifier.presentation.sentences import edits
from deckgen.orchestrator.verifier.presentation.tokens import is_numeral, normal

Row = Sequence[str]
LEAST = 0.25  # of the cells of a row


def rows_of(expected: TablePlace, found: TablePlace) -> tuple[dict[int, int], list[int]]:
    """Returns the rows that were made by the numbers of those that are there, and likewise columns."""
    before, after = _columns(expected.rows, found.rows)
    numbers: dict[int, int] = {}
    free = dict(enumerate(before))
    for number, row in enumerate(after):  # the same row rather, where several are alike
        same = [place for place, each in free.items() if _key(each) == _key(row)]
        if same:
            numbers[number] = number if number in same else same[0]
            del free[numbers[number]]
    changed = [(number, row) for number, row in enumerate(after) if number not in numbers]
    originals = list(free.items())
    pairs = paired(originals, changed, _alike, LEAST).found
    numbers |= {changed[place][0]: originals[one][0] for place, one in pairs.items()}
    head = expected.rows[0] if expected.rows else []
    is_moved = bool(found.rows) and [*before[:1]] != [head]
    order = [head.index(name) for name in found.rows[0]] if is_moved else list(range(len(head)))
    return numbers, order


def problems(expected: TablePlace, found: TablePlace, known: Collection[str]) -> Iterator[str]:
    """Yields the cells that have other numbers, or numbers under other names."""
    before, after = _columns(expected.rows, found.rows)
    left = Counter(map(_key, before))
    changed: list[tuple[int, Row]] = []
    for number, row in enumerate(after):
        if left[_key(row)] > 0:
            left[_key(row)] -= 1
        else:
            changed.append((number, row))
    rest = list((left & Counter(map(_key, before))).elements())
    originals = _originals(before, rest)
    pairs = paired(originals, changed, _alike, LEAST)
    for place, (number, row) in enumerate(changed):
        one = originals[pairs.found[place]][1] if place in pairs.found else [""] * len(row)
        yield from _of_row(one, row, known, f"row {number + 1}", is_head=number == 0)


def _originals(rows: Sequence[Row], wanted: Sequence[Row]) -> list[tuple[int, Row]]:
    """Returns the rows that are not there any more, with their numbers."""
    left, found = Counter(map(_key, wanted)), []
    for number, row in enumerate(rows):
        if left[_key(row)] > 0:
            left[_key(row)] -= 1
            found.append((number, row))
    return found


def _key(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(filter(None, map(normal, cell.split()))) for cell in row)


def _alike(one: tuple[int, Row], other: tuple[int, Row]) -> float:
    """Returns how many cells two rows have in common, the first above all, and if they stand alike."""
    mine, its = _key(one[1]), _key(other[1])
    same = sum(left == right for left, right in zip(mine, its, strict=False))
    first = bool(mine and its) and mine[0] == its[0]
    return (same + first) / (max(len(mine), len(its)) + 1) + LEAST * (one[0] == other[0])


def _columns(before: list[list[str]], after: list[list[str]]) -> tuple[list[Row], list[Row]]:
    """Returns the rows with the columns that are left, in the order in which they are now."""
    if not before or not after or before[0] == after[0]:
        return [*before], [*after]
    names = before[0]
    if len(set(names)) < len(names) or not set(after[0]) <= set(names):
        return [*before], [*after]
    order = [names.index(name) for name in after[0]]
    return [[row[place] for place in order if place < len(row)] for row in before], [*after]


def _of_row(
    before: Row, after: Row, known: Collection[str], where: str, *, is_head: bool
) -> Iterator[str]:
    names_numbers = is_head or any(map(is_numeral, after))
    for place, cell in enumerate(after):
        was = before[place] if place < len(before) else ""
        is_name = names_numbers and bool(was) and not is_numeral(was)
        if is_name and not cell.strip():
            yield f"{where}, column {place + 1}: “{was}” is gone, whose numbers are there"
        for problem in edits([was], [cell], known, is_title=is_name):
            yield f"{where}, column {place + 1}: {problem}"
