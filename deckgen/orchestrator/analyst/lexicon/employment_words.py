"""Words of dates and numbers about those who come and go: employees, members, contracts."""

STARTS = frozenset({
    "hire", "hired", "hiring", "start", "started", "joined", "joining", "join", "entry", "since",
    "eintritt", "eintrittsdatum", "einstellung", "eingestellt", "begin", "beginn", "signup",
    "subscribed", "activated", "from",
})  # fmt: skip
ENDS = frozenset({
    "end", "ended", "exit", "left", "leaving", "leave", "termination", "terminated", "austritt",
    "austrittsdatum", "resigned", "churned", "cancelled", "canceled", "ende", "last", "quit",
})  # fmt: skip
RUNS_OUT = frozenset({
    "end", "ends", "ended", "expiry", "expires", "expiration", "expire", "until", "to", "renewal",
    "termination", "ende", "ablauf", "ablaufdatum", "bis", "laufzeitende", "gultig",
})  # fmt: skip
LEAVERS = frozenset({
    "leavers", "left", "exits", "terminations", "resignations", "departures", "attrition", "leaver",
    "abgange", "austritte", "kundigungen", "quits",
})  # fmt: skip
WORTH = frozenset({
    "value", "worth", "amount", "revenue", "price", "fee", "rent", "premium", "arr", "mrr", "wert",
    "betrag", "umsatz", "miete", "volume", "vertragswert", "jahreswert",
})  # fmt: skip
