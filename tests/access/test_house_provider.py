"""What the house's own sign-in says is believed only when everything about it fits."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from survey.access import house_provider
from survey.access.house_provider import (
    HousePerson,
    RoundTrip,
    RoundTripCookies,
    person_of,
    verified_claims,
)
from survey.errors import HouseSignInRefused
from survey.settings import House

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ISSUER = "https://anmeldung.stadt.example"
KEY = RSAKey.generate_key(2048, parameters={"kid": "house"})
OTHER_KEY = RSAKey.generate_key(2048, parameters={"kid": "house"})
PUBLIC: dict[str, Any] = dict(KeySet([KEY]).as_dict(private=False))
SOUND: dict[str, Any] = {
    "iss": ISSUER,
    "aud": "nachklang",
    "sub": "olga",
    "nonce": "n",
    "exp": int(NOW.timestamp()) + 300,
    "iat": int(NOW.timestamp()),
    "email": "Olga@stadt.example",
    "email_verified": True,
}


def signed(claims: dict[str, Any], *, key: RSAKey = KEY, algorithm: str = "RS256") -> str:
    return jwt.encode({"alg": algorithm, "kid": "house"}, claims, key, [algorithm])


def read(token: str) -> dict[str, Any]:
    return verified_claims(
        token,
        PUBLIC,
        issuer=ISSUER,
        client_id="nachklang",
        nonce="n",
        access_token="access",
        now=NOW,
    )


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
def test_a_sound_token_is_believed(algorithm: str) -> None:
    assert read(signed(SOUND, algorithm=algorithm)) == SOUND


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://boese.example"},
        {"iss": None},
        {"aud": "andere"},
        {"aud": ["andere", "weitere"]},
        {"aud": ["nachklang", "andere"]},
        {"aud": ["nachklang", "andere"], "azp": "andere"},
        {"azp": "andere"},
        {"nonce": "other"},
        {"nonce": None},
        {"exp": int(NOW.timestamp()) - 61},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"iat": int(NOW.timestamp()) + 3600},
        {"nbf": int(NOW.timestamp()) + 3600},
        {"sub": None},
        {"at_hash": "wrong"},
    ],
    ids=str,
)
def test_a_token_in_which_anything_does_not_fit_is_refused(change: dict[str, Any]) -> None:
    claims = {name: value for name, value in (SOUND | change).items() if value is not None}
    assert read(signed(SOUND))["sub"] == "olga"

    with pytest.raises(HouseSignInRefused):
        read(signed(claims))


def test_a_foreign_signature_is_refused() -> None:
    with pytest.raises(HouseSignInRefused):
        read(signed(SOUND, key=OTHER_KEY))


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused() -> None:
    secret = OctKey.import_key(KEY.as_pem(private=False).replace(b"-----", b"_____"))
    forged = jwt.encode({"alg": "HS256", "kid": "house"}, SOUND, secret, ["HS256"])

    with pytest.raises(HouseSignInRefused):
        read(forged)


@pytest.mark.parametrize("end", ["", "x"])
def test_an_unsigned_token_is_refused(end: str) -> None:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    with pytest.raises(HouseSignInRefused):
        read(f"{part({'alg': 'none', 'kid': 'house'})}.{part(SOUND)}.{end}")


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "a.b.c.d.e", "…"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(HouseSignInRefused):
        read(text)


def test_a_person_has_a_verified_address() -> None:
    assert person_of(SOUND) == HousePerson(ISSUER, "olga", "olga@stadt.example")


@pytest.mark.parametrize(
    "change",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"email_verified": None},
        {"email": None},
        {"email": ["olga@stadt.example"]},
        {"email": "olga"},
    ],
    ids=str,
)
def test_without_a_verified_address_there_is_no_person(change: dict[str, Any]) -> None:
    with pytest.raises(HouseSignInRefused):
        person_of(SOUND | change)


TRIP = RoundTrip("state", "nonce", "verifier", "/arbeit", int(NOW.timestamp()))


def test_the_cookie_of_a_round_trip_says_what_was_put_in() -> None:
    cookies = RoundTripCookies(b"key")

    assert cookies.read(cookies.cookie(TRIP), NOW) == TRIP
    assert "verifier" not in repr(TRIP)


@pytest.mark.parametrize(("seconds", "is_good"), [(-61, False), (600, True), (601, False)])
def test_the_cookie_of_a_round_trip_ends(seconds: int, *, is_good: bool) -> None:
    cookies = RoundTripCookies(b"key")

    read_later = cookies.read(cookies.cookie(TRIP), NOW + timedelta(seconds=seconds))

    assert (read_later is not None) is is_good


@pytest.mark.parametrize("cookie", ["", "x", "x.y", "e30.x"])
def test_a_cookie_of_another_making_is_worth_nothing(cookie: str) -> None:
    foreign = RoundTripCookies(b"other").cookie(TRIP)

    assert RoundTripCookies(b"key").read(cookie, NOW) is None
    assert RoundTripCookies(b"key").read(foreign, NOW) is None


@contextmanager
def speaking(status: int, body: bytes) -> Iterator[str]:
    """A provider that says this to whatever it is asked."""

    class Provider(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body.replace(b"ISSUER", issuer.encode()))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def begin(issuer: str) -> str:
    address, _ = house_provider.begin(
        House(issuer, "nachklang", "", "Haus"),
        NOW,
        redirect_uri="https://feedback.example.org/x",
        back="/arbeit",
        random_bytes=bytes,
    )
    return address


def test_the_way_there_is_what_the_provider_names() -> None:
    known = b'{"issuer": "ISSUER", "authorization_endpoint": "https://anmeldung.example/auth?tenant=1"}'  # fmt: skip
    with speaking(200, known) as issuer:
        assert begin(issuer).startswith("https://anmeldung.example/auth?tenant=1&")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (
            200,
            b'{"issuer": "https://boese.example", "authorization_endpoint": "https://x.example"}',
        ),
        (200, b'{"issuer": "ISSUER"}'),
        (200, b'{"issuer": "ISSUER", "authorization_endpoint": "http://anmeldung.example/auth"}'),
        (200, b'{"issuer": "ISSUER", "authorization_endpoint": "javascript:alert(1)"}'),
        (200, b"[]"),
        (200, b"no json"),
        (200, b" " * 300_000),
        (302, b'{"issuer": "ISSUER", "authorization_endpoint": "https://x.example"}'),
        (404, b'{"issuer": "ISSUER", "authorization_endpoint": "https://x.example"}'),
    ],
    ids=[
        *("other issuer", "no endpoint", "no TLS", "no address", "list", "no JSON", "too much"),
        *("redirect", "not found"),
    ],
)
def test_a_provider_that_says_something_odd_is_not_trusted(status: int, body: bytes) -> None:
    with speaking(status, body) as issuer, pytest.raises(HouseSignInRefused):
        begin(issuer)
