"""The strength of news: one scale, on which sizes of all kinds can be held against each other."""

import itertools

import pytest

from deckgen.orchestrator.analyst.execution.strength import AT_LEAST, FLOOR, IMPACT, strength


@pytest.mark.parametrize("kind", list(AT_LEAST))
def test_larger_news_are_stronger(kind: str) -> None:
    """Strength rises with the size, and ends at one."""
    sizes = [strength(kind, size / 10) for size in range(11)]
    assert all(one < other for one, other in itertools.pairwise(sizes) if other < 1)
    assert strength(kind, 10.0) == 1.0


@pytest.mark.parametrize(("kind", "other"), list(itertools.permutations(AT_LEAST, 2)))
def test_kinds_are_calibrated(kind: str, other: str) -> None:
    """What is six times as large is stronger, whatever kinds are compared; what is as large is near."""
    assert strength(kind, 0.6) > strength(other, 0.1)
    assert abs(strength(kind, 0.2) - strength(other, 0.2)) <= 0.3


def test_news_of_every_measure_may_be_told() -> None:
    """A clear change of a third is worth a slide, of whichever measure it is."""
    assert min(strength(kind, 1 / 3) for kind in AT_LEAST) * min(IMPACT) > FLOOR
