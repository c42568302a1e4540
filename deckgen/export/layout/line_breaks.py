"""Where a line may break, and a text be cut, by Unicode's rules (standard annexes 14 and 29)."""

import re
import unicodedata
from functools import lru_cache

# Scripts that are written without spaces, or whose signs may not begin or end a line.
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]"
)
# After spaces, and after a hyphen or a slash that joins words.
_JOINTS = re.compile(r"(?<= )(?! )|(?<=[^\W\d_][-/\u2010\u2013])(?=[^\W\d_])")
JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # two letters each
_ADDED = re.compile(f"{JOINER}.|[{_SKIN}]|([{_FLAGS}])[{_FLAGS}]")


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """Returns the pieces of `text` between which a line may break; together they are the text.

    The rules are read from tables only where a text needs more than spaces and hyphens: that takes
    a hundred times as long.
    """
    if not text:
        return ()
    if _WITHOUT_SPACES.search(text):
        from uniseg.linebreak import line_break_units  # slow to load

        return tuple(line_break_units(text))
    return tuple(piece for piece in _JOINTS.split(text) if piece)


def whole(text: str, at: int) -> int:
    """Returns the last place up to `at` where a text can be cut: no letter loses its marks, and no
    picture is parted that is joined of several.
    """
    while 0 < at < len(text) and _belongs(text, at):
        at -= 1
    return at


def drawn(text: str) -> str:
    """Returns a text without what takes no room of its own: what is joined to the picture before it."""
    return _ADDED.sub(r"\1", text)


def _belongs(text: str, place: int) -> bool:
    """True if a character is drawn with the one before it."""
    char, before = text[place], text[place - 1]
    if unicodedata.category(char).startswith("M") or JOINER in (char, before) or char in _SKIN:
        return True
    flags = len(text[:place]) - len(text[:place].rstrip(_FLAGS))
    return char in _FLAGS and flags % 2 == 1
