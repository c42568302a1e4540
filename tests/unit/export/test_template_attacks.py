"""Templates that attack: refused with a code, or cleaned, which is said."""

from collections import Counter
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]  # ships no types
from pptx import Presentation

from deckgen.domain.errors import InvalidRequest, TooLarge
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.reading.archive import MAX_PART_BYTES, Archive
from deckgen.export.pptx.templates.cleaning import Cleaned
from deckgen.export.pptx.templates.parts import TYPES, A, P, Part, R
from deckgen.export.pptx.templates.reading import read
from tests.hostile_frames import FRAMES, MARGIN
from tests.hostile_presentations import parts_of
from tests.hostile_templates import CLEANED, LAYOUT, MASTER, REFUSED, as_template, sound
from tests.native_slides import DECK

pytestmark = pytest.mark.slow

KNOWN = (".xml", ".rels", ".png", ".jpg", ".gif", ".bmp", ".tiff", ".emf", ".wmf")
# What is in no file that was cleaned, in whichever part.
FORBIDDEN = (
    *(
        b"External",
        b"oleObj",
        b"p:control",
        b"hlinkClick",
        b"p:timing",
        b"<script",
        b"extLst",
        b"urn:x",
    ),
    *(b"<!DOCTYPE", b"Confidential", b"Secret", b"AlternateContent"),
)

USED = ("slideMaster", "slideLayout", "theme")
SETTINGS = ("presProps", "viewProps", "extended-properties")
# What is there for the sake of what is in it.
HOLDING = (f"{A}graphicData", f"{A}blipFill", f"{P}blipFill", f"{A}buBlip", f"{A}solidFill")


@pytest.mark.parametrize("attack", REFUSED)
def test_a_template_is_refused_with_a_code(attack: str) -> None:
    """Whatever is no presentation, runs, or is too much."""
    make, code = REFUSED[attack]
    with pytest.raises(InvalidRequest) as refused:
        read(make(), "acme")
    assert refused.value.code == code
    assert isinstance(refused.value, TooLarge) == (code == "presentation_too_large")


ALL_CLEANED = CLEANED | FRAMES


@pytest.mark.parametrize("attack", ALL_CLEANED)
def test_a_template_is_cleaned_and_that_is_said(attack: str) -> None:
    """What leads out of the file, runs or is another program's stays behind; a deck can be drawn
    on it."""
    make, said = ALL_CLEANED[attack]
    found = read(make(), "acme")
    assert any(said in each for each in found.reading.remarks) or not said
    with ZipFile(BytesIO(found.base)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert all(name.endswith(KNOWN) for name in parts)
    for name, part in parts.items():
        assert [each for each in FORBIDDEN if each in part] == [], name
    assert len(Presentation(BytesIO(found.base)).slides) == 0
    deck = DECK.model_copy(update={"slides": DECK.slides[:2]})
    assert len(Presentation(BytesIO(render_pptx(deck, found.theme, base=found.base))).slides) == 2


@pytest.mark.parametrize("attack", ALL_CLEANED)
def test_no_shell_is_left_of_what_was_taken_out(attack: str) -> None:
    """PowerPoint repairs a frame, a fill or a bullet with nothing in it; and no placeholder goes with
    what it held."""
    kept = roots(ALL_CLEANED[attack][0]())
    for root in kept:
        assert [each.tag for each in root.iter(*HOLDING) if len(each) == 0] == []
        assert all(f"{R}embed" in each.attrib for each in root.iter(f"{A}blip"))
    assert holders(kept) == holders(roots(sound()))


@pytest.mark.parametrize("attack", ["a bullet of the master", "a bullet of a placeholder"])
def test_a_bullet_whose_picture_was_taken_out_is_none(attack: str) -> None:
    """Not the one of the level above, which the template does not show there."""
    (bullet,) = [each for root in roots(FRAMES[attack][0]()) for each in root.iter(f"{A}buNone")
                 if each.getparent().get("marL") == MARGIN]  # fmt: skip
    assert [each.tag for each in bullet.itersiblings()] == [f"{A}defRPr"]


def roots(content: bytes) -> list[Any]:
    """Returns the parts that are drawn upon."""
    parts = parts_of(read(content, "acme").base)
    return [etree.fromstring(part) for name, part in parts.items() if name.endswith(".xml")]


def holders(kept: list[Any]) -> int:
    return sum(1 for root in kept for _ in root.iter(f"{P}ph"))


def test_nothing_is_said_of_a_sound_template() -> None:
    """So that a word about what was left out means something."""
    assert not [each for each in read(sound(), "acme").reading.remarks if "Left out" in each]


def test_a_template_of_powerpoint_is_one() -> None:
    """A .potx has another type than a .pptx, and what is made of it is a presentation."""
    assert b"template.main+xml" in parts_of(as_template(sound()))["[Content_Types].xml"]
    base = read(as_template(sound()), "acme").base
    assert b"presentation.main+xml" in parts_of(base)["[Content_Types].xml"]


def test_what_is_kept_is_no_more_than_is_used() -> None:
    """Slides, fonts and styles of tables are not in the base, and all that is taken is."""
    content = CLEANED["slides with notes"][0]()
    taken = Counter(TYPES[each.kind] for each in reached(Cleaned(Archive.opened(content)).main))
    types = etree.fromstring(parts_of(read(content, "acme").base)["[Content_Types].xml"])
    kept = Counter(each.get("ContentType") for each in types if each.get("PartName"))
    assert set(taken) == {TYPES[kind] for kind in ("presentation", *USED)}
    # Without its settings PowerPoint repairs a file.
    assert kept - taken == Counter(TYPES[kind] for kind in SETTINGS)
    assert not taken - kept


def test_each_part_is_unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what a template may unpack to is what the limits say."""
    names, whole = list[str](), Archive.read

    def counted(archive: Archive, name: str, most: int = MAX_PART_BYTES) -> bytes:
        names.append(name)
        return whole(archive, name, most)

    monkeypatch.setattr(Archive, "read", counted)
    read(sound(), "acme")
    assert {MASTER, LAYOUT} < set(names)
    assert [name for name, times in Counter(names).items() if times > 1] == []


def reached(part: Part, known: frozenset[Part] = frozenset()) -> frozenset[Part]:
    """Returns a part with all that it names, and that those name."""
    for each in (part, *part.relations.values()):
        if each not in known:
            known = reached(each, known | {each})
    return known


@pytest.mark.parametrize("font", ["Arial'; x{}</style>", 'a" onload="x', "Acme <b>"])
def test_a_fonts_name_can_not_break_out_of_a_page(font: str) -> None:
    """A name with other letters than names have is not written there."""
    escaped = font.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    content = sound()
    name = next(name for name in parts_of(content) if "theme/theme1" in name)
    theme = parts_of(content)[name].decode().replace('typeface="Arial"', f'typeface="{escaped}"')
    from tests.hostile_presentations import with_parts

    found = read(with_parts(content, {name: theme.encode()}), "acme")
    assert font not in found.theme.families
    assert found.theme.font == "Arial"
    assert any("can't be written on a page" in each for each in found.reading.remarks)
