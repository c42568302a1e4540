"""The process that draws pages: it bounds itself, reads a font and then SVGs from its standard input, a
line each as JSON, and writes a line of PDF for each.

It needs next to nothing of deckgen, so that it has begun within a few hundredths of a second.
"""

import json
import os
import resource
import sys
from base64 import b64encode

import vl_convert

SECONDS = 60  # of the processor: a page takes a thirtieth of one
MEMORY_BYTES = 2**31  # of addresses: slides take a tenth of it
PRIORITY = 5  # lower than that of the process that answers requests


def main() -> None:
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    os.nice(PRIORITY)
    font = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        sys.stdout.write(f"{b64encode(page(json.loads(line), font)).decode()}\n")


def _limit(kind: int, limit: int) -> None:
    """Set a limit, or the system's own where that is lower, since it can't be raised."""
    permitted = resource.getrlimit(kind)[1]
    if permitted != resource.RLIM_INFINITY:
        limit = min(limit, permitted)
    resource.setrlimit(kind, (limit, limit))


def page(svg: str, font: str) -> bytes:
    """Returns a slide as a PDF of one page.

    Fonts of coloured pictures (emoji) can't be put into a PDF. A slide that needs one is a picture,
    over which its other text lies unseen, so that it is found and copied all the same.
    """
    try:
        drawn: bytes = vl_convert.svg_to_pdf(svg)
    except RuntimeError:
        # What only such a slide needs is loaded for it alone.
        from deckgen.export.layout.typefaces import typeface
        from deckgen.export.pdf.pictures import pictured

        drawn = vl_convert.svg_to_pdf(pictured(svg, typeface(font)))
    return drawn


if __name__ == "__main__":
    main()
