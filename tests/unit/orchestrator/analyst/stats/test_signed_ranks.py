"""The signed-rank test beside SciPy's own."""

import pytest
from scipy.stats import wilcoxon

from deckgen.orchestrator.analyst.stats.signed_ranks import FEW, signed_ranks


@pytest.mark.parametrize(
    "differences",
    [
        [0.3, -0.1, 0.8, 0.5, 0.2, 0.9],
        [1.0, 1.0, -2.0, 3.0, 3.0, 5.0, -1.0],
        [0.0, 0.0, 4.0, -1.0, 2.0, 2.0, 7.0],
        [-3.0, -3.0, -3.0],
        [0.0, 2.0],
        [*range(-3, FEW - 3)],
        [*range(-3, FEW - 2)],
        [float(n % 5 - 1) for n in range(40)],
    ],
)
def test_the_result_is_that_of_scipy(differences: list[float]) -> None:
    """Whether ranks are shared, differences are 0, or there are too many to count every choice."""
    own, other = signed_ranks(differences), wilcoxon(differences)
    assert own.statistic == float(other.statistic)
    assert own.p_value == pytest.approx(float(other.pvalue), rel=1e-12)
    assert own.n == len(differences)
