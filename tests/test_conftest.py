"""The guard around the tests themselves."""

from __future__ import annotations

import socket

import pytest
from hypothesis import settings

from tests.conftest import NetworkForbidden


def test_a_connection_on_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with socket.create_connection(("localhost", port), timeout=5) as client:
            assert client.getpeername()[1] == port


@pytest.mark.proves("S8")
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_connection_beyond_this_machine_is_refused(host: str) -> None:
    with pytest.raises(NetworkForbidden):
        socket.create_connection((host, 80), timeout=0.1)


def test_a_packet_beyond_this_machine_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        pytest.raises(NetworkForbidden),
    ):
        sender.sendto(b"?", ("192.0.2.1", 53))


@pytest.mark.proves("S8")
def test_a_name_beyond_this_machine_is_not_looked_up() -> None:
    with pytest.raises(NetworkForbidden):
        socket.getaddrinfo("example.org", 80)


def test_properties_are_tried_with_the_same_examples_each_time() -> None:
    assert (settings().derandomize, settings().database) == (True, None)
