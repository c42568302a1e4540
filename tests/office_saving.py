"""Presentations opened and saved again by LibreOffice."""

import subprocess
from pathlib import Path

from tests.browser import tool


def saved_by_office(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Returns presentations as LibreOffice saves them, all in one start of it."""
    sources, target = folder / "sources", folder / "saved"
    sources.mkdir(parents=True, exist_ok=True)
    paths = {name: sources / f"{number}.pptx" for number, name in enumerate(files)}
    for name, path in paths.items():
        path.write_bytes(files[name])
    soffice = tool("soffice", "libreoffice-impress")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pptx", "--outdir", target, *paths.values()],
        check=True,
        capture_output=True,
    )
    return {name: (target / path.name).read_bytes() for name, path in paths.items()}
