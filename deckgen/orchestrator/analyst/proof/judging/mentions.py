"""What a clause mentions near a number: at once after it, before it, or in its place."""

from collections.abc import Sequence

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.reading import NUMBER, Token


def at_once_after(
    token: Token, clause: Sequence[Token], shape: str, links: frozenset[str]
) -> Token | None:
    """Returns the mention that follows a number at once: "{{f1}} of revenue", "{{f1}} in North"."""
    place = clause.index(token)
    between = clause[place + 1 : place + 4]
    words = [each for each in between if each.text not in particles.ARTICLES]
    if len(words) > 1 and words[0].text in links and words[1].shape == shape:
        return words[1]
    return None


def in_order(token: Token, clause: Sequence[Token], shape: str) -> Token | None:
    """Returns the mention in the place of the number: "{{f1}} and {{f2}} for North and South"."""
    mentions = [each for each in clause if each.shape == shape]
    numbers = [each for each in clause if each.shape == NUMBER]
    apart = mentions and numbers
    if not apart or len(mentions) != len(numbers) or len(numbers) == 1:
        return None
    if mentions[-1].place < numbers[0].place or numbers[-1].place < mentions[0].place:
        return mentions[numbers.index(token)]
    return None


def last_before(token: Token, clause: Sequence[Token], shape: str) -> Token | None:
    """Returns the last mention before a number."""
    earlier = [each for each in clause if each.shape == shape and each.place < token.place]
    return earlier[-1] if earlier else None
