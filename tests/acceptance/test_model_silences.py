"""Decks for which a model is asked that falls silent: each job completes all the same."""

from pathlib import Path

import pytest

from deckgen.dev.fake_openai import SOUND, FakeOpenAI
from deckgen.dev.fake_openai.faults import SILENCES
from tests.model_stack import assert_sound_and_counted, model_stack
from tests.samples import sampled

RATE = 0.2
# How long each silence is waited for, and so not of tests.patience.
SILENCE_SECONDS = "4"


@pytest.mark.faults
@pytest.mark.parametrize("fault", sampled(SILENCES, "hang"))
async def test_a_silence_in_every_fifth_call(
    environment: dict[str, str], tmp_path: Path, fault: str
) -> None:
    """A call without an answer is left and made again; what was paid is counted.

    The storyline and a slide are hit for certain, the others by chance.
    """
    fake = FakeOpenAI(retry_after=0.1, script=[fault, SOUND, fault], faults={fault: RATE})
    short = {"OPENAI_TIMEOUT_SECONDS": SILENCE_SECONDS}
    async with model_stack(environment, tmp_path, fake, **short) as (_, api):
        await assert_sound_and_counted(fake, api, f"silent-{fault}", fault)
