import gzip
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from starlette.datastructures import UploadFile

from deckgen.domain.errors import DeckgenError
from deckgen.orchestrator.datasets import unpacked


@contextmanager
def part(content: bytes, held: int = 1_000_000) -> Iterator[UploadFile]:
    """A part as the parser of forms makes it: more than `held` bytes are in a file on disk."""
    with tempfile.SpooledTemporaryFile(max_size=held) as file:
        file.write(content)
        file.seek(0)
        yield UploadFile(file)  # type: ignore[arg-type]


@pytest.mark.parametrize("held", [1, 1_000_000])
def test_a_dataset_is_unpacked_for_as_long_as_it_is_needed(held: int) -> None:
    """The file holds what was uploaded, be it large or small, and is gone afterwards."""
    with part(gzip.compress(b"a,b\n1,2\n"), held) as sent, unpacked(sent, 8) as path:
        assert path is not None
        assert path.read_bytes() == b"a,b\n1,2\n"
    assert not path.exists()


def test_a_step_without_a_dataset_has_none() -> None:
    """No part, no file."""
    with unpacked(None, 8) as path:
        assert path is None


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: gzip.compress(bytes(300_000_000), 1), "dataset_too_large"),
        (lambda: gzip.compress(b"a,b\n1,2\n")[:-9], "invalid_dataset"),
        (lambda: b"a,b\n1,2\n", "invalid_dataset"),
    ],
    ids=["a bomb", "half a file", "no gzip"],
)
def test_no_more_is_unpacked_than_was_announced(make: Callable[[], bytes], code: str) -> None:
    """A few KB that unpack to gigabytes are left as soon as that is seen."""
    with part(make()) as sent, pytest.raises(DeckgenError) as refused, unpacked(sent, 1_000_000):
        pass
    assert refused.value.code == code
