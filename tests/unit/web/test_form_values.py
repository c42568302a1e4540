"""Forms with a table, read from their chunks."""

import pytest
from starlette import datastructures

from deckgen.web import form_values

TABLE = b"region,sales\n" + b"North,10\n" * 200_000
BODY = (
    b'--b\r\nContent-Disposition: form-data; name="csvData"; filename="t.csv"\r\n\r\n'
    + TABLE
    + b"\r\n--b--\r\n"
)


async def test_a_large_table_is_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its reader is a process of its own, which starts no threads to write it to disk and back."""

    async def fail(*_: object) -> None:
        raise AssertionError("a thread was asked for")

    monkeypatch.setattr(datastructures, "run_in_threadpool", fail)
    chunks = [BODY[:1_000_000], BODY[1_000_000:]]
    values = await form_values.read("multipart/form-data; boundary=b", chunks, max_part_bytes=5_000_000)
    assert values == {"csvData": TABLE, "csvName": "t.csv"}
