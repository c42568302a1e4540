"""Golden tables of groups: shares, ranks, drivers, rates."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from deckgen.domain.insights import InsightKind
from tests.unit.orchestrator.analyst.golden.golden import Rows, drawn, find

SHARES = {
    InsightKind.RANKING,
    InsightKind.MAJORITY,
    InsightKind.CONCENTRATION,
    InsightKind.EVENNESS,
}


def shares(**values: float) -> Rows:
    return [("region", "sales"), *values.items()]


def years(before: Mapping[str, float], after: Mapping[str, float]) -> Rows:
    """Sales of groups in two years."""
    rows = [
        (year, group, value)
        for year, groups in ((2021, before), (2022, after))
        for group, value in groups.items()
    ]
    return [("year", "region", "sales"), *rows]


def prices(before: dict[str, tuple[int, float]], after: dict[str, tuple[int, float]]) -> Rows:
    """So many sales at a price, for each group in two years."""
    rows = [
        (year, group, price)
        for year, groups in ((2021, before), (2022, after))
        for group, (count, price) in groups.items()
        for _ in range(count)
    ]
    return [("year", "region", "price_usd"), *rows]


def test_a_leader_is_told_with_its_lead(tmp_path: Path) -> None:
    """45 of 100 is 45%, the next has 30%, which is 15 points less; a third is 33%."""
    found = find(tmp_path, shares(north=45, south=30, west=25))
    told = found.told(InsightKind.RANKING)
    assert told[0] == "By region, north leads with 45% of sales"
    assert told[1] == "north has 45 (45%), where an equal split would give 33%"
    assert told[2] == "south follows with 30%, 15 pp behind"
    assert told[3] == "Last is west with 25%"
    assert SHARES & found.kinds == {InsightKind.RANKING}


def test_a_majority_is_told_once_and_not_as_a_ranking_too(tmp_path: Path) -> None:
    """60 of 100 is more than the 40 of all others together."""
    found = find(tmp_path, shares(north=60, south=30, west=10))
    told = found.told(InsightKind.MAJORITY)
    assert told[0] == "By region, north alone has 60% of sales, more than all others together"
    assert told[1] == "north has 60 (60%), next comes south with 30%"
    assert told[2] == "All others together have 40%"
    assert SHARES & found.kinds == {InsightKind.MAJORITY}


def test_a_concentration_is_told_with_what_equal_groups_would_take(tmp_path: Path) -> None:
    """Two groups of 40 and eight of 2.5 are 100: two make up 80%, where eight of ten equal ones would.

    The weakest quarter of ten is two groups (rounded down), 5 of 100.
    """
    found = find(tmp_path, shares(a=40, b=40, **dict.fromkeys("cdefghij", 2.5)))
    told = found.told(InsightKind.CONCENTRATION)
    assert told[0] == "By region, just 2 of 10 make up 80% of sales"
    assert told[1] == "2 of 10 together bring 80%; were all equal, it would take 8"
    assert told[4] == "The weakest 2 bring only 5%"
    assert SHARES & found.kinds == {InsightKind.CONCENTRATION}


def test_evenness_is_told_and_scores_low(tmp_path: Path) -> None:
    """36, 33 and 31 of 100: five points from first to last, and a third each if they were equal."""
    found = find(tmp_path, shares(north=36, south=33, west=31))
    told = found.told(InsightKind.EVENNESS)
    assert told[0] == "By region, the split of sales is even"
    assert told[2] == "north has most with 36%, west least with 31%"
    assert told[3] == "From first to last there are only 5 pp, so no region stands out"
    assert SHARES & found.kinds == {InsightKind.EVENNESS}
    assert found.one(InsightKind.EVENNESS).score < 0.3


def test_groups_that_are_all_equal_are_even_and_nothing_else(tmp_path: Path) -> None:
    """Four times 25: nobody leads, nobody has a majority, and there is no difference to give."""
    found = find(tmp_path, shares(a=25, b=25, c=25, d=25, e=25, f=25, g=25, h=25))
    assert not (SHARES - {InsightKind.EVENNESS}) & found.kinds


def test_a_planted_driver_is_named_with_its_part(tmp_path: Path) -> None:
    """North falls from 100 to 40, west rises from 100 to 110: -60 and +10 make -50."""
    before, after = {"north": 100, "south": 100, "west": 100}, {"north": 40, "south": 100, "west": 110}
    found = find(tmp_path, years(before, after))
    told = found.told(InsightKind.CHANGE_DRIVER)
    assert told[0] == "The fall of sales from 2021 to 2022 comes mostly from north"
    assert told[1] == "north accounts for -60 of -50 overall; in 2021 it had 33% of the total"
    assert told[2] == "north went from 100 to 40 (-60%)"
    assert told[3] == "Against it moved west with +10"
    assert drawn(found.one(InsightKind.CHANGE_DRIVER)).series[0].values == [300, -60, 10, 0, 250]


def test_a_new_leader_is_told_with_places(tmp_path: Path) -> None:
    """West goes from 20, the third, to 60, the first; north from 50, the first, to 40, the second."""
    found = find(
        tmp_path, years({"north": 50, "south": 30, "west": 20}, {"north": 40, "south": 35, "west": 60})
    )
    told = found.told(InsightKind.RANK_CHANGE, "m2")
    assert told[0] == "west overtook north by sales from 2021 to 2022 and now leads"
    assert told[1] == "west went from place 3 to 1: 20 before, 60 now (+40)"
    assert told[2] == "north went from place 1 to 2: 50 before, 40 now (-10)"


def test_a_whole_that_rises_while_its_groups_fall_is_told_so(tmp_path: Path) -> None:
    """Simpson's paradox over time: prices fall by $1 and $2 and the mean price rises.

    30 at $10 and 12 at $20 are $12.86 on average, 12 at $9 and 30 at $18 are $15.43. By Kitagawa the
    groups, with half of the weight each, have -1/2 - 2/2 = -$1.50; the shares of 5/7 and 2/7 that
    change places have (5/7 - 2/7) * ((20 + 18) / 2 - (10 + 9) / 2), which is $4.07.
    """
    found = find(tmp_path, prices({"a": (30, 10), "b": (12, 20)}, {"a": (12, 9), "b": (30, 18)}))
    told = found.told(InsightKind.MIX_RATE)
    assert told[0] == "Average price rose on the whole but fell within the groups by region"
    assert told[1] == "On the whole it went from $12.86 in 2021 to $15.43 in 2022"
    assert told[2] == "Within the groups: -$1.50; by the shift of weights between them: +$4.07"
    assert told[3] == "a went from 71% to 29% of the rows"


def test_a_mix_that_adds_to_a_change_is_told_with_its_part(tmp_path: Path) -> None:
    """Prices stay at $10 and $20, the dearer group goes from a quarter to three: all is mix."""
    found = find(tmp_path, prices({"a": (30, 10), "b": (10, 20)}, {"a": (10, 10), "b": (30, 20)}))
    told = found.told(InsightKind.MIX_RATE)
    assert told[0] == "The mix by region accounts for +$5.00 of the rise of average price"
    assert told[2].startswith("Within the groups: $0")


def test_a_difference_is_told_against_the_mean_of_all(tmp_path: Path) -> None:
    """Ten at 10 and ten at 20 have a mean of 15, a third more and a third less."""
    rows = [(group, price) for group, price in (("a", 10), ("b", 20)) for _ in range(10)]
    told = find(tmp_path, [("region", "price_usd"), *rows]).told(InsightKind.GROUP_DIFFERENCE)
    assert told[0] == "Average price differs by region: $20.00 for b, $10.00 for a"
    assert told[1] == "b is 33% above the mean of all rows ($15.00)"
    assert told[2] == "a is 33% below it"


def simpson() -> Rows:
    """Treatment y has the better mean: (10 * 50 + 90 * 80) / 100 = 77 against
    (90 * 59.5 + 10 * 85) / 100 = 62.05. Among large cases x has 59.5 against 50, among small ones 85
    against 80."""
    counts = {
        ("x", "large"): (90, 59.5),
        ("x", "small"): (10, 85),
        ("y", "large"): (10, 50),
        ("y", "small"): (90, 80),
    }
    rows = [(*groups, score) for groups, (count, score) in counts.items() for _ in range(count)]
    return [("treatment", "cases", "score"), *rows]


def conversions(**converted: int) -> Rows:
    """Of 2,000 users of each variant so many converted."""
    rows = [(v, int(n < count)) for v, count in converted.items() for n in range(2000)]
    return [("variant", "converted"), *rows]


def test_a_difference_of_outcomes_that_is_small_by_its_effect_is_told(tmp_path: Path) -> None:
    """280 of 2,000 are 14%, 200 are 10%: 40% more, and by eta squared two thousandths."""
    told = find(tmp_path, conversions(a=200, b=280)).told(InsightKind.GROUP_DIFFERENCE)
    assert told[0] == "Share of converted differs by variant: 14% for b, 10% for a"


@pytest.mark.parametrize("converted", [(200, 240), (20, 26)])
def test_a_difference_of_outcomes_that_may_be_chance_is_not_told(
    tmp_path: Path, converted: tuple[int, int]
) -> None:
    """240 against 200 is a fifth more, and too little; 26 against 20 is more than that, and chance."""
    found = find(tmp_path, conversions(a=converted[0], b=converted[1]))
    assert InsightKind.GROUP_DIFFERENCE not in found.kinds


def test_a_difference_that_reverses_within_strata_is_told_with_it(tmp_path: Path) -> None:
    """Simpson's paradox: y is ahead overall, x in both kinds of cases."""
    found = find(tmp_path, simpson())
    told = found.told(InsightKind.GROUP_DIFFERENCE, "m2|0")
    assert told[0] == "Average score is higher for y than for x, but not within cases"
    assert told[1] == "Overall it is 77 for y and 62.1 for x"
    assert told[2] == "In 2 of 2 groups by cases it is the other way round: x is ahead of y"
    assert [
        series.values for series in drawn(found.one(InsightKind.GROUP_DIFFERENCE, "m2|0")).series
    ] == [
        [50, 80],
        [59.5, 85],
    ]


SILENT: dict[str, tuple[Rows, set[InsightKind]]] = {
    "51 to 49 is no majority": (
        shares(north=51, south=49),
        {InsightKind.MAJORITY, InsightKind.RANKING},
    ),
    "a leader below half has no majority": (shares(a=45, b=30, c=25), {InsightKind.MAJORITY}),
    "ten equal groups are not concentrated": (
        shares(**dict.fromkeys("abcdefghij", 10)),
        {InsightKind.CONCENTRATION},
    ),
    "groups of 45, 30 and 25 are not even": (shares(a=45, b=30, c=25), {InsightKind.EVENNESS}),
    "losses have no shares": (shares(a=-45, b=30, c=25), SHARES),
    "nothing changed, nobody moved it": (
        years({"a": 50, "b": 30, "c": 20}, {"a": 50, "b": 30, "c": 20}),
        {InsightKind.CHANGE_DRIVER, InsightKind.RANK_CHANGE},
    ),
    "a lead by a hair's breadth is no rank change": (
        years({"a": 50, "b": 49, "c": 20}, {"a": 49, "b": 50, "c": 20}),
        {InsightKind.RANK_CHANGE},
    ),
    "prices that rise at the same mix are no mix": (
        prices({"a": (30, 10), "b": (12, 20)}, {"a": (30, 12), "b": (12, 22)}),
        {InsightKind.MIX_RATE},
    ),
    "a mix of equal prices moves nothing": (
        prices({"a": (30, 10), "b": (12, 10.5)}, {"a": (12, 12), "b": (30, 12.5)}),
        {InsightKind.MIX_RATE},
    ),
    "groups with the same prices do not differ": (
        [("region", "price_usd"), *(("ab"[n % 2], 10 + n // 2 % 5) for n in range(40))],
        {InsightKind.GROUP_DIFFERENCE},
    ),
}


@pytest.mark.parametrize(("rows", "kinds"), SILENT.values(), ids=SILENT.keys())
def test_what_is_not_there_is_not_told(tmp_path: Path, rows: Rows, kinds: set[InsightKind]) -> None:
    """No insight of these kinds comes out of a table in which they do not hold."""
    assert not kinds & find(tmp_path, rows).kinds
