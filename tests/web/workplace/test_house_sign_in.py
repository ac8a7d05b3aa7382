"""Signing in where the whole house signs in, at a real OpenID provider on this machine."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest

from survey.application import make_application
from survey.settings import House
from survey.storage import accounts
from survey.storage.deeds import all_deeds
from tests.accessibility.client import AccessibleClient
from tests.employing.credentials import has_chosen_nothing
from tests.workplace import OLGA

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import Page
    from tests.workplace import Workplace

SIGN_IN = "/arbeit/anmelden"
LEAVE = "/arbeit/anmelden/haus"
PEOPLE: dict[str, dict[str, object]] = {
    "sub-olga": {"email": "Olga@Stadt.example", "email_verified": True},
    "sub-imposter": {"email": OLGA.address, "email_verified": False},
    "sub-nobody": {"email": "niemand@stadt.example", "email_verified": True},
    "sub-nameless": {},
    "sub-successor": {"email": OLGA.address, "email_verified": True},
    "sub-married": {"email": OLGA.address, "email_verified": True},
}


@dataclass
class HouseDoor:
    """A browser, and the provider it is sent to."""

    inst: Installation
    client: AccessibleClient
    server: int
    now: list[datetime]

    def go_there(self, subject: str, *, leave: str = LEAVE) -> str:
        """The address that the provider sends the browser back to, once somebody has signed in there."""
        away = self.client.get(leave)
        assert away.status == 303
        assert away.location.startswith(f"http://127.0.0.1:{self.server}/")
        self.client.set_cookie(*_cookie(away))
        fields = {"action": "deny"} if subject == "deny" else {"sub": subject}
        back = httpx2.post(away.location, data=fields)
        assert back.status_code == 302
        parts = urlsplit(back.headers["location"])
        assert f"{parts.scheme}://{parts.netloc}" == "https://feedback.example.org"
        # This provider forgets the state when somebody says no; the standard asks for it (RFC 6749, 4.1.2.1).
        state = (
            "" if "state=" in parts.query else f"&{urlencode({'state': asked_of(away)['state']})}"
        )
        return f"{parts.path}?{parts.query}{state}"

    def sign_in(self, subject: str) -> Page:
        return self.client.get(self.go_there(subject))


def asked_of(away: Page) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(away.location).query).items()}


def _cookie(page: Page) -> tuple[str, str]:
    found = re.match(r"(__Host-nachklang-house)=([^;]+);", page.headers["set-cookie"])
    assert found is not None
    return found[1], found[2]


@pytest.fixture(scope="module")
def provider() -> Iterator[int]:
    """The port of a provider, a process of its own, that everybody can sign in at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [json.dumps({"sub": sub, **claims}) for sub, claims in PEOPLE.items()]
    with subprocess.Popen(
        [
            # It signs with the older of authlib's two libraries, and says so; the service uses the newer one.
            *(
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "oidc_provider_mock",
                "--require-nonce",
                "true",
            ),
            *("--port", str(port)),
            *(part for person in people for part in ("--user-claims", person)),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stderr is not None
        while "running on" not in (line := process.stderr.readline()):
            assert line, "the provider has not started"
        yield port
        process.terminate()


@pytest.fixture
def door(workplace: Workplace, provider: int) -> HouseDoor:
    """The service of a house with a provider; its clock is the provider's."""
    now = [datetime.now(UTC).replace(microsecond=0)]
    house = House(f"http://127.0.0.1:{provider}", "nachklang", "secret", "Stadt-Konto")
    settings = replace(workplace.inst.settings, house=house)
    inst = replace(workplace.inst, settings=settings, clock=lambda: now[0])
    return HouseDoor(inst, AccessibleClient(make_application(inst)), provider, now)


def pinned(inst: Installation) -> list[tuple[str, str]]:
    rows = inst.database.read().execute("SELECT subject, account FROM house_subject").fetchall()
    return [(row["subject"], row["account"]) for row in rows]


def test_the_sign_in_page_offers_it_only_where_there_is_one(
    workplace: Workplace, door: HouseDoor
) -> None:
    assert "Mit Stadt-Konto anmelden" in door.client.get(SIGN_IN).text()

    assert "Mit dem Konto Ihres Hauses" not in workplace.stranger.get(SIGN_IN).text()
    assert workplace.stranger.get(LEAVE).status == 404
    assert workplace.stranger.get(f"{LEAVE}/zurueck").status == 404


@pytest.mark.proves("S34")
def test_somebody_with_an_account_is_signed_in(door: HouseDoor) -> None:
    has_chosen_nothing(door.inst, OLGA)  # a second factor is the house's matter

    page = door.sign_in("sub-olga")

    assert (page.status, page.location) == (303, "/arbeit")
    assert door.client.get("/arbeit").status == 200
    assert pinned(door.inst) == [("sub-olga", "olga")]


def test_they_come_to_where_they_were_going(door: HouseDoor) -> None:
    back = door.go_there("sub-olga", leave=f"{LEAVE}?weiter=/arbeit/einstellungen")

    assert door.client.get(back).location == "/arbeit/einstellungen"


@pytest.mark.parametrize("weiter", ["https://boese.example", "//boese.example", "/f/x"])
def test_nobody_is_led_elsewhere(door: HouseDoor, weiter: str) -> None:
    back = door.go_there("sub-olga", leave=f"{LEAVE}?{urlencode({'weiter': weiter})}")

    assert door.client.get(back).location == "/arbeit"


def test_what_is_asked_of_the_provider_is_bound_to_this_browser(door: HouseDoor) -> None:
    away = door.client.get(LEAVE)

    asked = asked_of(away)
    assert set(asked) == {
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    }
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == "https://feedback.example.org/arbeit/anmelden/haus/zurueck"
    header = away.headers["set-cookie"]
    assert {part.strip() for part in header.split(";")[1:]} == {
        "HttpOnly",
        "Max-Age=600",
        "Path=/",
        "SameSite=lax",
        "Secure",
    }


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        ("sub-imposter", "Ihr Haus hat keine geprüfte Mailadresse von Ihnen genannt."),
        ("sub-nameless", "Ihr Haus hat keine geprüfte Mailadresse von Ihnen genannt."),
        ("sub-nobody", "Für niemand@stadt.example gibt es hier kein Konto."),
        ("deny", "Die Anmeldung wurde dort abgebrochen."),
    ],
)
def test_whom_the_house_does_not_vouch_for_stays_outside(
    door: HouseDoor, subject: str, why: str
) -> None:
    page = door.sign_in(subject)

    assert page.status == 403
    assert why in page.text()
    assert "__Host-nachklang=" not in page.headers.get("set-cookie", "")
    assert door.client.get("/arbeit").status == 303
    assert pinned(door.inst) == []


def test_an_address_given_to_somebody_else_does_not_open_the_old_account(door: HouseDoor) -> None:
    assert door.sign_in("sub-olga").status == 303

    page = door.sign_in("sub-successor")

    assert page.status == 403
    assert pinned(door.inst) == [("sub-olga", "olga")]


def test_an_organiser_lifts_the_pin_and_a_new_account_of_the_house_comes_in(
    workplace: Workplace, door: HouseDoor
) -> None:
    door.sign_in("sub-olga")
    place = "/arbeit/menschen/olga"
    lifting = f"{place}/anmeldung-des-hauses"
    assert door.sign_in("sub-successor").status == 403
    assert "Von der Anmeldung des Hauses lösen" in door.client.get(place).text()

    done = door.client.press(door.client.get(lifting), lifting, "Verbindung lösen")

    deed = all_deeds(door.inst.database.read())[-1]
    assert (done.status, done.location) == (303, "/arbeit/menschen")
    assert (deed.deed, deed.actor) == ("house sign-in lifted", "olga")
    assert pinned(door.inst) == []
    assert workplace.olga.get("/arbeit").status == 303
    assert door.sign_in("sub-successor").location == "/arbeit"
    assert pinned(door.inst) == [("sub-successor", "olga")]


def test_who_is_pinned_may_change_their_address(door: HouseDoor) -> None:
    assert door.sign_in("sub-married").status == 303
    door.inst.database.write(
        lambda c: c.execute("UPDATE account SET address = 'o.neu@stadt.example' WHERE id = 'olga'")
    )

    assert door.sign_in("sub-married").status == 303
    assert pinned(door.inst) == [("sub-married", "olga")]


def test_a_disabled_account_stays_outside(door: HouseDoor) -> None:
    assert door.sign_in("sub-olga").status == 303
    door.inst.database.write(
        lambda c: c.execute("UPDATE account SET is_disabled = 1 WHERE id = 'olga'")
    )

    assert door.sign_in("sub-olga").status == 403


def test_without_a_role_nobody_comes_in(door: HouseDoor) -> None:
    door.inst.database.write(lambda c: accounts.remove_role(c, "olga", organisation="main"))

    assert door.sign_in("sub-olga").status == 403


def test_another_browser_cannot_use_the_way_back(workplace: Workplace, door: HouseDoor) -> None:
    back = door.go_there("sub-olga")
    other = AccessibleClient(make_application(door.inst))

    page = other.get(back)

    assert page.status == 403
    assert "in einem anderen Browser begonnen" in page.text()
    assert other.get("/arbeit").status == 303
    assert workplace.inst.database.path == door.inst.database.path


def test_a_way_back_with_another_state_is_refused(door: HouseDoor) -> None:
    back = door.go_there("sub-olga")

    page = door.client.get(re.sub(r"state=[^&]+", "state=other", back))

    assert page.status == 403
    assert "in einem anderen Browser begonnen" in page.text()


def test_a_way_back_is_taken_once(door: HouseDoor) -> None:
    back = door.go_there("sub-olga")
    cookie = door.client._client.cookies["__Host-nachklang-house"]
    assert door.client.get(back).status == 303

    door.client.set_cookie("__Host-nachklang-house", cookie)
    again = door.client.get(back)

    assert again.status == 403


@pytest.mark.parametrize(("seconds", "status"), [(600, 303), (601, 403)])
def test_a_way_back_is_open_for_ten_minutes(door: HouseDoor, seconds: int, status: int) -> None:
    back = door.go_there("sub-olga")

    door.now[0] += timedelta(seconds=seconds)

    assert door.client.get(back).status == status


@pytest.mark.parametrize("query", ["", "state=x", "code=x", "error=server_error&state=x"])
def test_a_way_back_that_nobody_began_asks_nobody_and_writes_nothing(
    door: HouseDoor, query: str
) -> None:
    before = all_deeds(door.inst.database.read())

    page = door.client.get(f"{LEAVE}/zurueck?{query}")

    assert page.status == 403
    assert all_deeds(door.inst.database.read()) == before


def test_a_provider_that_is_away_is_said(workplace: Workplace) -> None:
    house = House("http://127.0.0.1:9", "nachklang", "", "Stadt-Konto")
    settings = replace(workplace.inst.settings, house=house)
    client = AccessibleClient(make_application(replace(workplace.inst, settings=settings)))

    page = client.get(LEAVE)

    assert page.status == 403
    assert "antwortet gerade nicht" in page.text()


def test_it_is_logged_who_came_in_this_way(door: HouseDoor) -> None:
    door.sign_in("sub-olga")

    assert [(d.deed, d.actor, d.organisation) for d in all_deeds(door.inst.database.read())] == [
        ("house sign-in pinned", "olga", "main"),
        ("signed in", "olga", "main"),
    ]


@pytest.mark.parametrize("path", [LEAVE, f"{LEAVE}/zurueck"])
def test_the_way_takes_no_other_method(door: HouseDoor, path: str) -> None:
    assert door.client.post(path, {}).status == 405
