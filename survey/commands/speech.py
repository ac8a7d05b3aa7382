"""What commands say, in German where the locale is German, else in English."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from survey import errors
from survey.commands.click_words import translate_click
from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.errors import NachklangError, Problem
    from survey.language.wording import Language


def language_of(environment: Mapping[str, str]) -> Language:
    """German or English, by the locale as POSIX reads it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "de" if value.lower().startswith("de") else "en"
    return "en"


WORDS = catalogue(language_of(os.environ))
translate_click(WORDS.language)


def _(message: str) -> str:
    """The message in the reader's language."""
    return WORDS.gettext(message)


def say(message: str, **facts: object) -> None:
    """One line to the reader."""
    click.echo(_(message) % facts)


def first_start_lines(link: str) -> tuple[str, ...]:
    """How the first person comes in; nothing if there is a first person already."""
    if not link:
        return ()
    return (
        _(
            "Noch kann sich niemand anmelden. Das erste Konto legen Sie hier an (24 Stunden, ein Mal):"
        ),
        link,
    )


def counted(singular: str, plural: str, n: int) -> str:
    """The message in the right number."""
    return WORDS.ngettext(singular, plural, n) % {"n": WORDS.number(n)}


def moment(when: datetime | None, zone: ZoneInfo) -> str:
    """A date and time for a table; a dash where there is none."""
    return "–" if when is None else WORDS.stamp(when, zone)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their heads, each column as wide as its widest cell."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def facts(rows: Sequence[tuple[str, str]]) -> None:
    """Names and what they are, one a line, aligned."""
    width = max(len(name) for name, _value in rows) + 1
    for name, value in rows:
        click.echo(f"{name + ':':<{width}} {value}")


def told(problem: Problem) -> str:
    """One problem with its line or place."""
    text = WORDS.problem(problem)
    if problem.line is not None:
        return _("Zeile %(line)d: %(text)s") % {"line": problem.line, "text": text}
    return f"{problem.place}: {text}" if problem.place else text


def sentences(error: NachklangError) -> tuple[str, ...]:
    """What went wrong and what to do, line by line."""
    match error:
        case errors.FileRefused():
            head = _("%(name)s wurde nicht übernommen:") % {"name": error.name}
            return (head, *(f"  {told(p)}" for p in error.problems))
        case errors.SettingsProblem():
            return (f"{error.name}: {WORDS.problem(error.why)}",)
        case errors.NotAllowed() | errors.CountRefused() | errors.BackupRefused():
            return (WORDS.problem(error.why),)
        case errors.NotFound():
            return (_not_found(error),)
        case errors.StorageUnavailable():
            return (_about_storage(error),)
        case errors.KeyMissing() | errors.WitnessMismatch():
            return (_about_urn(error),)
        case errors.SecretMissing():
            return (
                _(
                    "In %(folder)s fehlt %(name)s. Legen Sie den Ordner der Geheimnisse zurück, aus Ihrer eigenen "
                    "Kopie: In den Sicherungen ist er nicht, und ohne ihn öffnet sich keine Urne."
                )
                % {"folder": error.folder, "name": error.name},
            )
        case errors.RelayUnreachable() | errors.MailboxUnreachable():
            return (_about_mail(error),)
        case errors.ReportFailed():
            return (_about_report(error),)
        case _:
            return (str(error) or type(error).__name__,)


def _not_found(error: errors.NotFound) -> str:
    facts = {"name": error.name}
    match error.kind:
        case "edition":
            return _("Eine Ausgabe „%(name)s“ gibt es nicht.") % facts
        case "series":
            return _("Eine Reihe „%(name)s“ gibt es nicht.") % facts
        case "participant":
            return _("Eine Person „%(name)s“ gibt es in dieser Ausgabe nicht.") % facts
        case "session":
            return _("Einen Programmpunkt „%(name)s“ gibt es in dieser Ausgabe nicht.") % facts
        case "account":
            return _("Ein Konto „%(name)s“ gibt es nicht.") % facts
        case "organisation":
            return _("Eine Organisation „%(name)s“ gibt es nicht.") % facts
        case "earlier edition":
            return _("Eine frühere Ausgabe „%(name)s“ gibt es in dieser Reihe nicht.") % facts
        case "text":
            return _("Einen Text „%(name)s“ gibt es in dieser Ausgabe nicht.") % facts
        case _:
            return _("„%(name)s“ gibt es nicht (%(kind)s).") % {**facts, "kind": error.kind}


def _about_urn(error: errors.KeyMissing | errors.WitnessMismatch) -> str:
    if isinstance(error, errors.KeyMissing):
        return _(
            "Der Schlüssel von „%(edition)s“ fehlt oder passt nicht. "
            "Führen Sie „nachklang doctor“ aus."
        ) % {"edition": error.edition}
    return _(
        "In der Urne von „%(edition)s“ liegen %(found)d Umschläge, bezeugt sind %(witnessed)d. "
        "Es wird nichts mehr angenommen, bis Sie den Stand geprüft haben."
    ) % {"edition": error.edition, "found": error.found, "witnessed": error.witnessed}


def _about_mail(error: errors.RelayUnreachable | errors.MailboxUnreachable) -> str:
    if isinstance(error, errors.MailboxUnreachable):
        return _("Das Postfach für unzustellbare Mails ist nicht erreichbar (%(why)s).") % {
            "why": error.why
        }
    return _("Der Mailserver ist nicht erreichbar (%(why)s).") % {"why": error.why}


def _about_storage(error: errors.StorageUnavailable) -> str:
    if isinstance(error, errors.DiskNearlyFull):
        return _(
            "Auf der Platte sind nur noch %(megabytes)d MB frei. Sie bleiben den Antworten vorbehalten: "
            "Machen Sie Platz, dann gibt es wieder Berichte und Tabellen."
        ) % {"megabytes": error.free // 1024**2}
    return _("Die Datenbank ist nicht erreichbar: %(why)s. Es wurde nichts gespeichert.") % {
        "why": error
    }


def _about_report(error: errors.ReportFailed) -> str:
    if isinstance(error, errors.ReportTooSlow):
        return _("Der Bericht brauchte länger als %(seconds)d Sekunden und wurde abgebrochen.") % {
            "seconds": error.seconds
        }
    return _("Der Bericht ließ sich nicht drucken: %(why)s") % {"why": error}
