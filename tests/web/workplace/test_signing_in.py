"""Signing in, as people do it and as others try to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from survey.access.app_codes import app_code
from survey.application import make_application
from survey.employing import operating
from survey.model.workplace import Role
from survey.notifying import send_staff_mails
from survey.storage import accounts
from survey.storage.deeds import all_deeds
from survey.web.peers import MOST_MISSES
from survey.working import work_once
from tests.accessibility.client import HOST, AccessibleClient
from tests.employing.credentials import (
    RECOVERY_CODES,
    SECRET,
    has_app,
    has_chosen_mail,
    has_chosen_nothing,
    has_password,
)
from tests.mail.relay import relay
from tests.mail.test_staff_mail import link_in, written_mails
from tests.workplace import FOREIGN, OLGA, PAUL, employ, signed_in_client

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

PASSWORD = "vier Wörter nebeneinander"
SIGN_IN = "/arbeit/anmelden"
CODE = "/arbeit/anmelden/code"
SET_UP = "/arbeit/konto/zweiter-faktor"


@pytest.fixture
def olga(workplace: Workplace) -> Workplace:
    """Olga has a password and an app."""
    has_password(workplace.inst, OLGA, PASSWORD)
    has_app(workplace.inst, OLGA)
    return workplace


@pytest.fixture
def mailing_olga(workplace: Workplace) -> Workplace:
    """Olga has a password, and a link by mail as second factor."""
    has_password(workplace.inst, OLGA, PASSWORD)
    has_chosen_mail(workplace.inst, OLGA)
    return workplace


@pytest.fixture
def paul(workplace: Workplace) -> Workplace:
    """Paul, who plans, has a password."""
    has_password(workplace.inst, PAUL, PASSWORD)
    return workplace


def sign_in(client: AccessibleClient, address: str, password: str = PASSWORD) -> Page:
    """Fill in the page."""
    typed = {"address": address, "password": password}
    return client.press(client.get(SIGN_IN), SIGN_IN, "Anmelden", typed)


def give_code(client: AccessibleClient, page: Page, code: str) -> Page:
    """The second step, with a code."""
    return client.press(page, CODE, "Mit dem Code anmelden", {"app_code": code})


def ask_for_link(client: AccessibleClient, address: str) -> Page:
    """The other button."""
    return client.press(
        client.get(SIGN_IN), SIGN_IN, "Link per Mail schicken", {"address": address}
    )


def last_link(inst: Installation, count: int = 1) -> str:
    """Path of the link in the newest mail, of so many."""
    send_staff_mails(inst)
    mails = written_mails(inst)
    assert len(mails) == count
    newest = max(mails, key=lambda mail: (mail["Date"].datetime, link_in(mail)))
    return link_in(newest).removeprefix(HOST)


def proof_on(page: Page) -> dict[str, str]:
    """What every form of that browser carries."""
    return {"_proof": page.fields("Link per Mail wählen")["_proof"][0]}


def choose_mail(client: AccessibleClient) -> Page:
    """A link by mail is the second factor from now on."""
    return client.press(client.get(SET_UP), SET_UP, "Link per Mail wählen")


def is_in(client: AccessibleClient) -> bool:
    """True if the browser is signed in."""
    return client.get("/arbeit").status == 200


def test_a_planner_signs_in_with_the_password_alone(paul: Workplace) -> None:
    page = sign_in(paul.stranger, " Paul@Stadt.example ")

    assert (page.status, page.location, is_in(paul.stranger)) == (303, "/arbeit", True)


@pytest.mark.proves("S34")
def test_an_organiser_needs_a_second_factor(olga: Workplace, clock: StoppedClock) -> None:
    half = sign_in(olga.stranger, OLGA.address)
    was_in = is_in(olga.stranger)

    page = give_code(olga.stranger, half, app_code(SECRET, clock()))

    assert (half.status, half.heading, was_in) == (200, "Noch ein Schritt", False)
    assert (page.status, page.location, is_in(olga.stranger)) == (303, "/arbeit", True)


@pytest.mark.proves("S34")
def test_a_planner_who_has_an_app_needs_it_too(paul: Workplace) -> None:
    has_app(paul.inst, PAUL)

    assert sign_in(paul.stranger, PAUL.address).heading == "Noch ein Schritt"
    assert not is_in(paul.stranger)


@pytest.mark.proves("S16")
def test_a_code_opens_once(olga: Workplace, clock: StoppedClock) -> None:
    code = app_code(SECRET, clock())
    other = AccessibleClient(make_application(olga.inst))
    assert give_code(olga.stranger, sign_in(olga.stranger, OLGA.address), code).status == 303

    page = give_code(other, sign_in(other, OLGA.address), code)

    assert (page.status, is_in(other)) == (422, False)
    clock.pass_by(timedelta(seconds=30))
    assert give_code(other, page, app_code(SECRET, clock())).status == 303


@pytest.mark.proves("S34")
def test_a_recovery_code_opens_once(olga: Workplace) -> None:
    other = AccessibleClient(make_application(olga.inst))
    code = RECOVERY_CODES[0]
    assert (
        give_code(olga.stranger, sign_in(olga.stranger, OLGA.address), code.upper()).status == 303
    )

    page = give_code(other, sign_in(other, OLGA.address), code)

    assert (page.status, is_in(other)) == (422, False)
    assert give_code(other, page, RECOVERY_CODES[1]).status == 303


@pytest.mark.proves("S33")
def test_after_five_wrong_codes_one_begins_with_the_password_again(
    olga: Workplace, clock: StoppedClock
) -> None:
    page = sign_in(olga.stranger, OLGA.address)
    for _ in range(5):
        page = give_code(olga.stranger, page, "000000")
        assert page.heading == "Noch ein Schritt"

    page = give_code(olga.stranger, page, app_code(SECRET, clock()))

    assert (page.status, page.heading) == (401, "Anmelden")


def test_the_second_step_waits_a_quarter_of_an_hour(olga: Workplace, clock: StoppedClock) -> None:
    page = sign_in(olga.stranger, OLGA.address)
    clock.pass_by(timedelta(minutes=15, seconds=1))

    assert give_code(olga.stranger, page, app_code(SECRET, clock())).status == 401
    assert olga.stranger.get(CODE).location == SIGN_IN


def test_the_second_step_is_nothing_without_the_first(olga: Workplace, clock: StoppedClock) -> None:
    page = olga.stranger.post(CODE, {"app_code": app_code(SECRET, clock())})

    assert (page.status, page.heading) == (401, "Anmelden")


@pytest.mark.proves("S34")
def test_password_and_link_are_two_factors_in_one_browser(mailing_olga: Workplace) -> None:
    client = mailing_olga.stranger
    half = sign_in(client, OLGA.address)
    sent = client.press(half, CODE, "Link per Mail schicken")
    link = last_link(mailing_olga.inst)

    shown = client.get(link)
    page = client.press(shown, link, "Jetzt anmelden")

    assert sent.heading == "Sehen Sie in Ihre Mails"
    assert (page.status, page.location, is_in(client)) == (303, "/arbeit", True)


@pytest.mark.proves("S34")
def test_a_link_alone_does_not_let_an_organiser_in(mailing_olga: Workplace) -> None:
    sign_in(mailing_olga.stranger, OLGA.address)
    ask_for_link(mailing_olga.stranger, OLGA.address)
    link = last_link(mailing_olga.inst)
    thief = AccessibleClient(make_application(mailing_olga.inst))

    page = thief.press(thief.get(link), link, "Jetzt anmelden")

    assert (page.status, page.heading, is_in(thief)) == (200, "Noch ein Schritt", False)


def test_link_and_app_are_two_factors(olga: Workplace, clock: StoppedClock) -> None:
    ask_for_link(olga.stranger, OLGA.address)
    link = last_link(olga.inst)

    half = olga.stranger.press(olga.stranger.get(link), link, "Jetzt anmelden")
    page = give_code(olga.stranger, half, app_code(SECRET, clock()))

    assert (half.heading, page.status, is_in(olga.stranger)) == ("Noch ein Schritt", 303, True)


def test_link_and_password_are_two_factors(mailing_olga: Workplace) -> None:
    client = mailing_olga.stranger
    ask_for_link(client, OLGA.address)
    link = last_link(mailing_olga.inst)
    half = client.press(client.get(link), link, "Jetzt anmelden")

    wrong = client.press(half, CODE, "Mit dem Passwort anmelden", {"password": "falsch"})
    page = client.press(wrong, CODE, "Mit dem Passwort anmelden", {"password": PASSWORD})

    assert (wrong.status, page.status, is_in(client)) == (422, 303, True)


@pytest.mark.proves("A81")
def test_a_planner_signs_in_with_a_link_alone(paul: Workplace) -> None:
    ask_for_link(paul.stranger, PAUL.address)
    link = last_link(paul.inst)

    page = paul.stranger.press(paul.stranger.get(link), link, "Jetzt anmelden")

    assert (page.status, is_in(paul.stranger)) == (303, True)


@pytest.mark.proves("S16")
def test_looking_at_a_link_spends_nothing_and_using_it_spends_it(paul: Workplace) -> None:
    ask_for_link(paul.stranger, PAUL.address)
    link = last_link(paul.inst)
    other = AccessibleClient(make_application(paul.inst))

    looks = [other.get(link).status for _ in range(3)]
    first = paul.stranger.post(link, {}).status
    again = other.post(link, {})

    assert (looks, first) == ([200] * 3, 303)
    assert (again.status, again.heading, is_in(other)) == (
        410,
        "Dieser Link gilt nicht mehr",
        False,
    )


def test_a_link_ends_after_a_quarter_of_an_hour(paul: Workplace, clock: StoppedClock) -> None:
    ask_for_link(paul.stranger, PAUL.address)
    link = last_link(paul.inst)
    clock.pass_by(timedelta(minutes=15))

    assert (paul.stranger.get(link).status, paul.stranger.post(link, {}).status) == (410, 410)


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 200, "%20", "ä"])
def test_a_link_of_anothers_making_opens_nothing(workplace: Workplace, token: str) -> None:
    for place in ("anmelden/link", "passwort", "einladung", "anfang"):
        page = workplace.stranger.get(f"/arbeit/{place}/{token}")

        assert (page.status, page.heading) == (410, "Dieser Link gilt nicht mehr")


def test_links_of_one_purpose_open_no_other(paul: Workplace) -> None:
    ask_for_link(paul.stranger, PAUL.address)
    token = last_link(paul.inst).rpartition("/")[2]

    assert paul.stranger.get(f"/arbeit/anmelden/link/{token}").status == 200
    assert paul.stranger.get(f"/arbeit/passwort/{token}").status == 410


@pytest.mark.proves("S35")
def test_nobody_learns_who_has_an_account(paul: Workplace) -> None:
    employ(
        paul.inst,
        replace(PAUL, id="gone", address="gone@stadt.example"),
        Role.PLANNER,
        organisation="main",
    )
    operating.disable(paul.inst, "gone@stadt.example")
    addresses = [PAUL.address, "niemand@stadt.example", "gone@stadt.example", OLGA.address]

    wrong = [sign_in(paul.stranger, address, "falsches Passwort") for address in addresses]
    links = [ask_for_link(paul.stranger, address) for address in addresses]
    forgotten = [
        paul.stranger.post("/arbeit/passwort", {"address": address}) for address in addresses
    ]

    for pages, addressed in ((wrong, True), (links, False), (forgotten, False)):
        same = {
            (p.status, p.html.replace(a, "?") if addressed else p.html)
            for p, a in zip(pages, addresses, strict=True)
        }
        assert len(same) == 1


@pytest.mark.proves("S33", "S35")
def test_guesses_slow_down_for_addresses_nobody_has_as_for_others(
    paul: Workplace, clock: StoppedClock
) -> None:
    def statuses(address: str) -> list[tuple[int, str | None]]:
        pages = [sign_in(paul.stranger, address, "falsches Passwort") for _ in range(7)]
        return [(page.status, page.headers.get("retry-after")) for page in pages]

    known, unknown = statuses(PAUL.address), statuses("niemand@stadt.example")

    assert known == unknown == [(422, None)] * 5 + [(429, "15")] * 2
    clock.pass_by(timedelta(seconds=15))
    assert sign_in(paul.stranger, PAUL.address, "falsches Passwort").status == 422
    assert sign_in(paul.stranger, PAUL.address).headers["retry-after"] == "30"


@pytest.mark.parametrize(
    ("language", "waits"),
    [
        ("de", ["eine Minute", "2 Minuten"]),
        ("en", ["a minute", "2 minutes"]),
    ],
)
def test_how_long_to_wait_is_said_in_the_right_number(
    paul: Workplace, clock: StoppedClock, language: str, waits: list[str]
) -> None:
    address = f"{SIGN_IN}?sprache={language}"
    typed = {"address": PAUL.address, "password": "falsches Passwort"}
    said = []

    for _ in range(40):
        page = paul.stranger.post(address, typed)
        if page.status == 429:
            said.append(page.text())
            clock.pass_by(timedelta(seconds=int(page.headers["retry-after"])))

    found = [next((wait for wait in waits if f" {wait}" in text), "") for text in said]
    assert found[:4] == [waits[0]] * 3 + [waits[1]]


@pytest.mark.proves("S33")
def test_who_is_attacked_still_comes_in_with_a_link_and_the_app(
    olga: Workplace, clock: StoppedClock
) -> None:
    attacker = AccessibleClient(make_application(olga.inst))
    for _ in range(40):
        sign_in(attacker, OLGA.address, "falsches Passwort")
    refused = sign_in(olga.stranger, OLGA.address)

    ask_for_link(olga.stranger, OLGA.address)
    link = last_link(olga.inst)
    half = olga.stranger.post(link, {})
    page = give_code(olga.stranger, half, app_code(SECRET, clock()))

    assert (refused.status, page.status, is_in(olga.stranger)) == (429, 303, True)


@pytest.mark.proves("S33")
def test_who_is_attacked_still_comes_in_with_a_browser_used_before(
    paul: Workplace,
) -> None:
    sign_in(paul.stranger, PAUL.address)
    attacker = AccessibleClient(make_application(paul.inst))
    for _ in range(10):
        sign_in(attacker, PAUL.address, "falsches Passwort")
    paul.stranger.set_cookie("__Host-nachklang", "")

    assert sign_in(attacker, PAUL.address).status == 429
    assert sign_in(paul.stranger, PAUL.address).status == 303


def test_a_browser_used_before_is_known_for_its_own_person_only(paul: Workplace) -> None:
    has_password(paul.inst, OLGA, PASSWORD)
    sign_in(paul.stranger, PAUL.address)
    paul.stranger.set_cookie("__Host-nachklang", "")
    attacker = AccessibleClient(make_application(paul.inst))
    for _ in range(10):
        sign_in(attacker, OLGA.address, "falsches Passwort")

    assert sign_in(paul.stranger, OLGA.address).status == 429


@pytest.mark.proves("S17")
def test_a_network_address_that_fails_often_waits(paul: Workplace, clock: StoppedClock) -> None:
    application = make_application(paul.inst)
    noisy = TestClient(application, base_url=HOST, client=("203.0.113.5", 1))
    quiet = TestClient(application, base_url=HOST, client=("203.0.113.6", 1))
    for number in range(MOST_MISSES):
        typed = {"address": f"n{number}@stadt.example", "_action": "link"}
        assert noisy.post(SIGN_IN, data=typed).status_code == 200

    right = {"address": PAUL.address, "password": PASSWORD}
    reply = noisy.post(SIGN_IN, data=right, follow_redirects=False)

    assert (reply.status_code, int(reply.headers["retry-after"])) == (429, 600)
    assert quiet.post(SIGN_IN, data=right, follow_redirects=False).status_code == 303
    clock.pass_by(timedelta(minutes=10))
    assert noisy.post(SIGN_IN, data=right, follow_redirects=False).status_code == 303


@pytest.mark.proves("S17", "S33")
def test_nobody_fills_anothers_mailbox(paul: Workplace, clock: StoppedClock) -> None:
    for _ in range(5):
        ask_for_link(paul.stranger, PAUL.address)
    send_staff_mails(paul.inst)
    assert len(written_mails(paul.inst)) == 1

    for _ in range(60):
        clock.pass_by(timedelta(minutes=1))
        ask_for_link(paul.stranger, PAUL.address)
        send_staff_mails(paul.inst)

    assert len(written_mails(paul.inst)) == 10


@pytest.mark.proves("S37")
def test_each_sign_in_has_a_secret_of_its_own(paul: Workplace) -> None:
    paul.stranger.set_cookie("__Host-nachklang", "chosen by somebody else")
    sign_in(paul.stranger, PAUL.address)
    first = paul.stranger.cookie("__Host-nachklang")
    fixed = AccessibleClient(make_application(paul.inst))
    fixed.set_cookie("__Host-nachklang", first)
    was_in = is_in(fixed)

    # Somebody who put their own genuine cookie into the browser gains nothing when its person signs in.
    page = paul.stranger.post(SIGN_IN, {"address": PAUL.address, "password": PASSWORD})

    assert (was_in, page.status) == (True, 303)
    assert paul.stranger.cookie("__Host-nachklang") != first
    assert not is_in(fixed)


@pytest.mark.proves("S37")
def test_signed_out_is_signed_out_on_the_server(paul: Workplace) -> None:
    sign_in(paul.stranger, PAUL.address)
    cookie = paul.stranger.cookie("__Host-nachklang")

    asked = paul.stranger.get("/arbeit/abmelden")
    still = is_in(paul.stranger)
    page = paul.stranger.press(asked, "/arbeit/abmelden", "Jetzt abmelden")

    assert (still, page.status) == (True, 303)
    assert paul.stranger.get(page.location).heading == "Sie sind abgemeldet"
    paul.stranger.set_cookie("__Host-nachklang", cookie)
    assert not is_in(paul.stranger)


@pytest.mark.proves("S37")
def test_a_disabled_account_is_out_at_once_and_stays_out(paul: Workplace) -> None:
    sign_in(paul.stranger, PAUL.address)
    assert is_in(paul.stranger)

    operating.disable(paul.inst, PAUL.address)

    assert not is_in(paul.stranger)
    assert sign_in(paul.stranger, PAUL.address).status == 422
    operating.enable(paul.inst, PAUL.address)
    assert sign_in(paul.stranger, PAUL.address).status == 303


def test_without_a_role_anywhere_nobody_signs_in(paul: Workplace) -> None:
    paul.inst.database.write(
        lambda connection: accounts.remove_role(connection, PAUL.id, organisation="main")
    )

    assert sign_in(paul.stranger, PAUL.address).status == 422


@pytest.mark.proves("S25")
def test_another_site_cannot_sign_anybody_in(paul: Workplace) -> None:
    body = f"address={PAUL.address}&password={PASSWORD}".encode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "cross-site",
        "Origin": "https://evil.example",
    }

    assert paul.stranger.request("POST", SIGN_IN, body, headers).status == 400


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("/arbeit/konto", "/arbeit/konto"),
        ("/arbeit?sprache=en", "/arbeit?sprache=en"),
        ("https://evil.example", "/arbeit"),
        ("//evil.example", "/arbeit"),
        ("/arbeit\\@evil.example", "/arbeit"),
        ("/arbeit.evil.example", "/arbeit"),
        ("/arbeitsplatz", "/arbeit"),
        ("/arbeit/anmelden", "/arbeit"),
        ("/arbeit/konto\r\nX: y", "/arbeit"),
        ("", "/arbeit"),
    ],
)
def test_signing_in_leads_on_within_the_workplace_only(
    paul: Workplace, way: str, expected: str
) -> None:
    page = paul.stranger.post(
        SIGN_IN, {"address": PAUL.address, "password": PASSWORD, "_back": way}
    )

    assert page.location == expected


@pytest.mark.proves("S34")
def test_an_organiser_without_a_second_factor_is_led_to_choose_one(workplace: Workplace) -> None:
    has_password(workplace.inst, OLGA, PASSWORD)
    has_chosen_nothing(workplace.inst, OLGA)
    half = sign_in(workplace.stranger, OLGA.address)
    workplace.stranger.press(half, CODE, "Link per Mail schicken")
    link = last_link(workplace.inst)

    page = workplace.stranger.post(link, {})

    assert (half.heading, page.location) == ("Noch ein Schritt", SET_UP)
    assert workplace.stranger.get("/arbeit").location == SET_UP
    assert choose_mail(workplace.stranger).heading == "Ihre Notfallcodes"
    assert is_in(workplace.stranger)


@pytest.mark.proves("S34", "S38")
def test_what_was_typed_waits_for_the_second_factor(workplace: Workplace) -> None:
    has_chosen_nothing(workplace.inst, OLGA)
    fields = {**proof_on(workplace.olga.get(SET_UP)), "name": "Olga Neu", "language": "de"}

    held = workplace.olga.post("/arbeit/konto", fields)
    again = workplace.olga.press(held, "/arbeit/konto", "Eingaben absenden")
    choose_mail(workplace.olga)
    sent = workplace.olga.press(held, "/arbeit/konto", "Eingaben absenden")

    assert (held.status, held.heading) == (403, "Erst fehlt noch der zweite Nachweis")
    assert (again.status, sent.status) == (403, 303)
    assert "Olga Neu" in workplace.olga.get("/arbeit/konto").text()


@pytest.mark.proves("S34")
def test_whoever_becomes_an_organiser_chooses_a_second_factor_first(workplace: Workplace) -> None:
    was = workplace.paul.get("/arbeit").status
    workplace.inst.database.write(
        lambda c: accounts.set_role(c, PAUL.id, organisation="main", role=Role.ORGANISER)
    )

    now = workplace.paul.get("/arbeit")

    assert (was, now.status, now.location) == (200, 303, SET_UP)
    assert workplace.paul.get("/arbeit/abmelden").status == 200


@pytest.mark.proves("A64", "A81")
def test_fields_accept_managers_and_pasting(workplace: Workplace) -> None:
    page = workplace.stranger.get(SIGN_IN)
    fields = {e.get("name"): e for e in page.markup.all("input")}

    assert fields["address"].get("autocomplete") == "username"
    assert fields["password"].get("autocomplete") == "current-password"
    assert all(e.get("maxlength") is None and e.get("onpaste") is None for e in fields.values())


def test_an_incomplete_form_keeps_the_address_and_never_the_password(paul: Workplace) -> None:
    empty = paul.stranger.post(SIGN_IN, {"address": PAUL.address, "password": ""})
    wrong = paul.stranger.post(SIGN_IN, {"address": PAUL.address, "password": "ganz geheim"})
    bad = paul.stranger.post(SIGN_IN, {"address": "paul", "_action": "link"})

    assert [page.status for page in (empty, wrong, bad)] == [422] * 3
    assert empty.fields()["address"] == (PAUL.address,)
    assert "ganz geheim" not in wrong.html


def test_english_is_spoken_on_the_whole_way(paul: Workplace) -> None:
    has_app(paul.inst, PAUL)
    page = paul.stranger.get(f"{SIGN_IN}?sprache=en")

    half = paul.stranger.press(
        page, SIGN_IN, "Sign in", {"address": PAUL.address, "password": PASSWORD}
    )

    assert (page.heading, half.heading) == ("Sign in", "One more step")


def test_signing_in_is_logged_with_its_factors_and_failures_are_not(
    olga: Workplace, clock: StoppedClock
) -> None:
    sign_in(olga.stranger, OLGA.address, "falsches Passwort")
    give_code(olga.stranger, sign_in(olga.stranger, OLGA.address), app_code(SECRET, clock()))

    deeds = [(d.deed, d.facts, d.actor) for d in all_deeds(olga.inst.database.read())]

    assert deeds == [("signed in", '{"with": "password, code"}', OLGA.id)]


def test_the_whole_way_by_a_real_mail_server(mailing_olga: Workplace) -> None:
    with relay() as server:
        inst = replace(
            mailing_olga.inst, settings=replace(mailing_olga.inst.settings, smtp=server.smtp())
        )
        client = AccessibleClient(make_application(inst))
        client.press(sign_in(client, OLGA.address), CODE, "Link per Mail schicken")
        work_once(inst, tell=lambda trouble: pytest.fail(str(trouble)))

    (mail,) = [message for address, message in server.received if address == OLGA.address]
    link = link_in(mail).removeprefix(HOST)
    page = client.press(client.get(link), link, "Jetzt anmelden")
    assert (server.senders, page.location, is_in(client)) == (
        ["noreply@feedback.example.org"],
        "/arbeit",
        True,
    )


def test_a_person_of_two_organisations_goes_from_one_to_the_other(paul: Workplace) -> None:
    paul.inst.database.write(
        lambda connection: accounts.set_role(
            connection, PAUL.id, organisation=FOREIGN.id, role=Role.ORGANISER
        )
    )
    has_chosen_mail(paul.inst, PAUL)
    client = signed_in_client(paul.inst, PAUL)
    page = client.get("/arbeit/konto")

    moved = client.press(page, "/arbeit/konto/organisation", "Zu Stadt Fern wechseln")

    assert (moved.status, moved.location) == (303, "/arbeit")
    assert client.get("/arbeit/menschen").status == 200
    proof = client.get("/arbeit/konto").fields("Angaben speichern")["_proof"][0]
    stranger = client.post(
        "/arbeit/konto/organisation", {"_proof": proof, "organisation": "nowhere"}
    )
    assert stranger.status == 404


@pytest.mark.proves("S26")
def test_opening_a_page_before_signing_in_writes_nothing(olga: Workplace) -> None:
    ask_for_link(olga.stranger, OLGA.address)
    link = last_link(olga.inst)
    sign_in(olga.stranger, OLGA.address)
    connection = olga.inst.database.read()

    tables = [
        row["name"]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]

    def everything() -> dict[str, list[tuple[object, ...]]]:
        return {
            table: [tuple(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 -- its own names
            for table in tables
        }

    before = everything()
    pages = [
        olga.stranger.get(address).status
        for address in (SIGN_IN, CODE, link, "/arbeit/passwort", "/arbeit/abgemeldet")
    ]

    assert pages == [200] * 5
    assert everything() == before


@pytest.mark.proves("S17")
def test_who_tries_links_waits_too(workplace: Workplace) -> None:
    noisy = TestClient(make_application(workplace.inst), base_url=HOST, client=("203.0.113.5", 1))
    for number in range(MOST_MISSES):
        assert noisy.post(f"/arbeit/einladung/{number:043}", data={}).status_code == 410

    for place in ("anmelden/link", "passwort", "einladung", "anfang"):
        reply = noisy.post(f"/arbeit/{place}/{'A' * 43}", data={})

        assert (reply.status_code, reply.headers["retry-after"]) == (429, "600")
        assert "Zu viele Versuche" in reply.text
