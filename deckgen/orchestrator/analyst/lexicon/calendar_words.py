"""Words of columns that hold a time of day, or places in a wide sense, in English and German."""

CLOCK = frozenset(
    {"time", "hhmm", "clock", "uhrzeit", "zeit", "departure", "arrival", "abfahrt", "ankunft"}
)
# Numbers with these words last, and are no time of day.
LASTING = frozenset({
    "delay", "duration", "response", "wait", "waiting", "elapsed", "travel", "lead", "cycle", "run",
    "processing", "handling", "air", "taxi", "dauer", "wartezeit", "verspatung", "minutes", "seconds",
    "hours", "ms", "min", "sec",
})  # fmt: skip
WHERE = frozenset({
    "path", "page", "url", "endpoint", "route", "host", "server", "site", "store", "shop", "branch",
    "station", "line", "machine", "department", "location", "place", "building", "room", "ward",
    "warehouse", "depot", "plant", "street", "road", "service", "filiale", "standort", "linie",
    "maschine", "abteilung", "seite", "gebaude", "raum", "lager", "werk", "strasse",
})  # fmt: skip
# What rows are called where each has a period of its own.
PERIODS = frozenset({"rows", "days", "weeks", "months", "quarters", "years", "hours"})
