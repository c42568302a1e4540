"""Where a line may break, by Unicode's rules (Unicode standard annex 14)."""

import re
from functools import lru_cache

# Scripts that are written without spaces, or whose signs may not begin or end a line.
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]"
)
# After spaces, and after a hyphen or a slash that joins words.
_JOINTS = re.compile(r"(?<= )(?! )|(?<=[^\W\d_][-/\u2010\u2013])(?=[^\W\d_])")


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
