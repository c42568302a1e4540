"""The names under which a server answers."""

import pytest

from deckgen.domain.net.hosts import ServedHosts, host_name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Localhost:3000", "localhost"),
        ("deckgen.internal.", "deckgen.internal"),
        ("[::1]:80", "::1"),
        ("127.0.0.1:", "127.0.0.1"),
        ("", None),
        ("a b", None),
        ("a/b", None),
        ("user@host", None),
        ("host:port", None),
        ("::1", None),
        ("a" * 300, None),
        ("höst", None),
    ],
)
def test_a_header_names_a_host(header: str, name: str | None) -> None:
    """The name is compared without port, brackets, capitals and the dot at the end."""
    assert host_name(header) == name


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.255.0.9", "::1"])
def test_loopback_is_always_served(name: str) -> None:
    """What leads to this machine only needs no list, and is not shut out by one."""
    assert ServedHosts.parse("").serves(name)
    assert ServedHosts.parse("deckgen.internal").serves(name)


@pytest.mark.parametrize(
    "name", ["example.com", "localhost.example.com", "127.1", "0.0.0.0", "10.0.0.1", "::"]
)
def test_nothing_else_is(name: str) -> None:
    """Other names and addresses are not served by default, whatever they begin with."""
    assert not ServedHosts.parse("").serves(name)


def test_the_list() -> None:
    """A name is itself, `*.` all below it, and `*` everything."""
    listed = ServedHosts.parse(" Deckgen.Internal, *.example.com ,10.0.0.1,[fd00::1]")
    for name in ("deckgen.internal", "a.example.com", "a.b.example.com", "10.0.0.1", "fd00::1"):
        assert listed.serves(name)
    for name in ("internal", "a.deckgen.internal", "example.com", "aexample.com", "10.0.0.2"):
        assert not listed.serves(name)
    assert ServedHosts.parse("*").serves("any.example")


@pytest.mark.parametrize(
    "entry", ["http://host", "host:80", "host/path", "a b", "*host", "a.*", "*.*", "*."]
)
def test_a_wrong_entry_is_named(entry: str) -> None:
    """An entry that would match nothing, or more than was meant, is refused."""
    with pytest.raises(ValueError, match="is not a host: write names"):
        ServedHosts.parse(f"host,{entry}")
