"""The claims that a slide can tell, in words for the model that is to tell them."""

from collections.abc import Sequence

from deckgen.domain.claims import Claim, ClaimRelation
from deckgen.domain.facts import About, Fact
from deckgen.orchestrator.analyst.proof import claiming

MOST = 24  # claims that a prompt lists
_VERBS = {
    ClaimRelation.ROSE: "rose",
    ClaimRelation.FELL: "fell",
    ClaimRelation.UNCHANGED: "did not change",
    ClaimRelation.HIGHEST: "is the highest",
    ClaimRelation.LOWEST: "is the lowest",
    ClaimRelation.HIGHER: "is higher",
    ClaimRelation.LOWER: "is lower",
    ClaimRelation.ALIKE: "is alike",
    ClaimRelation.SHARE: "is a share of the whole",
}


def claims_of(facts: Sequence[Fact]) -> list[Claim]:
    """Returns the claims that a slide can tell with its facts."""
    return claiming.possible(facts)[:MOST]


def claim_rows(facts: Sequence[Fact]) -> list[list[str]]:
    """Returns claims as the model sees them: id, what is claimed, and the facts that it rests on."""
    labels = {fact.id: fact.label for fact in facts}
    return [[claim.id, _words(claim, labels), *claim.facts] for claim in claims_of(facts)]


def _words(claim: Claim, labels: dict[str, str]) -> str:
    verb = _VERBS.get(claim.relation, "is")
    if claim.about is None:
        return f"{labels[claim.facts[0]]} {verb}"
    than = f" than of {_groups(claim.than)}" if claim.than else ""
    base = f" against {claim.about.base.start}" if claim.about.base else ""
    return f"{_subject(claim.about)} {verb}{than}{base}"


def _subject(about: About) -> str:
    groups = f" of {_groups(about)}" if about.groups else ""
    return f"{about.measure}{groups}" + (f", {about.period.start}" if about.period else "")


def _groups(about: About) -> str:
    return ", ".join(about.groups.values())
