"""By which names settings are read, and what becomes of variables that are almost settings."""

import re
from pathlib import Path

import pytest

from deckgen.config import settings
from deckgen.config.settings import SettingsError, load_settings, overriding, variable_of
from deckgen.config.variables import Notice, Variable

FILES = settings.ENV_FILES
# What programs and platforms beside deckgen set: none of it is a setting, and some is almost one.
OF_OTHERS = re.findall(
    r"\S+",
    """
AWS_REGION CI COLUMNS DATABASE_HOST DATABASE_NAME DATABASE_PORT DATABASE_URI DATABASE_URL_RO
DATABASE_URLS DRAIN_SECOND EDITOR GIT_AUTHOR_NAME HOME HOSTNAME HOSTS HTTPS_PROXY LANG LOGLEVEL
LOG_FORMATS LOG_LEVELS MAX_ATTEMPT NODE_ENV OPENAI_API_BASE OPENAI_API_KEY_2 OPENAI_API_KEYS
OPENAI_API_TYPE OPENAI_BASEURL OPENAI_MODELS OPENAI_MODEL_NAME OPENAI_ORG_ID OPENAI_PROJECT_ID
OPENAI_TIMEOUT ORCHESTRATOR_URI PGHOST PORTS PYTHONPATH QUEUE_CONCURENCY REDIS_DATABASE REDIS_HOSTS
REDIS_HOTS REDIS_PASS REDIS_PASSWORD_FILE REDIS_TLS_URL REDIS_URL REDIS_USER SENTRY_AUTH_TOKEN
SENTRY_DNS SENTRY_RELEASE TERM WEBHOOK_SECRETS WEB_CONCURRENCY WORKER_PORTS
""",
)
# As Kubernetes tells of Services called redis, orchestrator, worker, deckgen and deckgen-redis.
LINKS = {
    f"{service}_{name}": value
    for service in ("REDIS", "ORCHESTRATOR", "WORKER", "DECKGEN", "DECKGEN_REDIS", "DECKGEN_API")
    for name, value in {
        "PORT": "tcp://10.96.0.1:6379",
        "SERVICE_HOST": "10.96.0.1",
        "SERVICE_PORT": "6379",
        "SERVICE_PORT_HTTP": "6379",
        "PORT_6379_TCP": "tcp://10.96.0.1:6379",
        "PORT_6379_TCP_PROTO": "tcp",
        "PORT_6379_TCP_PORT": "6379",
        "PORT_6379_TCP_ADDR": "10.96.0.1",
        "PORT_53_UDP": "udp://10.96.0.1:53",
    }.items()
}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even what all tests set."""
    monkeypatch.delenv("EXPORT_CACHE_DIR")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, whose .env files are read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "ENV_FILES", FILES)
    return tmp_path


def test_every_setting_has_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one with the prefix wins, and needs no other beside it; an empty one sets nothing."""
    for name, value in {
        "PORT": "4001",
        "DECKGEN_PORT": "4002",
        "DECKGEN_REDIS_DB": "3",
        "HOST": "::1",
        "DECKGEN_HOST": "",
        "deckgen_worker_port": "4003",
    }.items():
        monkeypatch.setenv(name, value)
    loaded = load_settings()
    assert (loaded.port, loaded.redis_db, loaded.host) == (4002, 3, "::1")
    assert loaded.worker_port == 4003
    assert loaded.model_fields_set == {"port", "redis_db", "host", "worker_port"}


def test_the_environment_is_stronger_than_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under either name; and so is `.env.local` than `.env`. The prefix decides within one place."""
    (folder / ".env").write_text(
        "DECKGEN_PORT=1\nDECKGEN_REDIS_PORT=1\nDECKGEN_WORKER_PORT=1\nORCHESTRATOR_PORT=1\n"
        "DECKGEN_ORCHESTRATOR_PORT=2\n"
    )
    (folder / ".env.local").write_text("DECKGEN_PORT=3\nREDIS_PORT=3\n")
    monkeypatch.setenv("PORT", "4")
    loaded = load_settings()
    assert (loaded.port, loaded.redis_port) == (4, 3)
    assert (loaded.worker_port, loaded.orchestrator_port) == (1, 2)


@pytest.mark.parametrize("variable", ["PORT", "DECKGEN_PORT", "Deckgen_Port"])
def test_the_variable_that_was_set_is_named(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """What can't be used is named as it was written."""
    monkeypatch.setenv(variable, "http")
    with pytest.raises(SettingsError, match=f"^The setting {variable} can't be used: "):
        load_settings()
    assert variable_of("port") == variable
    assert variable_of("host") == "HOST"


def test_contradictions_name_the_variables_that_were_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its own name."""
    monkeypatch.setenv("DECKGEN_REDIS_PORT", "1")
    monkeypatch.setenv("REDIS_SENTINELS", "a:1")
    with pytest.raises(SettingsError, match=r": DECKGEN_REDIS_PORT and REDIS_SENTINELS are both set"):
        load_settings()


def test_variables_of_others_stop_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is shared: near misses are told of, and nothing is of what is no near miss."""
    assert len(OF_OTHERS) >= 40
    for name in OF_OTHERS:
        monkeypatch.setenv(name, "x")
    loaded = load_settings()
    assert loaded.model_fields_set == set()
    told = {notice.variable: notice.meant for notice in loaded.notices}
    assert told["LOGLEVEL"] == "LOG_LEVEL"
    assert told["DATABASE_URL_RO"] == "DATABASE_URL"
    assert told["OPENAI_API_KEY_2"] == "OPENAI_API_KEY"
    assert told.keys().isdisjoint({"HOME", "LANG", "PORTS", "HOSTS", "HOSTNAME", "REDIS_URL", "TERM"})


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("DECKGEN_QUEUE_CONCURENCY", "DECKGEN_QUEUE_CONCURRENCY"),
        ("DECKGEN_LOGLEVEL", "DECKGEN_LOG_LEVEL"),
        ("DECKGEN_PROT", "DECKGEN_PORT"),
        ("DECKGEN_PORTS", "DECKGEN_PORT"),
        ("DECKGEN_SENTRY_DNS", "DECKGEN_SENTRY_DSN"),
        ("DECKGEN_DATABASE_URL_RO", "DECKGEN_DATABASE_URL"),
    ],
)
def test_a_near_miss_with_the_prefix_is_refused(
    monkeypatch: pytest.MonkeyPatch, misspelt: str, meant: str
) -> None:
    """It is meant for us: the start ends with what was probably meant."""
    monkeypatch.setenv(misspelt, "1")
    with pytest.raises(
        SettingsError, match=rf"^The setting {misspelt} is not known: did you mean {meant}\?"
    ):
        load_settings()


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "misspelt", ["REDIS_PROT", "DECKGEN_REDIS_PROT", "LOGLEVEL", "OPENAI_API_KEY_2"]
)
def test_a_near_miss_in_a_file_is_refused(folder: Path, file: str, misspelt: str) -> None:
    """Our own files are written for us, with the prefix or without."""
    (folder / file).write_text(f"{misspelt}=1\n")
    with pytest.raises(SettingsError, match=f"^The setting {misspelt} is not known: did you mean "):
        load_settings()


def test_variables_of_opentelemetry_in_a_file(folder: Path) -> None:
    """They are alike, and OpenTelemetry reads most of them itself: none is taken for a mistake."""
    (folder / ".env").write_text(
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c/v1/metrics\nOTEL_EXPORTER_OTLP_ENDPOINTS=x\n"
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318\n"
    )
    found = load_settings()
    assert found.traces_url == "http://c:4318/v1/traces"
    assert found.notices == ()


def test_an_unknown_name_with_the_prefix_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be a script's own, so it stops nothing; the option of the command is known."""
    for name in ("DECKGEN_IMAGE_TAG", "DECKGEN_URL"):
        monkeypatch.setenv(name, "x")
    (folder / ".env").write_text("DECKGEN_NAMESPACE=x\nPOSTGRES_PASSWORD=x\n")
    assert load_settings().notices == (
        Notice("setting.unknown", "DECKGEN_IMAGE_TAG"),
        Notice("setting.unknown", "DECKGEN_NAMESPACE"),
    )


def test_service_links_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Kubernetes sets for Services is no setting, whatever they are called; those that have a
    setting's name are told of."""
    for name, value in LINKS.items():
        monkeypatch.setenv(name, value)
    loaded = load_settings()
    assert loaded.model_fields_set == set()
    assert loaded.notices == tuple(
        Notice("setting.service_link", name)
        for name in (
            "DECKGEN_PORT",
            "DECKGEN_REDIS_PORT",
            "ORCHESTRATOR_PORT",
            "REDIS_PORT",
            "WORKER_PORT",
        )
    )


def test_a_setting_beside_a_service_link_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The link hides neither the other name nor a file, and does not contradict Sentinel."""
    monkeypatch.setenv("DECKGEN_PORT", "tcp://10.96.0.1:3000")
    monkeypatch.setenv("PORT", "4000")
    monkeypatch.setenv("REDIS_PORT", "tcp://10.96.0.1:6379")
    monkeypatch.setenv("REDIS_SENTINELS", "a:1")
    loaded = load_settings()
    assert (loaded.port, loaded.redis_port) == (4000, 6379)


def test_a_service_link_in_a_file_is_refused(folder: Path) -> None:
    """Kubernetes writes no files of ours."""
    (folder / ".env").write_text("REDIS_PORT=tcp://10.96.0.1:6379\n")
    with pytest.raises(SettingsError, match=r"^The setting REDIS_PORT can't be used: "):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("REDIS_PORT", "6379"), ("PORT", "tcp://10.96.0.1:1"), ("REDIS_HOST", "tcp://10.96.0.1:1")],
)
def test_what_is_no_service_link(name: str, value: str) -> None:
    """A number is a port, and Kubernetes always puts the Service's name before."""
    assert not Variable(name, value).is_service_link


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    """Instead of a traceback."""
    (folder / ".env").write_bytes(b"PORT=\xff\n")
    with pytest.raises(SettingsError, match=r"^The file \.env can't be read: it is not UTF-8\."):
        load_settings()


def test_a_process_of_our_own_is_told_under_both_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it inherits under the stronger name does not stand over what it is started with."""
    given = overriding({"PORT": "4000", "PYTHONPATH": "x"})
    assert given == {"PORT": "4000", "DECKGEN_PORT": "4000", "PYTHONPATH": "x"}
    for name, value in {"DECKGEN_PORT": "5000", **given}.items():
        monkeypatch.setenv(name, value)
    assert load_settings().port == 4000
