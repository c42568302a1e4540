"""Words of names that say how long something took."""

from collections.abc import Sequence

_HOURS = frozenset({
    "hours", "hrs", "stunden", "std", "worked", "overtime", "überstunden", "break", "breaks", "pause",
    "pausen", "arbeitszeit", "fahrzeit", "reisezeit", "fehlzeit", "mehrarbeit", "duration", "dauer",
    "elapsed", "flextime", "gleitzeit",
})  # fmt: skip
_HOUR_ENDS = ("stunden", "dauer", "arbeitszeit")
# Of these, hours are times of a day.
_TIMES = frozenset({
    "opening", "closing", "business", "office", "start", "end", "begin", "beginn", "ende", "from", "to",
    "von", "bis", "peak",
})  # fmt: skip
_MINUTES = frozenset({
    "call", "talk", "handle", "handling", "hold", "lap", "track", "song", "pace", "session", "page",
    "video", "wait", "waiting", "mm", "minutes", "response",
})  # fmt: skip


def says_hours(words: Sequence[str]) -> bool:
    """True if clock times under a name of these words are durations."""
    named = any(word in _HOURS or word.endswith(_HOUR_ENDS) for word in words)
    return named and not _TIMES & set(words)


def says_minutes(words: Sequence[str]) -> bool:
    """True if what the words name takes minutes, not hours."""
    return bool(_MINUTES & set(words))
