"""Which new row each row of a table takes, after people changed some of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deckgen.export.pptx.reading.contents import TablePlace

Rows = list[list[Any]]  # the elements of cells


def new_rows(
    before: TablePlace,
    now: TablePlace,
    new: TablePlace,
    numbers: Mapping[int, int],
    columns: Sequence[int],
) -> dict[int, int]:
    """Returns the new rows by the numbers of those in a file, whose numbers as made are `numbers`.

    A row takes the one of its name, or another if nobody changed it; what people wrote into a row
    would be false beside another name, so without such a row it stays as it is.
    """
    names, later = _names(before), _names(new)
    if names == later or (before.rows == now.rows and len(names) == len(later)):
        return dict(numbers)
    found = {
        number: later.index(names[one]) if one else 0
        for number, one in numbers.items()
        if one == 0 or _is_unique(names[one], names, later)
    }
    free = [
        place
        for place, name in enumerate(later)
        if place not in found.values() and not _is_unique(name, names, later)
    ]
    for number, one in sorted(numbers.items()):
        is_as_made = now.rows[number] == [before.rows[one][place] for place in columns]
        if number not in found and is_as_made and free:
            found[number] = one if one in free else free[0]
            free.remove(found[number])
    return found


def come(before: TablePlace, new: TablePlace, pairs: Mapping[int, int]) -> Iterator[str]:
    """Yields the names that came with the new table and that no row of the file has."""
    known = _names(before)
    for place, name in enumerate(_names(new)):
        if name not in known and place and place not in pairs.values():
            yield name


def in_new_order(rows: Rows, numbers: Mapping[int, int], pairs: Mapping[int, int]) -> bool:
    """Move rows into the order of the new ones, if people left them in the one that they had."""
    places = sorted(pairs)
    wanted = sorted(places, key=lambda place: pairs[place])
    made = [numbers[place] for place in places]
    is_merged = any(cell.get("rowSpan") for cells in rows for cell in cells)
    if places == wanted or made != sorted(made) or is_merged:
        return False
    elements = {place: rows[place][0].getparent() for place in places}
    table = elements[places[0]].getparent()
    slots = [table.index(elements[place]) for place in places]
    for each in elements.values():
        table.remove(each)
    for slot, place in zip(slots, wanted, strict=True):
        table.insert(slot, elements[place])
    return True


def _names(table: TablePlace) -> list[str]:
    return [row[0] if row else "" for row in table.rows]


def _is_unique(name: str, names: Sequence[str], later: Sequence[str]) -> bool:
    return bool(name) and names.count(name) == 1 == later.count(name)
