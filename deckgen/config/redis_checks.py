"""Whether the settings of Redis can be used, and used together: asked before anything is started."""

import ssl
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from deckgen.domain.net.endpoints import endpoints

# What makes sense only beside another setting.
TLS_ONLY = ("redis_tls_ca", "redis_tls_cert", "redis_tls_key")
SENTINEL_ONLY = ("redis_sentinel_master", "redis_sentinel_password")
CLUSTER_ONLY = ("redis_cluster_nodes", "redis_cluster_tag")


def check_host(value: str) -> None:
    """ValueError, with what to set instead, for an address that says more than the host."""
    if "://" in value:
        raise ValueError(
            "must be the name of a host; what else an address says has settings of its own, "
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
    """ValueError for a list of which an entry is not host:port."""
    endpoints(value)


def check_ca(file: Path) -> None:
    """ValueError unless certificates can be read from it."""
    if not file.is_file():
        raise ValueError(f"there is no file {file}")
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:
        raise ValueError(f"{file} holds no certificates ({_reason(error)})") from None


def check_together(redis: dict[str, Any], named: set[str]) -> None:
    """ValueError if settings contradict each other; `named` are those that do not stand by default."""
    _check_company(named, TLS_ONLY, redis["redis_tls"], "REDIS_TLS is not true")
    _check_company(named, SENTINEL_ONLY, redis["redis_sentinels"], "REDIS_SENTINELS is not")
    _check_company(named, CLUSTER_ONLY, redis["redis_cluster"], "REDIS_CLUSTER is not true")
    _check_address(named, redis["redis_sentinels"], "REDIS_SENTINELS", "the sentinels say")
    _check_address(named, redis["redis_cluster_nodes"], "REDIS_CLUSTER_NODES", "the nodes say")
    _check_cluster(redis)
    _check_own_certificate(redis["redis_tls_cert"], redis["redis_tls_key"])


def _check_company(named: set[str], names: Sequence[str], beside: object, missing: str) -> None:
    """What makes sense only beside another setting, which is missing."""
    for name in names:
        if name in named and not beside:
            raise ValueError(f"{name.upper()} is set, but {missing}")


def _check_address(named: set[str], others: str, setting: str, say: str) -> None:
    """An address beside those who say where Redis is."""
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
    """A certificate by which Redis knows its clients; asking for the key's password would hang."""
    if certificate is None and key is None:
        return
    if certificate is None or key is None:
        raise ValueError("REDIS_TLS_CERT and REDIS_TLS_KEY are only of use together")
    try:
        ssl.create_default_context().load_cert_chain(certificate, key, password=lambda: "")
    except OSError as error:
        raise ValueError(
            f"REDIS_TLS_CERT and REDIS_TLS_KEY can't be used together ({_reason(error)})"
        ) from None


def _reason(error: OSError) -> str:
    return getattr(error, "reason", None) or error.strerror or str(error)
