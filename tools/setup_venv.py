"""Fill .venv with the packages of a lock file and with deckgen itself, if that is not done yet.

The Makefile calls `python3 tools/setup_venv.py LOCK_FILE` with whatever Python the machine has. So that
an old one can still say what is missing, nothing here is newer than Python 3.6. A second argument names
another environment, which gets the packages only.

uv installs: the one on PATH if it knows enough, else that of requirements-uv.lock, which pip gets.
Where none of them can, pip installs, which takes many times as long.
"""

# ruff: noqa: S603, UP032 - the commands are our own; f-strings would do, but see above

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pip_settings

OLDEST = (3, 11)
DECKGENS = Path(".venv")
VENV = Path(sys.argv[2]) if len(sys.argv) > 2 else DECKGENS
PYTHON = str(VENV.absolute() / "bin" / "python")
UV_LOCK = "requirements-uv.lock"
UV_KNOWS = ("--require-hashes", "--default-index", "--index-strategy", "--no-build-isolation")
# What builds deckgen is in the lock file too, so nothing unlocked is fetched.
EDITABLE = ["--no-deps", "--no-build-isolation", "--editable", "."]
# Together all that a deck takes, also what is imported late; each list in a process of its own.
IMPORTED = (
    "deckgen.orchestrator.offline, deckgen.orchestrator.app, deckgen.orchestrator.model.wire",
    "deckgen.web.app, deckgen.worker.arq_settings, arq.cli, deckgen.cli.app, deckgen.dev.stack",
)
LISTED = (" + ", " - ", " ~ ")  # how uv begins a line for each package when it has finished


def main(lock_file):
    """Exits with a sentence if it can't be done."""
    check_this_python()
    # Of several make commands at once, one installs and the others wait for it.
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, wanted = VENV / (lock_file + ".done"), fingerprint(lock_file)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        packages = len(re.findall(r"^\w.*==", Path(lock_file).read_text(), re.MULTILINE))
        say("Installing {} packages, as {} has them, into {} ...".format(packages, lock_file, VENV))
        make_venv()
        if not (by_uv(lock_file) or by_pip(lock_file)):
            sys.exit("The installation failed; what it said is above. It can be repeated.")
        if VENV == DECKGENS:
            compile_imported()
        stamp.write_text(wanted)


def check_this_python():
    if sys.version_info < OLDEST:
        found = "{} is {}.{}".format(sys.executable, *sys.version_info[:2])
        sys.exit("deckgen needs Python 3.11 or newer; {}. Try: make PYTHON=python3.11".format(found))


def fingerprint(lock_file):
    """Changes with whatever the installation depends on, also when the checkout is moved."""
    digest = hashlib.sha256(PYTHON.encode())
    for name in (lock_file, "pyproject.toml"):
        digest.update(Path(name).read_bytes())
    return digest.hexdigest()


def make_venv():
    """Unless there is one whose Python runs and is new enough. Without pip, which Debian's may lack."""
    if says_yes(PYTHON, "import sys; sys.exit(sys.version_info < {})".format(OLDEST)):
        return
    if not succeeds([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]):
        sys.exit("This Python can't make a venv: install it (Debian, Ubuntu: python3-venv).")


def by_uv(lock_file):
    uv = find_uv()
    if uv is None:
        return False
    pip = [sys.executable, "-m", "pip"] if says_yes(sys.executable, "import pip") else None
    options, environment = pip_settings.for_uv(pip, os.environ)
    return installs([uv, "pip", "install", "--python", PYTHON, *options], lock_file, environment)


def by_pip(lock_file):
    say("pip installs them, which takes a minute or more ...")
    pip = find_pip()
    if pip is None:
        sys.exit("There is neither pip nor uv: install one (Debian, Ubuntu: python3-venv).")
    return installs([*pip, "install", "--quiet"], lock_file)


def installs(install, lock_file, environment=None):
    """Whether all could be installed; the lock file is complete, so nobody has to look for more."""
    commands = [[*install, "--no-deps", "--require-hashes", "--requirement", lock_file]]
    if VENV == DECKGENS:
        commands.append(install + EDITABLE)
    return all(succeeds(command, environment) for command in commands)


def find_uv():
    """A uv that knows enough, got by pip if need be; None if there is none for this machine."""
    own = [str(folder.absolute() / "bin" / "uv") for folder in (VENV, DECKGENS)]
    for uv in (shutil.which("uv"), *own):
        if uv and knows_enough(uv):
            return uv
    pip = find_pip()
    if pip and Path(UV_LOCK).exists():
        say("Getting uv, which installs them ...")
        succeeds([*pip, "install", "--quiet", "--require-hashes", "--requirement", UV_LOCK])
    return own[0] if knows_enough(own[0]) else None


def knows_enough(uv):
    answer = answered([uv, "pip", "install", "--help"])
    return all(option in answer for option in UV_KNOWS)


def find_pip():
    """A command that is a pip for the venv; None if this Python has none and can't make one."""
    venvs, others = [PYTHON, "-m", "pip"], [sys.executable, "-m", "pip", "--python", PYTHON]
    if says_yes(PYTHON, "import pip"):
        return venvs
    if says_yes(sys.executable, "import pip") and answered([*others, "--version"]):
        return others
    answered([PYTHON, "-m", "ensurepip"])
    return venvs if says_yes(PYTHON, "import pip") else None


def compile_imported():
    """Else the processes of the first deck would all do it, for the same modules at the same time."""
    say("Compiling what deckgen imports ...")
    imports = [[PYTHON, "-c", "import " + modules] for modules in IMPORTED]
    # It has to be kept, whatever other Pythons may write: each process would do it again.
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="")
    # Whoever runs deckgen next is told what is wrong with it, if anything is.
    running = [
        subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for command in imports
    ]
    for process in running:
        process.wait()


def says_yes(python, question):
    try:
        return subprocess.call([python, "-c", question], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def answered(command):
    """What the command prints, empty if it can't be run or fails."""
    try:
        return subprocess.check_output(
            command, stderr=subprocess.DEVNULL, universal_newlines=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return ""


def succeeds(command, environment=None):
    """Run it. In a terminal it shows its own progress; a log needs no line for each package."""
    is_seen = sys.stderr.isatty()
    process = subprocess.Popen(
        command,
        env=environment,
        stderr=None if is_seen else subprocess.PIPE,
        universal_newlines=True,
    )
    for line in process.stderr or ():
        if not line.startswith(LISTED):
            sys.stderr.write(line)
            sys.stderr.flush()
    return process.wait() == 0


def say(words):
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(sys.argv[1])
