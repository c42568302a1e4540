"""Association: tests and effects of one column with another."""

import random

import pytest

from deckgen.orchestrator.analyst.stats.association import of_categories, of_groups, of_numbers


def test_a_rate_by_groups_is_chi_square_with_its_share_of_the_variance() -> None:
    """20 of 100 against 40 of 100: chi-square is 9.52, and phi squared 0.0476."""
    groups = ["a"] * 100 + ["b"] * 100
    happened = [1.0] * 20 + [0.0] * 80 + [1.0] * 40 + [0.0] * 60
    found = of_groups(groups, happened)
    assert found
    assert found.test.name == "Chi-square"
    assert found.test.statistic == pytest.approx(9.5238, abs=1e-4)
    assert found.effect == pytest.approx(1 - (1 - 0.047619) * 199 / 198, abs=1e-6)


def test_few_cases_are_tested_exactly() -> None:
    """No one of 8 and 5 of 8: Fisher's p is 0.0256."""
    few = of_groups(["a"] * 8 + ["b"] * 8, [0.0] * 8 + [1.0] * 5 + [0.0] * 3)
    assert few
    assert few.test.name == "Fisher's exact"
    assert few.test.p_value == pytest.approx(0.0256, abs=1e-3)


def test_groups_of_a_few_rows_are_left_out() -> None:
    """One group remains, so nothing is compared."""
    assert of_groups(["a"] * 20 + ["b"] * 4, [*range(24)]) is None


def test_a_line_that_an_outlier_makes_is_no_effect() -> None:
    """One extreme pair makes the line rise where the ranks fall."""
    xs = [*range(20), 1_000]
    ys = [*(20 - x for x in range(20)), 1_000]
    found = of_numbers(xs, ys)
    assert found
    assert found.effect == 0


def test_noise_has_no_effect() -> None:
    """The effect is corrected for the number of groups, so that many groups of noise have none."""
    chance = random.Random(2)
    effects = []
    for _ in range(50):
        groups = [chance.randrange(10) for _ in range(200)]
        found = of_groups(groups, [chance.gauss(0, 1) for _ in range(200)])
        assert found
        effects.append(found.effect)
    assert sum(effects) / len(effects) < 0.02


def test_categories_that_name_the_same_are_one() -> None:
    """Cramér's V squared is 1 for a code and its name, and 0 for crossed categories."""
    codes = [row % 3 for row in range(60)]
    assert of_categories(codes, [f"name {code}" for code in codes]) == pytest.approx(1)
    assert of_categories(codes, [row // 3 % 2 for row in range(60)]) == pytest.approx(0)
