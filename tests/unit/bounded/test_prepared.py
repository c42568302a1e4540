"""What the server of children prepares for all of them."""

import os
import subprocess
import sys

import pytest

from deckgen.bounded.prepared import MARK
from deckgen.orchestrator.works import WORKS

LOOKED_UP = """
import deckgen.bounded.prepared, {works}
from deckgen.domain.formatting.locales import locale_of
from deckgen.orchestrator.analyst.lexicon.geography import known_names
print(known_names.cache_info().currsize, locale_of.cache_info().currsize)
"""


@pytest.mark.parametrize(("mark", "kept"), [({MARK: "1"}, "1 1\n"), ({}, "0 0\n")])
def test_names_and_locale_are_looked_up_once(mark: dict[str, str], kept: str) -> None:
    """Children find them looked up; a process without children does not begin with it."""
    command = [sys.executable, "-c", LOOKED_UP.format(works=WORKS)]
    environment = {name: value for name, value in os.environ.items() if name != MARK} | mark
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == kept
