"""The role of each column, and over what a measure may be summed, always with the reason in words.

When in doubt a measure is a rate: a mean is never absurd, a sum may be.
"""

from dataclasses import dataclass

from deckgen.domain.datasets import Additivity, Role
from deckgen.orchestrator.analyst.names import Name

FLOW_WORDS = frozenset({
    "sales", "gdp", "sale", "revenue", "revenues", "rev", "amount", "amt", "qty", "quantity",
    "quantities", "units", "orders", "cost", "costs", "spend", "spending", "spent", "expense",
    "expenses", "profit", "profits", "income", "turnover", "gmv", "volume", "precipitation",
    "precip", "rainfall", "rain", "snowfall", "snow", "count", "counts", "total", "totals",
    "visits", "clicks", "impressions", "views", "sessions", "signups", "downloads", "calls",
    "tickets", "trips", "rides", "passengers", "deaths", "cases", "births", "goals", "production",
    "output", "exports", "imports", "consumption", "emissions", "fees", "tax", "taxes", "donations",
    "payments", "payment", "purchases", "transactions", "bookings", "shipments", "deliveries",
    "returns", "refunds", "conversions", "installs", "leads", "visitors", "arrivals", "departures",
    "accidents", "injuries", "sold", "shipped", "produced", "earnings", "budget", "umsatz", "menge",
    "anzahl", "kosten", "betrag",
})  # fmt: skip
RATE_WORDS = frozenset({
    "price", "prices", "rate", "rates", "ratio", "share", "shares", "percent", "pct", "percentage",
    "%", "proportion", "fraction", "temperature", "temp", "wind", "speed", "score", "index",
    "average", "avg", "mean", "median", "per", "capita", "margin", "yield", "density", "rating",
    "ratings", "age", "height", "weight", "width", "length", "depth", "pressure", "humidity",
    "probability", "unit", "maximum", "minimum", "max", "min", "std", "deviation", "growth",
    "change", "delta", "difference", "grade", "level", "stars", "salary", "wage", "duration", "mpg",
    "efficiency", "percapita", "velocity", "concentration", "ph", "latency", "utilization",
    "utilisation", "preis", "kurs",
})  # fmt: skip
STOCK_WORDS = frozenset({
    "headcount", "employment", "employees", "employed", "unemployed", "population", "inventory",
    "balance", "balances", "stock", "stocks", "staff", "members", "subscribers", "users", "assets",
    "debt", "outstanding", "backlog", "capacity", "workforce", "jobs", "inhabitants", "holdings",
    "reserves",
})  # fmt: skip
ID_WORDS = frozenset({"id", "ids", "uuid", "guid"})
CODE_WORDS = frozenset({"key", "code", "zip", "zipcode", "postcode", "phone", "sku"})
PLACE_WORDS = frozenset({"latitude", "longitude", "lat", "lon", "lng"})
YEAR_WORDS = frozenset({"year", "yr", "jahr", "fy", "season", "vintage"})
MAX_CATEGORIES = 50


@dataclass(frozen=True)
class Facts:
    """What the cells of a column say. `lengths` is the mean length of its texts."""

    type: str
    rows: int
    present: int
    distinct: int
    lowest: float | None
    highest: float | None
    mean_length: float
    consecutive: bool


def role_of(name: Name, cells: Facts) -> tuple[Role, str]:
    """The role and why."""
    words = set(name.words)
    if cells.present == 0:
        return Role.TEXT, "it has no values"
    if cells.type in ("DATE", "TIMESTAMP"):
        return Role.TIME, "its cells are dates"
    if cells.type == "TIME":
        return Role.TIME, "its cells are times of day; they are no axis of time"
    if words & PLACE_WORDS:
        return Role.TEXT, "its name says that it is a coordinate"
    if cells.type == "VARCHAR":
        return _role_of_text(words, cells)
    return _role_of_number(words, name, cells)


def _role_of_text(words: set[str], cells: Facts) -> tuple[Role, str]:
    repeated = cells.distinct < 0.9 * cells.present
    # Codes that repeat (of a country, of a product line) are groups all the same.
    many = cells.distinct > MAX_CATEGORIES or not repeated
    if words & ID_WORDS or (words & CODE_WORDS and many):
        return Role.ID, "its name says that it identifies things"
    if cells.mean_length > 60:
        return Role.TEXT, "its cells are long texts"
    if repeated and cells.distinct <= max(MAX_CATEGORIES, cells.present / 5):
        return Role.DIMENSION, "its texts repeat, so they form groups"
    if not repeated and cells.present <= 300 and cells.mean_length <= 40:
        return Role.DIMENSION, "it names what each row is about"
    if not repeated:
        return Role.ID, "nearly every row has a text of its own"
    return Role.TEXT, "it has too many different texts to form groups"


def _role_of_number(words: set[str], name: Name, cells: Facts) -> tuple[Role, str]:
    whole = cells.type == "BIGINT"
    years = whole and cells.lowest is not None and cells.lowest >= 1500 and (cells.highest or 0) <= 2200
    if years and words & YEAR_WORDS:
        return Role.TIME, "its name and its numbers say that it holds years"
    if words & (ID_WORDS | CODE_WORDS) and whole:
        return Role.ID, "its name says that it identifies things"
    if whole and cells.consecutive and not words & (FLOW_WORDS | RATE_WORDS | STOCK_WORDS):
        return Role.ID, "it only numbers the rows"
    if words & {"month", "monat", "quarter", "weekday", "week", "day", "hour"} and whole:
        return Role.DIMENSION, "its name says that it numbers a part of the calendar"
    measured = words & (FLOW_WORDS | RATE_WORDS | STOCK_WORDS) or name.symbol
    if whole and cells.distinct <= 12 and cells.present >= 5 * cells.distinct and not measured:
        return Role.DIMENSION, "it has few different whole numbers, so they form groups"
    return Role.MEASURE, "its cells are numbers"


def additivity_of(
    name: Name, *, one_row_per_period: bool, lowest: float | None
) -> tuple[Additivity, str]:
    """Over what a measure may be summed and why. A rate wins over a stock, a stock over a flow."""
    words = set(name.words)
    if words & {"price", "prices"} and words & {"total", "line", "extended"} and "per" not in words:
        return Additivity.FLOW, "a total price is an amount, so it is summed"
    if found := _first(name, RATE_WORDS):
        return Additivity.RATE, f"“{found}” is never summed, so its mean is used"
    if found := _first(name, STOCK_WORDS):
        return Additivity.STOCK, f"“{found}” is a level: summed over groups, never over time"
    if found := _first(name, FLOW_WORDS):
        return Additivity.FLOW, f"“{found}” adds up, so it is summed"
    if name.scale > 1 and name.symbol:
        return Additivity.FLOW, "amounts of money in thousands or more add up"
    if one_row_per_period and lowest is not None and lowest >= 0:
        return Additivity.STOCK, "with one row per period it is read as a level, never summed over time"
    return Additivity.RATE, "nothing says that it may be summed, so its mean is used"


def _first(name: Name, words: frozenset[str]) -> str | None:
    return next((word for word in name.words if word in words), None)
