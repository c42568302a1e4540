"""Small tables over months, for questions about time."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random


def months(*years: int) -> list[str]:
    return [f"{year}-{month:02}-01" for year in years for month in range(1, 13)]


def by_month(
    dates: Sequence[str], groups: Mapping[str, Sequence[float | str]]
) -> list[tuple[object, ...]]:
    """Returns rows (date, group, value), month by month."""
    return [
        (date, name, values[place])
        for place, date in enumerate(dates)
        for name, values in groups.items()
    ]


def two_years(levels: Mapping[str, tuple[float, float]]) -> list[tuple[object, ...]]:
    """Returns rows (date, group, value) of two years with a season, with a level a month in each."""
    return by_month(
        months(2023, 2024),
        {
            name: [round(level * season(place)) for level in both for place in range(12)]
            for name, both in levels.items()
        },
    )


def season(place: int) -> float:
    return 0.9 + 0.02 * place


def noise(groups: Sequence[str], *, seed: int, length: int = 24) -> Iterator[tuple[object, ...]]:
    """Yields rows (date, group, value) that nothing moves but chance."""
    random = Random(seed)
    for date in months(2023, 2024)[:length]:
        for name in groups:
            yield date, name, round(random.gauss(500, 80))
