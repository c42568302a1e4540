"""The text log is lines of our own: what others say in it can't steer a terminal, nor forge a line.

In a process of its own, because logging is configured for all of it.
"""

import re
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.slow

NASTY = (
    "\x1b]0;owned\x07\x1b[2J\r\n2026-01-01T00:00:00Z [info] forged"
    "\x85\u2028\u202e\u2066\x9b31m\x7f\ud800"
)
SET_UP = f"""
import logging, sys, warnings
from pathlib import Path
from deckgen.observability import logs
from deckgen.observability.sentry import Reports
from deckgen.config.settings import Settings
if "terminal" in sys.argv:
    sys.stdout.isatty = lambda: True
logs.configure(Settings(log_level="DEBUG"), Reports())
NASTY = {NASTY!a}
log = logs.get_logger("deckgen.test")

class Odd:
    def __repr__(self):
        return NASTY

def fail():
    error = ConnectionError(NASTY)
    error.add_note(NASTY)
    raise error
"""
SAYINGS: dict[str, Any] = {
    "value": "log.info('request.bug', path=NASTY)",
    "event": "log.info(NASTY)",
    "key": "log.info('odd', **{NASTY: 1})",
    "list": "log.info('odd', all=[NASTY, {NASTY: NASTY}], path=Path(NASTY), error=OSError(NASTY))",
    "object": "log.info('odd', it=Odd(), nested=[Odd()])",
    "bytes": "log.info('odd', it=NASTY.encode(errors='replace'))",
    "context": "logs.structlog.contextvars.bind_contextvars(jobId=NASTY); log.info('odd')",
    "uvicorn": "logging.getLogger('uvicorn.error').warning('Invalid: %s', NASTY)",
    "arq": "logging.getLogger('arq.worker').warning(NASTY)",
    "asyncio": "logging.getLogger('asyncio').error('%r and %s', NASTY, NASTY)",
    "logger": "logging.getLogger(NASTY).warning('odd')",
    "extra": "logging.getLogger('others').warning('odd', extra={'path': NASTY})",
    "warning": "warnings.warn(NASTY)",
}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def said(statement: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", f"{SET_UP}\n{statement}", *arguments],
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout.decode()


@pytest.fixture(scope="module")
def all_said() -> dict[str, str]:
    """What each statement wrote, out of one process."""
    between = "\nprint('-----', flush=True)\n"
    return dict(zip(SAYINGS, said(between.join(SAYINGS.values())).split("-----\n"), strict=True))


@pytest.mark.parametrize("name", SAYINGS)
def test_what_others_say_is_one_line_of_words(all_said: dict[str, str], name: str) -> None:
    """Whatever says it, and wherever in an event it stands."""
    (line,) = all_said[name].splitlines()
    assert line.isprintable()
    assert name in ("logger", "extra") or "owned" in line


def test_a_message_is_one_line_of_a_trace() -> None:
    """A trace has lines of its own; the message of an exception adds none."""
    text = said("try:\n    fail()\nexcept Exception:\n    log.exception('process.bug', path=NASTY)")
    lines = text.split("\n")
    assert all(line.isprintable() for line in lines)
    assert not any(line.startswith("2026-01-01T00:00:00Z") for line in lines)
    assert "Traceback (most recent call last):" in lines
    assert any(line.startswith("ConnectionError: \\x1b") for line in lines)


def test_our_own_colours_stay() -> None:
    """On a terminal the lines are coloured, and nothing else of it is steered."""
    text = said(SAYINGS["value"], "terminal")
    assert COLOUR.search(text)
    assert COLOUR.sub("", text).removesuffix("\n").isprintable()


def test_without_it_others_steer() -> None:
    """A control: what nothing makes visible reaches the terminal as it is."""
    text = said(
        "logs._make_visible = lambda _, __, event: event\n"
        "logs.configure(Settings(), Reports())\n"
        "log.info('\x1b[2J')"
    )
    assert "\x1b[2J" in text
