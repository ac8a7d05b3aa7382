"""The house's own sign-in, asked by OpenID Connect: authorisation code with PKCE.

authlib and httpx are loaded only when somebody signs in this way. Nothing is asked but what the settings name and
what the provider itself names under https; no redirect is followed.
"""

from __future__ import annotations

import base64
import hmac
import json
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from itsdangerous import BadSignature, Signer

from survey.errors import HouseSignInRefused, problem
from survey.settings import is_safe_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from survey.settings import House

LONGEST_ROUND_TRIP_SECONDS = 600
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a key that only the provider has; never "none", never a shared secret."""
SCOPE = "openid email"
_LEEWAY_SECONDS = 60
_TIMEOUT_SECONDS = 8
_MOST_BYTES = 256 * 1024
_SECONDS_KEPT = 300
_RANDOM_BYTES = 32
_OK = 200


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What binds the answer of the provider to the browser that asked."""

    state: str
    nonce: str
    verifier: str
    back: str
    """Where the person was going."""
    began: int

    def __repr__(self) -> str:
        """Never the secrets."""
        return f"RoundTrip({self.back})"


@dataclass(frozen=True, slots=True)
class HousePerson:
    """For whom the provider vouches."""

    issuer: str
    subject: str
    address: str
    """Verified by the provider."""


class RoundTripCookies:
    """Makes and reads the short-lived cookies of people on their way to the provider and back."""

    def __init__(self, signing_key: bytes) -> None:
        self._signer = Signer(signing_key, salt="house-sign-in/v1", key_derivation="hmac")

    def cookie(self, trip: RoundTrip) -> str:
        """The value of the cookie."""
        parts = [trip.state, trip.nonce, trip.verifier, trip.back, trip.began]
        return self._signer.sign(base64.urlsafe_b64encode(json.dumps(parts).encode())).decode()

    def read(self, cookie: str, now: datetime) -> RoundTrip | None:
        """What the cookie says; None if this installation did not make it, or it is too old."""
        try:
            parts = json.loads(base64.urlsafe_b64decode(self._signer.unsign(cookie)))
        except (BadSignature, ValueError):
            return None
        trip = RoundTrip(*parts)
        age = now.timestamp() - trip.began
        return trip if -_LEEWAY_SECONDS <= age <= LONGEST_ROUND_TRIP_SECONDS else None


def begin(
    house: House,
    now: datetime,
    *,
    redirect_uri: str,
    back: str,
    random_bytes: Callable[[int], bytes],
) -> tuple[str, RoundTrip]:
    """The provider's address to send the browser to, and what it has to bring back."""
    from authlib.oauth2.client import OAuth2Client  # noqa: PLC0415 -- heavy: see above

    def random_text() -> str:
        return base64.urlsafe_b64encode(random_bytes(_RANDOM_BYTES)).rstrip(b"=").decode("ascii")

    known = _discovered(house.issuer, int(now.timestamp()) // _SECONDS_KEPT)
    trip = RoundTrip(random_text(), random_text(), random_text(), back, int(now.timestamp()))
    client = OAuth2Client(
        None,
        client_id=house.client_id,
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )
    address, _ = client.create_authorization_url(
        _endpoint(known, "authorization_endpoint"),
        state=trip.state,
        code_verifier=trip.verifier,
        nonce=trip.nonce,
    )
    return str(address), trip


def finish(
    house: House,
    now: datetime,
    *,
    redirect_uri: str,
    trip: RoundTrip,
    brought: Mapping[str, str],
) -> HousePerson:
    """For whom the provider vouches; HouseSignInRefused if anything does not fit."""
    if not hmac.compare_digest(brought.get("state", "").encode(), trip.state.encode()):
        raise HouseSignInRefused(
            problem("Diese Anmeldung wurde in einem anderen Browser begonnen, oder sie ist zu alt.")
        )
    if brought.get("error") == "access_denied":
        raise HouseSignInRefused(problem("Die Anmeldung wurde dort abgebrochen."))
    if "error" in brought or not brought.get("code"):
        raise _unusable()
    known = _discovered(house.issuer, int(now.timestamp()) // _SECONDS_KEPT)
    if brought.get("iss", known["issuer"]) != known["issuer"]:  # RFC 9207
        raise _unusable()
    token = _token(house, known, redirect_uri=redirect_uri, code=brought["code"], trip=trip)
    keys = _json(_ask("GET", _endpoint(known, "jwks_uri")))
    claims = verified_claims(
        str(token.get("id_token", "")),
        keys,
        issuer=str(known["issuer"]),
        client_id=house.client_id,
        nonce=trip.nonce,
        access_token=str(token.get("access_token", "")),
        now=now,
    )
    if "email" not in claims and "userinfo_endpoint" in known:
        claims = {**claims, **_user_info(known, token, claims["sub"])}
    return person_of(claims)


def verified_claims(
    id_token: str,
    keys: Mapping[str, Any],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    access_token: str,
    now: datetime,
) -> dict[str, Any]:
    """What the token says, its signature, issuer, audience, times and nonce checked; else HouseSignInRefused."""
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 -- heavy: see above
    from joserfc import jwt  # noqa: PLC0415 -- the same
    from joserfc.errors import JoseError  # noqa: PLC0415 -- the same
    from joserfc.jwk import KeySet  # noqa: PLC0415 -- the same

    try:
        decoded = jwt.decode(
            id_token,
            KeySet.import_key_set(dict(keys)),  # type: ignore[arg-type]  # checked by joserfc
            algorithms=list(ALGORITHMS),
        )
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": client_id},
                "sub": {"essential": True},
            },
            params={"nonce": nonce, "client_id": client_id, "access_token": access_token},
        )
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_SECONDS)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _unusable() from error
    return dict(claims)


def person_of(claims: Mapping[str, Any]) -> HousePerson:
    """Who that is; HouseSignInRefused without an address that the provider has verified."""
    address = claims.get("email")
    if (
        not isinstance(address, str)
        or "@" not in address
        or claims.get("email_verified") is not True
    ):
        raise HouseSignInRefused(
            problem(
                "Ihr Haus hat keine geprüfte Mailadresse von Ihnen genannt. Melden Sie sich hier mit Adresse und "
                "Passwort an, oder fragen Sie die Technik."
            )
        )
    return HousePerson(str(claims["iss"]), str(claims["sub"]), address.strip().lower())


def _token(
    house: House, known: Mapping[str, Any], *, redirect_uri: str, code: str, trip: RoundTrip
) -> dict[str, Any]:
    from authlib.oauth2.auth import ClientAuth  # noqa: PLC0415 -- heavy: see above

    methods = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": trip.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    auth = ClientAuth(
        house.client_id, house.client_secret, method if house.client_secret else "none"
    )
    address, headers, body = auth.prepare(
        "POST", _endpoint(known, "token_endpoint"), headers, urlencode(fields)
    )
    return _json(_ask("POST", address, headers=headers, body=body))


def _user_info(known: Mapping[str, Any], token: Mapping[str, Any], subject: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token.get('access_token', '')}"}
    said = _json(_ask("GET", _endpoint(known, "userinfo_endpoint"), headers=headers))
    if said.get("sub") != subject:
        raise _unusable()
    return {name: said[name] for name in ("email", "email_verified") if name in said}


@lru_cache(maxsize=8)
def _discovered(issuer: str, _slot: int) -> dict[str, Any]:
    known = _json(_ask("GET", f"{issuer}/.well-known/openid-configuration"))
    if str(known.get("issuer", "")).rstrip("/") != issuer:
        raise _unusable()
    return known


def _endpoint(known: Mapping[str, Any], name: str) -> str:
    address = str(known.get(name, ""))
    if not is_safe_address(address):
        raise _unusable()
    return address


def _ask(
    method: str, address: str, *, headers: Mapping[str, str] | None = None, body: str = ""
) -> bytes:
    import httpx  # noqa: PLC0415 -- heavy: see above

    said = b""
    try:
        with (
            httpx.Client(
                verify=ssl.create_default_context(),  # certificates of this machine, the house's own among them
                timeout=_TIMEOUT_SECONDS,
                follow_redirects=False,
            ) as client,
            client.stream(method, address, headers=dict(headers or {}), content=body) as reply,
        ):
            for part in reply.iter_bytes():
                said += part
                if len(said) > _MOST_BYTES:
                    raise _unusable()
            if reply.status_code != _OK:
                raise _unusable()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise HouseSignInRefused(
            problem("Die Anmeldung des Hauses antwortet gerade nicht. Versuchen Sie es später.")
        ) from error
    return said


def _json(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError as error:
        raise _unusable() from error
    if not isinstance(found, dict):
        raise _unusable()
    return found


def _unusable() -> HouseSignInRefused:
    return HouseSignInRefused(
        problem(
            "Die Anmeldung des Hauses hat etwas geantwortet, dem wir nicht trauen. Versuchen Sie es noch einmal. "
            "Bleibt es dabei, fragen Sie die Technik."
        )
    )
