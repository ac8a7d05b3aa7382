from __future__ import annotations

import socket
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.keeping.backup import make_backup
from survey.keeping.doctor import examine
from survey.keeping.upgrade import upgrade
from survey.model.published_table import PublishedTable
from survey.reporting.publication_log import earlier_key
from survey.settings import Smtp
from survey.storage import published_groups
from survey.storage.deeds import write_deed
from survey.urn.keys import HOST_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.event import EditionRecord


def _said(inst: Installation) -> list[str]:
    return [d.what.key % d.what.values() for d in examine(inst)]


def test_a_healthy_installation_has_nothing(
    inst: Installation, open_congress: EditionRecord
) -> None:
    make_backup(inst)

    assert (_said(inst), open_congress.name) == ([], "kk2020")


def test_every_diagnosis_names_a_cure(inst: Installation) -> None:
    diagnoses = examine(inst)

    assert [d.what.key for d in diagnoses] == ["Es gibt keine Sicherung der letzten zwei Tage."]
    assert all(d.cure.key % d.cure.values() for d in diagnoses)


def _lose_key(inst: Installation, record: EditionRecord) -> str:
    (inst.settings.keys / f"{record.id}.key").unlink()
    return (
        "Der Schlüssel der Ausgabe „kk2020“ fehlt oder passt nicht. Holen Sie ihn aus der "
        "Sicherung der Schlüssel zurück. Bis dahin nimmt das Formular keine Antworten an."
    )


def _copy_key_into_backups(inst: Installation, record: EditionRecord) -> str:
    key = inst.settings.keys / f"{record.id}.key"
    (inst.settings.backup_directory / key.name).write_bytes(key.read_bytes())
    return f"In den Sicherungen liegen Schlüssel: {inst.settings.backup_directory}"


def _leave_key(inst: Installation, _record: EditionRecord) -> str:
    key = inst.settings.keys / "0123456789abcdef.key"
    key.write_bytes(b"left")
    return f"Ein Schlüssel ist übrig, obwohl ausgezählt ist: {key}"


def _open_permissions(inst: Installation, _record: EditionRecord) -> str:
    path = inst.settings.secret_directory / HOST_SECRET
    path.chmod(0o644)
    return f"Andere Benutzer des Rechners kommen an {path}."


def _write_a_deed_of_tomorrow(inst: Installation, _record: EditionRecord) -> str:
    at = inst.clock() + timedelta(days=1)
    inst.database.write(lambda c: write_deed(c, "something", at=at, edition=""))
    return "Die Uhr geht falsch: Sie steht vor dem letzten Eintrag im Protokoll."


def _alter_a_deed(inst: Installation, _record: EditionRecord) -> str:
    inst.database.write(lambda c: write_deed(c, "something", at=inst.clock(), edition=""))
    inst.database.write(lambda c: c.execute("UPDATE deed SET deed = 'else' WHERE deed <> 'x'"))
    return "Im Protokoll der Taten ist Eintrag 00000001 verändert."


@pytest.mark.parametrize(
    "make_ill",
    [
        _lose_key,
        _copy_key_into_backups,
        _leave_key,
        _open_permissions,
        _write_a_deed_of_tomorrow,
        _alter_a_deed,
    ],
    ids=lambda make_ill: make_ill.__name__.strip("_"),
)
def test_an_ill_installation_is_told_what_it_has(
    inst: Installation,
    open_congress: EditionRecord,
    make_ill: Callable[[Installation, EditionRecord], str],
) -> None:
    make_backup(inst)

    expected = make_ill(inst, open_congress)

    assert _said(inst) == [expected]


@pytest.mark.proves("U44")
def test_secrets_beside_the_data_are_told(inst: Installation) -> None:
    make_backup(inst)
    inside = replace(inst.settings, secret_directory=inst.settings.data / "secret")

    assert _said(replace(inst, settings=inside)) == [
        "Das Geheimnis des Rechners liegt bei den Daten: Eine Kopie öffnet die Urnen."
    ]


@pytest.mark.proves("U44")
def test_backups_around_the_keys_are_told(inst: Installation) -> None:
    make_backup(inst)
    around = replace(inst.settings, backup_directory=inst.settings.data.parent)

    assert _said(replace(inst, settings=around))[:2] == [
        "Die Schlüssel liegen im Ordner der Sicherungen.",
        "Das Geheimnis des Rechners liegt in den Sicherungen.",
    ]


def test_a_relay_that_does_not_answer_is_told(inst: Installation) -> None:
    make_backup(inst)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    relay = Smtp("127.0.0.1", port, "none", "", "")

    said = _said(replace(inst, settings=replace(inst.settings, smtp=relay)))

    assert said == [
        f"Der Mailserver 127.0.0.1:{port} antwortet nicht: [Errno 111] Connection refused"
    ]


def test_links_that_lead_to_this_machine_are_told_once_mails_leave_it(inst: Installation) -> None:
    make_backup(inst)
    here = replace(inst.settings, base_url="http://localhost:8000")
    with socket.create_server(("127.0.0.1", 0)) as relay:
        smtp = Smtp("127.0.0.1", relay.getsockname()[1], "none", "", "")

        said = [_said(replace(inst, settings=replace(here, smtp=door))) for door in (None, smtp)]

    told = "Die Links in den Mails führen zu http://localhost:8000: Nur dieser Rechner kann sie öffnen."
    assert said == [[], [told]]


def test_a_damaged_database_is_told(inst: Installation) -> None:
    make_backup(inst)
    inst.database.close()
    path = Path(inst.settings.database)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 200] = bytes(200)
    path.write_bytes(content)

    assert examine(inst)[0].what.key == "Die Datenbank ist beschädigt: %(fault)s"


def test_an_upgrade_keeps_a_backup_and_examines(inst: Installation) -> None:
    upgraded = upgrade(inst)

    assert (upgraded.backup.is_dir(), upgraded.migrations, upgraded.diagnoses) == (True, (), ())


def test_what_was_published_is_subtracted_again(
    inst: Installation, open_congress: EditionRecord
) -> None:
    make_backup(inst)
    before, after = (PublishedTable("", "", "overall", n, (0, n)) for n in (14, 15))
    earlier = earlier_key("1" * 16, "Kongress: die Reihe", date(2017, 5, 4))

    def put(key: str, table: PublishedTable) -> None:
        inst.database.write(lambda c: published_groups.insert(c, key, [table], at=inst.clock()))

    put(open_congress.id, before)
    put(earlier, before)
    harmless = _said(inst)
    put(earlier, after)

    assert harmless == []
    (said,) = _said(inst)
    assert said.startswith("Was von „2017-05-04 Kongress: die Reihe“ zur Frage „overall“")
