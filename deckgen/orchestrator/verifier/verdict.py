"""The verdict on a deck, out of the proofs of its parts."""

from collections.abc import Callable, Iterable, Iterator

from deckgen.domain.decks import Check, Deck, Proof, Verification
from deckgen.domain.errors import InvalidRequest, UnreadableData

Look = Callable[[], Iterable[Proof]]

MAX_NAMED = 12  # differences, of which the first ones are enough


def proof(name: str, problems: Iterable[str] = (), unproved: Iterable[str] = ()) -> Proof:
    """Returns the proof of one part: it fails with a problem, and is open if something is unproved."""
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
    """Returns the proof of a comparison: a difference is wrong, unless by another version."""
    listed = list(differences)
    more = [f"and {len(listed) - MAX_NAMED} more"] if len(listed) > MAX_NAMED else []
    shown_differences = [*listed[:MAX_NAMED], *more]
    return (
        proof(name, shown_differences) if by_same_version else proof(name, unproved=shown_differences)
    )


def carefully(name: str, look: Look) -> list[Proof]:
    """Returns the proofs of a look; if it fails on a deck, for whatever reason, that is not proved."""
    try:
        return list(look())
    except (UnreadableData, InvalidRequest) as error:
        return [proof(name, unproved=[str(error)])]
    except Exception as error:  # anybody may have written the deck, in any way
        return [proof(name, unproved=[f"An error of deckgen's own: {type(error).__name__}"])]


def within_limits(name: str, looks: Iterable[tuple[str, Callable[[], Iterator[str]]]]) -> Proof:
    """Returns the proof of several looks; one beyond the limits is unproved, with the reason."""
    problems: list[str] = []
    unproved: list[str] = []
    for place, look in looks:
        try:
            problems += look()
        except UnreadableData as error:
            unproved.append(f"{place} was not computed: {error}")
    return proof(name, problems, unproved)


def verdict(deck: Deck, proofs: list[Proof], notes: Iterable[str] = ()) -> Verification:
    """Returns the verdict: one problem makes it false, one open question keeps it from being true."""
    unproved = [sentence for part in proofs for sentence in part.unproved]
    return Verification(
        verified=False if any(part.problems for part in proofs) else None if unproved else True,
        facts=len(deck.facts),
        charts=deck.computed_blocks,
        checks=proofs,
        unproved=unproved,
        notes=list(notes),
    )
