"""Twenty tables with a brief each, whose decks are looked at: many trades, scripts and lengths."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckgen.domain.decks import Deck
from tests import german_tables, question_tables, restaurants
from tests.unit.orchestrator.analyst.engine import run_table

DATA = Path(__file__).parents[1] / "data"
Table = bytes | Sequence[Iterable[object]]


@dataclass(frozen=True)
class Look:
    """A table, what is asked about it, the locale of who asks, and how many slides are wanted."""

    name: str
    table: Callable[[], Table]
    brief: str
    locale: str = "en_US"
    slides: int | None = None

    def made(self, folder: Path) -> Deck:
        """The deck of the offline engine; its table is written into a folder."""
        path = folder / f"{self.name}.csv"
        fields = {"locale": self.locale, "slide_count": self.slides}
        return run_table(path, self.table(), self.brief, **fields).deck


def _file(name: str) -> Callable[[], Table]:
    return (DATA / name).read_bytes


def _small(name: str) -> Callable[[], Table]:
    table = question_tables.TABLES[name]
    return lambda: [table.english.split(","), *table.rows]


def _restaurants() -> Table:
    return [restaurants.HEADER.split(","), *restaurants.rows()]


def _scripts(header: tuple[str, ...], places: tuple[str, ...], goods: tuple[str, ...]) -> Table:
    """Returns two years of sales whose names are in another script."""
    chance = random.Random(11)
    rows = [
        (f"{year}-{month:02d}-01", place, good, round(chance.uniform(8_000, 20_000) * (1 + share)))
        for year in (2023, 2024)
        for month in range(1, 13)
        for share, place in enumerate(places)
        for good in goods
    ]
    return [header, *rows]


def _arabic() -> Table:
    return _scripts(
        ("الشهر", "المدينة", "المنتج", "المبيعات"), ("الرياض 🏙️", "جدة 🌊", "مكة"), ("قهوة ☕", "شاي 🍵")
    )


def _chinese() -> Table:
    return _scripts(
        ("月份", "地區", "产品", "销售额"),
        ("華東地區", "関東地方", "서울"),
        ("笔记本电脑", "スマートフォン"),
    )


def _french() -> Table:
    return _scripts(
        ("mois", "région", "produit", "ventes (EUR)"),
        ("Île-de-France", "Auvergne-Rhône-Alpes", "Provence-Alpes-Côte d’Azur"),
        ("Crème brûlée", "Pâté en croûte"),
    )


def _spanish() -> Table:
    return _scripts(
        ("mes", "ciudad", "producto", "ventas (EUR)"),
        ("Córdoba", "La Coruña", "Logroño"),
        ("Jamón ibérico", "¿Qué más?"),
    )


def _hebrew() -> Table:
    return _scripts(("חודש", "עיר", "מוצר", "מכירות"), ("תל אביב", "חיפה", "ירושלים"), ("קפה", "תה"))


def _marks() -> Table:
    """Letters with marks over and under them, decomposed ones, and pictures joined of several."""
    return _scripts(
        ("month", "place", "goods", "sales"),
        ("हिन्दी क्षेत्र", "กรุงเทพมหานคร", "Zu\u0308rich", "Đồng Nai"),
        ("Tea 👩‍👩‍👧", "Ale 👍🏽", "Flags 🇨🇭"),
    )


def _long_names() -> Table:
    chance = random.Random(4)
    offices = [
        f"Regional Office for the Coordination of {what} and Related Administrative Services in {where}"
        for what in ("Public Procurement", "Waterways", "Donaudampfschifffahrt")
        for where in ("Lower Saxony", "North Rhine-Westphalia")
    ]
    rows = [
        (f"{year}-{month:02d}-01", office, round(chance.uniform(100, 900) * (place + 1)))
        for year in (2023, 2024)
        for month in range(1, 13)
        for place, office in enumerate(offices)
    ]
    header = ("month", "office responsible for the application", "applications handled in the period")
    return [header, *rows]


LOOKS = (
    Look(
        "restaurants",
        _restaurants,
        "How do takings develop, which cities are behind plan, and where do we lose margin?",
    ),
    Look("budget", _small("budget"), "Which sites are over budget, and what is expected next?"),
    Look("members", _small("members"), "Why do members leave, and which contracts churn most?"),
    Look("survey", _small("survey"), "What are people unhappy with, and where?"),
    Look("funnel", _small("funnel"), "Where do we lose visitors?"),
    Look("electricity", _file("iowa-electricity.csv"), "How has the mix of sources shifted?"),
    Look("employment", _file("us-employment.csv"), "Which sectors grew, and which fell?"),
    Look("weather", _file("seattle-weather.csv"), "How does the weather change over the year?"),
    Look("umsatz", lambda: [*german_tables.sales()], german_tables.BRIEFS[0][1], "de_DE"),
    Look("arabic", _arabic, "How do sales develop, and which city is ahead?", "ar"),
    Look("chinese", _chinese, "Which products and places sell most?", "zh_CN"),
    Look("long-names", _long_names, "Which offices handle most, and how does that change?"),
)
QUESTIONS = (
    "How do takings develop?", "Which cities are behind plan?", "Where do we lose margin?",
    "Which menu sells most?", "Which city has the highest takings?", "What is the mix of menus?",
    "How do guests develop?", "Which city has the highest cost?", "Is there a season?",
    "What should we expect next year?", "How do takings depend on guests?", "Which city grew most?",
)  # fmt: skip
MORE = (
    Look("french", _french, "How do sales develop, and which region is ahead?", "fr_FR"),
    Look("spanish", _spanish, "How do sales develop, and which city is ahead?", "es_ES"),
    Look("hebrew", _hebrew, "Which cities and products sell most?", "he_IL"),
    Look("marks", _marks, "Which places and goods sell most, and how does that change?"),
    Look("crimea", _file("crimea.csv"), "What did soldiers die of, and when?"),
    Look("questions", _restaurants, " ".join(QUESTIONS), slides=30),
    Look("discounts", _small("discounts"), "Where do discounts cost us profit?"),
    Look("staff", _small("staff"), "Who leaves, and what do we pay?"),
)
