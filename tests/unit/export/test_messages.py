"""Summary, recommendation and figures: what stands large, and in line."""

import pytest

from deckgen.domain.blocks import Action, Actions, Block, Callout, Kpi, Kpis, Message, Messages
from deckgen.domain.charts import ChartKind
from deckgen.domain.decks import Layout
from deckgen.export.scene.elements import Scene, TextBox, paragraphs
from deckgen.export.slides.compose import scenes
from deckgen.export.slides.inspection import overflows
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.deck_parts import chart, slide
from tests.decks import sample_deck

NOT_PROVED = Message(figure="", label="", text="It fell")
CHART = chart(ChartKind.COLUMN, ["a", "b"], [1.0, 2.0])


def scene(*blocks: Block, layout: Layout) -> Scene:
    deck = sample_deck().model_copy(update={"slides": [slide(layout, "Profit rose", *blocks)]})
    (found,) = scenes(deck, theme(), Words(deck))
    return found


def boxes(found: Scene, slot: str) -> list[TextBox]:
    return [each for each in found.elements if isinstance(each, TextBox) and each.slot == slot]


def test_the_sentences_of_a_summary_have_one_size() -> None:
    """However long one of them is, the others are no larger."""
    items = [
        Message(figure="{{f1}}", label="Revenue", text="It rose " * often) for often in (3, 18, 4, 3)
    ]
    found = scene(Messages(items=items), layout=Layout.SUMMARY)
    sizes = {each.size for slot, each in paragraphs(found.elements) if slot == "message"}
    assert len(sizes) == 1


@pytest.mark.parametrize("count", [2, 4, 6])
def test_figures_and_sentences_of_a_summary_stand_in_line(count: int) -> None:
    """One below the other, figures in one size; what no figure proves has its sentence alone."""
    items = [
        Message(figure="{{f1}}", label="Revenue", text="It rose") if place else NOT_PROVED
        for place in range(count)
    ]
    found = scene(Messages(items=items), layout=Layout.SUMMARY)
    figures, said = boxes(found, "figure"), boxes(found, "message")
    assert (len(figures), len(said)) == (count - 1, count)
    assert len({each.box.left for each in figures}) == len({each.box.left for each in said}) == 1
    assert len({each.paragraphs[0].size for each in figures}) == 1
    assert found.further == ()


def test_six_rows_above_a_remark_have_room_for_their_figures() -> None:
    """Of a long label one line is left, which is better than two that leave their row."""
    label = "Average minimum temperature, of all days in August"
    row = Message(figure="{{f1}}", label=label, text="August stands first")
    remark = Callout(text="Not answered: the table lacks it")
    found = scene(Messages(items=[row] * 6), remark, layout=Layout.SUMMARY)
    assert not [*overflows(found, theme().grid)]


def test_the_only_action_has_the_slide_to_itself() -> None:
    """What it is worth stands large; what it is, rests on and begins with stands beside that."""
    only = Action(action="Raise it", evidence="It fell", size="{{f1}}", first_step="Ask")
    found = scene(Actions(size_label="a year", items=[only]), layout=Layout.RECOMMENDATION)
    (worth,), (action,) = boxes(found, "size"), boxes(found, "action")
    assert worth.paragraphs[0].size > action.paragraphs[0].size > 20
    assert worth.box.right < action.box.left
    assert [each.slot for each in found.elements if isinstance(each, TextBox)][1:-2] == [
        *("size", "action", "head", "evidence", "head", "first step"),
    ]
    two = scene(Actions(size_label="a year", items=[only, only]), layout=Layout.RECOMMENDATION)
    assert [each.paragraphs[0].text for each in boxes(two, "place")] == ["1", "2"]


def test_figures_in_cards_are_as_large_as_their_cards_allow() -> None:
    """With a course or a change there is less room for them."""
    sizes = []
    for change in ("", "+5 % on a year before"):
        kpis = [Kpi(label="Revenue", value="{{f1}}", change=change)] * 3
        found = scene(Kpis(items=kpis), CHART, layout=Layout.CHART)
        sizes.append({each.paragraphs[1].size for each in boxes(found, "figure")})
    (plain,), (changed,) = sizes
    assert plain > changed
