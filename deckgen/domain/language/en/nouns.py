"""The number of English nouns: names out of a table decide about the verbs after them."""

import re

# From here on a name tells more of its head: orders per day, time to first response, price (net).
_AFTER_HEAD = re.compile(
    r"(?<!\s)\s*+(?:\(|\b(?:of|per|to|in|by|with|for|from|at|a|an|each)\b).*", re.DOTALL
)
_SINGULAR = ("ss", "us", "is", "ics", "news")
_PLURAL = frozenset({"people", "children", "men", "women", "data", "staff"})
_AFTER_NOUN = ("ed", "able", "ible")  # units scrapped, nights available


def is_plural(noun: str) -> bool:
    """True if a noun names several: orders, units scrapped, but not time to first response."""
    words = re.findall(r"[^\W\d_]+", _AFTER_HEAD.sub("", noun).lower())
    if len(words) > 1 and words[-1].endswith(_AFTER_NOUN):
        words.pop()
    head = words[-1] if words else ""
    return head in _PLURAL or (len(head) > 3 and head.endswith("s") and not head.endswith(_SINGULAR))
