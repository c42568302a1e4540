"""The steps of a job, and what identifies one execution of a step."""

import re
from enum import StrEnum
from typing import Any
from uuid import UUID

from deckgen.domain.documents import content_hash

# The version of what worker and orchestrator say to each other, and of the steps' results. It is a part
# of each step's key, so a job keeps the one that it was begun with: whoever raises it serves the one
# before as well.
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


# Which steps read the uploaded table itself, and which there are only with one.
READS_DATASET = frozenset({Step.PROFILE, Step.FACTS, Step.ASSEMBLE, Step.REPLACE})
NEEDS_DATASET = frozenset({Step.PROFILE, Step.FACTS})
# Which give the same for every job with the same brief, table and inputs; others know what was paid.
OF_ANY_JOB = frozenset({Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE})
CALLS_MODEL = frozenset({Step.STORYLINE, Step.SLIDE, Step.REPAIR})
# Whose results say which slides are to be written.
PLANS_SLIDES = frozenset({Step.STORYLINE, Step.REVISE})

_KEY = re.compile(r"(?P<job>[0-9a-f-]{36}):(?P<step>[a-z]+)(?:\.(?P<part>[\w.-]{1,128}))?:[0-9a-f]{32}")


def step_key(job_id: str, step: Step, part: str, inputs: Any, contract: int = CONTRACT) -> str:
    """Idempotency-Key of a step: equal for every execution of it with the same inputs.

    `part` says of which slide it is, or of which of several decks; "" where there is only one.
    """
    name = f"{step}.{part}" if part else step
    return f"{job_id}:{name}:{content_hash([contract, name, inputs])[:32]}"


def read_key(key: str) -> tuple[UUID, Step, str]:
    """The job, the step and the part that a step's key is of; ValueError if it is no such key."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise ValueError("This is no key of a step.")
    return UUID(found["job"]), Step(found["step"]), found["part"] or ""
