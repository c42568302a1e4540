"""What a file says of itself: its title and its source, which people see before they open it."""

from collections.abc import Mapping

from deckgen.export.pptx.rewriting.package import Package

MOST = 255  # letters of a property
_DC = "{http://purl.org/dc/elements/1.1/}"


def renew(package: Package, changes: Mapping[str, tuple[str, str]]) -> None:
    """Write properties, by the names of Dublin Core, that still say what they said when it was made."""
    for part in package.archive.related("", "core-properties"):
        root = package.root(part)
        for name, (before, after) in changes.items():
            for each in root.iter(f"{_DC}{name}"):
                if before != after and each.text == before[:MOST]:
                    each.text = after[:MOST]
                    package.keep(part)
