"""The own account: password, second factor, recovery codes, browsers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.access.app_codes import app_code
from survey.application import make_application
from survey.employing import operating
from survey.notifying import send_staff_mails
from survey.storage import credentials
from survey.storage.deeds import all_deeds
from tests.accessibility.client import HOST, AccessibleClient
from tests.employing.credentials import (
    RECOVERY_CODES,
    SECRET,
    has_app,
    has_chosen_mail,
    has_chosen_nothing,
    has_password,
)
from tests.mail.test_staff_mail import written_mails
from tests.web.workplace.test_signing_in import PASSWORD, ask_for_link, is_in, last_link, sign_in
from tests.workplace import OLGA, PAUL, signed_in_client

if TYPE_CHECKING:
    from tests.accessibility.client import Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

NEW = "fünf andere Wörter im Gras"
PLACE = "/arbeit/konto/passwort"


def codes_on(page: Page) -> list[str]:
    """The recovery codes the page shows."""
    lists = [e for e in page.markup.all("ul") if "codes" in e.get("class", "")]
    return ["".join(li.itertext()) for ul in lists for li in ul.iter("li")]


def secret_on(page: Page) -> bytes:
    """The secret the page shows as text."""
    import base64  # noqa: PLC0415 -- needed here only

    shown = next(
        "".join(e.itertext()) for e in page.markup.all("p") if "figure-text" in e.get("class", "")
    )
    return base64.b32decode(shown.replace(" ", ""))


def subjects(workplace: Workplace) -> list[str]:
    """Of the mails that left."""
    send_staff_mails(workplace.inst)
    return sorted(str(mail["Subject"]) for mail in written_mails(workplace.inst))


@pytest.mark.proves("S36")
def test_a_changed_password_ends_other_sign_ins_and_is_told(workplace: Workplace) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)
    other = signed_in_client(workplace.inst, PAUL)
    page = workplace.paul.get(PLACE)
    was_in = is_in(other)

    done = workplace.paul.press(
        page, PLACE, "Passwort ändern", {"old_password": PASSWORD, "new_password": NEW}
    )

    assert (was_in, done.location) == (True, "/arbeit/konto")
    assert (is_in(workplace.paul), is_in(other)) == (True, False)
    assert subjects(workplace) == ["Ihr Passwort wurde geändert"]
    assert sign_in(workplace.stranger, PAUL.address).status == 422
    assert sign_in(workplace.stranger, PAUL.address, NEW).status == 303
    hashed = credentials.find(workplace.inst.database.read(), PAUL.id).password
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


@pytest.mark.parametrize(
    ("old", "new"),
    [("falsch", NEW), (PASSWORD, "zu kurz"), (PASSWORD, "PaulPohl2024"), ("", NEW), (PASSWORD, "")],
    ids=["wrong", "short", "name", "no old", "no new"],
)
def test_a_password_is_not_changed_by_mistake(workplace: Workplace, old: str, new: str) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)

    page = workplace.paul.press(
        workplace.paul.get(PLACE),
        PLACE,
        "Passwort ändern",
        {"old_password": old, "new_password": new},
    )

    assert page.status == 422
    assert sign_in(workplace.stranger, PAUL.address).status == 303


@pytest.mark.proves("S36")
def test_a_forgotten_password_is_set_by_a_link_once(workplace: Workplace) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)
    page = workplace.stranger.get("/arbeit/passwort")
    workplace.stranger.press(page, "/arbeit/passwort", "Link schicken", {"address": PAUL.address})
    link = last_link(workplace.inst)

    shown = workplace.stranger.get(link)
    weak = workplace.stranger.press(
        shown, link, "Passwort speichern", {"new_password": "Passwort1234"}
    )
    done = workplace.stranger.press(weak, link, "Passwort speichern", {"new_password": NEW})
    replay = workplace.stranger.post(link, {"new_password": NEW + "!"})

    assert (weak.status, done.status, replay.status) == (422, 303, 410)
    assert "Ihr Passwort ist geändert" in workplace.stranger.get(done.location).text()
    assert not is_in(workplace.paul)
    assert sign_in(workplace.stranger, PAUL.address, NEW).status == 303


@pytest.mark.proves("S36")
def test_a_reset_link_ends_after_half_an_hour(workplace: Workplace, clock: StoppedClock) -> None:
    workplace.stranger.post("/arbeit/passwort", {"address": PAUL.address})
    link = last_link(workplace.inst)

    clock.pass_by(timedelta(minutes=29))
    early = workplace.stranger.get(link).status
    clock.pass_by(timedelta(minutes=1))

    assert (early, workplace.stranger.get(link).status) == (200, 410)


@pytest.mark.proves("S36")
def test_a_mailbox_alone_sets_no_password_where_two_factors_are_needed(
    workplace: Workplace, clock: StoppedClock
) -> None:
    has_password(workplace.inst, OLGA, PASSWORD)
    has_app(workplace.inst, OLGA)
    workplace.stranger.post("/arbeit/passwort", {"address": OLGA.address})
    link = last_link(workplace.inst)

    alone = workplace.stranger.post(link, {"new_password": NEW})
    wrong = workplace.stranger.post(link, {"new_password": NEW, "app_code": "000000"})
    right = workplace.stranger.post(
        link, {"new_password": NEW, "app_code": app_code(SECRET, clock())}
    )

    assert (alone.status, wrong.status, right.status) == (422, 422, 303)
    assert sign_in(workplace.stranger, OLGA.address, NEW).heading == "Noch ein Schritt"


def test_who_uses_links_by_mail_sets_a_password_with_a_recovery_code(workplace: Workplace) -> None:
    has_chosen_mail(workplace.inst, OLGA)
    workplace.stranger.post("/arbeit/passwort", {"address": OLGA.address})
    link = last_link(workplace.inst)

    alone = workplace.stranger.post(link, {"new_password": NEW})
    right = workplace.stranger.post(link, {"new_password": NEW, "app_code": RECOVERY_CODES[0]})

    assert (alone.status, right.status) == (422, 303)


def test_an_app_is_set_up_with_the_secret_as_text(
    workplace: Workplace, clock: StoppedClock
) -> None:
    place = "/arbeit/konto/app"
    page = workplace.olga.get(place)
    secret = secret_on(page)
    picture = next(e for e in page.markup.all("img") if e.get("class") == "qr")

    wrong = workplace.olga.press(
        page, place, "Code prüfen und App einrichten", {"app_code": "000000"}
    )
    code = app_code(secret, clock())
    done = workplace.olga.press(wrong, place, "Code prüfen und App einrichten", {"app_code": code})

    assert picture.get("src", "").startswith("data:image/svg+xml")
    assert picture.get("alt")
    assert (wrong.status, secret_on(wrong)) == (422, secret)
    assert (done.status, done.heading, len(set(codes_on(done)))) == (200, "Ihre Notfallcodes", 10)
    stored = credentials.find(workplace.inst.database.read(), OLGA.id)
    assert (stored.second_factor, secret_on(page) in stored.app_secret.encode()) == ("app", False)
    assert subjects(workplace) == ["Ihr zweiter Nachweis wurde geändert"]
    has_password(workplace.inst, OLGA, PASSWORD)
    half = sign_in(workplace.stranger, OLGA.address)
    assert (
        workplace.stranger.post("/arbeit/anmelden/code", {"app_code": code}).status,
        workplace.stranger.press(
            half, "/arbeit/anmelden/code", "Mit dem Code anmelden", {"app_code": codes_on(done)[3]}
        ).status,
    ) == (422, 303)


def test_looking_at_the_set_up_changes_nothing(workplace: Workplace) -> None:
    has_app(workplace.inst, OLGA)
    before = credentials.find(workplace.inst.database.read(), OLGA.id)

    first, second = (workplace.olga.get("/arbeit/konto/app") for _ in range(2))

    assert secret_on(first) != secret_on(second)
    assert credentials.find(workplace.inst.database.read(), OLGA.id) == before


def test_a_secret_of_somebody_else_cannot_be_slipped_in(workplace: Workplace) -> None:
    page = workplace.paul.get("/arbeit/konto/app")
    fields = page.fields("Code prüfen und App einrichten")
    own = workplace.olga.get("/arbeit/konto/app").fields("Code prüfen und App einrichten")

    for sealed in (fields["_secret"], "x", ""):
        reply = workplace.olga.post(
            "/arbeit/konto/app", own | {"_secret": sealed, "app_code": "123456"}
        )
        assert reply.status == 404


def test_the_link_by_mail_is_chosen_with_codes_for_emergencies(workplace: Workplace) -> None:
    has_chosen_nothing(workplace.inst, OLGA)
    place = "/arbeit/konto/zweiter-faktor"

    page = workplace.olga.press(workplace.olga.get(place), place, "Link per Mail wählen")

    assert len(codes_on(page)) == 10
    assert credentials.find(workplace.inst.database.read(), OLGA.id).second_factor == "mail"
    assert "So ist es jetzt eingestellt." in workplace.olga.get(place).text()


def test_fresh_recovery_codes_replace_earlier_ones(workplace: Workplace) -> None:
    has_password(workplace.inst, OLGA, PASSWORD)
    has_chosen_mail(workplace.inst, OLGA)
    place = "/arbeit/konto/notfallcodes"

    page = workplace.olga.press(workplace.olga.get(place), place, "Neue Codes zeigen")
    half = sign_in(workplace.stranger, OLGA.address)
    old = workplace.stranger.post("/arbeit/anmelden/code", {"app_code": RECOVERY_CODES[0]})
    new = workplace.stranger.press(
        half, "/arbeit/anmelden/code", "Mit dem Code anmelden", {"app_code": codes_on(page)[0]}
    )

    assert (old.status, new.status) == (422, 303)
    assert "9 Notfallcodes sind übrig." in workplace.stranger.get("/arbeit/konto").text()


def test_name_and_language_are_ones_own(workplace: Workplace) -> None:
    page = workplace.paul.get("/arbeit/konto")

    empty = workplace.paul.press(page, "/arbeit/konto", "Angaben speichern", {"name": " "})
    done = workplace.paul.press(
        page, "/arbeit/konto", "Angaben speichern", {"name": "Paula Pohl", "language": "en"}
    )

    assert (empty.status, done.status) == (422, 303)
    assert workplace.paul.get("/arbeit/konto").heading == "My account"


def test_other_browsers_can_be_signed_out(workplace: Workplace) -> None:
    other = signed_in_client(workplace.inst, PAUL)
    page = workplace.paul.get("/arbeit/konto")

    done = workplace.paul.press(page, "/arbeit/konto/browser", "Alle anderen Browser abmelden")

    assert (done.status, is_in(other), is_in(workplace.paul)) == (303, False, True)
    assert "Alle anderen Browser abmelden" not in workplace.paul.get("/arbeit/konto").text()


def test_after_the_way_back_in_a_password_is_set_and_a_factor_chosen_anew(
    workplace: Workplace,
) -> None:
    has_password(workplace.inst, OLGA, PASSWORD)
    has_app(workplace.inst, OLGA)
    link = operating.way_back_in(workplace.inst, OLGA.address).removeprefix(HOST)

    done = workplace.stranger.post(link, {"new_password": NEW})

    assert (done.status, is_in(workplace.olga)) == (303, False)
    half = sign_in(workplace.stranger, OLGA.address, NEW)
    assert half.heading == "Noch ein Schritt"
    assert credentials.find(workplace.inst.database.read(), OLGA.id).second_factor == ""


def test_links_to_sign_in_end_with_the_password(workplace: Workplace, clock: StoppedClock) -> None:
    ask_for_link(workplace.stranger, PAUL.address)
    early = last_link(workplace.inst)
    clock.pass_by(timedelta(minutes=1))
    workplace.stranger.post("/arbeit/passwort", {"address": PAUL.address})
    thief = AccessibleClient(make_application(workplace.inst))
    was_good = thief.get(early).status

    reset = last_link(workplace.inst, 2)
    assert workplace.stranger.post(reset, {"new_password": NEW}).status == 303

    assert (was_good, thief.get(early).status) == (200, 410)


def test_what_happens_to_an_account_is_logged_without_secrets(workplace: Workplace) -> None:
    has_chosen_nothing(workplace.inst, OLGA)
    place = "/arbeit/konto/zweiter-faktor"
    page = workplace.olga.press(workplace.olga.get(place), place, "Link per Mail wählen")

    deeds = all_deeds(workplace.inst.database.read())

    assert [(d.deed, d.facts, d.actor) for d in deeds] == [
        ("second factor chosen", '{"way": "mail"}', OLGA.id)
    ]
    assert not any(code in d.facts for code in codes_on(page) for d in deeds)
