"""What an edit of a text does to its numbers."""

import pytest

from deckgen.orchestrator.verifier.presentation.sentences import edits

FELL = "Revenue in the North fell by 12% to $4.2M in 2024"
KNOWN = frozenset(["revenue", "north", "south", "fell", "12%", "$4.2m", "2024", "15%"])


def found(before: str | list[str], after: str | list[str], *, is_title: bool = False) -> list[str]:
    first, last = ([each] if isinstance(each, str) else each for each in (before, after))
    return list(edits(first, last, KNOWN, is_title=is_title))


@pytest.mark.parametrize(
    ("after", "named"),
    [
        (FELL.replace("12%", "13%"), "“13%” stands where “12%” was"),
        (FELL.replace("12%", "12 pp"), "“12%” is missing"),
        ("Costs in the East rose by ninety to many", "“ninety” stands where “12%” was"),
        (FELL.replace("$4.2M", "$4.2B"), "“$4.2B” stands where “$4.2M” was"),
        (FELL.replace("$4.2M", "−$4.2M"), "“−$4.2M” stands where “$4.2M” was"),
        (FELL.replace("$4.2M", "$4.2M million"), "“million” was added"),
        (FELL.replace("12%", "$4.2M").replace("to $4.2M", "to 12%"), "“$4.2M” is missing"),
        (f"{FELL}, 7 of them new", "“7” was added"),
        (f"{FELL}, twice the plan", "“twice” was added"),
        (f"{FELL}. That is 15%", "“15%” is another sentence's"),
        (FELL.replace("fell", "rose"), "are left without its sentence, “fell” is not there"),
        (FELL.replace("North", "South"), "are left without its sentence, “North” is not there"),
        (FELL.replace("fell", "never fell"), "“never” was added"),
        ("12%", "“12%” is left without its sentence"),
        ("Costs are 12%", "“12%” is left without its sentence"),
        (FELL.replace(" by 12%", ""), "“12%” is missing"),
        (FELL.replace("12%", "(12%)"), "“(12%)” stands where “12%” was"),
        (FELL.replace("12%", "١٢%"), "“١٢%” stands where “12%” was"),
    ],
)
def test_what_changes_a_number_is_named(after: str, named: str) -> None:
    """A number, its unit, its sign, its sentence, what is said of it: whatever is another one."""
    assert any(named in each for each in found(FELL, after)), found(FELL, after)


@pytest.mark.parametrize(
    "after",
    [
        FELL,
        "",
        f"As expected: {FELL}",
        f"{FELL} – we knew it",
        f"{FELL}. This is not news.",
        FELL.replace("Revenue", "Total revenue"),
        FELL.replace("Revenue", "Revenue,"),
        FELL.replace("Revenue", "Reveneu"),
        FELL.replace(" ", "\N{NO-BREAK SPACE}"),
        FELL.upper(),
        f"“{FELL}”.",
    ],
)
def test_what_changes_no_meaning_is_not_named(after: str) -> None:
    """Words without numbers that were added, a letter, marks, capitals, a sentence left out."""
    assert found(FELL, after) == []


def test_a_figure_and_its_name_are_one_sentence() -> None:
    """A number that stands alone is what the line below it says; another name is another meaning."""
    assert found(["12%", "Share of the North"], ["12%", "Share of the South"])
    assert found(["12%", "Share of the North"], ["12%", "Share of the North today"]) == []


def test_lines_that_changed_places_are_named() -> None:
    """A sentence that is moved is read after another one."""
    lines = ["The North fell by 12% in all", "The South rose by 15% instead"]
    assert found(lines, lines[::-1])
    assert found(lines, lines[:1]) == []


def test_a_title_says_what_it_said() -> None:
    """A title is a claim, with or without a number; elsewhere words without numbers are free."""
    title = "The North leads in every region"
    assert found(title, "The South leads in every region", is_title=True)
    assert found(title, "The South leads in every region") == []
    assert found(title, "As we know, the North leads in every region", is_title=True) == []
    assert found(title, "", is_title=True) == []


def test_the_name_of_another_group_is_no_mended_letter() -> None:
    """Names that differ in one letter are other names, if the deck knows both."""
    known = frozenset({"maria", "mario"})
    assert list(edits(["Sales of Maria were about 12"], ["Sales of Mario were about 12"], known))
