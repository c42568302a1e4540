"""Pages of a PDF, drawn in a process of their own for each file.

What draws them panics at what it does not expect, and a process in which it has panicked draws nothing
any more: that must not be the one that answers everybody's requests.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence

SECONDS = 120.0  # with the processor shared by others
CHILD = (sys.executable, "-P", "-m", "deckgen.export.pdf.child")
# What it takes to find Python's modules and the machine's fonts, and none of the service's secrets.
KEPT_VARIABLES = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class NotDrawn(RuntimeError):
    """The process that draws pages has ended without them."""


def pages(svgs: Sequence[str], font: str) -> list[bytes]:
    """Returns each slide, set in a font, as a PDF of one page; NotDrawn if its process fails, which
    hurts no other.
    """
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - a module of our own; what the deck says is its input
            CHILD,
            input=json.dumps({"font": font, "pages": svgs}).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise NotDrawn(f"The pages of a PDF were not drawn: {error}") from error
    return [b64decode(page) for page in json.loads(done.stdout)]
