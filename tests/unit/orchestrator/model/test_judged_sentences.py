"""Sentences that say more than the facts show are refused, and sound ones are left in peace."""

import pytest

from deckgen.domain.briefs import Brief
from deckgen.orchestrator.model.slide_rules import SlideRules
from tests.unit.orchestrator.model.judged_sentences import read

# While words were chosen, only these were looked at: one table, and every second sentence of others.
TUNED, MIXED = "regions", ("margins", "tickets", "energy")


def counted(names: tuple[str, ...], first: int, step: int) -> tuple[float, float, list[str]]:
    """The share of wrong sentences that is refused, that of sound ones, and those judged wrongly."""
    refused = {"sound": [0, 0], "wrong": [0, 0]}
    failed = []
    for name in names:
        said = read(name)
        rules = SlideRules(Brief(), said.source, said.facts, draft=[], must_cite=False)
        for kind, texts in (("sound", said.sound), ("wrong", said.wrong)):
            for text in texts[first::step]:
                is_refused = bool(rules.of_takeaway(text))
                refused[kind][0] += is_refused
                refused[kind][1] += 1
                failed += [text] if is_refused == (kind == "sound") else []
    wrong, sound = refused["wrong"], refused["sound"]
    return wrong[0] / wrong[1], sound[0] / sound[1], failed


@pytest.mark.parametrize(
    ("names", "first", "step", "recall", "falsely"),
    [
        ((TUNED,), 0, 1, 0.98, 0.03),
        (MIXED, 0, 2, 0.97, 0.10),
        (MIXED, 1, 2, 0.90, 0.22),
    ],
    ids=["tuned", "mixed", "held back"],
)
def test_sentences_are_judged(
    names: tuple[str, ...], first: int, step: int, recall: float, falsely: float
) -> None:
    """By what they assert: direction, rank, comparison, share, period, measure, group, nothing else.

    The bounds are what was measured; of sentences that were held back more are refused for a word that
    the judge does not know.
    """
    refused, refused_falsely, failed = counted(names, first, step)
    assert refused >= recall, failed
    assert refused_falsely <= falsely, failed


def test_without_facts_nothing_is_covered() -> None:
    """The negative control: the same sound sentences are refused where no fact shows what they say."""
    said = read(TUNED)
    bare = [
        fact.model_copy(update={"about": None, "label": fact.id, "groups": []}) for fact in said.facts
    ]
    rules = SlideRules(Brief(), said.source, bare, draft=[], must_cite=False)
    asserting = [text for text in said.sound if "lead" in text or "peak" in text or "lowest" in text]
    assert len(asserting) > 5
    assert all(rules.of_takeaway(text) for text in asserting)
