from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.installation import Installation
from survey.model.event import GRACE
from survey.storage.connection import Database
from tests.accessibility.client import AccessibleClient
from tests.events import DEADLINE, congress, network_call
from tests.people import StoppedClock, add_person, store_edition

if TYPE_CHECKING:
    from pathlib import Path

    from survey.model.event import EditionRecord
    from tests.people import Invited

SENT = {"overall": "good", "_action": "submit"}


def test_a_form_that_opens_later_says_so(client: AccessibleClient, inst: Installation) -> None:
    planned = store_edition(inst, network_call())
    early = add_person(inst, planned, "Emil Early")

    page = client.get(f"/f/{early.token}")

    assert (page.status, page.heading) == (403, "Die Befragung hat noch nicht begonnen")
    assert "ikone-fragen@example.org" in page.text()


@pytest.mark.proves("A63")
@pytest.mark.proves("S14")
def test_a_closed_form_says_since_when(
    client: AccessibleClient, clock: StoppedClock, anna: Invited
) -> None:
    clock.set(DEADLINE)

    page = client.get(f"/f/{anna.token}")

    assert (page.status, page.heading) == (410, "Die Befragung ist geschlossen")
    assert "28. September 2020, 18:00 Uhr" in page.text()


@pytest.mark.proves("S14", "U17")
@pytest.mark.parametrize(
    ("after", "status"),
    [(GRACE - timedelta(seconds=1), 303), (GRACE, 410)],
    ids=["grace", "after"],
)
def test_a_form_opened_in_time_can_be_sent_for_an_hour(
    client: AccessibleClient, clock: StoppedClock, anna: Invited, after: timedelta, status: int
) -> None:
    clock.set(DEADLINE + after)

    assert client.post(f"/f/{anna.token}", SENT).status == status


def test_thanks_are_said_after_the_deadline_too(
    client: AccessibleClient, clock: StoppedClock, anna: Invited
) -> None:
    clock.set(DEADLINE + timedelta(minutes=1))

    sent = client.post(f"/f/{anna.token}", SENT)

    thanks = client.get(sent.location)
    taken_back = client.post(f"/f/{anna.token}/zurueck", {})
    assert thanks.heading == "Vielen Dank!"
    assert "Antworten ändern" not in thanks.text()
    assert "Sie können sie bis" not in thanks.text()
    assert taken_back.heading == "Ihre Antworten sind gelöscht"
    assert "neu antworten" not in taken_back.text()


@pytest.mark.proves("A63")
@pytest.mark.parametrize("damage", ["x", "cut", "other"])
def test_a_forged_link_is_a_friendly_page(
    client: AccessibleClient, anna: Invited, damage: str
) -> None:
    token = {"x": anna.token + "x", "cut": anna.token[:-3], "other": "kk2020.AAAA.BBBB"}[damage]

    page = client.get(f"/f/{token}")

    assert (page.status, page.heading) == (404, "Dieser Link stimmt nicht")
    assert 'href="/link"' in page.html


@pytest.mark.proves("A63")
def test_a_genuine_link_whose_data_are_deleted_says_so(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    token = inst.links.personal_token("long-gone", anna.secret)

    page = client.get(f"/f/{token}")

    assert (page.status, page.heading) == (410, "Diese Befragung ist beendet")


def test_errors_speak_the_language_asked_for(client: AccessibleClient) -> None:
    assert client.get("/f/x?sprache=en").heading == "This link is not right"


def test_errors_of_a_sent_page_speak_its_language(
    client: AccessibleClient, clock: StoppedClock, anna: Invited
) -> None:
    english = client.press(client.get(f"/f/{anna.token}"), f"/f/{anna.token}", "English")
    clock.set(DEADLINE + GRACE)

    late = client.press(english, f"/f/{anna.token}", "Review answers")

    assert (late.status, late.heading) == (410, "The survey is closed")


@pytest.mark.proves("S28")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nirgends", 404),
        ("GET", "/link/", 404),
        ("GET", "/hilfe/nirgends", 404),
        ("DELETE", "/link", 405),
        ("POST", "/barrierefreiheit", 405),
        ("PUT", "/f/x", 405),
    ],
)
def test_wrong_addresses_and_methods_are_pages(
    client: AccessibleClient, method: str, path: str, status: int
) -> None:
    assert client.request(method, path).status == status


@pytest.mark.proves("S45", "U8")
def test_an_answer_that_cannot_be_stored_stays_in_the_page(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    # A file in the witnesses' place: no transaction on the urn can be witnessed, so none is committed.
    shutil.rmtree(inst.settings.witnesses)
    inst.settings.witnesses.write_text("")
    typed = {"overall": "good", "change": "Bitte behalten"}

    failed = client.post(f"/f/{anna.token}", typed | {"_action": "submit"})
    inst.settings.witnesses.unlink()
    inst.settings.witnesses.mkdir()
    again = client.press(failed, f"/f/{anna.token}", "Noch einmal absenden")

    assert (failed.status, failed.headers["retry-after"]) == (503, "60")
    assert failed.heading == "Ihre Antworten sind noch nicht gespeichert"
    assert "Bitte behalten" in failed.text()
    assert again.status == 303


@pytest.mark.proves("S45")
def test_without_a_database_everything_typed_stays_in_the_page(
    inst: Installation, anna: Invited, tmp_path: Path
) -> None:
    away = Installation(
        settings=inst.settings,
        database=Database(tmp_path / "away" / "gone.db"),
        links=inst.links,
        keys=inst.keys,
        clock=inst.clock,
        random_bytes=inst.random_bytes,
        cookies=inst.cookies,
    )
    client = AccessibleClient(make_application(away))
    typed = {"overall": "good", "change": "Bitte behalten", "_action": "submit"}

    failed = client.post(f"/f/{anna.token}", typed)
    looked = client.get(f"/f/{anna.token}")

    assert failed.status == 503
    assert {n: v for n, (v,) in failed.fields().items()} == typed | {"_spoken": "de"}
    assert client.press(failed, f"/f/{anna.token}", "English").text().count("Bitte behalten") == 1
    assert "Bitte behalten" in failed.text()
    assert (looked.status, looked.heading) == (503, "Das geht gerade nicht")


@pytest.mark.proves("U15")
def test_a_lost_key_takes_no_answers(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    (inst.settings.keys / f"{open_congress.id}.key").unlink()

    assert client.get(f"/f/{anna.token}").status == 503
    assert client.post(f"/f/{anna.token}", SENT).status == 503


def test_a_deleted_person_is_not_told_that_the_survey_is_over_while_it_runs(
    client: AccessibleClient,
    inst: Installation,
    clock: StoppedClock,
    anna: Invited,
    open_congress: EditionRecord,
) -> None:
    inst.database.write(
        lambda connection: connection.execute(
            "DELETE FROM link WHERE edition = :edition", {"edition": open_congress.id}
        )
    )

    during = client.get(f"/f/{anna.token}")
    clock.set(DEADLINE + GRACE)
    after = client.get(f"/f/{anna.token}")

    assert (during.status, during.heading) == (410, "Dieser Link gilt nicht mehr")
    assert "fragen@example.org" in during.text()
    assert (after.status, after.heading) == (410, "Diese Befragung ist beendet")


def test_two_editions_do_not_mix(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    store_edition(inst, congress("kk2021"))
    token = inst.links.personal_token("kk2021", anna.secret)

    assert client.get(f"/f/{token}").status == 410
