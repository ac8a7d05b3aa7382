"""The page about backups: how things stand, and making one now."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.keeping.backup import DATABASE, backups_in
from survey.ordering import do_ordered_backup
from survey.preparing import create_edition
from survey.storage import backup_orders
from survey.storage.connection import open_connection
from survey.storage.deeds import all_deeds
from survey.working import work_once
from tests.events import congress, network_call
from tests.people import StoppedClock, open_edition, store_edition
from tests.workplace import FOREIGN, OLGA, signed_in_client

if TYPE_CHECKING:
    from survey.errors import NachklangError, Problem
    from tests.workplace import Workplace

BACKUP = "/arbeit/einstellungen/sicherung"


def test_a_backup_is_made_proven_logged_and_shown(workplace: Workplace) -> None:
    open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    before = workplace.olga.get(BACKUP)
    troubles: list[NachklangError | Problem] = []
    assert "Es gibt noch keine Sicherung." in before.text()
    assert "Noch nicht kopiert ist der Schlüssel von: Kommunalkongress 2020." in before.text()

    done = workplace.olga.press(before, BACKUP, "Jetzt sichern")
    waiting = workplace.olga.get(BACKUP).text()
    work_once(workplace.inst, tell=troubles.append)

    after = workplace.olga.get(BACKUP).text()
    [(_, folder)] = backups_in(workplace.inst.settings.backup_directory)
    deed = all_deeds(workplace.inst.database.read())[-1]
    assert (done.status, done.location, troubles) == (303, BACKUP, [])
    assert "Es wird gesichert und geprüft." in waiting
    assert "Jetzt sichern" not in waiting
    assert "Jetzt sichern" in after
    assert "14. September 2020, 09:00 Uhr" in after
    assert "Aufgehoben ist 1 Sicherung." in after
    assert "Alle Schlüssel offener Befragungen sind kopiert." in after
    assert (deed.deed, deed.actor) == ("backup made", "olga")
    assert folder.name in deed.facts


def test_an_old_backup_is_said(workplace: Workplace, clock: StoppedClock) -> None:
    workplace.olga.press(workplace.olga.get(BACKUP), BACKUP, "Jetzt sichern")
    do_ordered_backup(workplace.inst)
    old = "Es gibt keine Sicherung der letzten zwei Tage."
    assert old not in workplace.olga.get(BACKUP).text()

    clock.pass_by(timedelta(days=3))

    assert old in signed_in_client(workplace.inst, OLGA).get(BACKUP).text()


def test_a_backup_that_fails_is_never_called_made(workplace: Workplace) -> None:
    page = workplace.olga.get(BACKUP)
    workplace.inst.settings.backup_directory.write_text("no folder", encoding="utf-8")

    workplace.olga.press(page, BACKUP, "Jetzt sichern")
    trouble = do_ordered_backup(workplace.inst)

    failed = workplace.olga.get(BACKUP)
    assert trouble is not None
    assert "Die Sicherung ist am System gescheitert" in failed.text()
    assert [d.deed for d in all_deeds(workplace.inst.database.read())] == ["backup ordered"]
    workplace.inst.settings.backup_directory.unlink()
    assert do_ordered_backup(workplace.inst) is None
    assert backups_in(workplace.inst.settings.backup_directory) == ()
    workplace.olga.press(failed, BACKUP, "Jetzt sichern")
    do_ordered_backup(workplace.inst)
    assert len(backups_in(workplace.inst.settings.backup_directory)) == 1
    assert "gescheitert" not in workplace.olga.get(BACKUP).text()


def test_a_backup_does_not_hold_the_wish_for_it(workplace: Workplace) -> None:
    workplace.olga.press(workplace.olga.get(BACKUP), BACKUP, "Jetzt sichern")

    do_ordered_backup(workplace.inst)

    [(_, folder)] = backups_in(workplace.inst.settings.backup_directory)
    with closing(open_connection(folder / DATABASE)) as copy:
        assert backup_orders.find(copy) is None


def test_other_organisations_learn_nothing_of_the_machine(workplace: Workplace) -> None:
    open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    form = {k: v[0] for k, v in workplace.frieda.get("/arbeit/einstellungen/name").fields().items()}
    assert "Jetzt sichern" in workplace.olga.get(BACKUP).text()

    page = workplace.frieda.get(BACKUP)
    refused = workplace.frieda.post(BACKUP, form)

    assert "Kommunalkongress" not in page.text()
    assert str(workplace.inst.settings.data.parent) not in page.html
    assert "Jetzt sichern" not in page.text()
    assert refused.status == 403
    assert backups_in(workplace.inst.settings.backup_directory) == ()


def test_each_organisation_hears_of_its_own_keys(workplace: Workplace) -> None:
    record = create_edition(workplace.inst, network_call(), owner=FOREIGN.id)
    open_edition(workplace.inst, record, invited=21)

    assert "Videokonferenz" in workplace.frieda.get(BACKUP).text()
    assert "Videokonferenz" not in workplace.olga.get(BACKUP).text()


def test_only_organisers_see_it(workplace: Workplace) -> None:
    assert workplace.olga.get(BACKUP).status == 200

    assert workplace.paul.get(BACKUP).status == 404
    assert workplace.stranger.get(BACKUP).status == 303
    assert workplace.olga.request("PUT", BACKUP).status == 405
