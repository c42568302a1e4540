"""The claims that a model is offered for a slide."""

import pytest

from deckgen.orchestrator.model.claim_words import claim_rows, claims_of
from tests.unit.orchestrator.model.judged_sentences import read

FACTS = read("regions").facts


def test_a_fact_is_a_claim_under_its_number() -> None:
    """A model that cites f4 tells k4; the name of a period claims nothing by itself."""
    alone = {claim.id: claim.facts for claim in claims_of(FACTS) if len(claim.facts) == 1}
    assert alone["k4"] == ["f4"]
    assert alone["k3"] == ["f3"]
    assert "k8" not in alone


def test_claims_about_two_facts_are_listed_in_words() -> None:
    """Which is higher and which way it went, each with its facts, under a number of its own."""
    rows = {tuple(row[2:]): row for row in claim_rows(FACTS)}
    assert rows["f4", "f6"][1] == "revenue of North is higher than of South"
    assert rows["f12", "f11"][1] == "revenue, 2024-01-01 rose against 2023-01-01"
    ids = [claim.id for claim in claims_of(FACTS)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("first", "second", "change", "words"),
    [
        ("f12", "f11", -1, "fell against"),
        ("f12", "f11", 0, "did not change against"),
        ("f4", "f6", 0, "is alike than of"),
    ],
)
def test_every_claim_about_two_facts_has_words(
    first: str, second: str, change: int, words: str
) -> None:
    """Two periods rose, fell or did not change; two groups differ, or are alike."""
    one, other = (next(fact for fact in FACTS if fact.id == name) for name in (first, second))
    assert isinstance(one.value, int | float)
    (row,) = claim_rows([one, other.model_copy(update={"value": one.value + change})])
    assert words in row[1]
