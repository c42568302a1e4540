"""A look at the file of a table, before anything is started for it: sentences that say what to do."""

from pathlib import Path

from deckgen.domain.errors import InvalidRequest, TooLarge, UnreadableData

MEGABYTE = 1_000_000


def check(path: Path, *, is_own_server: bool) -> None:
    """A DeckgenError if there is no such file, or a server would refuse it by its first look.

    How much a server takes is known if it is started here, with the settings of here.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InvalidRequest(f"{path} is no file: name a CSV, an XLSX workbook or Parquet.")
        if is_own_server:
            _check_size(path, size)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InvalidRequest(f"There is no file {path}.") from None
    except OSError as error:
        raise InvalidRequest(f"Can't read {path}: {error.strerror}.") from error
    if not content:
        raise UnreadableData(f"{path} is empty: give it a header and rows.", code="empty_csv")
    _look_into(path, content)


def _check_size(path: Path, size: int) -> None:
    # Imported late: of a file that is not there nobody asks for its size.
    from deckgen.config.settings import load_settings

    most = load_settings().max_csv_bytes
    if size > most:
        raise TooLarge(
            f"{path} has {size / MEGABYTE:,.1f} MB, and {most / MEGABYTE:g} MB are taken at most: "
            "leave out rows or columns, or raise MAX_CSV_BYTES."
        )


def _look_into(path: Path, content: bytes) -> None:
    # Imported late, as above.
    from deckgen.domain.uploads.sniff import check_quickly

    try:
        check_quickly(content)
    except UnreadableData as error:
        raise UnreadableData(f"{path}: {error.message}", code=error.code) from None
