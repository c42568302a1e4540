"""Presentations that wear a template: proved as others are, and the template proves nothing itself."""

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from deckgen.domain.decks import Deck, Verification
from deckgen.domain.errors import InvalidRequest
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.manifest import Manifest, manifest_of, pack
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.templates.reading import Read, read
from deckgen.orchestrator.verifier.presentation import verify_presentation
from tests.hostile_presentations import parts_of, with_parts
from tests.presentation_edits import MEANING, edited, saved
from tests.template_parts import NAVY, blank
from tests.templates import TEMPLATES
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow

TABLE = "region,sales\nNorth,60\nSouth,30\nWest,10\n"
IMPRINT = "Acme AG, 3 Main Road"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made") / "sales.csv"


@pytest.fixture(scope="module")
def deck(data: Path) -> Deck:
    return run_table(data, TABLE, "Which region leads?").deck


def with_imprint() -> bytes:
    """A template whose master says something on every slide."""
    presentation = blank(960, 540, NAVY)
    master = presentation.slide_master
    master.shapes._spTree.append(parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="imprint"/><p:cNvSpPr '
        f'txBox="1"/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="{Pt(4)}"/><a:ext cx="{Pt(200)}" '
        f'cy="{Pt(14)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>'
        '<a:lstStyle/><a:p><a:r>'
        f'<a:rPr lang="en-US" sz="800"/><a:t>{IMPRINT}</a:t></a:r></a:p></p:txBody></p:sp>'
    ))  # fmt: skip
    return saved(presentation)


@pytest.fixture(scope="module")
def template() -> Read:
    return read(with_imprint(), "house")


@pytest.fixture(scope="module")
def made(deck: Deck, template: Read) -> bytes:
    return render_pptx(deck, template.theme, base=template.base)


def verified(content: bytes, data: Path) -> Verification:
    return verify_presentation(content, data)[0]


def problems(verification: Verification) -> list[str]:
    return [each for check in verification.checks for each in check.problems]


def with_manifest(content: bytes, manifest: Manifest) -> bytes:
    """The file with another proof in it, as somebody would put it there who edits both."""
    own, old = parts_of(content), pack(manifest_of(Archive.opened(content)))
    new = pack(manifest)
    names = ("docProps/custom.xml", "customXml/item1.xml")
    found = {name: own[name].decode().replace(old, new).encode() for name in names}
    assert all(new.encode() in part for part in found.values())
    return with_parts(content, found)


@pytest.mark.parametrize("name", ["default", "small-page", "decorated", "dark"])
def test_an_untouched_file_holds(name: str, deck: Deck, data: Path) -> None:
    """From file and table alone: the theme that composes its slides again is inside."""
    found = read(TEMPLATES[name](), name)
    content = render_pptx(deck, found.theme, base=found.base)
    for file in (content, saved(Presentation(BytesIO(content)))):
        proved = verified(file, data)
        assert (proved.verified, problems(proved), proved.unproved) == (True, [], [])


def test_an_edit_is_named(made: bytes, data: Path) -> None:
    """As in a file without a template."""
    done = edited(made, MEANING["changed digit"], random.Random(5))
    assert done is not None
    found = verified(done[0], data)
    assert found.verified is False
    assert any("stands where" in each for each in problems(found))


def test_numbers_of_the_template_are_told(made: bytes, data: Path) -> None:
    """They are in no data, and no fault: whoever reads the verdict has to know."""
    found = verified(made, data)
    assert found.verified is True
    assert any(IMPRINT in each for each in found.notes)


def test_a_number_that_is_added_to_a_layout_is_named(made: bytes, data: Path) -> None:
    """A template's own texts are those of the proof."""
    presentation: Any = Presentation(BytesIO(made))
    master = presentation.slide_master
    box = next(each for each in master.shapes if each.name == "imprint")
    box.text_frame.text = "Sales rose by 80 %"
    assert any("layout" in each for each in problems(verified(saved(presentation), data)))


def test_a_proof_that_claims_other_places_is_named(made: bytes, data: Path) -> None:
    """Whoever edits a title and the proof is named, because the places are composed again."""
    manifest = manifest_of(Archive.opened(made))
    slide = manifest.contents.slides[1]
    text = slide.texts[0]
    changed = text.model_copy(
        update={
            "paragraphs": [each.model_copy(update={"text": "Sales fell"}) for each in text.paragraphs]
        }
    )
    slides = [*manifest.contents.slides]
    slides[1] = slide.model_copy(update={"texts": [changed, *slide.texts[1:]]})
    contents = manifest.contents.model_copy(update={"slides": slides})
    content = with_manifest(made, manifest.model_copy(update={"contents": contents}))
    found = verified(content, data)
    assert found.verified is False
    assert {check.name for check in found.checks if check.passed is False} >= {"places_as_made"}


def test_a_proof_with_other_looks_is_not_believed(made: bytes, data: Path) -> None:
    """Sizes that were not those of the file give other places."""
    manifest = manifest_of(Archive.opened(made))
    assert manifest.looks is not None
    grid = manifest.looks.grid.model_copy(update={"margin": 200.0})
    looks = manifest.looks.model_copy(update={"grid": grid})
    found = verified(with_manifest(made, manifest.model_copy(update={"looks": looks})), data)
    assert found.verified is False


@pytest.mark.parametrize(
    "update",
    [
        {"width": 1e12},
        {"scale": 0.0},
        {"columns": 10**9},
        {"margin": float("nan")},
        {"margin": 9_000.0, "right": 9_000.0},
    ],
)
def test_absurd_looks_prove_nothing(update: dict[str, float], made: bytes, data: Path) -> None:
    """They are refused, or nothing is proved by them; whoever reads them is not kept busy."""
    manifest = manifest_of(Archive.opened(made))
    assert manifest.looks is not None
    grid = manifest.looks.grid.model_copy(update=update)
    looks = manifest.looks.model_copy(update={"grid": grid})
    content = with_manifest(made, manifest.model_copy(update={"looks": looks}))
    assert _proved(content, data) is not True


def _proved(content: bytes, data: Path) -> bool | None:
    """The verdict, None for a proof that is refused as broken."""
    try:
        return verified(content, data).verified
    except InvalidRequest as error:
        return None if error.code == "manifest_broken" else True
