"""What the request says of columns changes the model of a preview, and the figures of answers."""

from pathlib import Path

from deckgen.domain.datasets import Additivity
from deckgen.domain.table_models import Confidence, MeasureKind
from tests.unit.orchestrator.analyst.operations.asking import Said, ask
from tests.unit.orchestrator.analyst.table_model.modelled import column, modelled

SAID = "the request says so"
SHOPS = "Shop,Visits,Orders,Conversion,Price"
SHOP_ROWS: list[list[object]] = [
    ["North", 100, 10, 10.0, 5.0],
    ["South", 300, 60, 20.0, 8.0],
    ["East", 600, 30, 5.5, 11.0],
] * 4
LEADS = "Lead,Result,Score,Worth"
LEAD_ROWS: list[list[object]] = [
    [f"L{n:03}", ("Won", "Lost", "Open", "Won", "Trial")[n % 5], (3, 7, -1, 5, 5)[n % 5], 10]
    for n in range(100)
]


def shops(folder: Path, question: str, **said: dict[str, object]) -> Said:
    return ask(folder, SHOPS, SHOP_ROWS, question, columns=said)


def leads(folder: Path, question: str, **said: dict[str, object]) -> Said:
    return ask(folder, LEADS, LEAD_ROWS, question, columns=said)


def test_a_kind_says_how_it_is_summed(tmp_path: Path) -> None:
    """A price that is said to be a flow is added up, in profile, model and answer; as a count too."""
    assert "is 8 over" in shops(tmp_path, "What is the price?").headline
    said = shops(tmp_path, "What is the total price?", price={"kind": "flow"})
    assert said.headline == "Price came to 96 over all 12 shops"
    assert said.source.columns[4].additivity is Additivity.FLOW
    model = modelled(tmp_path, SHOPS, SHOP_ROWS, columns={"price": {"kind": "count"}})
    found = column(model, "Price").measure
    assert found
    assert (found.kind, found.reason, found.confidence) == (MeasureKind.COUNT, SAID, Confidence.SURE)


def test_kinds_without_a_sum_of_their_own_are_averaged(tmp_path: Path) -> None:
    """A score, an index, a price or a duration is a rate for the profile, and keeps its kind."""
    for kind in ("rate", "price", "duration", "score", "index"):
        model = modelled(tmp_path, SHOPS, SHOP_ROWS, columns={"orders": {"kind": kind}})
        orders = column(model, "Orders")
        assert orders.measure
        assert (orders.measure.kind.value, orders.additivity) == (kind, Additivity.RATE)


def test_a_scale_multiplies_the_numbers(tmp_path: Path) -> None:
    """Orders in thousands are told in whole ones, by the profile's scale."""
    said = shops(tmp_path, "How many orders are there?", Orders={"scale": 1000})
    assert said.headline == "Orders came to 400,000 over all 12 shops"
    assert said.source.columns[2].scale == 1000
    assert "one stands for 1,000, as the request says" in said.source.columns[2].reason


def test_a_currency_is_a_unit(tmp_path: Path) -> None:
    """Amounts are told in the currency, whose code may be in any case."""
    said = shops(tmp_path, "What is the average price?", PRICE={"currency": "eur"})
    assert said.headline == "Average price is €8.00 over 12 shops"
    assert said.source.columns[4].symbol == "EUR"


def test_a_weight_weights_the_mean(tmp_path: Path) -> None:
    """The mean price of an order is not that of a shop: 5 × 10, 8 × 60 and 11 × 30 over 100 orders."""
    said = shops(tmp_path, "What is the average price?", price={"weight": "orders"})
    assert (5 * 10 + 8 * 60 + 11 * 30) / 100 == 8.6
    assert said.headline == "Weighted average price is 8.60 over 12 shops"
    model = modelled(tmp_path, SHOPS, SHOP_ROWS, columns={"price": {"weight": "orders"}})
    weight = column(model, "Price").weight
    assert weight
    assert (weight.column, weight.reason) == ("Orders", SAID)


def test_a_weight_counts_rows_that_have_both(tmp_path: Path) -> None:
    """A row without the value adds nothing to the weights, and one without a weight nothing at all."""
    rows = [["a", 10, 1], ["b", 20, 3], ["c", "", 9], ["d", 90, ""]] * 5
    said = ask(tmp_path, "Shop,Price,Orders", rows, "What is the average price?",
               columns={"price": {"weight": "orders"}})  # fmt: skip
    assert (10 * 1 + 20 * 3) / 4 == 17.5
    assert "is 17.5 over" in said.headline


def test_a_rate_is_made_of_what_is_said(tmp_path: Path) -> None:
    """A conversion that fits its parts only roughly is the orders of all over the visits of all."""
    assert "is 11.8 over" in shops(tmp_path, "What is the conversion?").headline
    made: dict[str, object] = {"numerator": "orders", "denominator": "visits"}
    said = shops(tmp_path, "What is the conversion?", conversion=made)
    assert said.headline == "Conversion is 10 over 12 shops"
    rate = column(modelled(tmp_path, SHOPS, SHOP_ROWS, columns={"conversion": made}), "Conversion").rate
    assert rate
    assert (rate.numerator, rate.denominator, rate.factor) == ("Orders", "Visits", 100)


def test_sentinels_are_no_values(tmp_path: Path) -> None:
    """A number that is said to stand for no value is in no mean; an empty list finds no sentinel."""
    before = leads(tmp_path, "What is the average score?", score={"kind": "score"})
    assert "is 3.80 over" in before.headline
    said = leads(tmp_path, "What is the average score?", score={"kind": "score", "sentinels": [-1]})
    assert "is 5 over" in said.headline
    model = modelled(tmp_path, LEADS, LEAD_ROWS, columns={"score": {"sentinels": [-1]}})
    (found,) = column(model, "Score").sentinels
    assert (found.value, found.rows, found.reason) == (-1, 20, SAID)


def test_a_number_that_was_taken_for_no_value_can_be_one(tmp_path: Path) -> None:
    """What deckgen took for a sentinel counts again, and its warning goes."""
    rows = [[f"T{n}", -999 if n % 20 == 0 else n % 7] for n in range(100)]
    found = modelled(tmp_path, "Test,Reading", rows)
    assert column(found, "Reading").sentinels
    said = modelled(tmp_path, "Test,Reading", rows, columns={"reading": {"sentinels": []}})
    assert column(said, "Reading").sentinels == []
    assert [text for text in said.warnings if "stand for no value" in text] == []


def test_an_outcome_is_the_share_of_its_value(tmp_path: Path) -> None:
    """Of four results that are no outcome by themselves, the one that is named counts: 40 of 100."""
    said = leads(tmp_path, "How high is the share of Won?", result={"outcome": "won", "good": True})
    assert said.headline.startswith("Share of Won is 40%: 40 of 100 leads")
    model = modelled(tmp_path, LEADS, LEAD_ROWS, columns={"result": {"outcome": "won", "good": False}})
    outcome = column(model, "Result").outcome
    assert outcome
    assert (outcome.counts, outcome.otherwise) == ("Won", "(any other value)")
    assert (outcome.rows, outcome.share, outcome.good) == (40, 0.4, False)
    assert (found := column(model, "Result").direction)
    assert found.better == "lower"


def test_the_other_value_of_an_outcome_may_count(tmp_path: Path) -> None:
    """Where 1 was taken for what happens, the request asks for 0: three of four stay."""
    rows = [[f"C{n}", int(n % 4 == 0), n] for n in range(40)]
    before = modelled(tmp_path, "Customer,Churned,Age", rows)
    assert (outcome := column(before, "Churned").outcome)
    assert (outcome.counts, outcome.rows) == ("1", 10)
    said = ask(tmp_path, "Customer,Churned,Age", rows, "What is the share of churned 0?",
               columns={"churned": {"outcome": 0}})  # fmt: skip
    assert "75%" in said.headline


def test_an_order_puts_steps_in_their_order(tmp_path: Path) -> None:
    """Levels that no scale knows are ordered, and losses told from one to the next that is named."""
    rows = [["Zeta", 80], ["Alpha", 100], ["Mid", 90]]
    order = {"phase": {"order": ["zeta", "Alpha", "Mid"]}}
    found = column(modelled(tmp_path, "Phase,People", rows, columns=order), "Phase").order
    assert found
    assert (found.scale, found.values) == ("requested", ["Zeta", "Alpha", "Mid"])
    said = ask(tmp_path, "Phase,People", rows, "Where in the funnel do we lose most people?",
               columns=order)  # fmt: skip
    assert said.headline == "Most people are lost from Alpha to Mid: 10, or 10%"


def test_a_good_direction_decides_what_is_best(tmp_path: Path) -> None:
    """The best price is the highest one by itself, and the lowest where less is said to be better."""
    question = "Which shop has the best price?"
    assert "East" in shops(tmp_path, question).headline
    said = shops(tmp_path, question, price={"better": "lower"})
    assert said.headline == "North has the lowest average price: 5"
    model = modelled(tmp_path, SHOPS, SHOP_ROWS, columns={"price": {"better": "lower"}})
    assert (found := column(model, "Price").direction)
    assert (found.better, found.reason) == ("lower", SAID)


def test_filtered_values_do_not_count(tmp_path: Path) -> None:
    """Rows of a trial are in no sum once the request sets them apart, and are told."""
    question, worth = "What is the total worth?", dict[str, object](kind="flow")
    assert "1,000" in leads(tmp_path, question, worth=worth).headline
    said = leads(tmp_path, question, worth=worth, result={"filter": ["trial"]})
    assert said.headline.startswith("Worth came to 800 over all 80 leads")
    model = modelled(tmp_path, LEADS, LEAD_ROWS, columns={"result": {"filter": ["trial"]}})
    (found,) = model.filters
    assert (found.column, found.apart[0].value, found.rows) == ("Result", "Trial", 20)


def test_an_empty_filter_counts_all_rows(tmp_path: Path) -> None:
    """Statuses that deckgen set apart count again, and the warning goes."""
    rows = [[f"O{n}", ("Paid", "Cancelled")[n % 4 == 0], 5] for n in range(40)]
    assert modelled(tmp_path, "Order ID,Status,Revenue", rows).filters
    status: dict[str, object] = {"status": {"filter": []}}
    said = modelled(tmp_path, "Order ID,Status,Revenue", rows, columns=status)
    assert said.filters == []
    assert [text for text in said.warnings if "rows apart" in text] == []
    told = ask(tmp_path, "Order ID,Status,Revenue", rows, "What is the total revenue?", columns=status)
    assert "200" in told.headline
