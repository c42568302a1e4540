"""The folder of rendered exports: what goes, what stays, and what is never served."""

import os
from pathlib import Path

import pytest

from deckgen.domain.access import LOCAL_TENANT
from deckgen.export import exports
from deckgen.export.cache import DIGEST_BYTES, ExportCache
from deckgen.export.exports import Export
from deckgen.export.formats import formats, page, pptx

CONTENT = b"x" * (1000 - DIGEST_BYTES)  # a file of a thousand bytes


def page_of(deck_id: str, deck_sha256: str = "a" * 64, tenant: str = LOCAL_TENANT) -> Export:
    return Export(tenant, deck_id, deck_sha256, page.FORMAT)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def read_at(folder: Path, deck_id: str, seconds: int) -> None:
    """As if the only file of the deck had been read then."""
    (path,) = files(folder / f"deck-{deck_id}")
    os.utime(path, (seconds, seconds))


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """By any process that shares the folder, and under that key only."""
    ExportCache(tmp_path, 10_000).write(page_of("d"), CONTENT)
    other = ExportCache(tmp_path, 10_000)
    assert other.read(page_of("d")) == CONTENT
    assert other.read(Export(LOCAL_TENANT, "d", "a" * 64, page.FORMAT, notice="A draft.")) is None
    assert other.read(page_of("d", "b" * 64)) is None


def test_who_was_not_read_goes_first(tmp_path: Path) -> None:
    """The files stay within the limit, and those that were read last are still there."""
    cache = ExportCache(tmp_path, 4000)
    for number in (1, 2, 3):
        cache.write(page_of(f"d{number}"), CONTENT)
        read_at(tmp_path, f"d{number}", number)
    assert cache.read(page_of("d1"))
    cache.write(page_of("d4"), CONTENT)
    assert [f"d{number}" for number in (1, 2, 3, 4) if cache.read(page_of(f"d{number}"))] == [
        "d1",
        "d3",
        "d4",
    ]
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 4000
    assert not (tmp_path / "deck-d2").exists()


def test_processes_keep_the_limit_together(tmp_path: Path) -> None:
    """What others have written counts as well."""
    caches = [ExportCache(tmp_path, 5000) for _ in range(5)]
    for number in range(20):
        caches[number % 5].write(page_of(f"d{number}"), CONTENT)
        assert sum(path.stat().st_size for path in files(tmp_path)) <= 5000


def test_too_large_a_file_is_not_kept(tmp_path: Path) -> None:
    """It would drive out all others."""
    cache = ExportCache(tmp_path, 4000)
    cache.write(page_of("d"), CONTENT)
    cache.write(page_of("large"), CONTENT * 4)
    assert cache.read(page_of("large")) is None
    assert cache.read(page_of("d")) == CONTENT


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"x" * 1000])
def test_a_damaged_file_is_not_read(tmp_path: Path, damage: bytes) -> None:
    """Neither half a file nor another content is served, and the next write mends it."""
    cache = ExportCache(tmp_path, 10_000)
    cache.write(page_of("d"), CONTENT)
    (path,) = files(tmp_path)
    path.write_bytes(damage)
    assert cache.read(page_of("d")) is None
    cache.write(page_of("d"), CONTENT)
    assert cache.read(page_of("d")) == CONTENT


def test_a_file_under_another_name_is_not_read(tmp_path: Path) -> None:
    """The page of one deck is never shown as that of another."""
    cache = ExportCache(tmp_path, 10_000)
    cache.write(page_of("d"), CONTENT)
    (path,) = files(tmp_path)
    other = Export(LOCAL_TENANT, "d", "a" * 64, pptx.FORMAT)
    path.rename(path.with_name(f"{other.deck_sha256}-{other.key}"))
    assert cache.read(other) is None


def test_a_deck_is_forgotten(tmp_path: Path) -> None:
    """All that was rendered of it is gone, in all its forms; that of other decks is not."""
    folder = tmp_path / "exports"
    cache = ExportCache(folder, 10_000)
    for deck_id in ("d", "d.2", ".."):
        for each in formats():
            cache.write(Export(LOCAL_TENANT, deck_id, "a" * 64, each), CONTENT[:100])
    cache.forget(LOCAL_TENANT, "d")
    assert not (folder / "deck-d").exists()
    assert {tenant: sorted(ids) for tenant, ids in cache.deck_ids().items()} == {
        LOCAL_TENANT: ["..", "d.2"]
    }
    assert cache.read(page_of("..")) == CONTENT[:100]
    assert all(path.is_relative_to(folder) for path in files(tmp_path))


def test_tenants_share_no_file(tmp_path: Path) -> None:
    """A deck of the same id and content is another's: it is not read, and goes by itself."""
    cache = ExportCache(tmp_path, 3_000)
    cache.write(page_of("d", tenant="acme"), CONTENT)
    assert cache.read(page_of("d")) is cache.read(page_of("d", tenant="beta")) is None
    cache.write(page_of("d"), CONTENT)
    assert cache.deck_ids() == {LOCAL_TENANT: ["d"], "acme": ["d"]}
    cache.forget(LOCAL_TENANT, "d")
    assert cache.read(page_of("d", tenant="acme")) == CONTENT
    for number in range(4):  # the limit is one for all
        cache.write(page_of(f"d{number}", tenant="beta"), CONTENT)
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 3_000


def test_former_decks_go(tmp_path: Path) -> None:
    """Once another deck has taken a deck's place, what was rendered of the former can be removed."""
    cache = ExportCache(tmp_path, 10_000)
    for sha256 in ("a" * 64, "b" * 64, "c" * 64):
        cache.write(page_of("d", sha256), CONTENT)
    cache.keep_only(LOCAL_TENANT, "d", {"b" * 64, "c" * 64})
    assert cache.read(page_of("d", "a" * 64)) is None
    assert cache.read(page_of("d", "b" * 64)) == cache.read(page_of("d", "c" * 64)) == CONTENT


def test_what_can_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    """OSError, and no half of a file anywhere."""
    cache = ExportCache(tmp_path, 10_000)
    (tmp_path / "deck-d").write_bytes(b"")
    with pytest.raises(OSError, match="exists"):
        cache.write(page_of("d"), CONTENT)
    (tmp_path / "deck-e" / f"{'a' * 64}-{page_of('e').key}").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        cache.write(page_of("e"), CONTENT)
    assert files(tmp_path) == [tmp_path / "deck-d"]


def test_nobody_else_can_read_or_write(tmp_path: Path) -> None:
    """The folder and its files are private, and one that others can write to is refused."""
    cache = ExportCache(tmp_path / "new" / "exports", 10_000)
    cache.write(page_of("d"), CONTENT)
    assert (tmp_path / "new" / "exports").stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in files(tmp_path)] == [0o600]
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(PermissionError, match="others can write"):
        ExportCache(tmp_path / "open", 10_000)


def test_another_renderer_has_other_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of a template, or a library of another version, is another renderer."""
    template = tmp_path / "deck.html.j2"
    monkeypatch.setattr(exports, "RENDERERS", (tmp_path,))
    keys = []
    for text, libraries in (("a", ("jinja2",)), ("b", ("jinja2",)), ("b", ("babel",))):
        template.write_text(text)
        monkeypatch.setattr(exports, "LIBRARIES", libraries)
        keys += [exports.renderer.__wrapped__(), exports.renderer.__wrapped__()]
    assert keys[0::2] == keys[1::2]
    assert len(set(keys)) == 3


def test_the_renderer_covers_code_and_templates() -> None:
    """What says how a deck looks is part of it: modules, templates, the words of the domain."""
    names = {path.name for path in exports.sources()}
    assert {"page.css.j2", "page.py", "document.py", "clear.toml", "display.py", "locales.py"} <= names
