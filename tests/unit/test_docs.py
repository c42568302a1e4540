"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from deckgen.config.settings import Settings
from tools.settings_page import page

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("sql/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_every_setting_is_documented() -> None:
    """docs/settings.md is what `make docs` would write now, and no setting is without a sentence."""
    assert (ROOT / "docs" / "settings.md").read_text() == page()
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A reader who follows a link inside the repository comes to a file or a heading that there is."""
    text = page.read_text()
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    for link in LINK.findall(text):
        path, _, heading = link.partition("#")
        if "://" in link:
            continue
        assert not path or (page.parent / path).exists(), link
        assert path or heading in headings, link
