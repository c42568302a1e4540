"""What one row is: its key, its noun, and exact duplicates."""

from dataclasses import dataclass
from itertools import combinations

from deckgen.domain.datasets import Role
from deckgen.domain.table_models import Confidence, CopiesModel, GrainModel
from deckgen.orchestrator.analyst.ingestion.copies import REQUESTED
from deckgen.orchestrator.analyst.lexicon import row_words as of
from deckgen.orchestrator.analyst.profiling.timeline import PLURALS
from deckgen.orchestrator.analyst.sql.counting import distinct
from deckgen.orchestrator.analyst.table_model import nouns
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look, listed

MAX_PARTS, MAX_KEYS = 8, 24  # columns that may be parts of a key, and keys that are tried
TRIED_ROWS = (1_000, 20_000)  # of which a key that fails is not tried on more of them
FULL, HALF = 0.9, 0.5  # of all combinations of a key's values
CHANCE = 1_000  # combinations of values for each row, below which rows may be alike by chance
MANY_ROWS = 200  # which no combination of columns tells apart by chance


@dataclass(frozen=True)
class Key:
    columns: tuple[Known, ...]
    reason: str
    confidence: Confidence


LINE_WORDS = frozenset({"line", "item", "position", "pos", "seq", "zeile"})
NUMBERING = "only numbers the rows"  # of the profile: such a key says nothing, if there is another
NO_KEY = Key((), "", Confidence.LIKELY)


def decide(look: Look, made: Decisions) -> None:
    """Add the grain, and a warning of exact duplicates where rows should be there once."""
    single = _single(look, look.rows)
    duplicates = 0 if single else look.rows - _different_rows(look)
    different = look.rows - duplicates
    key = single or _single(look, different) or _several(look, different) or _numbering(look)
    noun, why, sure = noun_of(look, key)
    parts = [why] if not key.columns else [key.reason, why]
    made.grain = GrainModel(
        noun=noun,
        key=[known.name for known in key.columns],
        duplicates=duplicates,
        reason="; ".join(part for part in parts if part),
        confidence=max(key.confidence, sure, key=list(Confidence).index),
        copies=_left_out(look),
    )
    if duplicates and not _is_said(look) and not _by_chance(look):
        made.warnings.append(
            f"{duplicates:,} of {look.rows:,} rows are exact copies of another row, and count twice"
        )


def _left_out(look: Look) -> CopiesModel | None:
    """Returns the copies that were left out on reading."""
    copies = look.table.copies
    if copies is None:
        return None
    sure = Confidence.SURE if copies.reason == REQUESTED else Confidence.LIKELY
    return CopiesModel(
        left_out=copies.left_out, repeated=copies.repeated, reason=copies.reason, confidence=sure
    )


def _is_said(look: Look) -> bool:
    """True if the request says that each copy counts."""
    return look.settings.table.copies == "each"


def _by_chance(look: Look) -> bool:
    """True if rows may well be alike: there is no id, and values have few combinations."""
    has_id = any(known.column.role is Role.ID for known in look.columns)
    return not has_id and _combinations(tuple(look.columns)) < CHANCE * look.rows


def _different_rows(look: Look, first: int | None = None) -> int:
    (different,) = _counts(look, [tuple(look.columns)], first)
    return different


def _counts(look: Look, of: list[tuple[Known, ...]], first: int | None = None) -> tuple[int, ...]:
    """Returns how many different cells these columns have together, perhaps in the first rows only."""
    hashes = [f"hash({', '.join(known.sql for known in columns)})" for columns in of]
    counts = ", ".join(distinct(each, first or look.rows) for each in hashes)
    rows = f"(SELECT * FROM data LIMIT {first})" if first else "data"
    return look.table.one(f"SELECT {counts} FROM {rows}")


def _single(look: Look, different: int) -> Key | None:
    """Returns the one column that tells all different rows apart, if there is one."""
    whole = [known for known in look.columns if _is_whole(known) and known.column.distinct == different]
    if look.rows < 2:
        return None
    but = "" if different == look.rows else ", but for exact copies"
    for known in whole:
        if known.column.role is Role.ID and NUMBERING not in known.column.reason:
            reason = f"“{known.label}” is different in each row{but}"
            named = nouns.is_key(known)
            return Key((known,), reason, Confidence.SURE if named else Confidence.LIKELY)
    for known in whole:
        if known.column.role in (Role.DIMENSION, Role.GEOGRAPHY, Role.TIME):
            sure = Confidence.SURE if known is look.axis else Confidence.LIKELY
            return Key((known,), f"“{known.label}” is different in each row{but}", sure)
    return None


def _is_whole(known: Known) -> bool:
    return known.column.missing == 0 and known.column.distinct > 1 and known.column.type != "TIME"


def _several(look: Look, different: int) -> Key | None:
    """Returns two or three columns that tell the rows apart, and do so not by chance."""
    parts = _parts(look)
    tried = [
        columns
        for number in (2, 3)
        for columns in combinations(parts, number)
        if _combinations(columns) >= different and _may_be_key(columns)
    ]
    # The number of a line within its order says it best.
    tried.sort(key=lambda columns: (len(columns), not _are_lines(columns)))
    tried = tried[:MAX_KEYS]
    for columns in _telling_apart(look, tried, different):
        filled = different / _combinations(columns)
        if sure := _confidence(columns, filled, look.rows):
            labels = listed([f"“{known.label}”" for known in columns])
            return Key(columns, f"{labels} together are different in each row", sure)
    return None


def _numbering(look: Look) -> Key:
    for known in look.columns:
        if NUMBERING in known.column.reason:
            return Key((known,), f"“{known.label}” numbers the rows", Confidence.SURE)
    return NO_KEY


def _parts(look: Look) -> list[Known]:
    """Returns the columns that may be parts of a key: those of time first, then ids, then groups."""
    ranks = {Role.TIME: 0, Role.ID: 1, Role.DIMENSION: 2, Role.GEOGRAPHY: 2}
    parts = [
        known
        for known in look.columns
        if known.column.role in ranks and _is_whole(known) and NUMBERING not in known.column.reason
    ]
    parts.sort(key=lambda known: (ranks[known.column.role], -known.column.distinct))
    return parts[:MAX_PARTS]


def _may_be_key(columns: tuple[Known, ...]) -> bool:
    roles = [known.column.role for known in columns]
    return Role.TIME in roles if len(columns) > 2 else True


def _combinations(columns: tuple[Known, ...]) -> int:
    number = 1
    for known in columns:
        number *= known.column.distinct
    return number


def _telling_apart(
    look: Look, tried: list[tuple[Known, ...]], different: int
) -> list[tuple[Known, ...]]:
    """Returns those that tell all rows apart; the first rows refuse most of the others."""
    are_copied = different < look.rows
    for first in TRIED_ROWS:
        if tried and first < look.rows:
            wanted = _different_rows(look, first) if are_copied else first
            counts = _counts(look, tried, first)
            tried = [columns for columns, count in zip(tried, counts, strict=True) if count == wanted]
    counts = _counts(look, tried) if tried else ()
    return [columns for columns, count in zip(tried, counts, strict=True) if count == different]


def _confidence(columns: tuple[Known, ...], filled: float, rows: int) -> Confidence | None:
    """Returns how sure a key of several columns is; None if it may be by chance."""
    roles = {known.column.role for known in columns}
    if _are_lines(columns):
        return Confidence.SURE if rows >= MANY_ROWS else Confidence.LIKELY
    if Role.TIME in roles:
        if filled >= FULL and len(columns) == 2:
            return Confidence.SURE
        return Confidence.LIKELY if filled >= HALF or rows >= MANY_ROWS else None
    if Role.ID in roles:
        return Confidence.LIKELY if rows >= MANY_ROWS else None
    return Confidence.LIKELY if filled >= FULL and len(columns) == 2 else None


def _are_lines(columns: tuple[Known, ...]) -> bool:
    """True if one column identifies something, and the other numbers its lines."""
    has_id = any(known.column.role is Role.ID for known in columns)
    return has_id and len(columns) == 2 and any(known.says(LINE_WORDS) for known in columns)


def noun_of(look: Look, key: Key) -> tuple[str, str, Confidence]:
    """Returns the noun of a row, why, and how sure it is."""
    thing = nouns.thing_of(key.columns[0]) if len(key.columns) == 1 else None
    # A number for tracking is no thing: then the file's name says more.
    if thing and (nouns.is_known(thing) or not nouns.of_file(look.file_name)):
        sure = Confidence.SURE if nouns.is_known(thing) else Confidence.LIKELY
        return of.plural_of(thing), "its name says what a row is", sure
    if lines := nouns.lines_of(look, key.columns):
        thing, known = lines
        return nouns.lines(thing), f"several rows share one “{known.label}”", Confidence.LIKELY
    # Of a table of months by channels its file's name says what it is about, not what a row is.
    if len(key.columns) < 2 and (noun := nouns.of_file(look.file_name)):
        sure = Confidence.LIKELY if key.columns else Confidence.GUESS
        return noun, f"the file is called after {noun}", sure
    timeline = look.timeline
    if timeline and timeline.rows_per_date == 1 and look.rows > 1:
        return PLURALS[timeline.grain], "each has a date of its own", Confidence.LIKELY
    if len(key.columns) == 1 and (noun := nouns.of_label(key.columns[0])):
        return noun, "it names what each row is about", Confidence.LIKELY
    return "rows", "" if key.columns else "nothing names what a row is", Confidence.SURE
