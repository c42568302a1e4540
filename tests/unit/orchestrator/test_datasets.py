import gzip
import tempfile

import pytest
from starlette.datastructures import UploadFile

from deckgen.domain.errors import DeckgenError
from deckgen.orchestrator.datasets import unpacked


def part(content: bytes) -> UploadFile:
    # What the parser of forms keeps a part in; it holds no file as long as it is small.
    file = tempfile.SpooledTemporaryFile()  # noqa: SIM115
    file.write(content)
    file.seek(0)
    return UploadFile(file)


def test_a_dataset_is_unpacked_for_as_long_as_it_is_needed() -> None:
    """The file holds what was uploaded, and is gone afterwards."""
    with unpacked(part(gzip.compress(b"a,b\n1,2\n")), 8) as path:
        assert path is not None
        assert path.read_bytes() == b"a,b\n1,2\n"
    assert not path.exists()


def test_a_step_without_a_dataset_has_none() -> None:
    """No part, no file."""
    with unpacked(None, 8) as path:
        assert path is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(bytes(300_000_000), 9), "dataset_too_large"),
        (gzip.compress(b"a,b\n1,2\n")[:-9], "invalid_dataset"),
        (b"a,b\n1,2\n", "invalid_dataset"),
    ],
    ids=["a bomb", "half a file", "no gzip"],
)
def test_no_more_is_unpacked_than_was_announced(content: bytes, code: str) -> None:
    """A few KB that unpack to gigabytes are left as soon as that is seen."""
    with pytest.raises(DeckgenError) as refused, unpacked(part(content), 1_000_000):
        pass
    assert refused.value.code == code
