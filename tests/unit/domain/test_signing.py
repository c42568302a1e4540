"""Signatures of decks: what they outlive, and what they do not."""

import json
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from deckgen.domain import signing
from deckgen.domain.decks import Deck
from deckgen.domain.model_calls import Usage
from deckgen.domain.signatures import SignatureReport, SignatureStatus
from deckgen.domain.signing import check_signature, sign
from deckgen.domain.signing_keys import PublicKey, from_key_set, to_base64url
from tests.decks import sample_deck
from tests.signatures import KEY, OTHER_KEY

TABLE = "0" * 64
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


def signed(deck: Any = None) -> dict[str, Any]:
    deck = sample_deck().to_json() if deck is None else deck
    return sign(deck, KEY, table_sha256=TABLE, version="1.2.3")


def check(deck: Any, *, table: str | None = TABLE, known: bool = True) -> SignatureReport:
    trusted = {KEY.public.key_id: "us"} if known else {}
    return check_signature(deck, table_sha256=table, trusted=trusted)


def test_who_signed_is_known_by_the_key() -> None:
    """A trusted key names its owner; a signature of any other key is valid, and nobody's."""
    ours = SignatureReport(
        status=SignatureStatus.VALID, key_id=KEY.public.key_id, known=True, signer="us"
    )
    assert check(signed()) == ours
    assert check(signed(), known=False) == ours.model_copy(update={"known": False, "signer": None})


def test_a_deck_of_the_first_version_is_not_signed() -> None:
    """It has no such field, or null in it; both are read, and neither is a failure."""
    deck = sample_deck().to_json()
    assert "signature" not in deck
    assert check(deck).status is SignatureStatus.NONE
    deck["signature"] = None
    assert check(deck).status is SignatureStatus.NONE
    assert Deck.model_validate(deck).signature is None


def test_the_same_deck_gets_the_same_signature() -> None:
    """A job that is completed again gives the same bytes, whatever signature the deck had before."""
    assert signed(signed()) == signed(signed() | {"signature": "of somebody else"}) == signed()


def test_the_form_of_what_is_signed_never_changes() -> None:
    """Decks out there were signed in this very form: another one would call all of them forged."""
    deck = {
        "title": "Ä \U0001f600 \u2028",
        "b": [1.0, 1e21, 1e-7, -0.0, 0.1, 2**53 + 1, 10**25],
        "a": None,
    }
    assert signing._message(deck, {"keyId": "k"}).decode() == (
        'deckgen-deck-v1\n{"deck":{"a":null,"b":[1,1e+21,1e-7,0,0.1,{"integer":"9007199254740993"},1e+25],'
        '"title":"Ä \U0001f600 \u2028"},"signature":{"keyId":"k"}}'
    )
    assert sign({}, KEY, table_sha256=None, version="1")["signature"]["value"] == (
        "cgmltddoO4ij4QunkvsTB8P0dGIHFOckmcIHU1SNuLy1bjgesBkjlYhE_TQSazOW7pl4q7WkSfS77z4FQ0B7Bw"
    )


@pytest.mark.slow
@given(st.dictionaries(TEXTS, VALUES))
def test_a_signature_outlives_other_parsers(deck: dict[str, Any]) -> None:
    """Python's JSON, orjson's, another order of members, escapes, and whole numbers written without a
    fraction or in full, as JavaScript and PostgreSQL do, leave it valid.
    """
    one = signed(deck)
    for other in (
        json.loads(json.dumps(one)),
        orjson.loads(orjson.dumps(one, option=orjson.OPT_SORT_KEYS)),
        dict(reversed(one.items())),
        in_full(one),
    ):
        assert check(other).status is SignatureStatus.VALID


def in_full(value: Any) -> Any:
    """Doubles that are whole numbers as integers with the digits of their shortest form."""
    if isinstance(value, dict):
        return {name: in_full(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_full(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        digits, _, exponent = repr(value).partition("e")
        whole, _, fraction = digits.partition(".")
        places = int(exponent or 0)
        return int(whole + fraction.removesuffix("0" if not exponent else "").ljust(places, "0"))
    return value


@pytest.mark.parametrize("number", [2**53 + 1, 2**63 - 1, 2**64 - 1, -(2**63)])
def test_whole_numbers_are_signed_to_the_last_digit(number: int) -> None:
    """One more is another number, also where both are the same double."""
    deck = signed({"n": number})
    assert check(deck).status is SignatureStatus.VALID
    assert check(deck | {"n": number - 1}).status is SignatureStatus.INVALID
    assert check(deck | {"n": str(number)}).status is SignatureStatus.INVALID


def tampered(value: Any) -> Iterator[Any]:
    """The document with one place changed, one member or element removed, or one more."""
    if isinstance(value, dict):
        yield value | {"more": 1}
        for name in value:
            yield {key: one for key, one in value.items() if key != name}
            yield from (value | {name: other} for other in tampered(value[name]))
    elif isinstance(value, list):
        yield [*value, 1]
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
            yield from (
                [*value[:index], other, *value[index + 1 :]] for other in tampered(value[index])
            )
    elif isinstance(value, str):
        yield value + "x"
    elif isinstance(value, bool) or value is None:
        yield 1
    else:
        yield value + 1


def test_no_field_can_be_changed() -> None:
    """Each value, member and element of a deck and of its signature is signed."""
    whole = sample_deck()
    some = {"slides": whole.slides[1:3], "facts": whole.facts[:2], "usage": Usage()}
    deck = signed(whole.model_copy(update=some).to_json())
    changed = list(tampered(deck))
    assert len(changed) > 200
    removed = {name: value for name, value in deck.items() if name != "signature"}
    valid = [one for one in changed if check(one).status is not SignatureStatus.INVALID]
    assert valid == [removed]


def test_a_verifier_that_skips_the_check_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: without the mathematics the forged decks of these tests would pass."""
    forged = signed() | {"title": "Forged"}
    assert check(forged).status is SignatureStatus.INVALID
    monkeypatch.setattr(PublicKey, "has_signed", lambda *_: True)
    assert check(forged).status is SignatureStatus.VALID


def test_another_table_is_told() -> None:
    """A deck that was signed with one table proves nothing of another, nor of none."""
    assert check(signed(), table="1" * 64).reason == "it was made for another table"
    assert check(signed(), table=None).status is SignatureStatus.INVALID


def test_a_forger_signs_in_their_own_name_only() -> None:
    """With a key of their own, or ours written beside it before or after they sign, nobody is taken
    for us.
    """
    theirs = sign(sample_deck().to_json(), OTHER_KEY, table_sha256=TABLE, version="1")
    assert not check(theirs).known
    body, head = theirs, theirs.pop("signature")
    del head["value"]
    for name in ("keyId", "publicKey"):
        forged = head | {name: signed()["signature"][name]}
        for message in (signing._message(body, head), signing._message(body, forged)):
            value = to_base64url(OTHER_KEY.sign(message))
            deck = body | {"signature": forged | {"value": value}}
            assert check(deck).status is SignatureStatus.INVALID


def test_a_signature_of_something_else_is_none_of_a_deck() -> None:
    """What the key has signed for another purpose can't be passed off as a deck."""
    deck = signed()
    head = {name: one for name, one in deck["signature"].items() if name != "value"}
    body = {name: one for name, one in deck.items() if name != "signature"}
    other = KEY.sign(rfc8785.dumps({"deck": body, "signature": head}))
    deck["signature"]["value"] = to_base64url(other)
    assert check(deck).status is SignatureStatus.INVALID


@pytest.mark.parametrize(
    "signature",
    [{}, [], "signed", 1, {"algorithm": "none"}, {"value": ""}, {"value": "*"}, {"publicKey": "AAAA"},
     {"value": "\ud800"}, {"tableSha256": 1}, {"version": "\ud800"}],
)  # fmt: skip
def test_rubbish_is_no_signature(signature: Any) -> None:
    """Whatever stands in its place is told as invalid, and breaks nothing."""
    deck = signed()
    partial = isinstance(signature, dict) and signature
    deck["signature"] = deck["signature"] | signature if partial else signature
    assert check(deck).status is SignatureStatus.INVALID


def test_key_ids_are_thumbprints() -> None:
    """The example of RFC 8037, A.3: other software gives the key the same name."""
    key = PublicKey.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    assert key.key_id == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_key_sets_of_others_are_understood() -> None:
    """Other kinds and unknown members are passed over; how a key calls itself is not asked."""
    own = {"kty": "OKP", "crv": "Ed25519", "x": KEY.public.encoded, "kid": "mine", "more": True}
    document = {"keys": [{"kty": "RSA", "n": "AQAB"}, 7, own], "more": True}
    assert list(from_key_set(document)) == [KEY.public]
    with pytest.raises(ValueError, match="JSON Web Key Set"):
        list(from_key_set([own]))


def test_a_private_key_is_not_shown() -> None:
    """What is printed of it, in a log or a traceback, does not hold the secret."""
    secret = to_base64url(KEY.seed)
    assert secret not in repr(KEY) + str(KEY) + str(vars(KEY))
    assert KEY.seed.hex() not in str(vars(KEY))
