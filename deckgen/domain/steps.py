"""The steps of a job, and the key that identifies one execution of a step."""

import re
from enum import StrEnum
from typing import Any
from uuid import UUID

from deckgen.domain.documents import content_hash

# The version of the contract between worker and orchestrator, and of the steps' results. It is part of
# each step's key, so a job keeps the version that it began with: a new version serves the previous one
# as well.
CONTRACT = 4
SERVED_CONTRACTS = (3, 4)
ANSWERING = 4  # from this version on, the step facts answers the brief's questions
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
# The results of these steps name the slides that are to be written.
PLANS_SLIDES = frozenset({Step.STORYLINE, Step.REVISE})

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
