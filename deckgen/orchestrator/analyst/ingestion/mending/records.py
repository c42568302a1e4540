"""The records of a CSV, a line each unless a quoted cell runs over several; quotes may be wrong."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

MAX_LINE = 4_000_000  # characters; a longer one is left to the reader, which refuses it
_MOST_LINES, _MOST_CHARACTERS = 500, 256_000  # of one record
_MOST_OPEN = 500  # quotation marks that are never closed, in a file
_LONGEST_RUN = 10_000  # lines
_BLANK = " \t"


class GivenUpError(Exception):
    """What the quotation marks of the file mean is not to be told."""


@dataclass(frozen=True)
class Record:
    """A record from its first line on: `raw` is its text without the line end. `is_open` is true if its
    line opens a quotation mark that is not closed, and was cut at every separator.
    """

    line: int
    cells: list[str]
    raw: str
    is_open: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def parsed(text: str, separator: str, *, escapes: bool = False) -> list[str] | None:
    """Returns the cells; None if a quotation mark is open at the end. One within a cell belongs to it,
    unless a separator or the end follows; with `escapes`, not after a backslash either.
    """
    cells, place, size = list[str](), 0, len(text)
    while True:
        start = place
        while start < size and text[start] in _BLANK and text[start] != separator:
            start += 1
        if not text.startswith('"', start):
            end = text.find(separator, place)
            cells.append(text[place:] if end < 0 else text[place:end])
        else:
            end = _closing(text, start, separator, escapes)
            if end < 0:
                return None
            cells.append(_unquoted(text[start:end]))
            end = end if end < size else -1
        if end < 0:
            return cells
        place = end + 1


def _closing(text: str, start: int, separator: str, escapes: bool) -> int:
    """Returns the place after the quotation mark that closes the one at `start`; -1 if none does."""
    doubled = text.startswith('""', start) and text[start + 2 : start + 3] not in ("", separator, '"')
    place = text.find('"', start + (2 if doubled else 1))
    while place >= 0:
        behind = text[place + 1 : place + 2]
        if doubled and behind == '"' and text[place + 2 : place + 3] in ("", separator):
            return place + 2
        if not doubled and behind in ("", separator) and not (escapes and text[place - 1] == "\\"):
            return place + 1
        place = text.find('"', place + (2 if behind == '"' else 1))
    return -1


def _unquoted(cell: str) -> str:
    if cell.startswith('""') and cell.endswith('""') and len(cell) > 4 and cell[2] != '"':
        return cell[2:-2]
    return cell[1:-1].replace('""', '"').replace('\\"', '"')


@dataclass(frozen=True)
class Run:
    """Lines one after the other that are rows at first sight, from `line` on: nearly all of a file."""

    line: int
    lines: list[str]


class Records:
    """The records of a file; `is_row` tells of the cells of a line whether they are a whole row.

    `value` is a column of numbers or dates, if there is one: a line with a digit there is no header.
    """

    def __init__(
        self,
        file: TextIO,
        separator: str,
        width: int,
        value: int | None,
        is_row: Callable[[list[str]], bool],
    ) -> None:
        self.separator, self.width, self.value, self.is_row = separator, width, value, is_row
        self._lines = iter(file)
        self._ahead: list[str] = []
        self._open = 0

    def __iter__(self) -> Iterator[Record | Run]:
        line = 0
        while (text := self._next()) is not None:
            if self._is_plain(text):
                run = [text]
                while len(run) < _LONGEST_RUN and (text := self._next()) is not None:
                    if not self._is_plain(text):
                        self._ahead.insert(0, text)
                        break
                    run.append(text)
                yield Run(line, run)
                line += len(run)
                continue
            record, lines = self._record(line, text)
            yield record
            line += lines

    def first_of(self, run: Run) -> Record:
        raw = run.lines[0].rstrip("\r\n")
        return Record(run.line, raw.split(self.separator), raw)

    def all_of(self, run: Run) -> Iterator[Record]:
        for number, text in enumerate(run.lines):
            raw = text.rstrip("\r\n")
            yield Record(run.line + number, raw.split(self.separator), raw)

    def _is_plain(self, text: str) -> bool:
        if self.value is None or '"' in text or text.count(self.separator) != self.width - 1:
            return False
        return (
            text.split(self.separator, self.value + 1)[self.value][:1].isdigit() and text[0] not in "#/"
        )

    def _next(self) -> str | None:
        text = self._ahead.pop(0) if self._ahead else next(self._lines, None)
        if text is not None and len(text) > MAX_LINE:
            raise GivenUpError
        return text

    def _record(self, line: int, text: str) -> tuple[Record, int]:
        raw = text.rstrip("\r\n")
        if '"' not in raw:
            return Record(line, raw.split(self.separator), raw), 1
        cells = self._cells(raw)
        if cells is not None:
            return Record(line, cells, raw), 1
        found = self._continued(text)
        if found is not None:
            lines, cells, raw = found
            return Record(line, cells, raw), lines
        return Record(line, raw.replace('"', "").split(self.separator), raw, is_open=True), 1

    def _cells(self, raw: str) -> list[str] | None:
        cells = parsed(raw, self.separator)
        if '\\"' in raw and (cells is None or len(cells) != self.width):
            return parsed(raw, self.separator, escapes=True) or cells
        return cells

    def _continued(self, text: str) -> tuple[int, list[str], str] | None:
        """Returns the lines, the cells and the text of a record that runs over lines; None if what is
        behind its first line are rows of their own, so that its quotation mark was never closed.
        """
        whole, behind = text, list[str]()
        while len(behind) < _MOST_LINES and len(whole) < _MOST_CHARACTERS:
            more = self._ahead[len(behind)] if len(behind) < len(self._ahead) else self._fetched()
            if more is None:
                break
            behind.append(more)
            whole += more
            if self._is_row(more):
                self._open += 1
                if self._open > _MOST_OPEN:
                    raise GivenUpError
                return None
            cells = self._cells(whole.rstrip("\r\n")) if '"' in more else None
            if cells is not None:
                del self._ahead[: len(behind)]
                return len(behind) + 1, cells, whole.rstrip("\r\n")
        raise GivenUpError  # to the end of the file, or for too long

    def _fetched(self) -> str | None:
        more = next(self._lines, None)
        if more is not None:
            if len(more) > MAX_LINE:
                raise GivenUpError
            self._ahead.append(more)
        return more

    def _is_row(self, text: str) -> bool:
        cells = parsed(text.rstrip("\r\n"), self.separator)
        return cells is not None and len(cells) == self.width and self.is_row(cells)


_COMMENT = re.compile(r"\s*(?:#|//)")


def is_comment(raw: str) -> bool:
    return _COMMENT.match(raw) is not None
