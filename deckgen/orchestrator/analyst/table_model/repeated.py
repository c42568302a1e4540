"""Amounts of a parent on the rows of its parts: an order's total on each of the order's lines."""

from typing import NamedTuple

from deckgen.domain.datasets import Role
from deckgen.domain.table_models import Confidence, Repeated
from deckgen.orchestrator.analyst.table_model import nouns
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

MAX_PARENTS, MAX_MEASURES = 3, 12
SHARED = 0.95  # of the rows: a parent that is different in nearly all of them has no parts
FEW, MANY = 5, 20  # parents with several rows
VALUES = 3  # different values of a measure, at least: a constant is nobody's
VARIED = 0.2  # of the parents, in which another measure differs from row to row
NEARLY_ALL = 0.98
_WHY = {
    "each row": "“{column}” is the same on all rows of a “{parent}” ({groups:,} with several rows), "
    "while other measures differ",
    "first row": "of the rows of a “{parent}” only the first has a “{column}” ({groups:,} with several "
    "rows)",
}


class _Counts(NamedTuple):
    """Of the parents with several rows: those with one value of a measure, and those with it once."""

    same: int
    values: int
    once: int


def decide(look: Look, made: Decisions) -> None:
    """Add what is repeated to the grain, and a warning for each that would be counted several times."""
    measures = [known for known in look.measures if known.adds_up][:MAX_MEASURES]
    if made.grain is None or not measures:
        return
    found: dict[str, Repeated] = {}
    for parent in _parents(look, made.grain.key):
        for one in _of_parent(look, parent, measures, twice=bool(made.grain.duplicates)):
            found.setdefault(one.column, one)
    made.grain = made.grain.model_copy(update={"repeated": list(found.values())})
    made.warnings += [
        f"“{look.named(one.column).label}” belongs to “{look.named(one.parent).label}” and stands on "
        "each of its rows: the sum of the rows counts it several times"
        for one in found.values()
        if one.where == "each row"
    ]


def _parents(look: Look, key: list[str]) -> list[Known]:
    """Returns the columns that identify something of which there are several rows."""
    return [
        known
        for known in look.columns
        if known.column.role in (Role.ID, Role.TEXT)
        or (nouns.is_key(known) and known.column.role.forms_groups)
        if [known.name] != key and 1 < known.column.distinct < SHARED * look.rows
    ][:MAX_PARENTS]


def _of_parent(look: Look, parent: Known, measures: list[Known], *, twice: bool) -> list[Repeated]:
    groups, dated_alike, counts = _counts(look, parent, measures, twice=twice)
    # Over time the same amount may well come again: a fee of each month is no part of a whole.
    if groups < FEW or dated_alike < NEARLY_ALL * groups:
        return []
    varied = any(groups - each.same >= VARIED * groups for each in counts)
    sure = Confidence.SURE if groups >= MANY else Confidence.LIKELY
    found = []
    for known, each in zip(measures, counts, strict=True):
        everywhere = varied and each.same == groups and each.values >= VALUES
        once = each.once >= NEARLY_ALL * groups
        if everywhere or once:
            where = "each row" if everywhere else "first row"
            words = {"column": known.label, "parent": parent.label, "groups": groups}
            found.append(
                Repeated(
                    column=known.name,
                    parent=parent.name,
                    where=where,
                    reason=_WHY[where].format(**words),
                    confidence=sure if everywhere else Confidence.LIKELY,
                )
            )
    return found


def _counts(
    look: Look, parent: Known, measures: list[Known], *, twice: bool
) -> tuple[int, int, list[_Counts]]:
    """Returns the parents with several rows, those of them whose rows have one date, and counts."""
    # Copies of a row say nothing about parts, and a table without a number of rows has no first one.
    numbered = '(SELECT *, row_number() OVER () AS " place" FROM data)'
    rows = "(SELECT DISTINCT * FROM data)" if twice else numbered
    date = look.axis.sql if look.axis else "0"
    inner, outer = [], []
    for n, known in enumerate(measures):
        m = known.sql
        first = "false" if twice else f'arg_min(coalesce({m}, 0) <> 0, " place")'
        inner.append(
            f"min({m}) AS low{n}, max({m}) AS high{n}, count({m}) AS known{n}, "
            f"count(nullif({m}, 0)) = 1 AND {first} AS once{n}"
        )
        outer.append(
            f"count(*) FILTER (low{n} = high{n} AND known{n} = rows), count(DISTINCT low{n}), "
            f"count(*) FILTER (once{n})"
        )
    groups, dated_alike, *cells = look.table.one(
        f"SELECT count(*), count(*) FILTER (dates <= 1), {', '.join(outer)} FROM ("
        f"SELECT count(*) AS rows, (min({date}) IS DISTINCT FROM max({date}))::INT * 2 AS dates, "
        f"{', '.join(inner)} FROM {rows} WHERE {parent.sql} IS NOT NULL GROUP BY {parent.sql} "
        "HAVING count(*) > 1)"
    )
    counts = [_Counts(*cells[3 * n : 3 * n + 3]) for n in range(len(measures))]
    return groups, dated_alike, counts
