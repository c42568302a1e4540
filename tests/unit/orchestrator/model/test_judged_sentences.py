"""Sentences that say more than the facts show are refused, and sound ones are left in peace."""

import pytest

from deckgen.domain.briefs import Brief
from deckgen.orchestrator.model.slide_rules import SlideRules
from tests.unit.orchestrator.model.judged_sentences import Sentences, read, read_round

# The words of the judge were chosen by the tuned ones; those held back were only counted since.
TUNED = ("regions", "fresh", "labels", "plans", "answers", "rates")
HARD = ("margins", "tickets", "energy")
HELD_BACK = ("courses",)


def counted(tables: list[Sentences]) -> tuple[float, float, list[str]]:
    """The share of wrong sentences that is refused, that of sound ones, and those judged wrongly."""
    refused = {"sound": [0, 0], "wrong": [0, 0]}
    failed = []
    for said in tables:
        rules = SlideRules(Brief(), said.source, said.facts, draft=[], must_cite=False)
        for kind, texts in (("sound", said.sound), ("wrong", said.wrong)):
            for text in texts:
                is_refused = bool(rules.of_takeaway(text))
                refused[kind][0] += is_refused
                refused[kind][1] += 1
                failed += [text] if is_refused == (kind == "sound") else []
    wrong, sound = refused["wrong"], refused["sound"]
    return wrong[0] / wrong[1], sound[0] / max(sound[1], 1), failed


@pytest.mark.parametrize(
    ("names", "recall", "falsely"),
    [(TUNED, 0.99, 0.03), (HARD, 0.97, 0.11), (HELD_BACK, 0.95, 0.05)],
    ids=["tuned", "hard", "held back"],
)
def test_sentences_are_judged(names: tuple[str, ...], recall: float, falsely: float) -> None:
    """What a sentence asserts decides: direction, rank, comparison, share, period, measure and group.

    The hard ones hold words about the trade of their table, of which the judge knows few.
    """
    refused, refused_falsely, failed = counted([read(name) for name in names])
    assert refused >= recall, failed
    assert refused_falsely <= falsely, failed


@pytest.mark.parametrize(
    ("name", "falsely"),
    [("first", 0.4), ("second", 0.05), ("third", 0.08), ("fourth", 0.08), ("probes", 0)],
)
def test_sentences_of_a_business_writer_are_judged(name: str, falsely: float) -> None:
    """Wrong ones are refused, and sound ones pass unless they speak of what no column is.

    The first round does so often (queues, seats, learners); the writer of the others knows the rules.
    """
    refused, refused_falsely, failed = counted(read_round(name))
    assert refused >= 0.97, failed
    assert refused_falsely <= falsely, failed


def test_without_facts_nothing_is_covered() -> None:
    """Sound sentences are refused where no fact shows what they say: the negative control."""
    said = read(TUNED[0])
    bare = [
        fact.model_copy(update={"about": None, "label": fact.id, "groups": []}) for fact in said.facts
    ]
    rules = SlideRules(Brief(), said.source, bare, draft=[], must_cite=False)
    asserting = [text for text in said.sound if "lead" in text or "peak" in text or "lowest" in text]
    assert len(asserting) > 5
    assert all(rules.of_takeaway(text) for text in asserting)
