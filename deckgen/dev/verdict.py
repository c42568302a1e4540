"""The words and the exit code with which `deckgen verify` reports a verification."""

from typing import Any

from deckgen.client.trust import Verdict
from deckgen.dev.screen import Screen
from deckgen.domain.decks import Proof, Verification

NOT_USED = 2  # an argument is no deck, or no file
_EXIT_CODES = {True: 0, False: 1, None: 3}
_WORDS = {True: "holds", False: "FAILS", None: "unproved"}
_VERDICTS = {True: "all hold", False: "not all hold", None: "not all could be proved"}


def exit_code(verification: Verification, signature: Verdict) -> int:
    """Returns 0 if everything holds, 1 if something does not, 3 if something could not be proved."""
    return _EXIT_CODES[_holds(verification, signature)]


def document(verification: Verification, signature: Verdict) -> Any:
    """Returns the verification as the API answers it, with the signature in the verdict."""
    told = {"verified": _holds(verification, signature), "signature": signature.report}
    return verification.model_copy(update=told).to_json()


def show(screen: Screen, verification: Verification, signature: Verdict) -> None:
    """Print each check with its problems, then the signer, and the verdict in the last line."""
    for check in verification.checks:
        _show_check(screen, check)
    for note in verification.notes:
        screen.print(f"note     {note}")
    screen.print(f"{'' if signature.holds else 'FAILS    '}{signature.sentence}")
    counts = f"{verification.facts} facts, {verification.charts} charts and tables"
    screen.print(f"{counts}: {_VERDICTS[_holds(verification, signature)]}")


def _holds(verification: Verification, signature: Verdict) -> bool | None:
    return verification.verified if signature.holds else False


def _show_check(screen: Screen, check: Proof) -> None:
    screen.print(f"{_WORDS[check.passed]:<8} {check.name}")
    for sentence in check.problems:
        screen.print(f"    {sentence}")
    for sentence in check.unproved:
        screen.print(f"    not proved: {sentence}")
