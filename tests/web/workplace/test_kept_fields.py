"""A sign-in that ends loses nothing of what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.access.app_codes import app_code
from survey.application import make_application
from survey.storage import accounts, sign_ins
from tests.accessibility.client import AccessibleClient
from tests.employing.credentials import SECRET, has_app, has_chosen_mail, has_password
from tests.web.workplace.test_signing_in import CODE, PASSWORD, SIGN_IN, is_in, last_link
from tests.workplace import OLGA, PAUL, signed_in_client

if TYPE_CHECKING:
    from tests.accessibility.client import Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

INVITE = "/arbeit/menschen/einladen"
TYPED = {
    "address": "neu@stadt.example.org",
    "role": "planner",
    "language": "de",
}
TEXT = '<b>"zwei"</b> & drei – ä€'


@pytest.fixture
def olga(workplace: Workplace) -> Workplace:
    """Olga has a password and an app."""
    has_password(workplace.inst, OLGA, PASSWORD)
    has_app(workplace.inst, OLGA)
    return workplace


def send_form(client: AccessibleClient) -> Page:
    """The account's form, filled in."""
    page = client.get("/arbeit/konto")
    fields = page.fields("Angaben speichern") | {"name": TEXT, "language": "en"}
    return client.post("/arbeit/konto", fields)


def name_of(workplace: Workplace, account: str) -> str:
    """The name as it is stored."""
    found = accounts.find(workplace.inst.database.read(), account)
    assert found is not None
    return found.name


@pytest.mark.proves("A82")
@pytest.mark.proves("S38")
def test_what_was_typed_goes_through_both_steps_and_is_sent_with_one_button(
    olga: Workplace, clock: StoppedClock
) -> None:
    page = olga.olga.get("/arbeit/konto")
    clock.pass_by(timedelta(hours=13))
    fields = page.fields("Angaben speichern") | {"name": TEXT, "language": "de"}

    asked = olga.olga.post("/arbeit/konto", fields)
    half = olga.olga.press(
        asked, SIGN_IN, "Anmelden", {"address": OLGA.address, "password": PASSWORD}
    )
    back = olga.olga.press(
        half, CODE, "Mit dem Code anmelden", {"app_code": app_code(SECRET, clock())}
    )
    before = name_of(olga, OLGA.id)
    done = olga.olga.press(back, "/arbeit/konto", "Eingaben absenden")

    assert (asked.status, asked.heading) == (401, "Bitte melden Sie sich noch einmal an")
    assert "Ihre Eingaben bleiben erhalten" in asked.text()
    assert (half.heading, back.heading) == ("Noch ein Schritt", "Weiter: Ihre Eingaben absenden")
    assert (before, done.status) == (OLGA.name, 303)
    assert name_of(olga, OLGA.id) == TEXT


def test_wrong_attempts_on_the_way_lose_nothing(olga: Workplace, clock: StoppedClock) -> None:
    page = olga.olga.get("/arbeit/konto")
    clock.pass_by(timedelta(hours=13))
    asked = olga.olga.post("/arbeit/konto", page.fields("Angaben speichern") | {"name": TEXT})

    wrong = olga.olga.press(
        asked, SIGN_IN, "Anmelden", {"address": OLGA.address, "password": "falsch"}
    )
    half = olga.olga.press(
        wrong, SIGN_IN, "Anmelden", {"address": OLGA.address, "password": PASSWORD}
    )
    wrong_code = olga.olga.press(half, CODE, "Mit dem Code anmelden", {"app_code": "000000"})
    spoken = olga.olga.post(
        "/arbeit/anmelden/sprache",
        wrong_code.fields("Mit dem Code anmelden") | {"_language": "en"},
    )
    back = olga.olga.press(
        spoken, CODE, "Sign in with the code", {"app_code": app_code(SECRET, clock())}
    )

    assert [p.status for p in (wrong, wrong_code)] == [422, 422]
    assert spoken.heading == "One more step"
    assert back.fields("Send what I typed")["name"] == (TEXT,)


def test_a_link_opened_in_another_window_leads_back_to_what_was_typed(
    workplace: Workplace, clock: StoppedClock
) -> None:
    has_password(workplace.inst, OLGA, PASSWORD)
    has_chosen_mail(workplace.inst, OLGA)
    page = workplace.olga.get("/arbeit/konto")
    clock.pass_by(timedelta(hours=13))
    asked = workplace.olga.post("/arbeit/konto", page.fields("Angaben speichern") | {"name": TEXT})
    half = workplace.olga.press(
        asked, SIGN_IN, "Anmelden", {"address": OLGA.address, "password": PASSWORD}
    )
    sent = workplace.olga.press(half, CODE, "Link per Mail schicken")
    button = "Ich habe den Link geöffnet: weiter"

    early = workplace.olga.press(sent, "/arbeit/anmelden/weiter", button)
    workplace.olga.post(last_link(workplace.inst), {})
    back = workplace.olga.press(early, "/arbeit/anmelden/weiter", button)

    assert "noch niemand angemeldet" in early.text()
    assert back.fields("Eingaben absenden")["name"] == (TEXT,)


@pytest.mark.proves("S38")
def test_an_old_proof_asks_for_the_password_only(olga: Workplace, clock: StoppedClock) -> None:
    clock.pass_by(timedelta(minutes=16))
    page = olga.olga.get(INVITE)

    asked = olga.olga.press(page, INVITE, "Einladung senden", TYPED)
    wrong = olga.olga.press(asked, "/arbeit/anmelden/nachweis", "Weiter", {"password": "falsch"})
    back = olga.olga.press(wrong, "/arbeit/anmelden/nachweis", "Weiter", {"password": PASSWORD})
    done = olga.olga.press(back, INVITE, "Eingaben absenden")

    assert (asked.status, asked.heading) == (401, "Bitte zeigen Sie noch einmal, dass Sie es sind")
    assert (wrong.status, back.status, done.status) == (422, 200, 303)
    assert "neu@stadt.example.org" in olga.olga.get("/arbeit/menschen").text()


def test_an_old_proof_is_renewed_by_a_code_or_a_link(olga: Workplace, clock: StoppedClock) -> None:
    clock.pass_by(timedelta(minutes=16))
    asked = olga.olga.press(olga.olga.get(INVITE), INVITE, "Einladung senden", TYPED)
    by_code = olga.olga.press(
        asked,
        "/arbeit/anmelden/nachweis",
        "Mit dem Code weiter",
        {"app_code": app_code(SECRET, clock())},
    )
    clock.pass_by(timedelta(minutes=16))
    sent = olga.olga.press(asked, "/arbeit/anmelden/nachweis", "Link per Mail schicken")
    link = last_link(olga.inst)
    proven = olga.olga.press(olga.olga.get(link), link, "Jetzt anmelden")
    by_link = olga.olga.press(sent, "/arbeit/anmelden/weiter", "Ich habe den Link geöffnet: weiter")

    assert by_code.heading == by_link.heading == "Weiter: Ihre Eingaben absenden"
    assert proven.heading == "Danke, Sie sind es"


def test_a_fresh_sign_in_is_not_asked_again(olga: Workplace) -> None:
    page = olga.olga.press(olga.olga.get(INVITE), INVITE, "Einladung senden", TYPED)

    assert (page.status, page.location) == (303, "/arbeit/menschen")


def test_a_form_of_an_earlier_sign_in_is_kept_and_asks_for_the_password(
    olga: Workplace,
) -> None:
    old = olga.olga.get("/arbeit/konto").fields("Angaben speichern")
    fresh = signed_in_client(olga.inst, OLGA)

    asked = fresh.post("/arbeit/konto", old | {"name": TEXT})
    back = fresh.press(asked, "/arbeit/anmelden/nachweis", "Weiter", {"password": PASSWORD})
    done = fresh.press(back, "/arbeit/konto", "Eingaben absenden")

    assert (asked.status, done.status, name_of(olga, OLGA.id)) == (401, 303, TEXT)


@pytest.mark.proves("S25")
def test_what_another_site_sent_is_not_kept(olga: Workplace) -> None:
    body = b"name=Boese&language=de"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "cross-site",
        "Origin": "https://evil.example",
    }

    for client in (olga.stranger, olga.olga):
        page = client.request("POST", "/arbeit/konto", body, headers)

        assert (page.status, "Boese" in page.html) == (401, False)
        assert not page.fields().get("_sent")


def test_passwords_and_codes_are_never_kept(olga: Workplace, clock: StoppedClock) -> None:
    page = olga.olga.get("/arbeit/konto/passwort")
    clock.pass_by(timedelta(hours=13))

    asked = olga.olga.post(
        "/arbeit/konto/passwort",
        page.fields()
        | {"old_password": "mein altes", "new_password": "mein neues", "app_code": "123456"},
    )

    assert asked.status == 401
    assert not {"mein altes", "mein neues", "123456"} & {
        value for values in asked.fields().values() for value in values
    }


def test_a_file_cannot_be_kept_and_the_page_says_so(olga: Workplace) -> None:
    client = AccessibleClient(make_application(olga.inst))

    page = client.send_file(
        "/arbeit/ausgaben/neu/datei",
        {"note": TEXT, "_revision": "7"},
        name="file",
        file_name="a.toml",
        content=b"x",
    )

    fields = page.fields("Anmelden")
    assert (page.status, "Nur die Datei konnten wir nicht aufheben" in page.text()) == (401, True)
    assert (fields["kept.note"], fields["kept._revision"]) == ((TEXT,), ("7",))


def test_a_form_too_large_to_be_kept_says_how_to_go_on(
    olga: Workplace, clock: StoppedClock
) -> None:
    page = olga.olga.get("/arbeit/konto")
    clock.pass_by(timedelta(hours=13))

    asked = olga.olga.post(
        "/arbeit/konto", page.fields("Angaben speichern") | {"name": "x" * 255_000}
    )

    assert (asked.status, "zu lang" in asked.text()) == (401, True)
    assert len(asked.html) < 20_000


def test_a_large_form_that_is_kept_can_be_sent_on(olga: Workplace, clock: StoppedClock) -> None:
    page = olga.olga.get("/arbeit/konto")
    clock.pass_by(timedelta(hours=13))
    fields = page.fields("Angaben speichern") | {"name": "ä" * 39_000}

    asked = olga.olga.post("/arbeit/konto", fields)
    half = olga.olga.press(
        asked, SIGN_IN, "Anmelden", {"address": OLGA.address, "password": PASSWORD}
    )
    back = olga.olga.press(
        half, CODE, "Mit dem Code anmelden", {"app_code": app_code(SECRET, clock())}
    )
    refused = olga.olga.press(back, "/arbeit/konto", "Eingaben absenden")

    assert (asked.status, half.status, back.status) == (401, 200, 200)
    assert (refused.status, refused.fields("Angaben speichern")["name"]) == (422, ("ä" * 39_000,))


def test_a_page_that_was_only_opened_is_opened_again(
    workplace: Workplace, clock: StoppedClock
) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)
    clock.pass_by(timedelta(hours=13))

    asked = workplace.paul.get("/arbeit/konto?sprache=en")
    page = workplace.paul.press(
        workplace.paul.get(asked.location),
        SIGN_IN,
        "Anmelden",
        {"address": PAUL.address, "password": PASSWORD},
    )

    assert asked.location == "/arbeit/anmelden?weiter=%2Farbeit%2Fkonto%3Fsprache%3Den"
    assert page.location == "/arbeit/konto?sprache=en"


@pytest.mark.proves("A82")
@pytest.mark.proves("S38")
def test_every_page_says_until_when_one_is_signed_in_and_how_to_stay(
    workplace: Workplace, clock: StoppedClock
) -> None:
    page = workplace.olga.get("/arbeit/konto")
    first = page.text()
    for _ in range(11):
        clock.pass_by(timedelta(hours=1))
        page = workplace.olga.get("/arbeit/konto/angemeldet")

    assert "Angemeldet als Olga Ohm bis 14. September 2020, 11:00 Uhr." in first
    assert "Angemeldet als Olga Ohm bis 14. September 2020, 21:00 Uhr." in page.text()
    assert is_in(workplace.olga)


def test_keeping_somebody_elses_proof_helps_nobody(olga: Workplace) -> None:
    olga.inst.database.write(lambda connection: sign_ins.end_all(connection, OLGA.id))

    asked = send_form(olga.paul)

    assert asked.status == 303  # Paul's own, fresh
    assert name_of(olga, PAUL.id) == TEXT
