"""Who knocks too often, by network address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.requests import Request

from survey.web.peers import MOST_MISSES, MOST_PEERS, Peers, peer_of
from tests.people import START


def asked_from(host: str, forwarded: str = "") -> Request:
    """A request from there."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return Request({"type": "http", "client": (host, 1), "headers": headers})


@pytest.mark.proves("S17")
def test_thirty_failures_within_ten_minutes_are_enough() -> None:
    peers = Peers()
    for second in range(MOST_MISSES):
        assert peers.seconds_to_wait("203.0.113.5", START) == 0
        peers.miss("203.0.113.5", START + timedelta(seconds=second))

    now = START + timedelta(seconds=MOST_MISSES)
    assert peers.seconds_to_wait("203.0.113.5", now) == 600 - MOST_MISSES
    assert peers.seconds_to_wait("203.0.113.6", now) == 0
    assert peers.seconds_to_wait("203.0.113.5", START + timedelta(minutes=10)) == 0


def test_memory_is_bounded() -> None:
    peers = Peers()

    for number in range(MOST_PEERS + 10):
        peers.miss(str(number), START)

    assert len(peers._misses) == MOST_PEERS


@pytest.mark.proves("S27")
@pytest.mark.parametrize(
    ("host", "forwarded", "expected"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "", ""),
        ("127.0.0.1", "198.51.100.1", ""),
        ("192.0.2.7", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("192.0.2.7", "garbage", ""),
        ("testclient", "", ""),
    ],
)
def test_only_a_named_proxy_is_believed(host: str, forwarded: str, expected: str) -> None:
    request = asked_from(host, forwarded)

    assert peer_of(request, proxies=frozenset({"192.0.2.7"})) == expected
