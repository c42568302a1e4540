"""The documents, block by block: what in them is said to a shell, to Python or to a parser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
# A comment before a block that can't be run says why.
NO_RUN = re.compile(r"<!-- no-run: (.+) -->")
BLOCK = re.compile(
    r"^(?:<!--(?P<comment>[^\n]*)-->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True)
class Block:
    """A fenced block; `no_run` says why it is not run, if it is not."""

    page: str
    line: int
    language: str
    text: str
    no_run: str | None

    @property
    def name(self) -> str:
        return f"{self.page}:{self.line}"


def pages() -> list[Path]:
    """README and the like, and docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@cache
def blocks(language: str) -> list[Block]:
    return [block for page in pages() for block in _blocks(page) if block.language == language]


def languages() -> set[str]:
    return {block.language for page in pages() for block in _blocks(page)}


def _blocks(page: Path) -> Iterator[Block]:
    content = page.read_text()
    for found in BLOCK.finditer(content):
        reason = NO_RUN.fullmatch(f"<!--{found['comment']}-->")
        yield Block(
            page=page.relative_to(ROOT).as_posix(),
            line=content.count("\n", 0, found.start("language")) + 1,
            language=found["language"],
            text=found["text"],
            no_run=reason[1] if reason else None,
        )
