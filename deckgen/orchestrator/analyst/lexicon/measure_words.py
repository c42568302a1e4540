"""Words that say what kind of measure a column is, and which way of it is good; English and German.

They are compared in lower case and without accents.
"""

PRICE_WORDS = frozenset({
    "price", "prices", "preis", "einzelpreis", "stuckpreis", "kurs", "tariff", "fare", "msrp", "rrp",
    "asp", "cpc", "cpm", "cpa", "cpl", "cac",
})  # fmt: skip
UNIT_WORDS = frozenset({"unit", "per", "each", "einzel", "stuck", "pro", "je"})
MONEY_WORDS = frozenset({
    "cost", "costs", "price", "revenue", "sales", "fee", "charge", "kosten", "umsatz", "preis",
})  # fmt: skip
DURATION_WORDS = frozenset({
    "duration", "time", "tenure", "wait", "waiting", "latency", "runtime", "delay", "los", "dauer",
    "laufzeit", "wartezeit", "lead", "downtime", "uptime", "stay", "cycle", "hours",
    "minutes", "seconds", "days", "stunden", "minuten", "tage", "tat", "turnaround",
})  # fmt: skip
TIME_UNITS = frozenset({"s", "min", "h", "days", "months", "years", "ms"})
SCORE_WORDS = frozenset({
    "score", "scores", "rating", "ratings", "stars", "nps", "csat", "grade", "satisfaction", "likert",
    "metascore", "note", "bewertung", "zufriedenheit", "gpa", "fico",
})  # fmt: skip
INDEX_WORDS = frozenset({"index", "cpi", "ppi", "deflator", "indices", "verbraucherpreisindex"})
COUNT_WORDS = frozenset({
    "count", "counts", "number", "orders", "units", "quantity", "qty", "quantities", "visits", "clicks",
    "impressions", "sessions", "signups", "downloads", "calls", "tickets", "trips", "passengers",
    "deaths", "cases", "births", "purchases", "transactions", "bookings", "shipments", "deliveries",
    "returns", "refunds", "conversions", "installs", "leads", "visitors", "accidents", "injuries",
    "hires", "leavers", "admissions", "discharges", "wins", "losses", "goals", "votes", "views",
    "anzahl", "menge", "stuckzahl", "bestellungen", "besucher", "absatz", "buchungen", "klicks",
    "aufrufe", "seitenaufrufe", "impressionen", "anrufe", "besuche", "verkaufe", "lieferungen",
    "anmeldungen", "abgange", "zugange", "retouren", "reklamationen", "unfalle", "sendungen",
    "ubernachtungen", "auftrage", "stuck", "nutzungen", "fahrten", "schaden",
})  # fmt: skip

# Which way is good. The noun that a name ends in decides; “cost savings” are savings.
HIGHER_IS_BETTER = frozenset({
    "revenue", "revenues", "sales", "profit", "profits", "margin", "earnings", "turnover",
    "gmv", "takings", "conversion", "conversions", "satisfaction", "csat", "nps", "rating", "ratings",
    "retention",
    "savings", "roi", "roas", "ebit", "ebitda", "yield", "uptime", "attainment", "availability",
    "productivity", "renewals", "signups", "donations", "wins", "arpu", "aov", "ltv", "clv", "mrr",
    "arr", "umsatz", "gewinn", "ertrag", "erlos", "erlose", "deckungsbeitrag", "marge", "absatz",
    "zufriedenheit", "einnahmen",
})  # fmt: skip
LOWER_IS_BETTER = frozenset({
    "cost", "costs", "expense", "expenses", "churn", "attrition", "complaints", "defects", "defect",
    "crash", "crashes", "delay", "delays", "latency", "wait", "waiting", "errors", "error", "failures",
    "downtime", "accidents", "incidents", "injuries", "deaths", "losses", "loss", "refunds", "returns",
    "cancellations", "absence", "absences", "scrap", "debt", "overdue", "backlog", "unemployment",
    "crime", "emissions", "waste", "cac", "cpa", "cpc", "cpl", "kosten", "ausgaben", "verlust",
    "fehler", "ausschuss", "reklamationen", "kundigungen", "unfalle", "schulden", "leavers", "lost",
    "fraud", "readmissions", "bounce", "poverty", "murder", "wartezeit",
})  # fmt: skip
# These stand before or behind the noun, and decide nothing.
NEUTRAL = frozenset({
    "rate", "ratio", "share", "total", "average", "mean", "amount", "value", "percent", "pct", "%",
    "number", "count", "of", "net", "gross", "monthly", "annual", "time", "score", "per", "customer",
})  # fmt: skip
# Amounts that are a good thing for one and none for another, or that turn a good word around.
UNDECIDED = frozenset({
    "variance", "difference", "change", "delta", "target", "budget", "plan", "forecast", "tax", "taxes",
    "goods", "risk",
})  # fmt: skip
