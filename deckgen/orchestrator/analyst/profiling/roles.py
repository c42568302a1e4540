"""The role of each column, always with the reason in words."""

from dataclasses import dataclass

from deckgen.domain.datasets import Role
from deckgen.orchestrator.analyst.lexicon import role_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import Name
from deckgen.orchestrator.analyst.lexicon.geography import are_places, plain, says_place, says_postcode

MAX_CATEGORIES = 50
MAX_PLACES = 5_000
FEW = 12  # different whole numbers, up to which they may be groups whatever the name
SHARED = 5  # rows, on average, of a group of numbers at least
FEWEST_OF_PARTY = 2  # rows of one of those with whom business is done
PARTIES = frozenset({
    "customer", "client", "donor", "supplier", "vendor", "account", "buyer", "payee", "merchant",
    "kunde", "lieferant", "spender", "mandant", "auftraggeber",
})  # fmt: skip
MEASURED = of.FLOW_WORDS | of.RATE_WORDS | of.STOCK_WORDS
# Whole numbers from the first to the last of these are marks on a scale if several columns have them.
SCALES = ((0, 10), (1, 4), (1, 5), (1, 7), (1, 10), (0, 5))
BATTERY = 3


@dataclass(frozen=True)
class CellFacts:
    """Facts about the cells of a column. `mean_length` is that of its texts.

    `values` are different texts, as many as were examined; `on_scale` is true if several columns hold
    marks on the same scale.
    """

    type: str
    rows: int
    present: int
    distinct: int
    lowest: float | None
    highest: float | None
    mean_length: float
    consecutive: bool
    values: tuple[str, ...] = ()
    on_scale: bool = False

    @property
    def whole(self) -> bool:
        return self.type == "BIGINT"

    @property
    def is_flag(self) -> bool:
        """True if its cells are 0 and 1."""
        return self.whole and self.distinct == 2 and (self.lowest, self.highest) == (0, 1)

    @property
    def may_be_scale(self) -> bool:
        """True if its cells may be marks on a scale, from 1 to 5 for instance."""
        return self.whole and self.distinct > 2 and (self.lowest, self.highest) in SCALES

    @property
    def is_repeated(self) -> bool:
        return self.distinct < 0.9 * self.present

    @property
    def is_shared(self) -> bool:
        """True if there are few values, which many rows share."""
        return self.distinct <= MAX_CATEGORIES and self.present >= SHARED * self.distinct


def role_of(name: Name, cells: CellFacts) -> tuple[Role, str]:
    """Returns the role and why."""
    words = words_of(name)
    if cells.present == 0:
        return Role.TEXT, "it has no values"
    if cells.type in ("DATE", "TIMESTAMP"):
        return Role.TIME, "its cells are dates"
    if cells.type == "TIME":
        return Role.TIME, "its cells are times of day; they are no axis of time"
    if words & of.COORDINATE_WORDS or (words == {"long"} and cells.type == "DOUBLE"):
        return Role.TEXT, "its name says that it is a coordinate"
    if says_postcode(name.words) and name.symbol == "":
        return _role_of_postcode(cells)
    if cells.type == "VARCHAR":
        return _role_of_text(words, name, cells)
    return _role_of_number(words, name, cells)


def words_of(name: Name) -> set[str]:
    """Returns the words of a name, without accents."""
    return {plain(word) for word in name.words}


def _role_of_postcode(cells: CellFacts) -> tuple[Role, str]:
    if cells.is_repeated:
        return Role.GEOGRAPHY, "its name says that it holds postcodes, so its groups are places"
    return Role.ID, "it holds postcodes, and nearly every row has one of its own"


def _role_of_text(words: set[str], name: Name, cells: CellFacts) -> tuple[Role, str]:
    many = cells.distinct > MAX_CATEGORIES or not cells.is_repeated
    place = says_place(name.words, cells.values)
    if not place and _names_groups(words, cells):
        return Role.DIMENSION, "its name says that it stands for groups, and many rows share each"
    # Codes that repeat (of a country, of a product line) are groups nevertheless.
    is_id = words & of.ID_WORDS and not cells.is_shared  # four callers of five hundred calls are groups
    is_id = is_id or (_is_german_number(words) and not cells.is_shared)
    if not place and (is_id or (_is_code(words, name) and many)):
        return Role.ID, "its name says that it identifies things"
    if cells.mean_length > 60:
        return Role.TEXT, "its cells are long texts"
    if cells.is_repeated and place and cells.distinct <= MAX_PLACES:
        return Role.GEOGRAPHY, "its name says that its groups are places"
    return _role_of_groups(cells, place=place, parties=bool(words & PARTIES))


def _role_of_groups(cells: CellFacts, *, place: bool, parties: bool) -> tuple[Role, str]:
    most = cells.present / (FEWEST_OF_PARTY if parties else SHARED)
    repeated = cells.is_repeated and cells.distinct <= max(MAX_CATEGORIES, most)
    is_named = not cells.is_repeated and cells.present <= 300 and cells.mean_length <= 40
    if repeated or is_named:
        if place:
            return Role.GEOGRAPHY, "its name says that its groups are places"
        if are_places(cells.values):
            return Role.GEOGRAPHY, "its cells are names or codes of places"
    if repeated:
        return Role.DIMENSION, "its texts repeat, so they form groups"
    if is_named:
        return Role.DIMENSION, "it names what each row is about"
    if not cells.is_repeated:
        return Role.ID, "nearly every row has a text of its own"
    return Role.TEXT, "it has too many different texts to form groups"


def _role_of_number(words: set[str], name: Name, cells: CellFacts) -> tuple[Role, str]:
    return (
        _role_of_year(words, cells)
        or _role_of_code(words, name, cells)
        or _role_of_few(words, name, cells)
        or (Role.MEASURE, "its cells are numbers")
    )


def _role_of_year(words: set[str], cells: CellFacts) -> tuple[Role, str] | None:
    years = cells.whole and (cells.lowest or 0) >= 1500 and (cells.highest or 0) <= 2200
    recent = years and (cells.lowest or 0) >= 1990 and (cells.highest or 0) <= 2035
    if words & of.THING_YEAR_WORDS and (words & of.YEAR_WORDS or years):
        if cells.whole and cells.is_shared:
            return Role.DIMENSION, "it is a year that describes a thing, so it forms groups"
        return Role.TEXT, "it is a year that describes a thing: no axis of time, and no amount"
    if years and (words & of.YEAR_WORDS or (len(words) == 1 and words & of.PERIOD_WORDS and recent)):
        return Role.TIME, "its name and its numbers say that it holds years"
    return None


def _role_of_code(words: set[str], name: Name, cells: CellFacts) -> tuple[Role, str] | None:
    if not cells.whole or cells.is_flag:
        return None  # 0 and 1 identify nothing, whatever the name
    if _names_groups(words, cells):
        return (
            Role.DIMENSION,
            "its name says that its numbers stand for groups, and many rows share each",
        )
    is_number = _is_german_number(words) and not cells.is_shared
    if words & of.ID_WORDS or _is_code(words, name) or is_number:
        return Role.ID, "its name says that it identifies things"
    if cells.consecutive and not words & MEASURED:
        return Role.ID, "it only numbers the rows"
    if words & of.CALENDAR_WORDS and not words & MEASURED and cells.distinct <= 366:
        return Role.DIMENSION, "its name says that it numbers a part of the calendar"
    return None


def _role_of_few(words: set[str], name: Name, cells: CellFacts) -> tuple[Role, str] | None:
    """Returns the role of few whole numbers: groups, unless they are marks on a scale or outcomes."""
    if cells.is_flag and words & of.HAPPENINGS:
        return Role.MEASURE, "its cells count what happened, at most once a row"
    if cells.is_flag:
        if words & of.OUTCOME_WORDS:
            return Role.MEASURE, "its cells say with 0 and 1 what happened, so its mean is a share"
        return Role.DIMENSION, "its cells are 0 and 1, so they form two groups"
    if cells.on_scale:
        return Role.MEASURE, "its cells are marks on a scale that several columns share"
    measured = (
        words & (MEASURED | of.SCALE_WORDS | of.HOURS | of.PERSONAL_WORDS | of.HEADS) or name.symbol
    )
    few = cells.whole and cells.distinct <= FEW and cells.present >= SHARED * cells.distinct
    if few and not measured:
        return Role.DIMENSION, "it has few different whole numbers, so they form groups"
    return None


def _names_groups(words: set[str], cells: CellFacts) -> bool:
    """True if the name is that of a group or of its number (store, store_nbr), not of an amount."""
    measured = words & (MEASURED - of.GROUP_WORDS - {"number"})
    return bool(words & of.GROUP_WORDS) and not measured and cells.is_shared


def _is_german_number(words: set[str]) -> bool:
    """True of Kundennummer, which is one word."""
    return any(word.endswith("nummer") and word != "nummer" for word in words)


def _is_code(words: set[str], name: Name) -> bool:
    numbered = len(name.words) > 1 and name.words[-1] in of.NUMBER_WORDS
    return bool(words & of.CODE_WORDS) or numbered
