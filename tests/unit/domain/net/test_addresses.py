"""Which addresses a webhook may reach."""

from ipaddress import ip_address

import pytest

from deckgen.domain.net.addresses import AllowedHosts, is_public

NOTHING = AllowedHosts.parse("")


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "168.63.129.17",
        "192.0.1.1",
        "100.128.0.1",
        "2606:2800:21f::1",
        "2001:200::1",
        "2a00:1450::5efe:5db8:d70e",
        "::ffff:93.184.215.14",
        "64:ff9b::5db8:d70e",
    ],
)
def test_public(address: str) -> None:
    """Addresses of the internet, in either version."""
    assert is_public(ip_address(address))
    assert not NOTHING.refuses(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # the metadata of a cloud's machine
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fd00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",  # 127.0.0.1 through NAT64
        "2002:7f00:1::",  # 127.0.0.1 through 6to4
        "2002:5db8:d70e::1",  # a public address through 6to4, which nobody offers any more
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "64:ff9b:1:ffff:ffff:ffff:5db8:d70e",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",  # 127.0.0.1 through Teredo
        "::7f00:1",  # 127.0.0.1 as a compatible address
        "::ffff:ffff",
        "::2:0:0",
        "::5db8:d70e",
        "::ffff:0:7f00:1",  # 127.0.0.1 as a translated address
        "::ffff:0:5db8:d70e",
        "2a00:1450::5efe:7f00:1",  # 127.0.0.1 through ISATAP
        "2a00:1450::200:5efe:a9fe:a9fe",
        "fe80::5efe:5db8:d70e",
        "192.0.0.192",
        "192.0.0.9",
        "192.0.2.1",
        "192.31.196.1",
        "192.88.99.1",
        "168.63.129.16",
        "100.100.100.200",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "199.36.153.9",
        "239.255.255.255",
        "240.0.0.1",
        "2001:1::1",
        "2001:2::1",
        "2001:20::1",
        "2001:db8::1",
        "2620:4f:8000::1",
        "3fff::",
        "3fff::1",
        "3fff:0fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "100::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff0e::1",
    ],
)
def test_not_public(address: str) -> None:
    """Loopback, private, link-local, multicast and what stands for one of them."""
    assert not is_public(ip_address(address))
    assert NOTHING.refuses(address)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "a.localhost", "[::1]", "127.0.0.1."])
def test_hosts_that_say_that_they_are_private(host: str) -> None:
    """localhost and literal addresses, however they are written."""
    assert NOTHING.refuses(host)


def test_names_are_not_judged() -> None:
    """What another name resolves to is seen when the connection is made."""
    assert not NOTHING.refuses("receiver.internal")
    assert not NOTHING.permits("receiver.internal", ip_address("10.0.0.1"))


def test_the_list() -> None:
    """Names, addresses and blocks let their own through, and nothing beside."""
    allowed = AllowedHosts.parse(" Receiver.Internal, 10.1.0.0/16,127.0.0.1 , fd00::/8,")
    assert allowed.permits("receiver.internal.", ip_address("192.168.0.1"))
    assert allowed.permits("any", ip_address("10.1.2.3"))
    assert allowed.permits("any", ip_address("fd00::7"))
    assert not allowed.refuses("127.0.0.1")
    assert not allowed.permits("other.internal", ip_address("192.168.0.1"))
    assert not allowed.permits("any", ip_address("10.2.0.0"))
    assert not allowed.permits("any", ip_address("::1"))
    assert allowed.refuses("127.0.0.2")


@pytest.mark.parametrize("entry", ["10.0.0.0/33", "10.0.0.1/8", "http://host", "host:80", "a b", "*"])
def test_a_wrong_entry_is_named(entry: str) -> None:
    """An entry that would let nothing through, or more than was meant, is refused."""
    with pytest.raises(ValueError, match="is not a host name, IP address or CIDR block"):
        AllowedHosts.parse(f"host,{entry}")
