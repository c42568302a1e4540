"""What the server of children prepares for all of them."""

import os
import subprocess
import sys

import pytest

from deckgen.bounded.prepared import MARK

pytestmark = pytest.mark.slow

OF_STEPS = """
import deckgen.bounded.prepared, deckgen.orchestrator.offline
from deckgen.orchestrator.analyst.brief.period_mentions import months_of
from deckgen.orchestrator.analyst.lexicon.geography import country_codes, known_names
print([each.cache_info().currsize for each in (months_of, country_codes, known_names)])
"""
OF_UPLOADS = """
import deckgen.bounded.prepared, deckgen.web.large_uploads
from deckgen.domain.job_kinds import job_kinds
print([job_kinds.cache_info().currsize])
"""


@pytest.mark.parametrize(
    ("code", "mark", "kept"),
    [
        (OF_STEPS, {MARK: "1"}, "[1, 1, 1]\n"),
        (OF_STEPS, {}, "[0, 0, 0]\n"),
        (OF_UPLOADS, {MARK: "1"}, "[1]\n"),
        (OF_UPLOADS, {}, "[0]\n"),
    ],
)
def test_what_children_need_is_looked_up_once(code: str, mark: dict[str, str], kept: str) -> None:
    """Children find names, months and bodies looked up; a process without children does not begin with
    it.
    """
    command = [sys.executable, "-c", code]
    environment = {name: value for name, value in os.environ.items() if name != MARK} | mark
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == kept
