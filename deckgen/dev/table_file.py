"""Checks of a table's file before anything is started for it, with errors that say what to do."""

from pathlib import Path

from deckgen.domain.errors import InvalidRequest, TooLarge, UnreadableData

MEGABYTE = 1_000_000


def check(path: Path, *, is_own_server: bool, name: str = "") -> None:
    """Raise a DeckgenError if there is no such file, or a server would refuse it at first sight.

    The size limit is known only of a server that is started with the settings of this process. Errors
    call the file by `name`, if it has another one for whoever gave it.
    """
    name = name or str(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InvalidRequest(
                f"{name} is not a file: name a CSV file, an XLSX workbook or a Parquet file."
            )
        if is_own_server:
            _check_size(name, size)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InvalidRequest(f"There is no file {name}.") from None
    except OSError as error:
        raise InvalidRequest(f"Can't read {name}: {error.strerror}.") from error
    if not content:
        raise UnreadableData(f"{name} is empty: it needs a header and rows.", code="empty_csv")
    _look_into(name, content)


def _check_size(name: str, size: int) -> None:
    # It is imported late: a file that is missing needs no settings.
    from deckgen.config.settings import load_settings

    max_bytes = load_settings().max_csv_bytes
    if size > max_bytes:
        raise TooLarge(
            f"{name} has {size / MEGABYTE:,.1f} MB, but the limit is {max_bytes / MEGABYTE:g} MB: "
            "leave out rows or columns, or raise MAX_CSV_BYTES."
        )


def _look_into(name: str, content: bytes) -> None:
    # It is imported late, like the settings.
    from deckgen.domain.uploads.sniff import check_quickly

    try:
        check_quickly(content)
    except UnreadableData as error:
        raise UnreadableData(f"{name}: {error.message}", code=error.code) from None
