"""How long a text may be for anybody to ask what it is."""

LONGEST_READ = 1_000
"""In characters. A longer cell is text and a longer name says nothing: no pattern runs on them, and
neither is shortened. A number, a date, a unit or the name of a period is far shorter.
"""


def is_long(text: str) -> bool:
    """Whether it is longer than what is looked at."""
    return len(text) > LONGEST_READ
