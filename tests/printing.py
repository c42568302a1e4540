"""Files as people see them printed: by LibreOffice, and the words of a PDF with their places."""

import subprocess
import unicodedata
from collections.abc import Mapping
from math import hypot
from pathlib import Path
from typing import Any

from lxml import html as page_tree  # type: ignore[import-untyped]  # ships no types
from pypdf import PageObject, PdfReader

from deckgen.export.layout.boxes import Box
from tests.browser import tool
from tests.patience import PATIENCE_SECONDS

_OVER_BASE, _NARROW = 0.8, 0.1  # of a letter's size: how far up it reaches, how wide it is at least
Words = list[tuple[Box, str]]


def printed(presentations: Mapping[str, bytes], folder: Path) -> list[Path]:
    """PowerPoint files, by their names, as LibreOffice prints them, hidden slides as well."""
    hidden = '{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
    return _converted(presentations, folder, f"pdf:impress_pdf_Export:{hidden}", "pdf")


def resaved(presentations: Mapping[str, bytes], folder: Path) -> list[Path]:
    """PowerPoint files, by their names, as LibreOffice saves them."""
    return _converted(presentations, folder, "pptx:Impress MS PowerPoint 2007 XML", "pptx")


def _converted(presentations: Mapping[str, bytes], folder: Path, form: str, ending: str) -> list[Path]:
    soffice = tool("soffice", "libreoffice-impress")
    files = [folder / f"{name}.pptx" for name in presentations]
    for file, content in zip(files, presentations.values(), strict=True):
        file.write_bytes(content)
    profile, out = f"-env:UserInstallation={(folder / 'profile').as_uri()}", folder / "out"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", form, "--outdir", out, *files],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS * len(files),
    )
    return [out / f"{file.stem}.{ending}" for file in files]


def words_of(pdf: Path) -> list[Words]:
    """The words of each page and where they stand, in points."""
    listed = subprocess.run(
        [tool("pdftotext", "poppler-utils"), "-bbox", pdf, "-"], check=True, capture_output=True
    ).stdout
    root = page_tree.fromstring(listed.decode())
    return [[(_box(word), word.text or "") for word in page.iter("word")] for page in root.iter("page")]


def sizes_of(pdf: Path) -> list[dict[float, str]]:
    """The sizes in which each page is written, in points, each with a text that has it."""
    return [
        {round(box.height, 1): text for box, text in _pieces(page, everything=True)}
        for page in PdfReader(pdf).pages
    ]


def letters_of(pdf: Path) -> list[Words]:
    """The letters of each page of a PDF of deckgen's, which is written letter by letter, but for those
    of charts: pypdf does not tell where these stand.
    """
    return [_pieces(page, everything=False) for page in PdfReader(pdf).pages]


def _pieces(page: PageObject, *, everything: bool) -> Words:
    """The pieces in which a page is written, where they begin; they are as tall as their size."""
    pieces: Words = []
    height = float(page.mediabox.height)

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        tall = size * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        top = height - cm[5] - tm[5] * cm[3] - tall * _OVER_BASE
        is_moved = (cm[4], cm[5]) not in ((0, 0), (0, height))
        if any(map(str.isalnum, text)) and (everything or not is_moved):
            pieces.append((Box(tm[4] + cm[4], top, tall * _NARROW, tall), text.strip()))

    page.extract_text(visitor_text=note)
    return pieces


def _box(word: Any) -> Box:
    left, top, right, bottom = (float(word.get(side)) for side in ("xmin", "ymin", "xmax", "ymax"))
    return Box(left, top, right - left, bottom - top)


def within(box: Box, words: Words) -> str:
    """The letters of the words whose middle is in a box, in the order of the alphabet."""
    return letters("".join(text for place, text in words if _holds(box, place)))


def _holds(box: Box, word: Box) -> bool:
    across, down = word.left + word.width / 2, word.top + word.height / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def letters(text: str) -> str:
    """Letters and digits of the alphabets that every font has: others are drawn by what a machine has,
    and read back in forms of their own.
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sorted(char for char in plain if char.isalnum() and char.isascii()))
