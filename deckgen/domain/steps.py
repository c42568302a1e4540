"""The steps of a job, and the key that identifies one execution of a step."""

import re
from enum import StrEnum
from typing import Any
from uuid import UUID

from deckgen.domain.documents import content_hash

# The version of the contract between worker and orchestrator, and of the steps' results. It is part of
# each step's key, so a job keeps the version that it began with: a new version serves the previous one
# as well.
CONTRACT = 3
SERVED_CONTRACTS = (3,)
UNWRITTEN_CONTRACT = 3  # of jobs and calls of deckgen before 0.3.0, which write none down


class Step(StrEnum):
    PROFILE = "profile"  # read the table, understand its columns -> Source
    FACTS = "facts"  # compute facts, rank insights -> Findings
    DRAFT = "draft"  # compose a complete deck -> Draft
    STORYLINE = "storyline"  # one call to the model: order and titles -> StorylineResult
    SLIDE = "slide"  # one call for each slide -> SlideResult
    REPAIR = "repair"  # one more call for a slide that was refused -> SlideResult
    ASSEMBLE = "assemble"  # prove the draft and check it -> Deck
    FINISH = "finish"  # put what the model wrote into it, and check that -> Deck
    REVISE = "revise"  # what it takes to write one slide of a deck again -> StorylineResult
    REPLACE = "replace"  # put that slide into its deck, prove and check it -> Deck


# Some steps read the uploaded table itself, and some exist only with one.
READS_DATASET = frozenset({Step.PROFILE, Step.FACTS, Step.ASSEMBLE, Step.REPLACE})
NEEDS_DATASET = frozenset({Step.PROFILE, Step.FACTS})
# These give the same result for every job with the same brief, table and inputs.
OF_ANY_JOB = frozenset({Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE})
CALLS_MODEL = frozenset({Step.STORYLINE, Step.SLIDE, Step.REPAIR})

# The progress of a job after each step, in percent; its slides share that of the step. A repair belongs
# to its slide, and is no step of its own here.
PERCENT = {
    Step.PROFILE: 15,
    Step.FACTS: 30,
    Step.DRAFT: 45,
    Step.STORYLINE: 60,
    Step.ASSEMBLE: 62,  # while the model works; without one it is the end
    Step.SLIDE: 95,
    Step.FINISH: 100,
}
PERCENT_OF_REVISION = {Step.REVISE: 20, Step.SLIDE: 80, Step.REPLACE: 100}


def plan(*, has_dataset: bool, has_model: bool, is_revision: bool = False) -> dict[Step, int]:
    """Returns the steps of a job, in order, with the percent after each; some need a dataset."""
    if is_revision:
        return PERCENT_OF_REVISION
    skipped_steps = frozenset() if has_dataset else NEEDS_DATASET
    if not has_model:
        skipped_steps |= CALLS_MODEL | {Step.FINISH}
    planned = {step: percent for step, percent in PERCENT.items() if step not in skipped_steps}
    return planned if has_model else planned | {Step.ASSEMBLE: 100}


_KEY = re.compile(r"(?P<job>[0-9a-f-]{36}):(?P<step>[a-z]+)(?:\.(?P<part>[\w.-]{1,128}))?:[0-9a-f]{32}")


def step_key(job_id: str, step: Step, part: str, inputs: Any, contract: int = CONTRACT) -> str:
    """Returns the Idempotency-Key of a step: equal for every execution with the same inputs.

    `part` names the slide, or the deck where there are several; "" where there is only one.
    """
    name = f"{step}.{part}" if part else step
    return f"{job_id}:{name}:{content_hash([contract, name, inputs])[:32]}"


def read_key(key: str) -> tuple[UUID, Step, str]:
    """Returns the job, the step and the part of a step's key; ValueError if it is no such key."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise ValueError("The text is not the key of a step.")
    return UUID(match["job"]), Step(match["step"]), match["part"] or ""
