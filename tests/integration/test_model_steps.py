"""What the steps of the model engine hand to one another."""

from pathlib import Path

import pytest

from deckgen.config.settings import Settings
from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.domain.errors import PermanentError
from deckgen.domain.job_kinds.revise import Revision
from deckgen.domain.model_steps import RevisionOf
from tests.model_steps import model_steps, told
from tests.unit.orchestrator.analyst.engine import run_table

REGIONS = ("North", "East", "South", "West", "Other")


async def test_a_slide_knows_the_groups_of_the_others(settings: Settings, tmp_path: Path) -> None:
    """All that the deck speaks of and its own facts do not, so that it can be told not to name them."""
    rows = [
        (region, f"2024-{month:02}-01", 1000 * (place + 1) + 37 * month * (2 - place))
        for place, region in enumerate(REGIONS)
        for month in range(1, 13)
    ]
    table = [("region", "month", "sales"), *rows]
    brief = "How did sales develop? Which region leads?"
    run = run_table(tmp_path / "regions.csv", table, brief)
    async with model_steps(settings, FakeOpenAI()) as steps:
        intents = (await told(steps, run)).intents
    for one in intents:
        own = {fact.display for fact in one.facts} | {
            name for fact in one.facts for name in fact.groups
        }
        assert not own & set(one.strangers)
    named = {name for one in intents for name in one.strangers}
    assert {"North", "West"} <= named <= set(REGIONS) - {"Other"}


async def test_nothing_is_paid_for_a_language_that_is_not_judged(
    settings: Settings, tmp_path: Path
) -> None:
    """A German deck keeps the words of its draft: a model's sentences would all be refused."""
    table = [("Region", "Umsatz"), ("Nord", 10), ("Süd", 20), ("Ost", 30)]
    run = run_table(tmp_path / "umsatz.csv", table, "Welche Region hat den höchsten Umsatz?")
    revision = Revision(slide_id="s3", instruction="Kürzer, bitte.")
    async with model_steps(settings, FakeOpenAI()) as steps:
        assert steps.announce(run.draft, run.brief, run.source, run.findings).upgrade is None
        with pytest.raises(PermanentError, match="in English") as refused:
            steps.revise(RevisionOf(deck=run.deck, revision=revision))
    assert refused.value.code == "slide_not_revisable"
