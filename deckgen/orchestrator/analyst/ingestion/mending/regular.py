"""Whether every line of a file has as many cells as the table, found without looking at one of them.

It is what nearly all files are, so this has to be much quicker than reading them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_CHUNK = 1 << 22
_LINE_END, _RETURN, _QUOTE = 10, 13, 34


def is_regular(file: Path, separator: str, width: int) -> bool:
    """True if quotes stand around whole cells of one line, and all lines have `width` cells."""
    mark = separator.encode()
    if len(mark) != 1:
        return False
    with file.open("rb") as opened:
        return all(_is_regular(chunk, mark[0], width) for chunk in _chunks(opened))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yields the file in pieces that end with a line."""
    rest = b""
    while more := file.read(_CHUNK):
        head, end, tail = more.rpartition(b"\n")
        if end:
            yield rest + head + end
            rest = tail
        else:
            rest += more
    if rest:
        yield rest + b"\n"


def _is_regular(chunk: bytes, separator: int, width: int) -> bool:
    if chunk.count(b"\r") != chunk.count(b"\r\n"):
        return False
    cells = np.frombuffer(chunk, dtype=np.uint8)
    ends = np.flatnonzero((cells == separator) | (cells == _LINE_END))
    if _QUOTE in chunk:
        ends = _outside_quotes(cells, ends, separator)
    if ends is None or len(ends) % width:
        return False
    kinds = cells[ends].reshape(-1, width)
    return bool((kinds[:, -1] == _LINE_END).all() and (kinds[:, :-1] == separator).all())


def _outside_quotes(cells: Any, ends: Any, separator: int) -> Any:
    """Returns the ends of cells that are not within quotes; None if a quote is anywhere but around one."""
    quotes = np.flatnonzero(cells == _QUOTE)
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    before, after = cells[np.maximum(opening - 1, 0)], cells[np.minimum(closing + 1, len(cells) - 1)]
    opens = (before == separator) | (before == _LINE_END) | (opening == 0)
    closes = (after == separator) | (after == _LINE_END) | (after == _RETURN)
    if not (opens.all() and closes.all()):
        return None
    within = np.searchsorted(quotes, ends) % 2 == 1
    return None if (cells[ends[within]] == _LINE_END).any() else ends[~within]
