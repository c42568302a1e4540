"""`python -m deckgen.dev.fake_openai --port 8080`: serve on loopback; `--help` lists the faults."""

import argparse
import sys
from pathlib import Path

from deckgen.config.settings import SettingsError, load_settings
from deckgen.dev.fake_openai import FAULTS, FakeOpenAI
from deckgen.dev.processes import LOOPBACK
from deckgen.http.server import serve


def probability(text: str) -> tuple[str, float]:
    """Returns a fault and its probability."""
    name, _, value = text.partition("=")
    if name not in FAULTS or not 0 <= float(value) <= 1:
        raise ValueError(text)
    return name, float(value)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m deckgen.dev.fake_openai", epilog=f"Faults: {', '.join(FAULTS)}."
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--jitter", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--key", default=FakeOpenAI.key)
    parser.add_argument(
        "--model",
        action="append",
        dest="models",
        help="A model that it knows, instead of its usual ones; may be repeated",
    )
    parser.add_argument(
        "--ledger", type=Path, metavar="FILE", help="File to which each call is written"
    )
    parser.add_argument(
        "--fault", type=probability, action="append", default=[], metavar="NAME=0.2", dest="faults"
    )
    parser.add_argument(
        "--json-object-only", action="store_true", help="Know no JSON Schema, like llama.cpp's server"
    )
    return parser.parse_args()


def main() -> None:
    options = arguments()
    fake = FakeOpenAI(
        latency=options.latency,
        jitter=options.jitter,
        seed=options.seed,
        key=options.key,
        models=tuple(options.models or FakeOpenAI.models),
        faults=dict(options.faults),
        ledger_path=options.ledger,
        json_object_only=options.json_object_only,
    )
    # It serves this machine only and reports no bugs, whatever the environment says.
    settings = load_settings().model_copy(update={"host": LOOPBACK, "sentry_dsn": None})
    serve(fake.app(), settings, name="model", port=options.port)


if __name__ == "__main__":
    try:
        main()
    except SettingsError as error:
        sys.exit(str(error))
