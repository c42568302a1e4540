"""Words of long tables: columns that name indicators, and columns that hold their values."""

INDICATOR = frozenset({
    "indicator", "metric", "measure", "variable", "kpi", "kennzahl", "indikator", "messgrosse",
    "attribute", "statistic", "parameter",
})  # fmt: skip
ACCOUNT = frozenset({"account", "item", "konto", "position", "series", "type", "name", "line"})
# Lines of a statement: what comes in and what goes out stand below each other.
STATEMENT = frozenset({"account", "item", "konto", "position", "line", "zeile"})
VALUE = frozenset({"value", "amount", "wert", "betrag", "obs", "reading", "result", "messwert"})
