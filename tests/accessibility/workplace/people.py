"""Signing in, the own account, and the pages about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


def signing_in(page: Page, address: str) -> None:
    """The page for a browser nobody is signed in with."""
    page.context.clear_cookies()
    page.goto(f"{address}/arbeit/anmelden")


def wrong_password(page: Page, address: str) -> None:
    """Address and password do not belong together."""
    signing_in(page, address)
    page.fill("#address", "niemand@stadt.example.org")
    page.fill("#password", "falsch")
    page.get_by_role("button", name="Anmelden", exact=True).click()


def link_sent(page: Page, address: str) -> None:
    """A link is under way, perhaps."""
    signing_in(page, address)
    page.fill("#address", "niemand@stadt.example.org")
    page.get_by_role("button", name="Link per Mail schicken").click()


def typed_and_kept(page: Page, address: str) -> None:
    """The sign-in had ended when the form was sent."""
    page.goto(f"{address}/arbeit/konto")
    page.fill("#name", "Olga Ohm-Neu")
    page.context.clear_cookies()
    page.get_by_role("button", name="Angaben speichern").click()


def link_over(page: Page, address: str) -> None:
    """A link that was used."""
    page.goto(f"{address}/arbeit/einladung/x")


def faulty_invitation(page: Page, address: str) -> None:
    """Nothing was filled in."""
    page.goto(f"{address}/arbeit/menschen/einladen")
    page.get_by_role("button", name="Einladung senden").click()


def wrong_code(page: Page, address: str) -> None:
    """The app's code does not fit."""
    page.goto(f"{address}/arbeit/konto/app")
    page.fill("#app_code", "000000")
    page.get_by_role("button", name="Code prüfen und App einrichten").click()


STATES = {
    "signing in": signing_in,
    "wrong password": wrong_password,
    "link sent": link_sent,
    "typed and kept": typed_and_kept,
    "link over": link_over,
    "faulty invitation": faulty_invitation,
    "wrong code": wrong_code,
}
