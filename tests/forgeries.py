"""Ways to forge a deck that keep up its looks: each takes a sound deck as JSON and changes it.

Display forms go along with what was changed, and so do queries: nothing gives a forgery away but what
the data really say.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from deckgen.domain.facts import Sign, fact_display
from deckgen.domain.formatting.display import Unit, formatter

Document = dict[str, Any]
Forgery = Callable[[Document], object]


def numeric(deck: Document) -> Iterator[Document]:
    kinds = ("count", "number", "currency", "percent")
    return (one for one in deck["facts"] if one["unit"]["format"] in kinds and one["value"])


def with_value(deck: Document, fact: Document, value: Any) -> None:
    fact["value"] = value
    unit = Unit.model_validate(fact["unit"])
    fact["display"] = fact_display(value, unit, Sign(fact["sign"]), formatter(deck["brief"]["locale"]))


def blocks(deck: Document, kind: str) -> Iterator[tuple[Document, Document]]:
    for slide in deck["slides"]:
        for block in slide["blocks"]:
            if block["type"] == kind:
                yield slide, block


def block(deck: Document, kind: str) -> Document:
    return next(blocks(deck, kind))[1]


def worded(deck: Document) -> Document:
    """The first slide that has a chart and points."""
    return next(slide for slide, _ in blocks(deck, "chart"))


def points(slide: Document) -> list[str]:
    return next(block["items"] for block in slide["blocks"] if block["type"] == "bullets")


def another_value(deck: Document) -> None:
    fact = next(numeric(deck))
    with_value(deck, fact, fact["value"] * 1.1)


def ten_times_by_its_query(deck: Document) -> None:
    for fact in [one for one in numeric(deck) if one["unit"]["format"] != "percent"]:
        fact["sql"] = f"SELECT 10 * ({fact['sql']})"
        with_value(deck, fact, fact["value"] * 10)


def another_unit(deck: Document) -> None:
    fact = next(one for one in numeric(deck) if one["unit"]["format"] != "percent")
    fact["unit"] = {"format": "currency", "symbol": "EUR"}
    with_value(deck, fact, fact["value"])


def labels_in_each_others_place(deck: Document) -> None:
    one, other = list(numeric(deck))[:2]
    one["label"], other["label"] = other["label"], one["label"]


def another_column_under_the_label(deck: Document) -> None:
    one = next(numeric(deck))
    other = next(fact for fact in numeric(deck) if fact["value"] != one["value"])
    one["sql"], one["where"], one["rows"] = other["sql"], other["where"], other["rows"]
    one["unit"], one["sign"] = other["unit"], other["sign"]
    with_value(deck, one, other["value"])


def a_constant_for_a_query(deck: Document) -> None:
    fact = next(numeric(deck))
    fact["sql"] = "SELECT 42"
    with_value(deck, fact, 42)


def a_named_part_in_the_place_of_the_table(deck: Document) -> None:
    fact = next(numeric(deck))
    fact["sql"] = f"WITH data AS (SELECT * FROM data LIMIT 3) {fact['sql']}"


def fewer_rows_behind_it(deck: Document) -> None:
    next(numeric(deck))["rows"] -= 1


def a_hidden_fact(deck: Document) -> None:
    fact = copy.deepcopy(next(numeric(deck)))
    fact |= {"id": "f999", "label": "margin that was audited"}
    deck["facts"].append(fact)


def a_fact_twice(deck: Document) -> None:
    deck["facts"].append(copy.deepcopy(deck["facts"][0]))


def a_fall_that_is_a_rise(deck: Document) -> None:
    fact = next(one for one in numeric(deck) if one["sign"] != "plain")
    fact["sql"] = f"SELECT - ({fact['sql']})"
    with_value(deck, fact, -fact["value"])


def rounded_up(deck: Document) -> None:
    fact = next(numeric(deck))
    fact["display"] = fact["display"].replace(fact["display"][-1], "9", 1) + "0"


def another_period(deck: Document) -> None:
    fact = next(one for one in deck["facts"] if one["unit"]["format"] == "period")
    value = str(fact["value"])
    fact["sql"] = f"SELECT CAST('{value[:3]}1{value[4:]}' AS DATE) FROM data LIMIT 1"
    with_value(deck, fact, f"{value[:3]}1{value[4:]}")


def a_chart_upside_down(deck: Document) -> None:
    chart = block(deck, "chart")
    series = chart["series"][0]
    series["values"] = [None if value is None else -value for value in series["values"]]


def a_chart_ten_times_as_high(deck: Document) -> None:
    chart = next(block for _, block in blocks(deck, "chart") if len(block["series"]) == 1)
    chart["sql"] = f"SELECT c, 10 * v FROM ({chart['sql']}) AS t (c, v)"
    series = chart["series"][0]
    series["values"] = [None if value is None else value * 10 for value in series["values"]]


def a_chart_of_nothing(deck: Document) -> None:
    chart = next(block for _, block in blocks(deck, "chart") if len(block["series"]) == 1)
    rows = zip(chart["categories"], range(len(chart["categories"])), strict=True)
    chart["sql"] = " UNION ALL ".join(f"SELECT '{category}', {value}" for category, value in rows)
    chart["series"][0]["values"] = list(range(len(chart["categories"])))


def a_chart_of_another_kind(deck: Document) -> None:
    chart = block(deck, "chart")
    chart["kind"] = "column" if chart["kind"] != "column" else "bar"


def another_bar_highlighted(deck: Document) -> None:
    chart = block(deck, "chart")
    chart["highlight"] = [1] if chart["highlight"] != [1] else [0]


def an_axis_of_another_name(deck: Document) -> None:
    block(deck, "chart")["series"][0]["label"] = "profit"


def another_alt_text(deck: Document) -> None:
    block(deck, "chart")["alt"] = "All of it rises from year to year."


def another_kpi(deck: Document) -> None:
    several = [block["items"] for _, block in blocks(deck, "kpis") if len(block["items"]) > 1]
    kpi = next(iter(several), None)
    if kpi is None:
        deck["slides"][2]["blocks"].append({"type": "callout", "text": "It was audited"})
    else:
        kpi[0]["value"], kpi[1]["value"] = kpi[1]["value"], kpi[0]["value"]


def another_cell_of_a_table(deck: Document) -> None:
    table = block(deck, "table")
    table["rows"][0][-1] = "audited"


def a_group_of_another_name(deck: Document) -> None:
    chart = next(block for _, block in blocks(deck, "chart"))
    chart["categories"][0], chart["categories"][-1] = chart["categories"][-1], chart["categories"][0]


def another_file(deck: Document) -> None:
    deck["source"]["sha256"] = "0" * 64


def another_size(deck: Document) -> None:
    deck["source"]["bytes"] += 1


NUMBERS: tuple[Forgery, ...] = (
    another_value,
    ten_times_by_its_query,
    another_unit,
    labels_in_each_others_place,
    another_column_under_the_label,
    a_constant_for_a_query,
    a_named_part_in_the_place_of_the_table,
    fewer_rows_behind_it,
    a_hidden_fact,
    a_fact_twice,
    a_fall_that_is_a_rise,
    rounded_up,
    another_period,
    a_chart_upside_down,
    a_chart_ten_times_as_high,
    a_chart_of_nothing,
    a_chart_of_another_kind,
    another_bar_highlighted,
    an_axis_of_another_name,
    another_alt_text,
    another_kpi,
    another_cell_of_a_table,
    a_group_of_another_name,
)
FILES: tuple[Forgery, ...] = (another_file, another_size)
