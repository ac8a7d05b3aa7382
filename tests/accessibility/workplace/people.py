"""States of the pages about people and the own account, for the browser."""

from __future__ import annotations

PAGES = {
    "people": "/arbeit/menschen",
    "people-invite": "/arbeit/menschen/einladen",
    "people-handover": "/arbeit/menschen/uebergabe",
    "people-colleague": "/arbeit/menschen/olga",
    "people-remove": "/arbeit/menschen/olga/entfernen",
    "people-reset": "/arbeit/menschen/olga/zweiter-faktor",
    "account": "/arbeit/konto",
    "account-password": "/arbeit/konto/passwort",
    "account-second-factor": "/arbeit/konto/zweiter-faktor",
    "account-app": "/arbeit/konto/app",
    "account-codes": "/arbeit/konto/notfallcodes",
    "account-still-here": "/arbeit/konto/angemeldet",
    "sign-out": "/arbeit/abmelden",
    "signed-out": "/arbeit/abgemeldet",
    "password-forgotten": "/arbeit/passwort",
    "link-over": "/arbeit/anmelden/link/x",
}
"""State name -> address. The sign-in page itself needs a browser without a sign-in: see STATES."""
