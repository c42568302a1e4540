"""Write the tables of an upload as Parquet files, without any service.

A foreign file is read in a bounded process, as a service does it.
"""

import tempfile
from pathlib import Path

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.client.verify_files import MEMORY_BYTES, QUERY_SECONDS, SECONDS
from deckgen.domain.datasets import TableFiles
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.overrides import CountCopies, TableOverride
from deckgen.orchestrator.works import WORKS


def write_table_files(
    data: Path, out: Path, copies: CountCopies | None = None
) -> tuple[TableFiles, list[Path]]:
    """Write the table of a CSV, a workbook or a Parquet file; returns what was read, and the files.

    A single table becomes the file `out`; of several, each is beside it under its name in the SQL.
    `copies` is what a brief says of rows that are alike.
    """
    if not data.is_file():
        raise InvalidRequest(f"There is no file {data}.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # It is complete before it has its name, and on the same disk, so that it need not be copied.
        with tempfile.TemporaryDirectory(prefix=".deckgen-", dir=out.parent) as folder:
            said = TableOverride(copies=copies)
            return _written(data.resolve(), Path(folder).resolve(), out, said)
    except OSError as error:
        raise InvalidRequest(f"Can't write {out}: {error.strerror}.") from error


def _written(data: Path, folder: Path, out: Path, said: TableOverride) -> tuple[TableFiles, list[Path]]:
    with running(1, Bounds(SECONDS, MEMORY_BYTES), WORKS) as children:
        answer = children.call("tables", QUERY_SECONDS, data, folder, said)
    files = TableFiles.model_validate_json(answer)
    is_single = len(files.tables) == 1
    targets = [out if is_single else out.with_name(table.file_name) for table in files.tables]
    for table, target in zip(files.tables, targets, strict=True):
        (folder / table.file_name).replace(target)
    return files, targets
