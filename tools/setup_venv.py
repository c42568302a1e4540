"""Fill .venv with the packages of a lock file and with deckgen itself, if that is not done yet.

The Makefile calls `python3 tools/setup_venv.py LOCK_FILE` with whatever Python the machine has. So that
an old one can still say what is missing, nothing here is newer than Python 3.6. A second argument names
another environment, which gets the packages only.
"""

# ruff: noqa: S603, UP032 - the commands are our own; f-strings would do, but see above

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
DECKGENS = Path(".venv")
VENV = Path(sys.argv[2]) if len(sys.argv) > 2 else DECKGENS
PYTHON = str(VENV.absolute() / "bin" / "python")


def main(lock_file):
    """Exits with a sentence if it can't be done."""
    check_this_python()
    # Of several make commands at once, one installs and the others wait for it.
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, wanted = VENV / (lock_file + ".done"), fingerprint(lock_file)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        sys.stderr.write("Installing the packages of {} into {} ...\n".format(lock_file, VENV))
        if not is_usable():
            run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        pip_install("--require-hashes", "--requirement", lock_file)
        if VENV == DECKGENS:
            # What builds it is in the lock file too, so nothing unlocked is fetched.
            pip_install("--no-deps", "--no-build-isolation", "--editable", ".")
        stamp.write_text(wanted)


def check_this_python():
    if sys.version_info < OLDEST:
        found = "{} is {}.{}".format(sys.executable, *sys.version_info[:2])
        sys.exit("deckgen needs Python 3.11 or newer; {}. Try: make PYTHON=python3.11".format(found))
    try:
        import ensurepip  # noqa: F401 - Debian's python3 lacks it unless python3-venv is installed
    except ImportError:
        sys.exit("This Python can't make a venv: install it (Debian, Ubuntu: python3-venv).")


def fingerprint(lock_file):
    """Changes with whatever the installation depends on, also when the checkout is moved."""
    digest = hashlib.sha256(PYTHON.encode())
    for name in (lock_file, "pyproject.toml"):
        digest.update(Path(name).read_bytes())
    return digest.hexdigest()


def is_usable():
    """Whether the venv's own Python runs, is new enough and has pip."""
    question = "import pip, sys; sys.exit(sys.version_info < {})".format(OLDEST)
    try:
        return subprocess.call([PYTHON, "-c", question], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def pip_install(*arguments):
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments])


def run(command):
    if subprocess.call(command) != 0:
        sys.exit("The installation failed; what it said is above. It can be repeated.")


if __name__ == "__main__":
    main(sys.argv[1])
