"""The doctor: what is wrong with an installation, and what to do about it. It changes nothing."""

from __future__ import annotations

import os
import socket
import stat
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.errors import StorageUnavailable, problem
from survey.keeping.backup import backups_in
from survey.keeping.diagnosis import Diagnosis
from survey.keeping.free_space import LEAST_FREE_BYTES, free_bytes
from survey.keeping.key_copies import copies_beside, places
from survey.keeping.server_settings import diagnose_server
from survey.reporting.publication_log import given_away
from survey.storage import deeds, editions, upkeep, whole_database
from survey.storage.connection import OLDEST_SQLITE, foreign_errors, sqlite_version
from survey.storage.moments import text_to_moment
from survey.urn.keys import HOST_SECRET
from survey.urn_watch import check_urns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from survey.installation import Installation

BACKUP_OLD_AFTER = timedelta(days=2)
_FULL = 2
"""PRAGMA synchronous=FULL."""
_MAIL_SECONDS = 5
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def examine(inst: Installation) -> tuple[Diagnosis, ...]:
    """Everything that is wrong; empty for a healthy installation."""
    return _found(
        inst,
        (
            _storage,
            _commits,
            _settings_in_force,
            _urns,
            _places_of_keys,
            _permissions,
            _space,
            _writable,
            _clock,
            _backups,
            _mail,
            _links,
            _deeds,
            _published,
        ),
    )


def glance(inst: Installation) -> tuple[Diagnosis, ...]:
    """What can be seen in a moment: urns, places of keys, free space, age of the backups."""
    return _found(inst, (_commits, _urns, _places_of_keys, _space, _writable, _backups))


def _found(
    inst: Installation, looks: tuple[Callable[[Installation], Iterator[Diagnosis]], ...]
) -> tuple[Diagnosis, ...]:
    """What each look finds; one that cannot read what it looks at has found that."""
    found: dict[Diagnosis, None] = {}
    for look in looks:
        try:
            with foreign_errors():
                found |= dict.fromkeys(look(inst))
        except (StorageUnavailable, LookupError, TypeError, ValueError) as error:
            # A flipped bit can turn a stored word into one that no code knows.
            found[_unreadable(inst, error)] = None
    return tuple(found)


def _unreadable(inst: Installation, error: Exception) -> Diagnosis:
    if inst.settings.postgresql and isinstance(error, StorageUnavailable):
        return Diagnosis(
            problem("Der Datenbankserver antwortet nicht: %(fault)s", fault=str(error)),
            problem("Prüfen Sie den Server und NACHKLANG_POSTGRESQL."),
            is_urgent=True,
        )
    return Diagnosis(
        problem("Die Datenbank ist beschädigt: %(fault)s", fault=str(error)),
        problem("Halten Sie den Dienst an und spielen Sie die letzte Sicherung zurück."),
        is_urgent=True,
    )


def _storage(inst: Installation) -> Iterator[Diagnosis]:
    if sqlite_version() < OLDEST_SQLITE:
        yield Diagnosis(
            problem(
                "SQLite %(version)s ist zu alt: Es kann Antworten verlieren.",
                version=".".join(map(str, sqlite_version())),
            ),
            problem("Installieren Sie das Paket pysqlite3 oder ein neueres Python."),
            is_urgent=True,
        )
    try:
        faults = whole_database.faults(inst.database)
    except StorageUnavailable as error:
        faults = (str(error),)
    if faults:
        yield _unreadable(inst, StorageUnavailable(faults[0]))


def _commits(inst: Installation) -> Iterator[Diagnosis]:
    lost = whole_database.lost_commits(inst.database)
    if lost > 0:
        yield Diagnosis(
            problem(
                "Der Datenbank fehlen die letzten %(lost)d Änderungen, die schon gespeichert waren.",
                lost=lost,
            ),
            problem(
                "Halten Sie den Dienst an, prüfen Sie die Platte und spielen Sie die letzte Sicherung zurück. "
                "Der Befehl „urn confirm“ bestätigt, was da ist."
            ),
            is_urgent=True,
        )


def _settings_in_force(inst: Installation) -> Iterator[Diagnosis]:
    if inst.settings.postgresql:
        yield from diagnose_server(whole_database.server_settings(inst.database))
        return
    try:
        found = upkeep.settings_in_force(inst.settings.database)
    except StorageUnavailable:
        return  # said already
    if found["synchronous"] != _FULL or found["secure_delete"] != 1:
        yield Diagnosis(
            problem("Die Datenbank schreibt nicht sicher auf die Platte."),
            problem("Installieren Sie den Dienst neu: Er ist verändert worden."),
            is_urgent=True,
        )


def _urns(inst: Installation) -> Iterator[Diagnosis]:
    try:
        found = check_urns(inst)
    except StorageUnavailable as error:
        found = (problem("Die Urnen sind nicht zu lesen: %(fault)s", fault=str(error)),)
    for one in found:
        yield Diagnosis(
            one,
            problem("Der Befehl „urn confirm“ bestätigt, was da ist; „restore“ holt zurück."),
            is_urgent=True,
        )


def _places_of_keys(inst: Installation) -> Iterator[Diagnosis]:
    settings = inst.settings
    for what, path in (
        (problem("Die Schlüssel liegen im Ordner der Sicherungen."), settings.keys),
        (
            problem("Das Geheimnis des Rechners liegt in den Sicherungen."),
            settings.secret_directory,
        ),
    ):
        if _is_inside(path, settings.backup_directory):
            yield Diagnosis(
                what,
                problem("Legen Sie die Sicherungen in einen anderen Ordner."),
                is_urgent=True,
            )
    if _is_inside(settings.secret_directory, settings.data):
        yield Diagnosis(
            problem("Das Geheimnis des Rechners liegt bei den Daten: Eine Kopie öffnet die Urnen."),
            problem("Setzen Sie NACHKLANG_SECRET_DIRECTORY auf einen Ordner außerhalb der Daten."),
            is_urgent=True,
        )
    backups = settings.backup_directory
    if backups.is_dir() and any(backups.rglob("*.key")):
        yield Diagnosis(
            problem("In den Sicherungen liegen Schlüssel: %(path)s", path=str(backups)),
            problem("Löschen Sie sie dort; die Kopien gehören in einen eigenen Ordner."),
            is_urgent=True,
        )
    live = {r.id for r in editions.all_editions(inst.database.read()) if r.counted is None}
    for place in (settings.keys, *places(settings.keys)):
        for key in place.glob("*.key") if place.is_dir() else ():
            if key.stem not in live:
                yield Diagnosis(
                    problem(
                        "Ein Schlüssel ist übrig, obwohl ausgezählt ist: %(path)s", path=str(key)
                    ),
                    problem(
                        "Führen Sie die Auszählung noch einmal aus, oder löschen Sie die Datei."
                    ),
                    is_urgent=True,
                )


def _permissions(inst: Installation) -> Iterator[Diagnosis]:
    settings = inst.settings
    paths = (
        settings.keys,
        settings.secret_directory,
        settings.secret_directory / HOST_SECRET,
        copies_beside(settings.backup_directory),
        settings.backup_directory,
    )
    for path in paths:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Diagnosis(
                problem("Andere Benutzer des Rechners kommen an %(path)s.", path=str(path)),
                problem("Führen Sie aus: chmod go= %(path)s", path=str(path)),
            )


def _space(inst: Installation) -> Iterator[Diagnosis]:
    for path in (inst.settings.data, inst.settings.backup_directory):
        free = free_bytes(path)
        if path.is_dir() and free < LEAST_FREE_BYTES:
            yield Diagnosis(
                problem(
                    "Auf der Platte von %(path)s sind nur noch %(megabytes)d MB frei.",
                    path=str(path),
                    megabytes=free // 1024**2,
                ),
                problem("Machen Sie Platz: Bei voller Platte nimmt der Dienst keine Antworten an."),
                is_urgent=True,
            )


def _writable(inst: Installation) -> Iterator[Diagnosis]:
    for path in (inst.settings.data, inst.settings.backup_directory):
        if path.is_dir() and not os.access(path, os.W_OK):
            yield Diagnosis(
                problem("In %(path)s lässt sich nichts schreiben.", path=str(path)),
                problem(
                    "Prüfen Sie die Platte und die Rechte des Ordners: Der Dienst nimmt keine Antworten an."
                ),
                is_urgent=True,
            )


def _clock(inst: Installation) -> Iterator[Diagnosis]:
    known = [text_to_moment(deed.at) for deed in deeds.all_deeds(inst.database.read())]
    latest = max((moment for moment in known if moment), default=None)
    if latest is not None and inst.clock() < latest - timedelta(minutes=5):
        yield Diagnosis(
            problem("Die Uhr geht falsch: Sie steht vor dem letzten Eintrag im Protokoll."),
            problem("Stellen Sie die Uhr des Rechners, am besten über NTP."),
            is_urgent=True,
        )


def _backups(inst: Installation) -> Iterator[Diagnosis]:
    found = backups_in(inst.settings.backup_directory)
    if not found or inst.clock() - found[-1][0] > BACKUP_OLD_AFTER:
        yield Diagnosis(
            problem("Es gibt keine Sicherung der letzten zwei Tage."),
            problem("Machen Sie eine Sicherung, am besten jede Nacht von selbst."),
        )


def _mail(inst: Installation) -> Iterator[Diagnosis]:
    smtp = inst.settings.smtp
    if smtp is None:
        return
    try:
        socket.create_connection((smtp.host, smtp.port), timeout=_MAIL_SECONDS).close()
    except OSError as error:
        yield Diagnosis(
            problem(
                "Der Mailserver %(host)s:%(port)d antwortet nicht: %(fault)s",
                host=smtp.host,
                port=smtp.port,
                fault=str(error),
            ),
            problem("Prüfen Sie NACHKLANG_SMTP_HOST und NACHKLANG_SMTP_PORT."),
        )


def leads_to_this_machine(inst: Installation) -> bool:
    """True if mails would leave with links that nobody else can open."""
    # Without a relay nobody gets a mail yet: then it is a trial on this machine.
    return (
        inst.settings.smtp is not None
        and urlsplit(inst.settings.base_url).hostname in _THIS_MACHINE
    )


def _links(inst: Installation) -> Iterator[Diagnosis]:
    address = inst.settings.base_url
    if leads_to_this_machine(inst):
        yield Diagnosis(
            problem(
                "Die Links in den Mails führen zu %(address)s: Nur dieser Rechner kann sie öffnen.",
                address=address,
            ),
            problem("Setzen Sie NACHKLANG_BASE_URL, bevor Sie einladen."),
            is_urgent=True,
        )


def _deeds(inst: Installation) -> Iterator[Diagnosis]:
    altered = deeds.first_altered(inst.database.read())
    if altered is not None:
        yield Diagnosis(
            problem("Im Protokoll der Taten ist Eintrag %(id)s verändert.", id=altered.id[:8]),
            problem("Klären Sie, wer an der Datenbank war; vergleichen Sie mit einer Sicherung."),
        )


def _published(inst: Installation) -> Iterator[Diagnosis]:
    for name, exposure in given_away(inst):
        question = f"{exposure.session}.{exposure.item}" if exposure.session else exposure.item
        yield Diagnosis(
            problem(
                "Was von „%(edition)s“ zur Frage „%(question)s“ veröffentlicht ist, verrät zusammen einzelne Personen.",
                edition=name,
                question=question,
            ),
            problem(
                "Verbreiten Sie diese Ergebnisse nicht weiter und fragen Sie die Stelle für Datenschutz."
            ),
            is_urgent=True,
        )


def _is_inside(path: Path, directory: Path) -> bool:
    return path.resolve().is_relative_to(directory.resolve())
