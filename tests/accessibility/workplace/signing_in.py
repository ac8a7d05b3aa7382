"""The ways in: password, second factor, links, the house's own sign-in, and the proof asked for again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.employing import colleagues, joining
from survey.model.workplace import MAIN_ORGANISATION, OneTimePurpose, Organisation, Role
from tests.accessibility.office import MIRIAM, PASSWORD
from tests.accessibility.steps import emptied, posted, press, press_at, sent
from tests.employing.credentials import has_chosen_nothing
from tests.workplace import OLGA, PAUL

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_SIGN_IN = "/arbeit/anmelden"
_LONG_AGO = timedelta(minutes=30)
_MAIN = Organisation(MAIN_ORGANISATION, "Stadt Musterstadt")


def _link(office: Office, purpose: OneTimePurpose, subject: str) -> str:
    return urlsplit(joining.make_link(office.inst, purpose, subject)).path


def _invitation(office: Office) -> str:
    made = colleagues.write_invitation(
        office.inst, _MAIN, address="nele@stadt.example", role=Role.PLANNER, language="de"
    )
    return _link(office, OneTimePurpose.INVITATION, colleagues.subject_of(made))


def _nobody_is_signed_in(page: Page) -> None:
    page.context.clear_cookies()


def _signing_in(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(_SIGN_IN))


def _nothing_typed(page: Page, office: Office) -> None:
    _signing_in(page, office)
    press(page, office, "Anmelden")


def _wrong_password(page: Page, office: Office) -> None:
    _signing_in(page, office)
    page.fill("#address", OLGA.address)
    page.fill("#password", "falsch")
    press(page, office, "Anmelden")


def _too_often(page: Page, office: Office) -> None:
    for _ in range(12):
        _wrong_password(page, office)
        if page.locator("main").inner_text().count(office.say("Zu viele Versuche")):
            return


def _link_sent(page: Page, office: Office) -> None:
    _signing_in(page, office)
    page.fill("#address", "niemand@stadt.example.org")
    press(page, office, "Link per Mail schicken")


def _half_way(page: Page, office: Office, address: str = OLGA.address) -> None:
    _signing_in(page, office)
    page.fill("#address", address)
    page.fill("#password", PASSWORD)
    press(page, office, "Anmelden")


def _half_way_by_mail(page: Page, office: Office) -> None:
    _half_way(page, office, MIRIAM.address)


def _half_way_again(page: Page, office: Office) -> None:
    _half_way(page, office)
    page.goto(office.at(f"{_SIGN_IN}/code"))


def _wrong_code(page: Page, office: Office) -> None:
    _half_way(page, office)
    page.fill("#app_code", "000000")
    press(page, office, "Mit dem Code anmelden")


def _sign_in_link(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(f"{_link(office, OneTimePurpose.SIGN_IN, OLGA.id)}"))


def _sign_in_link_used(page: Page, office: Office) -> None:
    _sign_in_link(page, office)
    press(page, office, "Jetzt anmelden")


def _sign_in_link_over(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(f"{_SIGN_IN}/link/x"))


def _typed_and_kept(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/konto"))
    page.fill("#name", "Olga Ohm-Neu")
    _nobody_is_signed_in(page)
    press(page, office, "Angaben speichern")


def _kept_to_be_sent(page: Page, office: Office) -> None:
    _again(page, office)
    page.fill("#password", PASSWORD)
    press(page, office, "Weiter")


def _again(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/menschen/einladen"))
    page.fill("#address", "nele@stadt.example")
    office.clock.pass_by(_LONG_AGO)
    press(page, office, "Einladung senden")


def _again_wrong(page: Page, office: Office) -> None:
    _again(page, office)
    page.fill("#password", "falsch")
    press(page, office, "Weiter")


def _again_by_link(page: Page, office: Office) -> None:
    _again(page, office)
    press(page, office, "Link per Mail schicken")


def _again_too_early(page: Page, office: Office) -> None:
    _again_by_link(page, office)
    press(page, office, "Ich habe den Link geöffnet: weiter")


def _again_in_another_language(page: Page, office: Office) -> None:
    _again(page, office)
    office.language = "de" if office.language == "en" else "en"
    press_at(page, ".languages button")


def _proven_by_link(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_link(office, OneTimePurpose.SIGN_IN, OLGA.id)}"))
    press(page, office, "Jetzt anmelden")


def _no_second_factor_yet(page: Page, office: Office) -> None:
    has_chosen_nothing(office.inst, OLGA)
    page.goto(office.at("/arbeit"))


def _typed_without_a_second_factor(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/konto"))
    page.fill("#name", "Olga Ohm-Neu")
    has_chosen_nothing(office.inst, OLGA)
    press(page, office, "Angaben speichern")


def _password_forgotten(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at("/arbeit/passwort"))
    page.fill("#address", PAUL.address)
    press_at(page, "main form button[type=submit]")


def _new_password(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(_link(office, OneTimePurpose.NEW_PASSWORD, OLGA.id)))


def _new_password_refused(page: Page, office: Office) -> None:
    _new_password(page, office)
    page.fill("#new_password", "kurz")
    press_at(page, "main form button[type=submit]")


def _new_password_link_over(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at("/arbeit/passwort/x"))


def _invited(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(_invitation(office)))


def _invited_refused(page: Page, office: Office) -> None:
    _invited(page, office)
    press_at(page, "main form button[type=submit]")


def _invited_over(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at("/arbeit/einladung/x"))


def _first_start(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    office.dismiss_everybody()
    page.goto(office.at(urlsplit(joining.first_start_link(office.inst)).path))


def _first_start_refused(page: Page, office: Office) -> None:
    _first_start(page, office)
    press_at(page, "main form button[type=submit]")


def _house_shut(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(f"{_SIGN_IN}/haus"))


def _back_from_the_house(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    page.goto(office.at(f"{_SIGN_IN}/haus/zurueck"))


def _signed_out(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/abmelden"))
    press_at(page, "main form button[type=submit]")


def _second_factor_chosen(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/konto/zweiter-faktor"))
    press(page, office, "Link per Mail wählen")


def _other_browsers(page: Page, office: Office) -> None:
    office.sign_in(page)
    page.goto(office.at("/arbeit/konto"))
    press(page, office, "Alle anderen Browser abmelden")


def _other_organisation(page: Page, office: Office) -> None:
    office.also_work_elsewhere(OLGA)
    page.goto(office.at("/arbeit/konto"))
    press_at(page, "main form[action='/arbeit/konto/organisation'] button")


def _code_of_the_app_refused(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/konto/app"))
    page.fill("#app_code", "000000")
    press(page, office, "Code prüfen und App einrichten")


def _sent_from_elsewhere(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit"))
    posted(page, office.at(_SIGN_IN), {"_back": "a"}, kind="text/plain")


def _nothing_typed_for_a_new_password(page: Page, office: Office) -> None:
    _nobody_is_signed_in(page)
    emptied("/arbeit/passwort")(page, office)


def _outside(path: str) -> Callable[[Page, Office], None]:
    def go(page: Page, office: Office) -> None:
        _nobody_is_signed_in(page)
        page.goto(office.at(path))

    return go


PAGES = {
    "account": "/arbeit/konto",
    "password": "/arbeit/konto/passwort",
    "second factor": "/arbeit/konto/zweiter-faktor",
    "app": "/arbeit/konto/app",
    "recovery codes": "/arbeit/konto/notfallcodes",
    "still here": "/arbeit/konto/angemeldet",
    "signing out": "/arbeit/abmelden",
}
STATES: dict[str, Callable[[Page, Office], None]] = {
    "signing in": _signing_in,
    "signed out": _outside("/arbeit/abgemeldet"),
    "password forgotten": _outside("/arbeit/passwort"),
    "nothing typed": _nothing_typed,
    "wrong password": _wrong_password,
    "too many attempts": _too_often,
    "link sent": _link_sent,
    "second step": _half_way,
    "second step by mail": _half_way_by_mail,
    "second step, opened again": _half_way_again,
    "wrong code": _wrong_code,
    "link from a mail": _sign_in_link,
    "link from a mail, one more step": _sign_in_link_used,
    "link over": _sign_in_link_over,
    "typed and kept": _typed_and_kept,
    "kept, to be sent": _kept_to_be_sent,
    "proof asked again": _again,
    "proof asked again, wrong": _again_wrong,
    "proof by link, sent": _again_by_link,
    "proof by link, too early": _again_too_early,
    "proof asked again, the other language": _again_in_another_language,
    "proven by link": _proven_by_link,
    "no second factor yet": _no_second_factor_yet,
    "typed without a second factor": _typed_without_a_second_factor,
    "password forgotten, nothing typed": _nothing_typed_for_a_new_password,
    "password forgotten, link sent": _password_forgotten,
    "new password": _new_password,
    "new password refused": _new_password_refused,
    "new password, link over": _new_password_link_over,
    "invitation": _invited,
    "invitation refused": _invited_refused,
    "invitation over": _invited_over,
    "first start": _first_start,
    "first start refused": _first_start_refused,
    "first start over": _outside("/arbeit/anfang/x"),
    "house's sign-in shut": _house_shut,
    "back from the house": _back_from_the_house,
    "signed out just now": _signed_out,
    "second factor chosen": _second_factor_chosen,
    "fresh recovery codes": sent("/arbeit/konto/notfallcodes"),
    "code of the app refused": _code_of_the_app_refused,
    "other browsers signed out": _other_browsers,
    "other organisation": _other_organisation,
    "a damaged form": _sent_from_elsewhere,
}
