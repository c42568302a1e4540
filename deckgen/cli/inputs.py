"""Tables and texts, of which one may come through a pipe: `-` stands for standard input."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from deckgen.dev import table_file
from deckgen.domain.errors import InvalidRequest

PIPE = "-"
NAME = "uploaded data"  # by which a deck calls a table that has no file


@contextmanager
def file_of(given: Path) -> Iterator[Path]:
    """Provide a table as a file; that of standard input is gone after the block."""
    if str(given) != PIPE:
        yield given
        return
    with TemporaryDirectory(prefix="deckgen-") as folder:
        path = Path(folder) / NAME
        with path.open("wb") as file:
            shutil.copyfileobj(_stdin().buffer, file)
        yield path


@contextmanager
def checked_file_of(given: Path, *, is_own_server: bool = False) -> Iterator[Path]:
    """Provide a table as a file, which a server would not refuse at first sight."""
    with file_of(given) as path:
        name = "Standard input" if path is not given else str(path)
        table_file.check(path, is_own_server=is_own_server, name=name)
        yield path


def text_of(given: str, table: Path | None = None) -> str:
    """Returns a text, or that of standard input, which is not the table as well then."""
    if given != PIPE:
        return given
    if str(table) == PIPE:
        raise InvalidRequest("Standard input is the table or the text, and not both.")
    return _stdin().read().strip()


def _stdin() -> TextIO:
    if _is_terminal():
        raise InvalidRequest("Standard input is the terminal: pipe something into it.")
    return sys.stdin


def _is_terminal() -> bool:
    return sys.stdin.isatty()
