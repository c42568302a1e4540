"""The documents hang together: links lead somewhere, and what they name is there."""

import ast
import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from deckgen.cli.app import app
from tests.pages import ROOT, blocks, languages, pages

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"```.*?```", re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LONGEST = 120
# Written by programs, or older than the rule.
NOT_BY_HAND = {"docs/settings.md", "docs/benchmarks.md", "docs/benchmarks-analyst.md", "CHANGELOG.md"}


def anchor(heading: str) -> str:
    """As the usual renderers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def links() -> list[tuple[Path, str]]:
    """Those of each page that lead to another file or to a heading."""
    return [
        (page, target)
        for page in pages()
        for target in LINK.findall(CODE.sub("", page.read_text()))
        if "://" not in target
    ]


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda one: str(getattr(one, "name", one)))
def test_links_lead_somewhere(page: Path, target: str) -> None:
    """To a file that there is, and to a heading that it has."""
    name, _, fragment = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    assert path.exists()
    if fragment:
        assert fragment in {anchor(heading) for heading in HEADING.findall(path.read_text())}


def test_every_page_is_in_the_index() -> None:
    """docs/README.md leads to each page of docs/."""
    index = ROOT / "docs" / "README.md"
    listed = set(LINK.findall(index.read_text()))
    assert {page.name for page in pages() if page.parent == index.parent} - listed == {index.name}


def test_the_readme_is_short() -> None:
    """What it is, a picture, two commands, one request, and where to read on."""
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 120
    assert "![" in readme


def test_lines_are_no_longer_than_a_screen() -> None:
    """Outside of tables and of what is pasted elsewhere."""
    long = [
        f"{page.name}: {line[:60]}"
        for page in pages()
        if page.relative_to(ROOT).as_posix() not in NOT_BY_HAND
        for line in CODE.sub("", page.read_text()).splitlines()
        if len(line) > LONGEST and not line.startswith("|")
    ]
    assert long == []


def test_nothing_for_a_shell_escapes() -> None:
    """What is to be typed is marked as bash, for these blocks are run."""
    assert languages().isdisjoint({"sh", "shell", "console", "zsh"})


@pytest.mark.parametrize("block", blocks("json"), ids=lambda block: block.name)
def test_json(block: object) -> None:
    """Examples of documents are documents."""
    json.loads(block.text)  # type: ignore[attr-defined]


def inline() -> set[str]:
    """What stands between single backticks."""
    return {code for page in pages() for code in INLINE.findall(CODE.sub("", page.read_text()))}


def test_targets_of_make() -> None:
    """`make x` in a text is a target that there is; those in blocks are run."""
    makefile = (ROOT / "Makefile").read_text()
    there = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {found[1] for code in inline() if (found := re.match(r"make ([a-z-]+)", code))}
    assert named - there == set()


def test_commands_of_deckgen() -> None:
    """`deckgen x` in a text is a command that there is."""
    there = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = {found[1] for code in inline() if (found := re.match(r"deckgen ([a-z][a-z-]*)", code))}
    assert named - there == set()


def names_of_tests() -> set[str]:
    return {
        node.name
        for file in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.slow
def test_the_contract_tests_of_arq() -> None:
    """docs/arq.md names tests that there are, and says of each behaviour which one holds it."""
    page = (ROOT / "docs" / "arq.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| ") and "contract test" not in line]
    named = [re.findall(r"`(test_\w+)`", row) for row in rows]
    assert rows
    assert all(named)
    assert {name for names in named for name in names} - names_of_tests() == set()


@pytest.mark.slow
def test_the_promises_of_security() -> None:
    """docs/security.md says of each risk of both lists which tests hold what is done about it."""
    page = (ROOT / "docs" / "security.md").read_text()
    rows = re.findall(r"^\| ((?:API|LLM)[0-9]+) .*$", page, re.MULTILINE)
    assert rows == [*(f"API{n}" for n in range(1, 11)), *(f"LLM{n:02}" for n in range(1, 11))]
    held = re.findall(r"^\| (?:API|LLM)[0-9]+ .*\| ([^|]+) \|$", page, re.MULTILINE)
    assert [names for names in held if "`test_" not in names] == ["–"]  # there are no embeddings
    assert set(re.findall(r"`(test_\w+)`", page)) - names_of_tests() == set()


def test_the_pinned_arq() -> None:
    """The page speaks of the version that is installed."""
    page = (ROOT / "docs" / "arq.md").read_text()
    assert re.findall(r"`(arq==[^`]+)`", page) == re.findall(
        r'"(arq==[^"]+)"', (ROOT / "pyproject.toml").read_text()
    )
