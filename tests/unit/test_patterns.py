"""No text makes a regular expression of the package slow."""

import re

import pytest

import deckgen
from deckgen.domain.language.languages import languages
from deckgen.orchestrator.analyst import brief
from tests.pattern_times import MOST_TIMES, TooSlowError, worst
from tests.patterns import Locals, Use, uses_in

pytestmark = pytest.mark.slow

# Functions that build a pattern, with examples of what they build it from.
MADE: dict[str, Locals] = {
    "deckgen.export.pptx.masters:_colour": lambda _: [],  # of python-pptx's own template
    "deckgen.orchestrator.analyst.brief.period_mentions:_months": lambda module: [
        {"months": module.months_of("en")}
    ],
    "deckgen.orchestrator.analyst.brief.period_mentions:months_of": lambda _: [
        {"names": "september|sep|may", "leads": "in|of|since|seit"}
    ],
    "deckgen.orchestrator.analyst.ingestion.clocks:_likely": lambda module: [
        {"form": vars(module)[name]} for name in ("_CLOCK", "_SHORT", "_SHORTER", "_WITH_DAYS", "_ISO")
    ],
    "deckgen.orchestrator.analyst.ingestion.files:has_gaps": lambda _: [
        {"separator": separator} for separator in (b",", b";", b"\t", b"|")
    ],
    "deckgen.orchestrator.analyst.lexicon.column_names:_split": lambda module: [
        {"form": form} for form, _ in vars(module)["_WRITTEN"]
    ],
    "deckgen.orchestrator.analyst.lexicon.questions:cues_of": lambda module: [
        {"pattern": pattern} for pattern in vars(module)["COMPILED"].values()
    ],
    "deckgen.orchestrator.analyst.lexicon.unit_words:as_columns_say": lambda module: [
        {"said": said} for said in vars(module)["_SPOKEN"]
    ],
    "deckgen.orchestrator.analyst.operations.difference:_said": lambda _: [
        {"name": name} for name in ("A", "a b", "-- --")
    ],
    "deckgen.orchestrator.analyst.operations.forecast:_asked": lambda module: [
        {"words": words} for words in vars(module)["GRAIN_WORDS"].values()
    ],
    "deckgen.orchestrator.analyst.planning.thresholds:_measured": lambda module: [
        {"pattern": pattern} for pattern, _ in vars(module)["_MEANT"]
    ],
    "deckgen.orchestrator.analyst.questions.vocabulary:without": lambda _: [
        {"other": name} for name in ("A", "a b", "-- --")
    ],
    "deckgen.orchestrator.analyst.questions.vocabulary:shares_out": lambda _: [
        {"name": name} for name in ("share", "a b", "-- --")
    ],
    "deckgen.orchestrator.analyst.questions.vocabulary:counts": lambda _: [
        {"thing": name} for name in ("days", "a b", "-- --")
    ],
    "deckgen.orchestrator.analyst.proof.checks.lexicon:causal": lambda _: [
        {"causes": each.words.causes} for each in languages().values()
    ],
    "deckgen.pages.studio.deck_asking:as_asked": lambda _: [{"either": "aaaa"}, {"either": "1|12"}],
    "deckgen.orchestrator.editing.checking:_of_sense": lambda _: [
        {"causes": each.words.causes} for each in languages().values()
    ],
    "deckgen.orchestrator.editing.suggesting:_brief": lambda _: [{"piece": "aaaa"}, {"piece": "a 1"}],
    "deckgen.orchestrator.model.entity_binding:in_brief": lambda _: [
        {"piece": "aaaa"},
        {"piece": "a 1"},
    ],
    "deckgen.orchestrator.model.entity_binding:_outside": lambda module: [
        {"before": before, "label": label}
        for before in ("", vars(module)["_WHEN"])
        for label in ("2024", "a b", "-- --")
    ],
    "deckgen.orchestrator.model.unsupported_names:first_unsupported": lambda _: [
        {"longest_first": "New York|York|aa"}
    ],
    # These search trees of XML.
    "deckgen.export.charts.native.labels:lay_out": lambda _: [],
    "deckgen.export.charts.native.labels:lay_out_legend": lambda _: [],
    "deckgen.export.charts.native.labels:set_tick_spacing": lambda _: [],
    "deckgen.export.charts.native.labels:leave_between_blank": lambda _: [],
    "deckgen.export.charts.native.paretos:_axis_of_shares": lambda _: [],
    "deckgen.export.charts.native.paretos:_move_to_a_line": lambda _: [],
    "deckgen.export.charts.native.ranges:_behind": lambda _: [],
    "deckgen.export.pptx.masters:_mute": lambda _: [],
    "deckgen.export.pptx.rewriting.charts:_exchange": lambda _: [],
    "deckgen.export.pptx.rewriting.charts:_scale": lambda _: [],
    "deckgen.export.pptx.rewriting.workbooks:renewed": lambda _: [],
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> tuple[list[Use], list[str]]:
    """Looked for when a test asks: every process that collects tests would have to read all modules."""
    return uses_in(deckgen, MADE)


@pytest.fixture
def ours(found: tuple[list[Use], list[str]]) -> list[Use]:
    """What the fake of a provider reads was written by deckgen."""
    return [use for use in found[0] if not use.place.startswith("deckgen.dev.")]


def test_every_pattern_is_looked_at(found: tuple[list[Use], list[str]], ours: list[Use]) -> None:
    """A pattern stands in a module, or in a call of `re`, or what it is made of is said here."""
    assert found[1] == []
    assert len(ours) > 80


def test_no_pattern_is_worse_than_linear(ours: list[Use]) -> None:
    """Eight times the text takes about eight times as long, whatever it says."""
    slow = {}
    for use in ours:
        times, attack = worst(use)
        if times >= MOST_TIMES:
            slow[use.place] = (times, use.pattern.pattern, attack)
    assert slow == {}


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s*\d[\d\s]*(?:k\s*)?", "search"),
        (r"\S*\d\S*", "search"),
        (r"\{+\d+\}+", "search"),
        (r"\bhow much.* depend", "search"),
        (r"[\d,]*\d[\d.,]*%", "fullmatch"),
        (r"SELECT \(.+\) / \(.+\) - 1", "fullmatch"),
    ],
)
def test_a_quadratic_pattern_is_found(pattern: str, method: str) -> None:
    """Whether it begins with a repeat, or two of its repeats share characters."""
    assert worst(Use("here", re.compile(pattern), method))[0] > MOST_TIMES


def test_an_exponential_pattern_is_ended() -> None:
    """One that would take longer than the world is old takes the time that is set."""
    with pytest.raises(TooSlowError):
        worst(Use("here", re.compile(r"(\w+\s?)*!"), "match"), cpu_seconds=1)


def test_a_pattern_of_local_names_must_be_explained() -> None:
    """A pattern that is built in a function is no way round the test."""
    problems = uses_in(brief, {})[1]
    assert any("period_mentions:months_of" in problem for problem in problems)
