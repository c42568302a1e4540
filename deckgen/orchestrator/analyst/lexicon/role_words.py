"""Words in names that indicate a role: English, with the commonest German, French and Spanish ones. A
word counts anywhere in a name, unless a set says otherwise.
"""

FLOW_WORDS = frozenset({
    "gsp", "gnp", "gni",
    "sales", "gdp", "sale", "revenue", "revenues", "rev", "amount", "amt", "amnt", "qty", "quantity",
    "quantities", "units", "orders", "cost", "costs", "spend", "spending", "spent", "expense",
    "expenses", "profit", "profits", "income", "turnover", "takings", "gmv", "volume",
    "precipitation", "precip", "rainfall", "rain", "snowfall", "snow", "count", "counts", "total",
    "totals",
    "visits", "clicks", "impressions", "views", "pageviews", "sessions", "signups", "downloads",
    "calls", "tickets", "trips", "rides", "passengers", "deaths", "cases", "births", "goals",
    "production", "output", "exports", "imports", "consumption", "usage", "emissions", "fees",
    "tax", "taxes", "donations", "payments", "payment", "purchases", "transactions", "bookings",
    "shipments", "deliveries", "returns", "refunds", "conversions", "installs", "leads", "visitors",
    "arrivals", "departures", "accidents", "injuries", "sold", "shipped", "produced", "earnings",
    "budget", "gross", "votes", "likes", "comments", "followers", "attendance", "points", "shots",
    "corners", "fouls", "cards", "wins", "losses", "draws", "kwh", "mwh", "gwh", "energy", "billable",
    "overtime", "hires", "leavers", "admissions", "discharges", "procedures", "prescriptions",
    "fatalities", "casualties", "applications", "applicants", "awards", "arrests", "enrollments",
    "registrations", "murders", "crimes", "generation", "affected", "hospitalizations", "vaccinations",
    "crashes", "errors", "incidents", "complaints", "actual", "actuals", "plan", "planned", "target",
    "targets", "quota", "ausstoss", "stuck", "soll", "ist",
    "fuel", "maintenance", "repairs", "breakdowns", "faults", "covers", "guests", "meals", "freight",
    "verkauft", "gebacken", "gekauft", "lines", "picks", "picked", "mispicks", "mistakes",
    "compensation", "payout", "payouts", "donation",
    "rechnung", "rechnungen", "rechnungsbetrag", "material", "krankheitstage", "fehltage",
    "postage", "kraftstoff", "wartung", "reparaturen", "ausfalle", "gaste",
    "infections", "patients",
    "opens", "sent", "delivered", "unsubscribes", "bounces", "replies", "scrap", "waste", "rejects",
    "defects", "ausschuss",
    "nights", "stays", "loan", "principal", "bonus", "commission", "premium", "claims", "subtotal",
    "proceeds", "erlos", "erlose", "ertrag", "gewinn", "absatz", "stuckzahl", "bestellwert",
    "auftragswert", "einnahmen", "ausgaben", "besucher", "bestellungen", "buchungen", "klicks",
    "aufrufe", "seitenaufrufe", "impressionen", "anrufe", "besuche", "verkaufe", "lieferungen",
    "anmeldungen", "abgange", "zugange", "retouren", "reklamationen", "unfalle", "sendungen",
    "ubernachtungen", "auftrage", "nutzungen", "fahrten", "schaden",
    "umsatz", "menge", "anzahl", "kosten", "betrag", "summe", "verbrauch",
    "ventes", "montant", "quantite", "ingresos", "ventas", "importe", "cantidad", "coste", "costes",
})  # fmt: skip
RATE_WORDS = frozenset({
    "price", "prices", "rate", "rates", "ratio", "share", "shares", "percent", "pct", "percentage",
    "%", "proportion", "fraction", "temperature", "temp", "wind", "speed", "score", "scores", "index",
    "average", "avg", "mean", "median", "per", "capita", "margin", "yield", "density", "rating",
    "ratings", "age", "height", "weight", "width", "length", "depth", "pressure", "humidity",
    "probability", "unit", "maximum", "minimum", "max", "min", "std", "deviation", "growth",
    "change", "delta", "difference", "grade", "level", "stars", "salary", "wage", "duration", "mpg",
    "efficiency", "percapita", "percap", "velocity", "concentration", "ph", "latency", "utilization",
    "utilisation", "ctr", "cpc", "cpm", "cpa", "cpl", "cac", "cvr", "roas", "roi", "arpu", "aov",
    "ltv", "clv", "fico", "dti", "apr", "discount", "occupancy", "delay", "tenure",
    "runtime", "distance", "area", "size", "sqft", "voltage", "power", "load", "demand",
    "frequency", "quality", "satisfaction", "likelihood", "nps", "csat", "importance", "condition",
    "experience", "seniority", "percentile", "quantile", "rank", "position", "odds", "gpa", "bmi",
    "lag", "wait", "time", "metascore", "popularity", "elevation", "altitude", "lead",
    "reorder", "los", "preis", "kurs", "quote", "anteil", "alter", "temperatur", "dauer",
    "prix", "taux", "duree", "precio", "tasa", "edad", "duracion",
})  # fmt: skip
# What happens and is counted, so that 0 and 1 are numbers of it and no groups.
HAPPENINGS = frozenset({
    "breakdowns", "accidents", "incidents", "errors", "crashes", "complaints", "injuries", "deaths",
    "faults", "fatalities", "ausfalle", "unfalle", "reklamationen",
})  # fmt: skip
# Of these, what is measured in units that can be added: kilometres of all trips.
PHYSICAL_WORDS = frozenset({
    "weight", "distance", "area", "load", "duration", "time", "wait", "runtime", "power", "dauer",
    "demand", "delay",
})  # fmt: skip
# A column of one side of a ledger has no other words.
LEDGER_SIDES = frozenset({"debit", "debits", "credit", "credits", "soll", "haben"})
STOCK_WORDS = frozenset({
    "headcount", "employment", "employees", "employed", "unemployed", "population", "inventory",
    "nurses", "doctors", "teachers",
    "balance", "balances", "stock", "stocks", "staff", "members", "subscribers", "users", "assets",
    "debt", "outstanding", "backlog", "capacity", "workforce", "jobs", "inhabitants", "holdings",
    "reserves", "mrr", "arr", "seats", "licenses", "licences", "fte", "ftes", "occupied", "beds",
    "subscriptions", "receivables", "payables", "aum", "deposits", "bestand", "mitarbeiter",
    "einwohner", "bevolkerung", "effectif", "effectifs", "poblacion", "empleados",
})  # fmt: skip
TIME_UNITS = frozenset({"months", "days", "weeks", "years", "h", "hours", "min", "s"})
# A column of hours alone, or of hours that were worked, is a timesheet's.
HEADS = frozenset({"persons", "people", "occupants", "residents", "personen", "bewohner"})
HOURS = frozenset({"hours", "stunden"})
WORKED = HOURS | frozenset({"worked", "billed", "billable", "logged", "booked", "spent", "gearbeitet"})
# Amounts of one person or contract and period have no meaningful sum over rows.
PERIODIC_WORDS = frozenset({"annual", "yearly", "monthly", "weekly", "daily", "hourly", "household"})
PERSONAL_WORDS = frozenset({
    "income", "inc", "salary", "wage", "pay", "rent", "fee", "charge", "charges", "payment",
    "installment",
})  # fmt: skip
ID_WORDS = frozenset({"id", "ids", "uuid", "guid"})
CODE_WORDS = frozenset({"key", "code", "phone", "sku", "isbn", "iban", "ean", "upc", "ssn", "vin"})
# The last word of a name such as order_no; "number of orders" is a count.
NUMBER_WORDS = frozenset({"number", "no", "nr", "nbr", "num", "#", "nummer"})
# These things are few and shared by many rows, so their numbers are names of groups.
GROUP_WORDS = frozenset({
    "store", "shop", "branch", "outlet", "sensor", "device", "machine", "station", "meter",
    "warehouse", "plant", "site", "location", "region", "department", "dept", "team", "category",
    "subcategory", "product", "channel", "campaign", "vehicle", "route", "line", "building", "room",
    "ward", "clinic", "hospital", "school", "class", "cluster", "segment", "zone", "district",
    "group", "type", "status", "version", "batch", "shift", "cohort", "round", "matchday", "gate",
    "floor", "tier", "stage", "phase", "wave", "panel", "block", "family", "brand", "supplier",
    "vendor", "carrier", "airline", "term", "priority", "severity", "stratum", "quintile", "decile",
    "bucket", "bin", "band", "bracket", "generation", "cylinders", "gear", "gears", "doors", "filiale",
    "gruppe", "typ", "klasse", "abteilung", "tienda", "magasin",
})  # fmt: skip
CALENDAR_WORDS = frozenset({
    "month", "monat", "mois", "mes", "quarter", "quartal", "trimestre", "weekday", "week", "day",
    "hour", "dow", "woche", "semana", "wochentag", "stunde",
})  # fmt: skip
# These happen or not: the mean of their 0 and 1 is the share in which they did.
OUTCOME_WORDS = frozenset({
    "churn", "churned", "attrition", "converted", "conversion", "survived", "default", "defaulted",
    "readmitted", "readmission", "cancelled", "canceled", "returned", "clicked", "opened", "fraud",
    "late", "delayed", "diverted", "won", "purchased", "renewed", "approved", "died", "passed",
    "responded", "subscribed", "bounced", "failed", "failure", "defect", "defective", "gekundigt",
})  # fmt: skip
COORDINATE_WORDS = frozenset({"latitude", "longitude", "lat", "lon", "lng", "latlong", "coordinates"})
YEAR_WORDS = frozenset({
    "year", "yr", "jahr", "fy", "season", "vintage", "annee", "ano", "anno", "gj", "geschäftsjahr",
    "geschaeftsjahr", "wirtschaftsjahr", "kalenderjahr", "berichtsjahr", "haushaltsjahr", "saison",
})  # fmt: skip
# Numbers from 1990 to 2035 are years under these as well.
PERIOD_WORDS = frozenset({"date", "period", "datum", "periode", "zeitraum", "fecha", "periodo"})
# A year that describes a thing is no axis of time.
THING_YEAR_WORDS = frozenset({
    "built", "build", "birth", "born", "founded", "established", "model", "renovated", "renovation",
    "construction", "constructed", "manufactured", "baujahr", "geburtsjahr",
})  # fmt: skip
CUMULATIVE_WORDS = frozenset(
    {"cumulative", "cum", "cumul", "ytd", "running", "kumuliert", "accumulated"}
)
# These may be cumulative, which is so if they only ever grow.
GROWING_WORDS = frozenset({
    "total", "totals", "reading", "meter", "counter", "odometer", "mileage", "lifetime",
})  # fmt: skip
# Values between 0 and 1 of these are fractions of a whole.
FRACTION_WORDS = frozenset({
    "share", "proportion", "fraction", "ratio", "rate", "margin", "probability", "ctr", "cvr",
    "occupancy", "utilization", "utilisation", "discount",
})  # fmt: skip
SCALE_WORDS = frozenset({
    "score", "rating", "likert", "satisfaction", "satisfied", "recommend", "question", "item", "q",
    "zufrieden", "zufriedenheit",
})  # fmt: skip
