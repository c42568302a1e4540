"""Ways to forge what a deck says: of itself, in a model's name, in words, and of its table."""

import copy

from tests.forgeries import (
    Document,
    Forgery,
    a_chart_ten_times_as_high,
    block,
    blocks,
    points,
    ten_times_by_its_query,
    worded,
)


def another_version(deck: Document) -> None:
    deck["madeWith"] = "deckgen 0.0.9"


def no_version(deck: Document) -> None:
    deck["madeWith"] = ""


def another_version_and_value(deck: Document) -> None:
    another_version(deck)
    ten_times_by_its_query(deck)


def another_version_and_chart(deck: Document) -> None:
    another_version(deck)
    a_chart_ten_times_as_high(deck)


def another_version_and_kpi(deck: Document) -> None:
    another_version(deck)
    several = [block["items"] for _, block in blocks(deck, "kpis") if len(block["items"]) > 1]
    items = next(iter(several), None)
    if items is None:
        ten_times_by_its_query(deck)
    else:
        items[0]["value"], items[1]["value"] = items[1]["value"], items[0]["value"]


def another_version_and_table(deck: Document) -> None:
    another_version(deck)
    table = next((one for _, one in blocks(deck, "table") if one["sql"]), None)
    if table is None:
        ten_times_by_its_query(deck)
    else:
        table["sql"] = f"SELECT * FROM ({table['sql']}) LIMIT 1"
        table["rows"] = table["rows"][:1]


def another_version_and_sentence(deck: Document) -> None:
    another_version(deck)
    points(worded(deck))[0] = "The board was warned of all this in good time"
    deck["claims"] = []


def a_model_s_own_numbers(deck: Document) -> None:
    slide = worded(deck)
    slide["made"] |= {
        "engine": "model",
        "model": "gpt-test",
        "promptVersion": "v1",
        "fallback": False,
        "reason": "",
    }
    points(slide)[0] = "It was twice as much as in the plan"


def a_model_s_digits_of_another_script(deck: Document) -> None:
    slide = worded(deck)
    slide["made"] |= {
        "engine": "model",
        "model": "gpt-test",
        "promptVersion": "v1",
        "fallback": False,
        "reason": "",
    }
    slide["title"] = "It grew by ٤٢ points in all of the years"


def a_model_s_chart(deck: Document) -> None:
    slide = worded(deck)
    slide["made"] |= {
        "engine": "model",
        "model": "gpt-test",
        "promptVersion": "v1",
        "fallback": False,
        "reason": "",
    }
    chart = next(block for block in slide["blocks"] if block["type"] == "chart")
    chart["title"] = "Profit by year"


def a_model_s_method(deck: Document) -> None:
    slide = worded(deck)
    slide["made"] |= {
        "engine": "model",
        "model": "gpt-test",
        "promptVersion": "v1",
        "fallback": False,
        "reason": "",
    }
    slide["notes"] = "Computed and signed by an auditor."


def a_model_that_is_none(deck: Document) -> None:
    worded(deck)["made"] |= {"engine": "model", "model": "audited by a firm", "fallback": False}


def a_fallback_that_is_none(deck: Document) -> None:
    slide = worded(deck)
    slide["made"] = {"engine": "offline", "attempts": 1, "fallback": True, "reason": "away"}
    slide["title"] = "Everything grew as it was planned to grow"


def another_title(deck: Document) -> None:
    deck["title"] = "Revenue doubled in a year"


def another_first_slide(deck: Document) -> None:
    deck["title"] = deck["slides"][0]["title"] = (
        "Revenue has risen by half since the change of the board"
    )
    deck["slides"][0]["made"] |= {"engine": "model", "model": "gpt-test", "promptVersion": "v1"}


def another_question(deck: Document) -> None:
    deck["storyline"]["question"] = "Was the plan met?"


def another_answer(deck: Document) -> None:
    deck["storyline"]["answer"] = "The plan was met"


def other_notes(deck: Document) -> None:
    deck["slides"][0]["notes"] = "Audited."


def another_callout(deck: Document) -> None:
    block(deck, "callout")["text"] = "An auditor has seen all of it"


def another_source_line(deck: Document) -> None:
    worded(deck)["sourceLine"] = "Source: audited accounts"


def points_about_other_facts(deck: Document) -> None:
    slides = [slide for slide in deck["slides"] if any(b["type"] == "bullets" for b in slide["blocks"])]
    one, other = points(slides[0]), points(slides[1])
    one[0], other[0] = other[0], one[0]


def a_slide_more(deck: Document) -> None:
    slide = copy.deepcopy(worded(deck))
    deck["slides"].append(slide | {"id": "s99"})


def a_slide_twice(deck: Document) -> None:
    deck["slides"].append(copy.deepcopy(worded(deck)))


def without_the_appendix(deck: Document) -> None:
    deck["slides"].pop()


def without_what_limits_it(deck: Document) -> None:
    deck["slides"][-1]["blocks"] = deck["slides"][-1]["blocks"][:-1]


def the_last_slide_first(deck: Document) -> None:
    deck["slides"].insert(0, deck["slides"].pop())


def more_rows(deck: Document) -> None:
    deck["source"]["rows"] += 1000


def another_column_label(deck: Document) -> None:
    deck["source"]["columns"][-1]["label"] = "profit"


def no_warnings(deck: Document) -> None:
    deck["source"]["warnings"] = [*deck["source"]["warnings"], "It was audited"]


def a_check_that_nobody_made(deck: Document) -> None:
    deck["quality"].append({"name": "audited", "passed": True, "problems": []})


def another_locale(deck: Document) -> None:
    deck["brief"]["locale"] = "de_DE"


# What can't be told from what another version might have made, or a user might have wanted.
UNPROVED: tuple[Forgery, ...] = (
    another_version,
    no_version,
    another_version_and_sentence,
)
CLAIMS: tuple[Forgery, ...] = (
    another_version_and_value,
    another_version_and_chart,
    another_version_and_kpi,
    another_version_and_table,
    a_model_s_own_numbers,
    a_model_s_digits_of_another_script,
    a_model_s_chart,
    a_model_s_method,
    a_model_that_is_none,
    a_fallback_that_is_none,
    another_title,
    another_first_slide,
    another_question,
    another_answer,
    other_notes,
    another_callout,
    another_source_line,
    a_slide_more,
    a_slide_twice,
    without_the_appendix,
    without_what_limits_it,
    the_last_slide_first,
    more_rows,
    another_column_label,
    no_warnings,
    a_check_that_nobody_made,
    another_locale,
)
