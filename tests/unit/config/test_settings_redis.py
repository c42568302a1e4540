"""The settings of Redis: by address, Sentinel or Cluster, with TLS or without, and none by halves."""

from pathlib import Path

import pytest
import trustme

from deckgen.config.settings import SettingsError, load_settings
from deckgen.domain.net.endpoints import CLUSTER_PORT, endpoints
from deckgen.queue.arq_check import arq_settings


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: object) -> str:
    """What is said about these settings."""
    for name, value in environment.items():
        monkeypatch.setenv(name, str(value))
    with pytest.raises(SettingsError) as refused:
        load_settings()
    return str(refused.value)


def test_nodes_have_a_port_of_their_own() -> None:
    """Without one in the list it is Redis's."""
    assert endpoints("one,two:7000", CLUSTER_PORT) == [("one", 6379), ("two", 7000)]


@pytest.mark.parametrize("tag", ["{deckgen}", "", "a b", "a:b", "é"])
def test_a_tag_is_a_name(monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    """Braces of its own would move the keys to another slot; an empty one is as good as none."""
    monkeypatch.setenv("REDIS_CLUSTER", "true")
    monkeypatch.setenv("REDIS_CLUSTER_TAG", tag)
    if tag:
        assert refusal(monkeypatch).startswith("The setting REDIS_CLUSTER_TAG can't be used: ")
    else:
        assert load_settings().redis_cluster_tag == "deckgen"


def test_sentinels_are_hosts_and_ports() -> None:
    """With commas; without a port it is Sentinel's, and an IPv6 address stands in brackets."""
    listed = endpoints("one.internal:26380, two, [::1]:26381,10.0.0.1:1,")
    assert listed == [("one.internal", 26380), ("two", 26379), ("::1", 26381), ("10.0.0.1", 1)]


@pytest.mark.parametrize(
    "sentinels", ["a:b", "a:0", "a:65536", "redis://a:1", "::1", "a:1;b:2", "a b", ":26379"]
)
def test_a_wrong_sentinel_is_named(monkeypatch: pytest.MonkeyPatch, sentinels: str) -> None:
    """What is no host:port is shown to who wrote it."""
    said = refusal(monkeypatch, REDIS_SENTINELS=f"good:26379,{sentinels}")
    assert said.startswith(f"The setting REDIS_SENTINELS can't be used: {sentinels} must have the form")


def test_a_wrong_node_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a wrong sentinel is."""
    said = refusal(monkeypatch, REDIS_CLUSTER="true", REDIS_CLUSTER_NODES="good:6379,redis://a:1")
    assert said.startswith("The setting REDIS_CLUSTER_NODES can't be used: redis://a:1 must have the")


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        ("rediss://user:hunter2@redis.internal:6380/1", "REDIS_TLS=true"),
        ("redis.internal:6380", "its port is REDIS_PORT"),
    ],
)
def test_an_address_is_no_host(monkeypatch: pytest.MonkeyPatch, host: str, advice: str) -> None:
    """Who brings a whole address is told which settings it belongs into; its password is not shown."""
    said = refusal(monkeypatch, REDIS_HOST=host)
    assert said.startswith("The setting REDIS_HOST can't be used: must be the name of a host")
    assert advice in said
    assert "hunter2" not in said


@pytest.mark.parametrize("host", ["redis", "redis.internal", "10.0.0.1", "::1"])
def test_names_and_addresses_are_hosts(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """A host is told by either."""
    monkeypatch.setenv("REDIS_HOST", host)
    assert load_settings().redis_host == host


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"REDIS_SENTINELS": "a", "REDIS_HOST": "b"}, "REDIS_HOST and REDIS_SENTINELS are both set"),
        ({"REDIS_SENTINELS": "a", "REDIS_PORT": "1"}, "REDIS_PORT and REDIS_SENTINELS are both set"),
        ({"REDIS_SENTINEL_MASTER": "m"}, "REDIS_SENTINEL_MASTER is set, but REDIS_SENTINELS is not"),
        (
            {"REDIS_SENTINEL_PASSWORD": "p"},
            "REDIS_SENTINEL_PASSWORD is set, but REDIS_SENTINELS is not",
        ),
        ({"REDIS_CLUSTER": "1", "REDIS_SENTINELS": "a"}, "but a cluster has no sentinels"),
        ({"REDIS_CLUSTER": "1", "REDIS_DB": "1"}, "REDIS_CLUSTER_TAG keeps two queues apart"),
        ({"REDIS_CLUSTER_NODES": "a"}, "REDIS_CLUSTER_NODES is set, but REDIS_CLUSTER is not true"),
        ({"REDIS_CLUSTER_TAG": "a"}, "REDIS_CLUSTER_TAG is set, but REDIS_CLUSTER is not true"),
        (
            {"REDIS_CLUSTER": "1", "REDIS_CLUSTER_NODES": "a", "REDIS_HOST": "b"},
            "REDIS_HOST and REDIS_CLUSTER_NODES are both set, but the nodes say where Redis is",
        ),
        ({"REDIS_TLS_CA": "{ca}"}, "REDIS_TLS_CA is set, but REDIS_TLS is not true"),
        (
            {"REDIS_TLS_CERT": "{cert}", "REDIS_TLS_KEY": "{key}"},
            "REDIS_TLS_CERT is set, but REDIS_TLS is",
        ),
        ({"REDIS_TLS": "1", "REDIS_TLS_CERT": "{cert}"}, "are only of use together"),
        (
            {"REDIS_TLS": "1", "REDIS_TLS_CERT": "{cert}", "REDIS_TLS_KEY": "{ca}"},
            "can't be used together",
        ),
        ({"REDIS_TLS": "1", "REDIS_TLS_CERT": "nowhere", "REDIS_TLS_KEY": "{key}"}, "(No such file"),
    ],
)
def test_contradictions_are_named(
    monkeypatch: pytest.MonkeyPatch, files: dict[str, str], environment: dict[str, str], reason: str
) -> None:
    """No half of a configuration is silently left out: least of all the encryption."""
    filled = {name: value.format(**files) for name, value in environment.items()}
    said = refusal(monkeypatch, **filled)
    assert said.startswith("The settings can't be used together: ")
    assert reason in said


def test_a_missing_ca_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So is a file that holds none."""
    missing, empty = tmp_path / "missing.pem", tmp_path / "empty.pem"
    empty.touch()
    expected = f"The setting REDIS_TLS_CA can't be used: there is no file {missing}."
    assert refusal(monkeypatch, REDIS_TLS="true", REDIS_TLS_CA=missing) == expected
    assert "holds no certificates" in refusal(monkeypatch, REDIS_TLS="true", REDIS_TLS_CA=empty)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A CA, and a certificate with its key."""
    authority = trustme.CA()
    mine = authority.issue_cert("worker.internal")
    paths = {name: tmp_path / f"{name}.pem" for name in ("ca", "cert", "key")}
    authority.cert_pem.write_to_path(paths["ca"])
    mine.cert_chain_pems[0].write_to_path(paths["cert"])
    mine.private_key_pem.write_to_path(paths["key"])
    return {name: str(path) for name, path in paths.items()}


def test_everything_at_once(monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> None:
    """Sentinel, TLS, a certificate of our own and a user go together; no password shows."""
    wanted = {
        "REDIS_SENTINELS": "a:1,b:2",
        "REDIS_SENTINEL_MASTER": "decks",
        "REDIS_SENTINEL_PASSWORD": "hunter2",
        "REDIS_USERNAME": "deckgen",
        "REDIS_PASSWORD": "hunter2",
        "REDIS_TLS": "true",
        "REDIS_TLS_CA": files["ca"],
        "REDIS_TLS_CERT": files["cert"],
        "REDIS_TLS_KEY": files["key"],
    }
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    loaded = load_settings()
    assert endpoints(loaded.redis_sentinels) == [("a", 1), ("b", 2)]
    assert "hunter2" not in repr(loaded)


def test_arq_is_told_the_same(monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> None:
    """What `arq --check` connects with is what the worker connects with."""
    for name, value in {"HOST": "r", "PORT": "7", "DB": "3", "TLS": "1", "TLS_CA": files["ca"]}.items():
        monkeypatch.setenv(f"REDIS_{name}", value)
    told = arq_settings(load_settings())
    assert (told.host, told.port, told.database, told.sentinel) == ("r", 7, 3, False)
    assert (told.ssl, told.ssl_ca_certs, told.ssl_check_hostname) == (True, files["ca"], True)


def test_arq_asks_the_same_sentinels(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the same master."""
    monkeypatch.setenv("REDIS_SENTINELS", "a:1,b")
    monkeypatch.setenv("REDIS_SENTINEL_MASTER", "decks")
    told = arq_settings(load_settings())
    assert (told.sentinel, told.sentinel_master) == (True, "decks")
    assert told.host == [("a", 1), ("b", 26379)]
