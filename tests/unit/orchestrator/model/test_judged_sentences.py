"""Sentences that say more than the facts show are refused, and sound ones are left in peace."""

import pytest

from deckgen.domain.briefs import Brief
from deckgen.orchestrator.model.slide_rules import SlideRules
from tests.unit.orchestrator.model.judged_sentences import read

# The words of the judge were chosen by sentences of these; the others were only counted since.
TUNED, HARD = ("regions", "fresh", "labels"), ("margins", "tickets", "energy")
HELD_BACK = ("courses",)


def counted(names: tuple[str, ...]) -> tuple[float, float, list[str]]:
    """The share of wrong sentences that is refused, that of sound ones, and those judged wrongly."""
    refused = {"sound": [0, 0], "wrong": [0, 0]}
    failed = []
    for name in names:
        said = read(name)
        rules = SlideRules(Brief(), said.source, said.facts, draft=[], must_cite=False)
        for kind, texts in (("sound", said.sound), ("wrong", said.wrong)):
            for text in texts:
                is_refused = bool(rules.of_takeaway(text))
                refused[kind][0] += is_refused
                refused[kind][1] += 1
                failed += [text] if is_refused == (kind == "sound") else []
    wrong, sound = refused["wrong"], refused["sound"]
    return wrong[0] / wrong[1], sound[0] / sound[1], failed


@pytest.mark.parametrize(
    ("names", "recall", "falsely"),
    [(TUNED, 0.99, 0.03), (HARD, 0.97, 0.11), (HELD_BACK, 0.95, 0.05)],
    ids=["tuned", "hard", "held back"],
)
def test_sentences_are_judged(names: tuple[str, ...], recall: float, falsely: float) -> None:
    """By what they assert: direction, rank, comparison, share, period, measure, group, nothing else.

    The hard ones hold words about the trade of their table, of which the judge knows few.
    """
    refused, refused_falsely, failed = counted(names)
    assert refused >= recall, failed
    assert refused_falsely <= falsely, failed


def test_without_facts_nothing_is_covered() -> None:
    """The negative control: the same sound sentences are refused where no fact shows what they say."""
    said = read(TUNED[0])
    bare = [
        fact.model_copy(update={"about": None, "label": fact.id, "groups": []}) for fact in said.facts
    ]
    rules = SlideRules(Brief(), said.source, bare, draft=[], must_cite=False)
    asserting = [text for text in said.sound if "lead" in text or "peak" in text or "lowest" in text]
    assert len(asserting) > 5
    assert all(rules.of_takeaway(text) for text in asserting)
