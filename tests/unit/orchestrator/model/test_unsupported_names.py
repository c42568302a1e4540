"""Which groups a slide must not name."""

from deckgen.domain.formatting.display import COUNT, TEXT
from deckgen.orchestrator.model.unsupported_names import unsupported_names
from tests.unit.orchestrator.facts import fact, source

SOURCE = source(c="Net sales")
OWN = [fact("f1", "North", TEXT), fact("f2", 1, COUNT, group="South")]


def strangers(*names: str) -> list[str]:
    others = [fact(f"f{number}", 1, COUNT, group=name) for number, name in enumerate(names, start=3)]
    return unsupported_names(OWN, [*OWN, *others], SOURCE)


def test_groups_of_other_facts_are_strangers() -> None:
    """Those that the slide's own facts are about, or read, are none."""
    assert strangers("East", "North", "New  York") == ["East", "New York"]


def test_ordinary_words_are_no_strangers() -> None:
    """A text could hardly do without them: single letters, what is written small, names of columns."""
    assert strangers("A", "High", "Other", "online", "Sales", "x" * 200, "USA") == ["USA"]
