"""The claims of a deck: derived once, from what its facts are about and what its sentences state."""

from collections.abc import Iterable, Iterator, Sequence

from deckgen.domain.claims import Claim, ClaimPlace, ClaimRelation, Stated, Sureness
from deckgen.domain.decks import Slide
from deckgen.domain.facts import Fact, FactRelation, Text, references
from deckgen.orchestrator.analyst.proof.checks import texts
from deckgen.orchestrator.analyst.proof.checks.proof import same

_ALONE = {FactRelation.VALUE: ClaimRelation.IS, FactRelation.SHARE: ClaimRelation.SHARE}
_CHANGES = (FactRelation.DIFFERENCE, FactRelation.GROWTH)
_MOVED = (ClaimRelation.FELL, ClaimRelation.UNCHANGED, ClaimRelation.ROSE)
_COMPARED = (ClaimRelation.LOWER, ClaimRelation.ALIKE, ClaimRelation.HIGHER)


def told(slides: Sequence[Slide], facts: Sequence[Fact], stated: Iterable[Stated]) -> list[Claim]:
    """Returns the claims of slides, in their order, each with the places where it is told.

    A claim is told wherever one sentence cites all of its facts.
    """
    by_id, statements = {fact.id: fact for fact in facts}, list(stated)
    found: dict[tuple[object, ...], Claim] = {}
    for place, text in sentences(slides):
        cited = [by_id[name] for name in dict.fromkeys(references(text)) if name in by_id]
        for claim in _of_sentence(cited, statements):
            key = (claim.relation, *claim.facts)
            known = found.get(key, claim)
            found[key] = known.model_copy(update={"told": [*known.told, place]})
    return numbered(found.values())


def numbered(claims: Iterable[Claim]) -> list[Claim]:
    """Returns claims with their ids in order."""
    return [
        claim.model_copy(update={"id": f"k{number}"}) for number, claim in enumerate(claims, start=1)
    ]


def possible(facts: Sequence[Fact]) -> list[Claim]:
    """Returns all claims that a slide can make with its facts, for whoever words it."""
    return numbered(_of_sentence(facts, ()))


def sentences(slides: Sequence[Slide]) -> Iterator[tuple[ClaimPlace, Text]]:
    """Yields titles and takeaways with their places."""
    for slide in slides:
        yield ClaimPlace(slide=slide.id, place="title"), slide.title
        for number, text in enumerate(texts.sentences(slide), start=1):
            yield ClaimPlace(slide=slide.id, place="takeaway", number=number), text


def stated_by(claims: Iterable[Claim]) -> list[Stated]:
    """Returns what sentences stated, of claims that were derived before."""
    return [Stated(relation=each.relation, facts=each.facts, sure=each.sure) for each in claims]


def _of_sentence(cited: Sequence[Fact], stated: Iterable[Stated]) -> Iterator[Claim]:
    names = {fact.id for fact in cited}
    for fact in cited:
        if claim := of_fact(fact):
            yield claim
    for place, first in enumerate(cited):
        for second in cited[place + 1 :]:
            if claim := of_two(first, second):
                yield claim
    by_id = {fact.id: fact for fact in cited}
    for each in stated:
        if names.issuperset(each.facts):
            yield from _of_statement(each, by_id)


def _of_statement(stated: Stated, facts: dict[str, Fact]) -> Iterator[Claim]:
    """Yields the claim of a statement, unless its facts make it by themselves."""
    cited = [facts[name] for name in stated.facts]
    known = of_facts(cited)
    if known is None or known.relation is not stated.relation:
        yield of_statement(stated, cited)


def of_statement(stated: Stated, cited: Sequence[Fact]) -> Claim:
    """Returns what a statement says of its facts."""
    about = next((fact.about for fact in cited if fact.about), None)
    return Claim(id="k0", relation=stated.relation, about=about, facts=stated.facts, sure=stated.sure)


def of_facts(cited: Sequence[Fact]) -> Claim | None:
    """Returns what facts say together by themselves; of more than two nothing follows."""
    match cited:
        case [fact]:
            return of_fact(fact)
        case [first, second]:
            return of_two(first, second)
    return None


def of_fact(fact: Fact) -> Claim | None:
    """Returns what a fact says by itself; None for the name of a group or a period."""
    if fact.about is None and not fact.unit.is_numeric:
        return None
    sure = Sureness.TESTED if fact.statistics else Sureness.EXACT
    return Claim(id="k0", relation=_relation(fact), about=fact.about, facts=[fact.id], sure=sure)


def _relation(fact: Fact) -> ClaimRelation:
    about, value = fact.about, fact.value
    if about is None:
        return ClaimRelation.IS
    if about.relation is FactRelation.RANK:
        return ClaimRelation(about.end) if about.end else ClaimRelation.IS
    if about.relation not in _CHANGES or not isinstance(value, int | float):
        return _ALONE.get(about.relation, ClaimRelation.IS)
    return _way(value, _COMPARED if about.base is None else _MOVED)


def _way(change: float, ways: Sequence[ClaimRelation]) -> ClaimRelation:
    """Returns what a change below zero, of zero or above zero is called."""
    return ways[(change > 0) - (change < 0) + 1]


def of_two(first: Fact, second: Fact) -> Claim | None:
    """Returns how two values of one measure compare: of two groups, or of two periods."""
    if not (_is_level(first) and _is_level(second)) or first.unit != second.unit:
        return None
    one, other = first.about, second.about
    assert one is not None
    assert other is not None
    alike = (one.measure, one.filters, one.per) == (other.measure, other.filters, other.per)
    is_share = (
        FactRelation.SHARE in (one.relation, other.relation) and one.relation is not other.relation
    )
    if not alike or is_share:
        return None
    if one.groups.keys() == other.groups.keys() and one.groups != other.groups:
        return _compared(first, second) if one.period == other.period else None
    if one.groups == other.groups and one.period and other.period and one.period != other.period:
        return _over_time(*sorted((first, second), key=_start))
    return None


def _is_level(fact: Fact) -> bool:
    about = fact.about
    return about is not None and about.relation not in _CHANGES and isinstance(fact.value, int | float)


def _start(fact: Fact) -> str:
    return str(fact.about.period.start) if fact.about and fact.about.period else ""


def _compared(first: Fact, second: Fact) -> Claim:
    above, below = sorted((first, second), key=_number, reverse=True)
    relation = ClaimRelation.ALIKE if same(above.value, below.value) else ClaimRelation.HIGHER
    return Claim(
        id="k0", relation=relation, about=above.about, than=below.about, facts=[above.id, below.id]
    )


def _over_time(earlier: Fact, later: Fact) -> Claim:
    assert later.about is not None
    base = earlier.about.period if earlier.about else None
    change = 0 if same(later.value, earlier.value) else _number(later) - _number(earlier)
    return Claim(
        id="k0",
        relation=_way(change, _MOVED),
        about=later.about.model_copy(update={"base": base}),
        facts=[earlier.id, later.id],
    )


def _number(fact: Fact) -> float:
    assert isinstance(fact.value, int | float)
    return fact.value
