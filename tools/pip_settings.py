"""Where this machine's pip finds packages, in the words of uv, which reads none of pip's settings.

So whoever has pip behind a mirror has uv there too. Old Pythons run this as well: see setup_venv.py.
"""

import ast
import subprocess

# Last counts most: a file's [global], its [install], then the environment.
SECTIONS = ("global.", "install.", ":env:.")
WORDS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "client-cert": ("SSL_CLIENT_CERT", " "),
    "proxy": ("ALL_PROXY", " "),
}


def for_uv(pip, environment):
    """Options of `uv pip install`, and `environment` with what uv takes from there.

    What is set for uv itself stays as it is. `pip` is a command, or None where there is none: then only
    the variables of the environment are known.
    """
    settings = _of_pip(pip, environment) if pip else _of_environment(environment)
    told = {
        WORDS[name][0]: WORDS[name][1].join(value.split())
        for name, value in settings.items()
        if name in WORDS
    }
    # pip looks at all indexes alike. Hashes bind what it finds, so that is safe.
    told["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    is_closed = settings.get("no-index", "").lower() in ("1", "true", "yes", "on")
    return ["--no-index"] if is_closed else [], dict(told, **environment)


def _of_environment(environment):
    return {
        name[len("PIP_") :].lower().replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith("PIP_")
    }


def _of_pip(pip, environment):
    """What `pip config list` prints: a line for each, as section.name='value'."""
    listed = subprocess.run(  # noqa: S603 - the command is our own
        [*pip, "config", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        check=False,
    ).stdout.decode()
    found = {}
    for section in SECTIONS:
        for line in listed.splitlines():
            key, is_pair, value = line.partition("=")
            if is_pair and key.startswith(section):
                found[key[len(section) :]] = str(ast.literal_eval(value))
    return found
