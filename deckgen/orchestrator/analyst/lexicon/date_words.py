"""Words of dates: what they date, and which come in pairs of a start and an end."""

from collections.abc import Sequence

# Words that say that a column holds a date, and nothing of what it dates.
PLAIN = frozenset({
    "date", "at", "on", "time", "datetime", "timestamp", "ts", "dt", "day", "datum", "tag", "am",
    "month", "period", "year", "week", "monat", "jahr", "zeit", "utc", "zeitpunkt", "of", "quarter",
})  # fmt: skip
# The words before the first sign begin something that the words after it may end.
PAIRS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = tuple(
    (frozenset(start.split()), frozenset(end.split()), label)
    for start, end, label in (
        ("start started begin begann beginn", "end ended finish finished stop ende", "duration"),
        ("opened open reported created geoffnet erstellt raised submitted logged",
         "closed resolved completed solved geschlossen gelost erledigt close resolution",
         "time to close"),
        ("order ordered bestell bestellt bestellung placed",
         "shipped dispatched ship versand versendet", "time to ship"),
        ("order ordered bestell bestellt bestellung placed shipped ship versand",
         "delivered delivery geliefert lieferung arrival", "time to deliver"),
        ("promised due expected required planned scheduled", "delivered completed actual finished",
         "delay"),
        ("admitted admission aufnahme", "discharged discharge entlassung", "length of stay"),
        ("checkin check-in arrival", "checkout check-out departure", "length of stay"),
        ("hired hire joined joining eintritt einstellung",
         "left exit termination terminated leaving austritt", "tenure"),
        ("signup signed registered subscribed joined started start since activated",
         "churned churn cancelled canceled cancellation kundigung", "tenure"),
        ("invoice invoiced issued billed rechnung rechnungs", "paid payment bezahlt zahlung",
         "time to payment"),
        ("pickup picked departure abfahrt", "dropoff drop arrival ankunft", "duration"),
        ("received eingang", "processed completed shipped bearbeitet", "time to process"),
        ("applied application bewerbung", "hired accepted approved decision", "time to decision"),
    )
)  # fmt: skip
# A name that begins or ends with one of these is that of days, months or moments; in German it may be
# the end of a longer word (Buchungsdatum).
_DAYS = frozenset({"date", "datum", "dt", "day", "tag", "jour", "fecha", "stichtag"})
_MONTHS = frozenset({"month", "monat", "mois", "period", "periode", "yearmonth"})
_MOMENTS = frozenset({"timestamp", "zeitstempel", "datetime", "zeitpunkt"})
_DAY_ENDS, _MONTH_ENDS, _MOMENT_ENDS = ("datum",), ("monat", "periode"), ("zeitpunkt",)


def says_day(words: Sequence[str]) -> bool:
    """True if the words of a name say that a column holds days."""
    return _say(words, _DAYS, _DAY_ENDS)


def says_month(words: Sequence[str]) -> bool:
    """True if the words of a name say that a column holds months."""
    return _say(words, _MONTHS, _MONTH_ENDS)


def says_moment(words: Sequence[str]) -> bool:
    """True if the words of a name say that a column holds points in time."""
    return _say(words, _MOMENTS, _MOMENT_ENDS) or tuple(words[-1:]) == ("at",)


def _say(words: Sequence[str], known: frozenset[str], ends: tuple[str, ...]) -> bool:
    return any(word in known or word.endswith(ends) for word in (*words[:1], *words[-1:]))
