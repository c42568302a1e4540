"""Words that say what was, what was planned, what is expected and what came before."""

ACTUAL = frozenset({"actual", "actuals", "act", "ist", "realised", "realized", "achieved", "istwert"})
BUDGET = frozenset({
    "budget", "budgeted", "bud", "plan", "planned", "target", "targets", "goal", "quota", "soll",
    "planwert", "sollwert", "ziel", "geplant", "vorgabe",
})  # fmt: skip
FORECAST = frozenset({
    "forecast", "fcst", "forecasted", "outlook", "estimate", "estimated", "projected", "projection",
    "prognose", "erwartet", "hochrechnung", "vorschau",
})  # fmt: skip
PRIOR = frozenset({"prior", "previous", "py", "ly", "vorjahr", "vj", "vorperiode", "lastyear"})
PRIOR_PAIRS = (("last", "year"), ("prior", "year"), ("previous", "year"), ("last", "month"),
               ("prior", "month"), ("previous", "month"), ("prior", "period"))  # fmt: skip
# What is spent may be held against a budget; of other amounts a lone “budget” may be a size.
SPENT = frozenset({"spend", "spent", "spending", "cost", "costs", "expense", "expenses", "kosten",
                   "ausgaben", "ist"})  # fmt: skip
SCENARIO_COLUMNS = frozenset({
    "scenario", "version", "type", "szenario", "typ", "kind", "case", "series", "measure", "data",
})  # fmt: skip
