"""Pictures of a template: what kind they are, by what is in them, and how a large one is lit."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from deckgen.export.pptx.templates.parts import Part

MAX_PIXELS = 60_000_000
_SAMPLE = 16  # pixels across and down: what is over a picture stands on its colours as a whole
_BEGINNINGS = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "tiff": (b"II*\0", b"MM\0*"),
    "wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0"),
    "emf": (b"\x01\0\0\0",),
}
_DRAWN = ("emf", "wmf")  # by Windows, of which nothing is known here


def picture(content: bytes) -> Part | None:
    """Returns a picture as a part; None for one that is of no known kind, or has too many pixels."""
    ending = next((each for each, begins in _BEGINNINGS.items() if content.startswith(begins)), "")
    if not ending or (ending not in _DRAWN and not _is_sound(content)):
        return None
    return Part("image", content=content, ending=ending)


def _is_sound(content: bytes) -> bool:
    try:
        with Image.open(BytesIO(content)) as opened:
            wide, tall = opened.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return wide * tall <= MAX_PIXELS


def ground(part: Part) -> str | None:
    """Returns the colour of a picture as a whole; None if it can't be told."""
    try:
        with Image.open(BytesIO(part.content)) as opened:
            opened.draft("RGB", (_SAMPLE, _SAMPLE))
            small = opened.convert("RGB").resize((_SAMPLE, _SAMPLE))
            red, green, blue = small.resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]  # of RGB
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return f"{red:02X}{green:02X}{blue:02X}"
