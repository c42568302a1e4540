"""Settings: read from the environment, refused by name."""

from pathlib import Path

import pytest

from deckgen.config import settings
from deckgen.config.settings import SettingsError, load_settings

FILES = settings.ENV_FILES  # of which the tests otherwise read none


def test_defaults_need_nothing() -> None:
    """With an empty environment every setting has a value."""
    loaded = load_settings()
    assert (loaded.port, loaded.host, loaded.queue_concurrency) == (3000, "127.0.0.1", 2)
    assert loaded.auto_start_worker is True


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names that users know are read, in capitals."""
    monkeypatch.setenv("REDIS_HOST", "redis.internal")
    monkeypatch.setenv("QUEUE_CONCURRENCY", "7")
    monkeypatch.setenv("AUTO_START_WORKER", "false")
    loaded = load_settings()
    assert (loaded.redis_host, loaded.queue_concurrency) == ("redis.internal", 7)
    assert loaded.auto_start_worker is False


def test_env_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` is read, `.env.local` is stronger, and the environment is strongest."""
    (tmp_path / ".env").write_text("PORT=4001\nREDIS_PORT=4002\nREDIS_DB=3\n")
    (tmp_path / ".env.local").write_text("REDIS_PORT=4003\nREDIS_DB=4\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "ENV_FILES", FILES)
    monkeypatch.setenv("REDIS_DB", "5")
    loaded = load_settings()
    assert (loaded.port, loaded.redis_port, loaded.redis_db) == (4001, 4003, 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("QUEUE_CONCURRENCY", "0"),
        ("AUTO_START_WORKER", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/deckgen"),
        ("ORCHESTRATOR_URL", "localhost:3001"),
        ("LOG_FORMAT", "xml"),
        ("WEBHOOK_SECRET", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        ("WEBHOOK_SECRET", "whsec_"),
        ("WEBHOOK_SECRET", "whsec_c2hvcnQ="),
        ("WEBHOOK_SECRET", "whsec_not base64, but long enough to be a secret"),
        ("WEBHOOK_ALLOWED_HOSTS", "10.0.0.0/33"),
        ("DECK_SIGNING_KEY", "hunter2"),
        ("DECK_SIGNING_KEY", "hunter2hunter2hunter2hunter2hunter2hunter2!"),
        ("DECK_SIGNING_KEY", "-----BEGIN PRIVATE KEY-----"),
        ("ALLOWED_HOSTS", "https://deckgen.internal"),
        ("ALLOWED_HOSTS", "deckgen.internal:3000"),
        ("ALLOWED_HOSTS", "deckgen.*"),
        ("MAX_HEADER_BYTES", "10"),
        ("MAX_CONNECTIONS", "0"),
        ("DATABASE_URL", "postgresql://deckgen:hunter2/2@localhost/deckgen"),
        ("SENTRY_DSN", "https://sentry.example/1"),
        ("SENTRY_DSN", "hunter2@sentry.example/1"),
        ("SENTRY_DSN", "https://hunter2@sentry.example/"),
    ],
)
def test_an_ill_typed_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A value that can't be used stops the start with a sentence that names the setting."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^The setting {name} can't be used: .+\.$") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("padding", ["", "="])
def test_a_secret_of_webhooks(monkeypatch: pytest.MonkeyPatch, padding: str) -> None:
    """whsec_ and random bytes in base64, with its padding or without."""
    secret = f"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfI{padding}"
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    loaded = load_settings()
    assert loaded.webhook_secret is not None
    assert loaded.webhook_secret.get_secret_value() == secret
    assert secret not in repr(loaded)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and keys are not in what a log or a traceback would print."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:hunter2@localhost/deckgen")
    monkeypatch.setenv("REDIS_PASSWORD", "hunter2")
    monkeypatch.setenv("OPENAI_API_KEY", "hunter2")
    monkeypatch.setenv("SENTRY_DSN", "https://hunter2@sentry.example/1")
    assert "hunter2" not in repr(load_settings())
