"""The length up to which a text is examined."""

LONGEST_READ = 1_000
"""In characters. A longer cell is text and a longer name means nothing: no pattern runs on them, and
neither is shortened. A number, a date, a unit or the name of a period is far shorter.
"""


def is_long(text: str) -> bool:
    """True if it is too long to be examined."""
    return len(text) > LONGEST_READ
