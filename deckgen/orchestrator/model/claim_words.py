"""The claims that a slide can tell, in words for the model that is to tell them: a hint, no proof."""

from collections.abc import Sequence

from deckgen.domain.claims import Claim, ClaimRelation
from deckgen.domain.facts import About, Fact
from deckgen.orchestrator.analyst.proof import claiming

MOST = 12  # claims about two facts that a prompt lists
# What two facts can claim together.
_VERBS = {
    ClaimRelation.ROSE: "rose",
    ClaimRelation.FELL: "fell",
    ClaimRelation.UNCHANGED: "did not change",
    ClaimRelation.HIGHER: "is higher",
    ClaimRelation.ALIKE: "is alike",
}


def claims_of(facts: Sequence[Fact]) -> list[Claim]:
    """Returns the claims that a slide can tell: each fact's own, under its number, then of two."""
    found = claiming.possible(facts)
    alone = [claim for claim in found if len(claim.facts) == 1]
    two = [claim for claim in found if len(claim.facts) > 1][:MOST]
    numbers = [int(fact.id[1:]) for fact in facts]
    first = max(numbers, default=0) + 1
    return [
        *(claim.model_copy(update={"id": f"k{claim.facts[0][1:]}"}) for claim in alone),
        *(claim.model_copy(update={"id": f"k{first + place}"}) for place, claim in enumerate(two)),
    ]


def claim_rows(facts: Sequence[Fact]) -> list[list[str]]:
    """Returns the claims of two facts as the model sees them: id, what is claimed, and the facts.

    What a fact claims by itself stands in its own row.
    """
    return [
        [claim.id, _words(claim), *claim.facts] for claim in claims_of(facts) if len(claim.facts) > 1
    ]


def _words(claim: Claim) -> str:
    assert claim.about is not None
    than = f" than of {_groups(claim.than)}" if claim.than else ""
    base = f" against {claim.about.base.start}" if claim.about.base else ""
    return f"{_subject(claim.about)} {_VERBS[claim.relation]}{than}{base}"


def _subject(about: About) -> str:
    groups = f" of {_groups(about)}" if about.groups else ""
    return f"{about.measure}{groups}" + (f", {about.period.start}" if about.period else "")


def _groups(about: About) -> str:
    return ", ".join(about.groups.values())
