"""New numbers in an edited presentation: what is written anew, what stays, what is listed, marked."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openxml_audit import validate_pptx  # type: ignore[import-untyped]  # ships no types
from pptx import Presentation
from pptx.util import Pt

from deckgen.domain.errors import InvalidRequest
from deckgen.domain.refreshing import Refresh
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.refresher import refresh
from deckgen.orchestrator.refresher.aligning import Found, by_comparison, find, written
from deckgen.orchestrator.verifier.presentation import verify_presentation
from tests.presentation_edits import saved, text_of
from tests.refreshed_presentations import counted, sales
from tests.unit.orchestrator.analyst.engine import as_csv, run_table

pytestmark = pytest.mark.slow

BRIEF = "How did sales develop by month? Which region leads in sales?"
# What a refresh may write beside the slides: the proof, and comments.
OWN = ("docProps/c", "customXml/item1.xml", "[Content_Types].xml", "ppt/comment")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "sales.csv"
    return render_pptx(run_table(path, sales(), BRIEF).deck, theme())


def refreshed(content: bytes, table: str, path: Path) -> tuple[bytes, Refresh]:
    path.write_text(table)
    file, document = refresh(content, path, path.name)
    return file, document.refresh


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def shape(presentation: Any, name: str) -> Any:
    every = (each for slide in presentation.slides for each in slide.shapes)
    return next(each for each in every if each.name == name)


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def comments(content: bytes) -> list[str]:
    return [each.decode() for name, each in parts(content).items() if "ppt/comments/" in name]


def faults(content: bytes, folder: Path) -> list[str]:
    """Returns what PowerPoint would repair in a file, or refuse."""
    (folder / "audited.pptx").write_bytes(content)
    return [str(each) for each in validate_pptx(str(folder / "audited.pptx")).errors]


def test_the_same_table_changes_nothing(made: bytes, tmp_path: Path) -> None:
    """All sentences hold, and every part but the proof has the bytes that it had."""
    file, report = refreshed(made, sales(), tmp_path / "sales.csv")
    assert report.holds
    assert (report.changed, report.charts, report.left, report.doubtful) == (0, 0, [], [])
    assert changed(made, file) <= {"docProps/custom.xml", "customXml/item1.xml"}


def test_other_numbers_stand_where_the_old_ones_stood(made: bytes, tmp_path: Path) -> None:
    """The file says all that a deck does which is made of the new table, and proves it; masters,
    layouts, themes and media have the bytes that they had.
    """
    path, table = tmp_path / "sales.csv", sales(level=1.5)
    file, report = refreshed(made, table, path)
    assert report.holds, report
    assert report.changed > 20
    anew = run_table(tmp_path / "anew.csv", table, BRIEF).deck
    count = counted(made, file, report, path, anew)
    assert count.right == count.numerals > 20, count.wrong
    verification, _ = verify_presentation(file, path)
    assert verification.verified, verification
    touched = {"ppt/slides/", "ppt/notesSlides/", "ppt/charts/", "ppt/embeddings/", *OWN}
    assert all(name.startswith(tuple(touched)) for name in changed(made, file))
    assert faults(file, tmp_path) == []


def test_periods_go_on_where_the_plan_does(made: bytes, tmp_path: Path) -> None:
    """What was said of the last year is said of the new one, if deckgen says the same of it."""
    file, report = refreshed(made, sales(years=3), tmp_path / "sales.csv")
    assert report.holds, report
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in opened(file).slides)
    assert "2025" in notes
    assert verify_presentation(file, tmp_path / "sales.csv")[0].verified


def test_a_refresh_of_a_refresh(made: bytes, tmp_path: Path) -> None:
    """The refreshed file holds a proof with which it is refreshed again: back to where it was."""
    there, _ = refreshed(made, sales(level=1.5), tmp_path / "sales.csv")
    back, report = refreshed(there, sales(), tmp_path / "sales.csv")
    assert report.holds
    for before, after in zip(opened(made).slides, opened(back).slides, strict=True):
        texts = [[each.text for each in one.shapes if each.has_text_frame] for one in (before, after)]
        assert texts[0] == texts[1]


def test_words_order_and_looks_of_people_stay(made: bytes, tmp_path: Path) -> None:
    """A bold half of a number, other words around it, other places and a slide of their own."""
    presentation = opened(made)
    headline = shape(presentation, "s3 headline").text_frame.paragraphs[0]
    text = text_of(headline)
    at = next(place for place, char in enumerate(text) if char.isdigit()) + 1
    headline.runs[0].text = f"As we hoped: {text[:at]}"
    bold = headline.add_run()
    bold.text, bold.font.bold = f"{text[at:]}, say our people", True
    own = presentation.slides.add_slide(presentation.slide_layouts[1])
    own.shapes.add_textbox(Pt(9), Pt(9), Pt(90), Pt(20)).text_frame.text = "Thanks to 12 colleagues"
    listed = presentation.slides._sldIdLst
    listed.insert(0, listed[-1])
    content = saved(presentation)
    file, report = refreshed(content, sales(level=1.5), tmp_path / "sales.csv")
    anew = run_table(tmp_path / "anew.csv", sales(level=1.5), BRIEF).deck
    slide = next(each for each in anew.slides if each.id == "s3")
    paragraph = shape(opened(file), "s3 headline").text_frame.paragraphs[0]
    said = anew.reference_values().filled(slide.title)
    assert text_of(paragraph) == f"As we hoped: {said}, say our people"
    assert [run.font.bold for run in paragraph.runs] == [None, True]
    assert opened(file).slides[0].shapes[-1].text_frame.text == "Thanks to 12 colleagues"
    assert [each.why for each in report.left] == ["“12” was added: Thanks to 12 colleagues"]


def test_numbers_of_people_are_never_written_over(made: bytes, tmp_path: Path) -> None:
    """One that was changed by hand and one that was added stay, and the report names both."""
    presentation = opened(made)
    frame = shape(presentation, "s3 figure").text_frame
    frame.paragraphs[0].runs[0].text = "999.9"
    shape(presentation, "s3 takeaways").text_frame.add_paragraph().text = "We aim at 5,555"
    file, report = refreshed(saved(presentation), sales(level=1.5), tmp_path / "sales.csv")
    assert shape(opened(file), "s3 figure").text_frame.paragraphs[0].text == "999.9"
    assert shape(opened(file), "s3 takeaways").text_frame.paragraphs[-1].text == "We aim at 5,555"
    named = " ".join(each.why for each in report.left)
    assert "999.9" in named
    assert "5,555" in named


def test_a_sentence_that_no_longer_holds_is_marked(made: bytes, tmp_path: Path) -> None:
    """A fall that is called a rise is listed and has a comment, which is gone when it holds again."""
    file, report = refreshed(made, sales(growth=0.7), tmp_path / "sales.csv")
    assert not report.holds
    rose = [each for each in report.doubtful if "rose" in each.sentence]
    assert rose
    assert any("fell" in why for each in rose for why in each.why), rose
    assert any(rose[0].sentence in each for each in comments(file))
    assert faults(file, tmp_path) == []
    back, report = refreshed(file, sales(), tmp_path / "sales.csv")
    assert report.holds, report.doubtful
    assert not any("<p:cm " in each for each in comments(back))


def test_words_that_a_person_wrote_are_judged_too(made: bytes, tmp_path: Path) -> None:
    """Whoever wrote that sales rose: with a fall it does not hold."""
    presentation = opened(made)
    paragraph = shape(presentation, "s3 headline").text_frame.paragraphs[0]
    paragraph.runs[0].text = f"Well done! {text_of(paragraph)}"
    _, report = refreshed(saved(presentation), sales(growth=0.7), tmp_path / "sales.csv")
    assert any(each.sentence.startswith("Well done!") for each in report.doubtful), report.doubtful


def test_facts_that_the_table_can_not_give_are_told(made: bytes, tmp_path: Path) -> None:
    """A region that is gone has no sales: its numbers stand as they were, listed and marked."""
    _, report = refreshed(made, sales(regions=("North", "South")), tmp_path / "sales.csv")
    assert not report.holds
    assert {each.why for each in report.lacking} == {"the table has no rows for it"}
    assert all(any(one.display in each.sentence for each in report.doubtful) for one in report.lacking)


def test_a_table_of_another_kind_is_refused(made: bytes, tmp_path: Path) -> None:
    """The columns that are missing are named, and those that there are."""
    with pytest.raises(InvalidRequest) as refused:
        refreshed(made, sales().replace("sales", "margin", 1), tmp_path / "sales.csv")
    assert refused.value.code == "columns_missing"
    assert "no “sales”" in str(refused.value)
    assert "“margin”" in str(refused.value)


def test_what_a_broken_finder_leaves_is_named(
    made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count of the tests sees it, and so does the report: no number is stale without a word."""

    def blind(before: object, slots: object, after: object) -> Found:
        return Found()

    monkeypatch.setattr("deckgen.orchestrator.refresher.outcome.find", blind)
    path, table = tmp_path / "sales.csv", sales(level=1.5)
    file, report = refreshed(made, table, path)
    anew = run_table(tmp_path / "anew.csv", table, BRIEF).deck
    count = counted(made, file, report, path, anew)
    assert count.right < count.numerals / 2
    assert count.stale == 0
    assert len(report.left) > 10


@pytest.mark.parametrize(
    ("before", "after", "now", "due"),
    [
        ("It rose from 5 to 7", "It rose from 7 to 9", "It did: from 5 to 7!", "It did: from 7 to 9!"),
        ("5 shops (2 rows)", "12 tsd shops (4 rows)", "5 shops (2 rows)", "12 tsd shops (4 rows)"),
        ("North has 5", "South has 6", "As said, North has 5.", "As said, South has 6."),
        ("It is 5 of 9", "It is 6 of 9", "It is 8 of 9", "It is 8 of 9"),
    ],
)  # fmt: skip
def test_slots_are_found_in_edited_texts(before: str, after: str, now: str, due: str) -> None:
    """Each keeps its place among the words; one that was changed by hand is none any more."""
    found = find([before], by_comparison(0, before, after), [now])
    assert written(now, found.replacements.get(0, [])) == due


def test_paragraphs_may_change_places() -> None:
    """A point that was moved up is the same point."""
    before, after = ["It has 5", "It lost 7"], ["It has 6", "It lost 8"]
    slots = [slot for place in (0, 1) for slot in by_comparison(place, before[place], after[place])]
    found = find(before, slots, before[::-1])
    now = [written(text, found.replacements.get(place, [])) for place, text in enumerate(before[::-1])]
    assert now == after[::-1]


def test_what_stands_over_its_numbers_is_listed_with_them(tmp_path: Path) -> None:
    """A growth that halved stands in bold, its numbers below: with the new ones it did not halve."""

    def books(last: int) -> list[tuple[object, ...]]:
        rows = [(2021, "North", 600, 300), (2021, "South", 400, 200), (2022, "North", 720, 370)]
        rows += [(2022, "South", 480, 250), (2023, "North", last, 420), (2023, "South", 528, 260)]
        return [("year", "region", "revenue", "cost"), *rows]

    deck = run_table(tmp_path / "books.csv", books(792), "How profitable are we?").deck
    _, told = refreshed(render_pptx(deck, theme()), as_csv(books(900)), tmp_path / "new.csv")
    named = {each.place for each in told.doubtful if "halved" in " ".join(each.why)}
    assert named >= {"takeaways", "notes"}
