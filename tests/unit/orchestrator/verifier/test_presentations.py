"""Presentations verified: untouched ones hold, what was edited is named, attacks are refused."""

import random
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from deckgen.domain.decks import Deck, Verification
from deckgen.domain.errors import InvalidRequest
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.manifest import Manifest, keep, manifest_of, pack, unpack
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.slides import contents
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.verifier.presentation import verify_presentation
from tests.hostile_presentations import ATTACKS, parts_of, with_parts
from tests.presentation_edits import HARMLESS, MEANING, Edit, edited, saved, shapes
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow

MONTHS = [f"2024-{month:02}-01" for month in range(1, 13)]
TABLE = (
    "month,region,sales\n"
    + "".join(
        f"{month},{region},{base + step * place}\n"
        for place, month in enumerate(MONTHS)
        for region, base, step in (("North", 900, 31), ("South", 500, -13), ("West", 200, 2))
    )
    + "2024-12-01,West,\n2024-11-01,West,\n"
)  # an appendix tells of what is missing


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made") / "sales.csv"


@pytest.fixture(scope="module")
def deck(data: Path) -> Deck:
    return run_table(data, TABLE, "How did sales change, and which region leads?").deck


@pytest.fixture(scope="module")
def made(deck: Deck) -> bytes:
    return render_pptx(deck, theme())


def problems(verification: Verification) -> list[str]:
    return [each for check in verification.checks for each in check.problems]


def verified(content: bytes, data: Path) -> Verification:
    return verify_presentation(content, data)[0]


def test_an_untouched_file_holds(made: bytes, data: Path) -> None:
    """As it was made, and as python-pptx saves it again: all is proved, from file and table alone."""
    for content in (made, saved(Presentation(BytesIO(made)))):
        found = verified(content, data)
        assert (found.verified, problems(found), found.unproved) == (True, [], [])
        assert "texts_of_the_file" in {check.name for check in found.checks}


def test_the_table_is_compared(made: bytes, tmp_path: Path) -> None:
    """An untouched file over another table proves nothing."""
    other = tmp_path / "sales.csv"
    other.write_text(TABLE.replace("900", "901"))
    assert verified(made, other).verified is False
    assert verify_presentation(made, None)[0].verified is None


@pytest.mark.parametrize("kind", MEANING)
def test_an_edit_of_the_meaning_is_named(kind: str, made: bytes, data: Path) -> None:
    """The verdict is false, and a sentence names the slide."""
    done = edited(made, MEANING[kind], random.Random(1))
    assert done is not None
    content, slide = done
    found = verified(content, data)
    assert found.verified is False
    assert any(re.match(rf"slide {slide}\b", each) for each in problems(found)), problems(found)


@pytest.mark.parametrize("kind", HARMLESS)
def test_another_look_is_no_fault(kind: str, made: bytes, data: Path) -> None:
    """Fonts, places, order, words without numbers: people may do that."""
    done = edited(made, HARMLESS[kind], random.Random(1))
    assert done is not None
    assert problems(verified(done[0], data)) == []


def test_a_slide_that_was_left_out_is_told(made: bytes, data: Path) -> None:
    """It is no fault, and a note says which it was."""
    done = edited(made, HARMLESS["a slide left out"], random.Random(2))
    assert done is not None
    assert any("not in the file any more: s" in note for note in verified(done[0], data).notes)


def _workbook(presentation: Any, rng: random.Random) -> int | None:
    """The workbook behind a chart says something else, and the drawn chart stays."""
    for number, slide in enumerate(presentation.slides, start=1):
        for shape in shapes(slide):
            if getattr(shape, "has_chart", False) and shape.has_chart:
                part = shape.chart.part.chart_workbook.xlsx_part
                sheet = parts_of(part.blob)["xl/worksheets/sheet1.xml"]
                changed = sheet.replace(b"<v>1", b"<v>7", 2)
                assert changed != sheet
                part._blob = with_parts(part.blob, {"xl/worksheets/sheet1.xml": changed})
                return number
    return None


def _on_the_master(presentation: Any, rng: random.Random) -> int | None:
    """A number that stands on every slide."""
    box = presentation.slides[0].shapes.add_textbox(0, 0, 9999, 9999)
    box.text_frame.text = "47% more for everyone"
    presentation.slide_master.shapes._spTree.append(box._element)
    return 1


def _in_notes(presentation: Any, rng: random.Random) -> int | None:
    notes = presentation.slides[1].notes_slide.notes_text_frame
    notes.text = f"{notes.text}\nTell them that it is 47%"
    return 2


@pytest.mark.parametrize(
    ("edit", "named"),
    [(_workbook, "its workbook has"), (_on_the_master, "“47%” was added"), (_in_notes, "notes: “47%”")],
)
def test_what_is_not_seen_at_once_is_named(edit: Edit, named: str, made: bytes, data: Path) -> None:
    """Numbers in workbooks, on masters and in notes are numbers of the file."""
    done = edited(made, edit, random.Random(1))
    assert done is not None
    assert any(named in each for each in problems(verified(done[0], data)))


def _with_proof(content: bytes, manifest: Manifest) -> bytes:
    presentation = Presentation(BytesIO(content))
    for relations in (presentation.part.package._rels, presentation.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(("/custom-properties", "/customXml")):
                relations.pop(name)
    keep(presentation, manifest)
    return saved(presentation)


def test_a_forged_proof_is_named(made: bytes, data: Path) -> None:
    """What the places said is composed again: who changes both the file and its proof is named."""
    done = edited(made, MEANING["changed digit"], random.Random(3))
    assert done is not None
    content, manifest = done[0], manifest_of(Archive.opened(made))
    said = contents(Archive.opened(content))
    slides = [
        each.model_copy(update={"id": own.id})
        for each, own in zip(said.slides, manifest.contents.slides, strict=True)
    ]
    forged = manifest.model_copy(update={"contents": said.model_copy(update={"slides": slides})})
    found = verified(_with_proof(content, forged), data)
    assert found.verified is False
    assert {each.name for each in found.checks if each.problems} == {"places_as_made"}


def test_places_of_another_version_are_not_called_false(made: bytes, data: Path) -> None:
    """They are not composed again; what the file says is still compared with what it said."""
    manifest = manifest_of(Archive.opened(made))
    older = manifest.model_copy(update={"deck": {**manifest.deck, "madeWith": "0.4.9"}})
    found = verified(_with_proof(made, older), data)
    assert (found.verified, problems(found)) == (None, [])
    assert any("another version" in each for each in found.unproved)


def test_a_proof_is_kept_in_two_places(made: bytes, data: Path) -> None:
    """A program that leaves out one of them leaves the other."""
    for part in ("docProps/custom.xml", "customXml/item1.xml"):
        assert verified(with_parts(made, {part: b"<a/>"}), data).verified is True


def test_a_long_proof_is_read_whole(deck: Deck) -> None:
    """It stands in several properties, because a program may cut a long one."""
    noise = "".join(random.Random(1).choices("abcdefghijklmnop0123456789", k=200_000))
    presentation = Presentation()
    said = manifest_of(Archive.opened(render_pptx(deck, theme()))).contents
    keep(presentation, Manifest(theme="clear", deck={"noise": noise}, contents=said))
    content = with_parts(saved(presentation), {"customXml/item1.xml": b"<a/>"})
    assert manifest_of(Archive.opened(content)).deck["noise"] == noise


def test_a_proof_that_unpacks_without_end_is_refused(made: bytes) -> None:
    """Megabytes of nothing pack well."""
    manifest = manifest_of(Archive.opened(made))
    text = pack(manifest.model_copy(update={"deck": {"noise": " " * 31_000_000}}))
    with pytest.raises(InvalidRequest) as refused:
        unpack(text)
    assert refused.value.code == "manifest_broken"


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(name: str, made: bytes, data: Path) -> None:
    """Each with a code, before anything of it is computed."""
    attack, code = ATTACKS[name]
    with pytest.raises(InvalidRequest) as refused:
        verify_presentation(attack(made), data)
    assert refused.value.code == code
