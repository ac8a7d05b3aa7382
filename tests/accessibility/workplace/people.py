"""Signing in, the own account, and the pages about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.workplace.steps import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.accessibility.workplace.office import Office

PAGES = {
    "people": "/arbeit/menschen",
    "inviting": "/arbeit/menschen/einladen",
    "handover": "/arbeit/menschen/uebergabe",
    "colleague": "/arbeit/menschen/olga",
    "removing": "/arbeit/menschen/olga/entfernen",
    "resetting": "/arbeit/menschen/olga/zweiter-faktor",
    "account": "/arbeit/konto",
    "password": "/arbeit/konto/passwort",
    "second factor": "/arbeit/konto/zweiter-faktor",
    "app": "/arbeit/konto/app",
    "recovery codes": "/arbeit/konto/notfallcodes",
    "still here": "/arbeit/konto/angemeldet",
    "signing out": "/arbeit/abmelden",
    "signed out": "/arbeit/abgemeldet",
    "password forgotten": "/arbeit/passwort",
}


def signing_in(page: Page, office: Office) -> None:
    """The page for a browser nobody is signed in with."""
    page.context.clear_cookies()
    page.goto(office.at(f"/arbeit/anmelden"))


def wrong_password(page: Page, office: Office) -> None:
    """Address and password do not belong together."""
    signing_in(page, office)
    page.fill("#address", "niemand@stadt.example.org")
    page.fill("#password", "falsch")
    press(page, office, "Anmelden")


def link_sent(page: Page, office: Office) -> None:
    """A link is under way, perhaps."""
    signing_in(page, office)
    page.fill("#address", "niemand@stadt.example.org")
    press(page, office, "Link per Mail schicken")


def typed_and_kept(page: Page, office: Office) -> None:
    """The sign-in had ended when the form was sent."""
    page.goto(office.at(f"/arbeit/konto"))
    page.fill("#name", "Olga Ohm-Neu")
    page.context.clear_cookies()
    press(page, office, "Angaben speichern")


def link_over(page: Page, office: Office) -> None:
    """A link that was used."""
    page.goto(office.at(f"/arbeit/einladung/x"))


def faulty_invitation(page: Page, office: Office) -> None:
    """Nothing was filled in."""
    page.goto(office.at(f"/arbeit/menschen/einladen"))
    press(page, office, "Einladung senden")


def wrong_code(page: Page, office: Office) -> None:
    """The app's code does not fit."""
    page.goto(office.at(f"/arbeit/konto/app"))
    page.fill("#app_code", "000000")
    press(page, office, "Code prüfen und App einrichten")


STATES = {
    "signing in": signing_in,
    "wrong password": wrong_password,
    "link sent": link_sent,
    "typed and kept": typed_and_kept,
    "link over": link_over,
    "faulty invitation": faulty_invitation,
    "wrong code": wrong_code,
}
