"""The start page of the workplace: what needs a person today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.inviting import invite
from survey.keeping.backup import make_backup
from survey.model.invitation import Campaign
from survey.model.schedule import Act
from survey.preparing import find_edition
from survey.scheduling import release, schedule_of, switch_off
from survey.sending import send_mails
from survey.storage import campaigns
from survey.today import OVERDUE
from tests.accessibility.rules import text
from tests.events import congress
from tests.mail.relay import relay
from tests.people import open_edition, store_edition
from tests.workplace import OLGA, signed_in_client

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace


@pytest.fixture
def house(furnished: None, workplace: Workplace) -> Workplace:  # noqa: ARG001 -- what they find
    """Editions in three states, and people to look at them."""
    return workplace


def headings(page: Page) -> list[str]:
    return ["".join(e.itertext()) for e in page.markup.all("h2", "h3")]


def test_editions_stand_by_state_and_open_ones_first(house: Workplace, inst: Installation) -> None:
    make_backup(inst)

    page = house.olga.get("/arbeit")

    assert headings(page) == [
        "Das braucht Sie",
        "Offen",
        "Kommunalkongress 2020",
        "In Vorbereitung",
        "Zweite Videokonferenz IKONE DS",
        "Die nächsten Termine",
        "Ausgezählt",
        "Kommunalkongress 2019",
    ]
    assert "noch 14 Tage, bis 28. September 2020, 18:00 Uhr" in page.text()
    assert "12 Rückmeldungen von 15 Eingeladenen" in page.text()


def test_while_open_the_number_of_answers_is_rounded_down(house: Workplace) -> None:
    # Eight of eighteen have answered.
    shown = house.olga.get("/arbeit").text()

    assert "5 Rückmeldungen oder etwas mehr von 18 Eingeladenen (mindestens 27 Prozent)" in shown


def test_a_key_without_a_copy_is_said_until_there_is_a_backup(
    house: Workplace, inst: Installation
) -> None:
    assert "Vom Schlüssel dieser Ausgabe gibt es keine Kopie." in house.olga.get("/arbeit").text()

    make_backup(inst)

    assert "Vom Schlüssel" not in house.olga.get("/arbeit").text()


def test_paused_sending_is_said_with_the_way_to_it(
    house: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    assert "angehalten" not in house.olga.get("/arbeit").text()

    def pause(connection: object) -> None:
        found = connection.execute(  # type: ignore[attr-defined]
            "SELECT id FROM edition WHERE name = 'kk2020'"
        ).fetchone()["id"]
        campaigns.start(connection, found, kind=Campaign.INVITATION, started=clock())  # type: ignore[arg-type]
        campaigns.pause(connection, found, kind=Campaign.INVITATION)  # type: ignore[arg-type]

    inst.database.write(pause)
    page = house.olga.get("/arbeit")

    assert "Kommunalkongress 2020: Der Versand ist angehalten." in page.text()
    assert "/arbeit/ausgaben/kk2020/versand" in [a.get("href") for a in page.markup.all("a")]


def dates(page: Page) -> list[str]:
    lists = [e for e in page.markup.all("ol") if e.get("class") == "timeline"]
    return [text(item) for found in lists for item in found.iter() if item.tag == "li"]


def test_the_next_dates_of_all_editions_are_told_in_their_order(house: Workplace) -> None:
    ikone, congress_of_2020 = "„Zweite Videokonferenz IKONE DS“", "„Kommunalkongress 2020“"
    first, second = "21. September 2020, 09:00 Uhr", "26. September 2020, 09:00 Uhr"

    assert dates(house.olga.get("/arbeit")) == [
        f"{first}Erste Erinnerung noch nicht freigegeben Zeitplan von {ikone}",
        f"{first}Erste Erinnerung noch nicht freigegeben Zeitplan von {congress_of_2020}",
        f"{second}Zweite Erinnerung noch nicht freigegeben Zeitplan von {ikone}",
        f"{second}Zweite Erinnerung noch nicht freigegeben Zeitplan von {congress_of_2020}",
        f"28. September 2020, 18:00 UhrEnde der Befragung Zeitplan von {ikone}",
    ]


def test_no_date_of_a_released_schedule_waits_and_one_switched_off_is_left_out(
    house: Workplace, inst: Installation
) -> None:
    record = find_edition(inst, "kk2020")
    release(inst, record)
    switch_off(inst, record, Act.REMINDER_2)

    shown = [date for date in dates(house.olga.get("/arbeit")) if "Kommunalkongress" in date]

    assert shown == [
        "21. September 2020, 09:00 UhrErste Erinnerung Zeitplan von „Kommunalkongress 2020“",
        "28. September 2020, 18:00 UhrEnde der Befragung Zeitplan von „Kommunalkongress 2020“",
    ]


def test_an_invitation_that_did_not_leave_is_said_with_the_way_to_sending(
    house: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    del house
    due = schedule_of(inst, find_edition(inst, "ikone2")).entry(Act.INVITATION).moment
    said = "Zweite Videokonferenz IKONE DS: Die Einladung war für den 9. September 2020, 17:00 Uhr vorgesehen"
    clock.set(due + OVERDUE - timedelta(seconds=1))
    assert said not in signed_in_client(inst, OLGA).get("/arbeit").text()

    clock.set(due + OVERDUE)

    assert said in signed_in_client(inst, OLGA).get("/arbeit").text()


def test_a_mail_server_that_is_away_is_said_until_it_takes_mails_again(
    house: Workplace, inst: Installation
) -> None:
    del house
    said = "Der Mailserver ist nicht erreichbar. Alle Mails warten."
    with relay() as server:
        smtp = server.smtp()
    away = replace(inst, settings=replace(inst.settings, smtp=smtp))
    invite(inst, "ikone2")
    standing = "/arbeit/ausgaben/ikone2/versand/stand"
    assert said not in signed_in_client(inst, OLGA).get("/arbeit").text()
    assert "Der Versand läuft." in signed_in_client(inst, OLGA).get(standing).text()

    send_mails(away, progress=lambda _done, _of: None)

    assert said in signed_in_client(inst, OLGA).get("/arbeit").text()
    assert said in signed_in_client(inst, OLGA).get(standing).text()
    assert "Der Versand läuft." not in signed_in_client(inst, OLGA).get(standing).text()
    with relay() as server:
        back = replace(inst, settings=replace(inst.settings, smtp=server.smtp()))
        assert send_mails(back, progress=lambda _done, _of: None).sent == 3
    assert said not in signed_in_client(inst, OLGA).get("/arbeit").text()


def test_a_planner_sees_editions_and_no_troubles(house: Workplace) -> None:
    page = house.paul.get("/arbeit")

    assert "Das braucht Sie" not in page.text()
    assert "Neue Ausgabe anlegen" not in page.text()
    assert "Kommunalkongress 2019" in page.text()
    assert len(dates(page)) == 5
    assert "/versand" not in page.html


def test_another_organisation_sees_nothing_of_it(house: Workplace) -> None:
    page = house.frieda.get("/arbeit")

    assert headings(page) == []
    assert dates(page) == []
    assert "Noch gibt es keine Ausgabe" in page.text()


def test_an_edition_on_its_last_day_says_so(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    assert workplace.olga.get("/arbeit").status == 200
    record = open_edition(inst, store_edition(inst, congress()))
    assert record.closes is not None
    clock.set(record.closes - timedelta(hours=1))

    page = signed_in_client(inst, OLGA).get("/arbeit")

    assert "heute letzter Tag, bis 28. September 2020, 18:00 Uhr" in page.text()
