"""The steps of a job, in order, and what identifies one execution of a step."""

from enum import StrEnum
from typing import Any

from deckgen.domain.model import content_hash

CONTRACT_VERSION = 2


class Step(StrEnum):
    PROFILE = "profile"  # read the table, understand its columns -> Source
    FACTS = "facts"  # compute facts, rank insights -> Findings
    DRAFT = "draft"  # compose a complete deck -> Draft
    ASSEMBLE = "assemble"  # prove and check it -> Deck


# Which earlier results a step is given.
INPUTS: dict[Step, tuple[Step, ...]] = {
    Step.PROFILE: (),
    Step.FACTS: (Step.PROFILE,),
    Step.DRAFT: (Step.PROFILE, Step.FACTS),
    Step.ASSEMBLE: (Step.PROFILE, Step.FACTS, Step.DRAFT),
}
# Which steps read the uploaded table itself, and which there are only with one.
READS_DATASET = frozenset({Step.PROFILE, Step.FACTS, Step.ASSEMBLE})
NEEDS_DATASET = frozenset({Step.PROFILE, Step.FACTS})


def plan(*, has_dataset: bool) -> tuple[Step, ...]:
    """The steps of a job, in order; a deck out of a brief alone has none about data."""
    return tuple(step for step in Step if has_dataset or step not in NEEDS_DATASET)


def step_key(job_id: str, step: Step, inputs: Any) -> str:
    """Idempotency-Key of a step: equal for every execution of it with the same inputs."""
    return f"{job_id}:{step}:{content_hash([CONTRACT_VERSION, step, inputs])[:32]}"
