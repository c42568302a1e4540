"""A restaurant chain with a story in its books: growth that halved, a plan that all cities miss alike,
one city that fell to another level, and one part of the menu whose margin its cost eats up.
"""

import random
from collections.abc import Iterator
from datetime import date

HEADER = "month,city,menu,takings_eur,cost_eur,guests,plan_eur"
CITIES = {"Hamburg": 1.3, "Leipzig": 0.8, "Bremen": 0.7, "Munich": 1.2, "Kassel": 0.5}
MENUS = {"Kitchen": 60_000, "Bar": 35_000, "Delivery": 30_000, "Catering": 15_000}
COSTS = {"Kitchen": 0.55, "Bar": 0.35, "Delivery": 0.62, "Catering": 0.6}
GROWTH = {2021: 1.0, 2022: 1.12, 2023: 1.12 * 1.1}  # before the city fell
FALLEN, SINCE, TO = "Bremen", date(2023, 5, 1), 0.6
EATEN, A_MONTH = "Delivery", 0.004  # by which its cost per euro of takings goes up
PLANS = {2021: 0.97, 2022: 0.97, 2023: 1.09}  # of what came in


def rows(seed: int = 7) -> Iterator[tuple[object, ...]]:
    """Yields a row for each month, city and part of the menu."""
    noise = random.Random(seed)
    months = [date(year, month, 1) for year in GROWTH for month in range(1, 13)]
    for place, month in enumerate(months):
        season = 1.15 if month.month in (6, 7, 8, 12) else 0.95
        for city, size in CITIES.items():
            for menu, level in MENUS.items():
                fallen = TO if city == FALLEN and month >= SINCE else 1.0
                takings = level * size * season * GROWTH[month.year] * fallen * noise.gauss(1, 0.02)
                share = COSTS[menu] + (A_MONTH * place if menu == EATEN else 0)
                cost = takings * share * noise.gauss(1, 0.01)
                plan = takings * PLANS[month.year] * noise.gauss(1, 0.002)
                guests = round(takings / noise.gauss(24, 1))
                yield month, city, menu, round(takings, 2), round(cost, 2), guests, round(plan, 2)
