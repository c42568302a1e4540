"""Sample decks that use every layout, block and kind of chart, for the tests of exports and pages."""

from deckgen.domain.blocks import Bullets, Callout, Table, TableColumn
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.decks import Check, Deck, Layout, Slide, Storyline
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.domain.model_calls import Usage
from tests.deck_parts import CELSIUS, DOLLARS, MONTH, SCRIPT, fact
from tests.sample_slides import content


def sample_deck() -> Deck:
    """A deck of every layout, block and kind of chart."""
    facts = [
        fact(1, 1_250_000, DOLLARS, "Revenue"),
        fact(2, 0.38, PERCENT, f"Share of the largest region {SCRIPT}"),
        fact(3, 49_574, COUNT, "Orders"),
        fact(4, 0.053, PERCENT, "Change"),
        fact(5, 16.44, DOLLARS, "Mean price"),
        fact(6, "2015-12-01", MONTH, "Best month"),
        fact(7, -12.4, CELSIUS, "Lowest temperature"),
    ]
    return Deck(
        title="{{brief}}",
        brief=Brief(
            business_context="Where did the revenue of 2015 come from, and what should we do next?"
        ),
        source=Source(
            name="regions & revenue.csv",
            sha256="0" * 64,
            bytes=1_000_000,
            rows=49_574,
            columns=[_column("region", "Region"), _column("evil", SCRIPT)],
            warnings=["Two columns had no name"],
        ),
        facts=facts,
        storyline=Storyline(question="{{brief}}", answer="It grew to {{f1}}", arguments=["Volume"]),
        slides=[each.model_copy(update={"id": f"s{n}"}) for n, each in enumerate(content(), start=1)],
        quality=[
            Check(name="Every number is bound to a fact", passed=True),
            Check(name="Titles are statements", passed=False, problems=["s2: too short <b>"]),
        ],
        usage=Usage(),
    )


def _column(name: str, label: str) -> Column:
    return Column(
        name=name,
        label=label,
        type="VARCHAR",
        role=Role.DIMENSION,
        additivity=None,
        reason="Few different values",
        missing=0,
        distinct=5,
    )


def brief_deck() -> Deck:
    """A deck out of a brief alone: no source, no fact, no number."""
    question = Table(
        title="What would settle it",
        columns=[TableColumn(label=label, unit=TEXT) for label in ("Question", "Data that answers it")],
        rows=[["Where does demand grow?", "Orders by region and month"], ["What does it cost?", None]],
    )
    return Deck(
        title="{{brief}}",
        brief=Brief(business_context="Q4 Revenue Analysis"),
        source=None,
        facts=[],
        storyline=Storyline(question="{{brief}}", answer="Data will tell", arguments=[]),
        slides=[
            Slide(id="s1", layout=Layout.TITLE, title="{{brief}}", source_line="From the brief alone"),
            Slide(
                id="s2",
                layout=Layout.SUMMARY,
                title="The brief asks what data must answer",
                blocks=[
                    Bullets(items=["No data was given, so no number is shown"]),
                    Callout(text="Add a table to get findings"),
                ],
            ),
            Slide(id="s3", layout=Layout.TABLE, title="Two questions need data", blocks=[question]),
            Slide(id="s4", layout=Layout.RECOMMENDATION, title="Collect the data first"),
        ],
        quality=[],
        usage=Usage(),
    )
