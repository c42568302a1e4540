"""From what was found in each part of a deck to the verdict on all of it."""

from collections.abc import Callable, Iterable, Iterator

from deckgen.domain.decks import Check, Deck, Proof, Verification
from deckgen.domain.errors import UnreadableData

Look = Callable[[], Iterable[Proof]]

MAX_NAMED = 12  # of what differs: the first ones say enough


def proof(name: str, problems: Iterable[str] = (), unproved: Iterable[str] = ()) -> Proof:
    """One part: it fails with a problem, and is open without one if something is unproved."""
    wrong, unclear = list(problems), list(unproved)
    return Proof(
        name=name,
        passed=False if wrong else None if unclear else True,
        problems=wrong,
        unproved=unclear,
    )


def of_check(check: Check) -> Proof:
    return proof(check.name, check.problems)


def compared(name: str, differences: Iterable[str], *, by_same_version: bool) -> Proof:
    """What differs from what this version makes: it is wrong, unless another version made it."""
    found = list(differences)
    more = [f"and {len(found) - MAX_NAMED} more"] if len(found) > MAX_NAMED else []
    named = [*found[:MAX_NAMED], *more]
    return proof(name, named) if by_same_version else proof(name, unproved=named)


def carefully(name: str, look: Look) -> list[Proof]:
    """What a look gives; a deck over which it fails, whatever is wrong with it, is not proved."""
    try:
        return list(look())
    except UnreadableData as error:
        return [proof(name, unproved=[str(error)])]
    except Exception as error:  # anybody may have written the deck, in any way
        return [proof(name, unproved=[f"An error of deckgen's own: {type(error).__name__}"])]


def within_limits(name: str, looks: Iterable[tuple[str, Callable[[], Iterator[str]]]]) -> Proof:
    """What each look finds; what takes too long or too much memory is unproved, with the reason."""
    problems: list[str] = []
    unproved: list[str] = []
    for place, look in looks:
        try:
            problems += look()
        except UnreadableData as error:
            unproved.append(f"{place} was not computed: {error}")
    return proof(name, problems, unproved)


def verdict(deck: Deck, proofs: list[Proof], notes: Iterable[str] = ()) -> Verification:
    """One problem is enough for false, and one open question keeps it from being true."""
    unproved = [sentence for one in proofs for sentence in one.unproved]
    return Verification(
        verified=False if any(one.problems for one in proofs) else None if unproved else True,
        facts=len(deck.facts),
        charts=deck.computed_blocks,
        checks=proofs,
        unproved=unproved,
        notes=list(notes),
    )
