"""Parts: what is called most, much, little or the larger part, and what one group does by itself."""

from deckgen.orchestrator.analyst.proof.judging import directions, distances, particles
from deckgen.orchestrator.analyst.proof.judging.evidence import A_PART, MUCH
from deckgen.orchestrator.analyst.proof.judging.reading import GROUP, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Check, Sentence


def part(least: float, most: float) -> Check:
    """Returns the check of what is called most, much or little of a whole."""

    def check(sentence: Sentence, token: Token) -> bool | None:
        """A part is called most, much or little by the share of the group that brings it."""
        if least == A_PART or most == A_PART:
            place = sentence.tokens.index(token)
            before = sentence.tokens[place - 1].text if place else ""
            has_group = any(each.shape == GROUP for each in sentence.clause(token))
            if not has_group or before in particles.INSIDE_OR_OWN or sentence.has_change(token):
                return None
        elif sentence.has_change(token):
            return directions.magnitude(sentence, token, small=most < A_PART)
        groups = sentence.nearest(token, GROUP)
        if not groups:
            return None
        if (
            least == MUCH
            and len({each.text for each in sentence.clause(token) if each.shape == GROUP}) == 2
        ):
            return distances.wide(sentence, token)  # "the gap between them is large"
        shares = sentence.evidence.shares(groups[0], sentence.measure_of(token))
        if not shares:
            end = "lowest" if most < A_PART else "highest"
            is_ranked = sentence.evidence.is_ranked(groups[0], end, sentence.measure_of(token))
            return (is_ranked or None) if least != A_PART else None
        return all(least < share <= most for share in shares)

    return check


def larger_part(sentence: Sentence, token: Token) -> bool | None:
    """A larger part is larger than those of the others that are known."""
    groups = sentence.nearest(token, GROUP)
    stands = sentence.evidence.stands(groups[0], sentence.measure_of(token)) if groups else None
    return None if stands is None else stands > 0


def joint(sentence: Sentence, token: Token) -> bool | None:
    """What several groups do together is told by a number of each; their sum is no fact."""
    numbers = [meaning for _, meaning in sentence.numbers(token)]
    groups = {each.text for each in sentence.clause(token) if each.shape == GROUP}
    told = [each for each in numbers if each.groups & groups]
    return len(told) == len(numbers) == len(groups) > 1 or None


def alone(sentence: Sentence, token: Token) -> bool:
    """What one group is said to do by itself is told by a number of that group."""
    numbers = [meaning for _, meaning in sentence.numbers(token)]
    return bool(numbers) and all(each.groups == {token.text} for each in numbers)
