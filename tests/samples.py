"""Which of many cases `make test` holds too; the others run by the name of their kind only."""

from collections.abc import Iterable

import pytest


def sampled(cases: Iterable[object], *sample: object) -> list[object]:
    """The cases for `pytest.mark.parametrize`, of which some are marked as the sample, the others as
    its rest: a test of two such parameters is of the sample if both cases are.
    """
    every = list(cases)
    assert set(sample) <= set(every), "a sample of what there is"
    marks = {True: pytest.mark.sample, False: pytest.mark.rest}
    return [pytest.param(one, marks=marks[one in sample]) for one in every]
