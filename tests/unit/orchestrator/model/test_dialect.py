"""How a server is asked that knows less than OpenAI's: what it refuses is left out, one by one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.orchestrator.model.dialect import OBJECT, OPENAI, OTHERS, SCHEMA, TEXT, Dialect
from deckgen.orchestrator.model.prompts import ChatMessage
from deckgen.orchestrator.model.refusals import of_status
from deckgen.orchestrator.model.response_schemas import SlideAnswer, shape_of

WANTED = {"temperature": 0.2, "reasoning_effort": "low"}
MESSAGES = [
    ChatMessage(role="system", content="Rules."),
    ChatMessage(role="user", content="Data."),
    ChatMessage(role="user", content="Task."),
]


def asked(dialect: Dialect) -> dict[str, Any]:
    return dialect.request(MESSAGES, shape_of(SlideAnswer), out=700, parameters=WANTED)


def after(*refusals: str, status: int = 400) -> Dialect:
    dialect = Dialect()
    for said in refusals:
        dialect = dialect.after(of_status(status, said), WANTED)
    return dialect


def test_a_server_that_knows_all() -> None:
    """It is asked with a strict schema, and no two messages in a row are of the same role."""
    request = asked(Dialect())
    assert request["response_format"]["json_schema"]["strict"]
    assert (request[OPENAI], OTHERS in request) == (700, False)
    assert WANTED.items() <= request.items()
    assert [one["role"] for one in request["messages"]] == ["system", "user"]
    assert request["messages"][1]["content"] == "Data.\n\nTask."


@pytest.mark.parametrize(
    ("said", "dialect"),
    [
        ("Unrecognized request argument supplied: max_completion_tokens", Dialect(limits=(OTHERS,))),
        (
            "[{'type': 'extra_forbidden', 'loc': ['body', 'max_completion_tokens']}]",
            Dialect(limits=(OTHERS,)),
        ),
        ("Unsupported value: 'temperature'", Dialect(refused=frozenset({"temperature"}))),
        ("System role not supported", Dialect(has_system=False)),
        (
            "response_format json_schema: strict mode not supported",
            Dialect(formats=(OBJECT, TEXT), limits=(OTHERS, OPENAI)),
        ),
        ("'max_completion_tokens' is too large: 5000", Dialect()),
        ("Something else is wrong", Dialect()),
        ("maximum context length is 10, reduce max_completion_tokens", Dialect()),
    ],
)
def test_what_a_refusal_names_is_left_out(said: str, dialect: Dialect) -> None:
    """And nothing else: what is wrong with a value, or with the prompt, is nothing to be left out."""
    assert after(said) == dialect


def test_no_format_at_all() -> None:
    """A server that knows none is told the schema in the prompt."""
    request = asked(after("json_schema", "json_object"))
    assert "response_format" not in request
    assert "takeaways" in request["messages"][-1]["content"]


def test_who_takes_only_the_newer_limit() -> None:
    """It gets that again."""
    said = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    assert OPENAI in asked(after("json_schema", said))


def test_rules_without_a_system() -> None:
    """They stand first in what the user says."""
    messages = asked(after("System role not supported"))["messages"]
    assert [one["role"] for one in messages] == ["user"]
    assert messages[0]["content"].startswith("Rules.")


@given(
    st.lists(
        st.sampled_from(
            [
                SCHEMA,
                OBJECT,
                OPENAI,
                OTHERS,
                *WANTED,
                "system role",
                "must alternate",
                "response_format",
            ]
        ).map(lambda name: f"Unsupported: {name}"),
        max_size=60,
    )
)
def test_refusals_come_to_an_end(said: list[str]) -> None:
    """However a server refuses, it is asked differently only a few times, and always with a limit."""
    dialects = [after(*said[:number]) for number in range(len(said) + 1)]
    assert len(set(dialects)) <= 8
    assert all({OPENAI, OTHERS} & set(asked(dialect)) for dialect in dialects)
