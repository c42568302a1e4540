"""Which of many cases `make test` holds too; the others run by the name of their kind only."""

from collections.abc import Iterable

import pytest


def sampled(cases: Iterable[object], *sample: object) -> list[object]:
    """The cases for `pytest.mark.parametrize`, of which some are marked as the sample."""
    every = list(cases)
    assert set(sample) <= set(every), "a sample of what there is"
    return [pytest.param(one, marks=pytest.mark.sample) if one in sample else one for one in every]
