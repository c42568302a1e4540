"""The claims that facts make, alone and together."""

import datetime

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.claims import ClaimRelation, Stated
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.facts import About, Fact, FactRelation, Sign
from deckgen.domain.formatting.display import COUNT, PERCENT
from deckgen.domain.plans import Span
from deckgen.orchestrator.analyst.facts.relations import relation_of
from deckgen.orchestrator.analyst.proof import claiming
from tests.unit.orchestrator.facts import fact


def year(number: int) -> Span:
    start = datetime.date(number, 1, 1)
    return Span(start=start, end=datetime.date(number + 1, 1, 1), grain="year")


def about(known: Fact, relation: FactRelation = FactRelation.VALUE, **parts: object) -> Fact:
    said = About(measure="sales", aggregate="total", relation=relation, **parts)
    return known.model_copy(update={"about": said})


NORTH = about(fact("f1", 60, COUNT), groups={"region": "North"})
SOUTH = about(fact("f2", 20, COUNT), groups={"region": "South"})
OLD = about(fact("f3", 70, COUNT), period=year(2023))
NEW = about(fact("f4", 80, COUNT), period=year(2024))
FALL = about(
    fact("f5", -0.1, PERCENT, Sign.CHANGE), FactRelation.GROWTH, period=year(2024), base=year(2023)
)
TOP = about(fact("f6", 60, COUNT), FactRelation.RANK, groups={"region": "North"}, end="highest")


@pytest.mark.parametrize(
    ("known", "relation"),
    [(NORTH, ClaimRelation.IS), (FALL, ClaimRelation.FELL), (TOP, ClaimRelation.HIGHEST)],
)
def test_a_fact_makes_a_claim(known: Fact, relation: ClaimRelation) -> None:
    """What it says of its measure, and which way."""
    claim = claiming.of_fact(known)
    assert claim is not None
    assert (claim.relation, claim.about, claim.facts) == (relation, known.about, [known.id])


def test_two_groups_are_compared() -> None:
    """The higher one comes first, whichever was cited first."""
    for pair in ((NORTH, SOUTH), (SOUTH, NORTH)):
        claim = claiming.of_two(*pair)
        assert claim is not None
        assert (claim.relation, claim.facts) == (ClaimRelation.HIGHER, ["f1", "f2"])
        assert claim.than == SOUTH.about


def test_two_periods_are_a_course() -> None:
    """The earlier value is the base of the later one."""
    claim = claiming.of_two(NEW, OLD)
    assert claim is not None
    assert (claim.relation, claim.facts) == (ClaimRelation.ROSE, ["f3", "f4"])
    assert claim.about is not None
    assert claim.about.base == year(2023)
    assert claiming.of_two(NORTH, OLD) is None


def test_a_claim_is_told_where_a_sentence_cites_its_facts() -> None:
    """Titles and takeaways; what a sentence states takes all of its facts together."""
    points = Bullets(items=["{{f1}} against {{f2}}", "It fell by {{f5}}"])
    slide = Slide(id="s2", layout=Layout.CHART, title="It is {{f1}}", blocks=[points])
    stated = [
        Stated(relation=ClaimRelation.DIFFERS, facts=["f1", "f2"]),
        Stated(relation=ClaimRelation.CONTRIBUTES, facts=["f1", "f5"]),
    ]
    claims = claiming.told([slide], [NORTH, SOUTH, FALL], stated)
    told = {(each.relation, *each.facts): [place.number for place in each.told] for each in claims}
    assert told == {
        ("is", "f1"): [0, 1],
        ("is", "f2"): [1],
        ("higher", "f1", "f2"): [1],
        ("differs", "f1", "f2"): [1],
        ("fell", "f5"): [2],
    }
    assert [each.id for each in claims] == [f"k{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("key", "relation"),
    [
        ("contribution.most.fell", ClaimRelation.CONTRIBUTES),
        ("forecast.expected", ClaimRelation.EXPECTED),
        ("change.rose.alike", ClaimRelation.ROSE),
        ("relation.groups", ClaimRelation.DIFFERS),
        ("relation.groups_alike", None),
        ("difference.two.chance", None),
        ("change.fell.within", None),
        ("method", None),
    ],
)
def test_a_sentence_states_what_its_key_says(key: str, relation: ClaimRelation | None) -> None:
    """In every language; what leaves it open states nothing."""
    assert relation_of(key) is relation
