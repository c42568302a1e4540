"""Words of long tables: columns that name indicators, and columns that hold their values."""

INDICATOR = frozenset({
    "indicator", "metric", "measure", "variable", "kpi", "kennzahl", "indikator", "messgrosse",
    "attribute", "statistic", "parameter",
})  # fmt: skip
ACCOUNT = frozenset({"account", "item", "konto", "position", "series", "type", "name", "line"})
VALUE = frozenset({"value", "amount", "wert", "betrag", "obs", "reading", "result", "messwert"})
