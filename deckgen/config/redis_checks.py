"""Checks of the settings of Redis, each alone and all together, before anything is started."""

import ssl
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from deckgen.domain.net.endpoints import endpoints

# These settings make sense only beside another one.
TLS_ONLY = ("redis_tls_ca", "redis_tls_cert", "redis_tls_key")
SENTINEL_ONLY = ("redis_sentinel_master", "redis_sentinel_password")
CLUSTER_ONLY = ("redis_cluster_nodes", "redis_cluster_tag")


def check_host(value: str) -> None:
    """Raise ValueError, with the right settings, for an address that says more than the host."""
    if "://" in value:
        raise ValueError(
            "must be the name of a host; the other parts of an address have their own settings, "
            "REDIS_PORT, REDIS_PASSWORD, REDIS_DB and, for rediss://, REDIS_TLS=true"
        )
    if ":" in value and not _is_address(value):
        raise ValueError("must be the name of a host; its port is REDIS_PORT")


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def check_endpoints(value: str) -> None:
    """Raise ValueError for a list with an entry that is not host:port."""
    endpoints(value)


def check_ca(file: Path) -> None:
    """Raise ValueError unless certificates can be read from the file."""
    if not file.is_file():
        raise ValueError(f"there is no file {file}")
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:
        raise ValueError(f"{file} holds no certificates ({_reason(error)})") from None


def check_together(redis: dict[str, Any], named: set[str]) -> None:
    """Raise ValueError if settings contradict each other; `named` are those that were set."""
    _check_companion(named, TLS_ONLY, redis["redis_tls"], "REDIS_TLS is not true")
    _check_companion(named, SENTINEL_ONLY, redis["redis_sentinels"], "REDIS_SENTINELS is not")
    _check_companion(named, CLUSTER_ONLY, redis["redis_cluster"], "REDIS_CLUSTER is not true")
    _check_address(named, redis["redis_sentinels"], "REDIS_SENTINELS", "the sentinels say")
    _check_address(named, redis["redis_cluster_nodes"], "REDIS_CLUSTER_NODES", "the nodes say")
    _check_cluster(redis)
    _check_own_certificate(redis["redis_tls_cert"], redis["redis_tls_key"])


def _check_companion(named: set[str], names: Sequence[str], beside: object, missing: str) -> None:
    """Refuse settings that make sense only beside another one, if that is missing."""
    for name in names:
        if name in named and not beside:
            raise ValueError(f"{name.upper()} is set, but {missing}")


def _check_address(named: set[str], others: str, setting: str, say: str) -> None:
    """Refuse an address of Redis beside sentinels or nodes, which say where Redis is."""
    for name in ("redis_host", "redis_port"):
        if name in named and others:
            raise ValueError(f"{name.upper()} and {setting} are both set, but {say} where Redis is")


def _check_cluster(redis: dict[str, Any]) -> None:
    if not redis["redis_cluster"]:
        return
    if redis["redis_sentinels"]:
        raise ValueError(
            "REDIS_CLUSTER and REDIS_SENTINELS are both set, but a cluster has no sentinels: its nodes "
            "say where the master is"
        )
    if redis["redis_db"]:
        raise ValueError(
            "REDIS_CLUSTER and REDIS_DB are both set, but a cluster has only database 0: "
            "REDIS_CLUSTER_TAG keeps two queues apart"
        )


def _check_own_certificate(certificate: Path | None, key: Path | None) -> None:
    """Refuse a certificate of our own that can't be loaded."""
    if certificate is None and key is None:
        return
    if certificate is None or key is None:
        raise ValueError("REDIS_TLS_CERT and REDIS_TLS_KEY are only of use together")
    try:
        # OpenSSL would ask the terminal for a password, and wait.
        ssl.create_default_context().load_cert_chain(certificate, key, password=lambda: "")
    except OSError as error:
        raise ValueError(
            f"REDIS_TLS_CERT and REDIS_TLS_KEY can't be used together ({_reason(error)})"
        ) from None


def _reason(error: OSError) -> str:
    return getattr(error, "reason", None) or error.strerror or str(error)
