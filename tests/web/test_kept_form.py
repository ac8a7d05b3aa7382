"""The form as it is kept: found without drawing, and never where the ordinary way would say something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bench.open_congress import congress_of_25_questions
from survey import collecting, fresh_links
from survey.application import make_application
from survey.housekeeping import change_profile, profile_of, remove_logo, set_logo
from survey.language.wording import LANGUAGES
from survey.model.answering import read_response
from survey.model.invitation import Campaign
from survey.model.workplace import MAIN_ORGANISATION
from survey.rendering import TEMPLATES
from survey.storage import editions, participants
from survey.web.kept_pages import OFTEN
from survey.web.page_guards import guard_headers
from survey.web.participant.kept_form import KeptForms
from survey.web.style import read_style
from tests.accessibility.client import HOST
from tests.events import DEADLINE, congress
from tests.people import add_link, add_person, open_edition, store_edition, stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock

BR = {"Accept-Encoding": "gzip, deflate, br"}
ORDINARY = 418
"""What stands for the ordinary way here."""


@pytest.fixture
def application(inst: Installation) -> Starlette:
    return make_application(inst)


@pytest.fixture
def client(application: Starlette) -> TestClient:
    return TestClient(application, base_url=HOST, follow_redirects=False)


@pytest.fixture
def door(inst: Installation, application: Starlette) -> TestClient:
    """The kept forms of the application alone: whatever they pass on gets another reply."""
    ordinary: ASGIApp = PlainTextResponse("ordinary", ORDINARY)
    headers = dict(guard_headers(read_style(TEMPLATES), base_url=inst.settings.base_url))
    kept = KeptForms(ordinary, site=application.state.site, headers=headers, but_not=())
    return TestClient(kept, base_url=HOST, follow_redirects=False)


def status(door: TestClient, person: Invited, query: str = "") -> int:
    return door.get(f"/f/{person.token}{query}", headers=BR).status_code


def ordinarily(client: TestClient, person: Invited, language: str) -> tuple[str, dict[str, str]]:
    """The form by an address that the kept forms do not know."""
    reply = client.get(f"/f/{person.token}?sprache={language}&", headers=BR)
    return reply.text, dict(sorted(reply.headers.items()))


def change_edition(inst: Installation, title: str) -> None:
    record = stored_record(inst, "kk2020")
    changed = replace(record.edition, title=title)
    inst.database.write(lambda c: editions.update_definition(c, record.id, changed))


def choose_colour(inst: Installation, colour: str) -> None:
    revision = profile_of(inst, MAIN_ORGANISATION).revision
    change_profile(inst, MAIN_ORGANISATION, lambda p: replace(p, accent=colour), revision=revision)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dressed", [False, True], ids=["plain", "dressed"])
def test_the_kept_reply_is_the_ordinary_one_to_the_last_byte_and_header(
    inst: Installation,
    client: TestClient,
    door: TestClient,
    anna: Invited,
    *,
    language: str,
    dressed: bool,
) -> None:
    if dressed:
        choose_colour(inst, "#7a0019")
        set_logo(inst, MAIN_ORGANISATION, b"x", kind="png", size=(200, 100), alternative="Wappen")
    ordinary = ordinarily(client, anna, language)

    kept = door.get(f"/f/{anna.token}?sprache={language}", headers=BR)

    assert (kept.status_code, kept.headers["content-encoding"]) == (200, "br")
    assert (kept.text, dict(sorted(kept.headers.items()))) == ordinary


@pytest.mark.parametrize(
    ("takes", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)]
)
def test_everybody_gets_the_page_as_they_take_it(
    client: TestClient, door: TestClient, anna: Invited, takes: str, encoding: str | None
) -> None:
    page = client.get(f"/f/{anna.token}").text

    replies = [door.get(f"/f/{anna.token}", headers={"Accept-Encoding": takes}) for _ in range(2)]

    assert [(r.status_code, r.headers.get("content-encoding")) for r in replies] == [
        (200, encoding)
    ] * 2
    assert [r.text for r in replies] == [page] * 2


def test_people_with_the_same_sessions_share_a_page_and_others_do_not(
    inst: Installation,
    client: TestClient,
    door: TestClient,
    anna: Invited,
    *,
    bernd: Invited,
    open_congress: EditionRecord,
) -> None:
    same = add_person(inst, open_congress, "Dora Decker", sessions=("ws03", "ws01"))
    assert client.get(f"/f/{anna.token}").status_code == 200

    assert [status(door, person) for person in (anna, same, bernd)] == [200, 200, ORDINARY]


def answered(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del clock
    form = collecting.open_form(inst, anna.token).form
    collecting.submit(inst, anna.token, read_response(form, {"overall": ("good",)}))


def withdrawn(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del clock
    inst.database.write(lambda c: participants.set_withdrawn(c, anna.participant.edition, anna.id))


def deleted(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del clock
    inst.database.write(lambda c: participants.delete(c, anna.participant.edition, anna.id))


def closed(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del anna
    clock.set(stored_record(inst, "kk2020").edition.deadline)


def closed_and_the_clock_put_back(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    closes = stored_record(inst, "kk2020").edition.deadline
    inst.database.write(lambda c: editions.set_passed(c, anna.participant.edition, closes))
    del clock


def being_counted(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    inst.database.write(lambda c: editions.start_count(c, anna.participant.edition, clock()))


def without_key(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del clock
    (inst.settings.keys / f"{anna.participant.edition}.key").unlink()


def with_destroyed_key(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    inst.keys.destroy(anna.participant.edition, clock())


def without_host_secret(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del anna, clock
    (inst.settings.secret_directory / "host.secret").unlink()


def without_database(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del anna, clock
    inst.database.close()
    inst.settings.database.unlink()


def renamed(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del clock
    sql = "UPDATE edition SET name = 'kk2021' WHERE id = :edition"
    inst.database.write(lambda c: c.execute(sql, {"edition": anna.participant.edition}))


def retitled(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del anna, clock
    change_edition(inst, "Ein anderer Titel")


def extended(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    later = stored_record(inst, "kk2020").edition.deadline + timedelta(days=1)
    inst.database.write(lambda c: editions.set_closes(c, anna.participant.edition, later))
    del clock


def coloured(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del anna, clock
    choose_colour(inst, "#7a0019")


def with_a_picture(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del anna, clock
    set_logo(inst, MAIN_ORGANISATION, b"x", kind="png", size=(9, 9), alternative="Wappen")


def booked_otherwise(inst: Installation, anna: Invited, clock: StoppedClock) -> None:
    del clock
    sql = "UPDATE booking SET session = 'ws02' WHERE session = 'ws01' AND participant = :id"
    inst.database.write(lambda c: c.execute(sql, {"id": anna.id}))


@pytest.mark.parametrize(
    "change",
    [
        answered,
        withdrawn,
        deleted,
        closed,
        closed_and_the_clock_put_back,
        being_counted,
        without_key,
        with_destroyed_key,
        without_host_secret,
        without_database,
        renamed,
        retitled,
        extended,
        coloured,
        with_a_picture,
        booked_otherwise,
    ],
)
def test_whatever_changes_is_met_on_the_ordinary_way(
    inst: Installation,
    client: TestClient,
    door: TestClient,
    anna: Invited,
    *,
    clock: StoppedClock,
    change: Callable[[Installation, Invited, StoppedClock], None],
) -> None:
    assert client.get(f"/f/{anna.token}").status_code == 200
    assert status(door, anna) == 200

    change(inst, anna, clock)

    assert status(door, anna) == ORDINARY


@pytest.mark.parametrize("change", [retitled, extended, coloured, with_a_picture, booked_otherwise])
def test_a_changed_form_is_drawn_anew_and_kept_again(
    inst: Installation,
    client: TestClient,
    door: TestClient,
    anna: Invited,
    *,
    clock: StoppedClock,
    change: Callable[[Installation, Invited, StoppedClock], None],
) -> None:
    before = client.get(f"/f/{anna.token}").text
    change(inst, anna, clock)

    drawn = client.get(f"/f/{anna.token}").text
    kept = door.get(f"/f/{anna.token}", headers=BR)

    assert drawn != before
    assert (kept.status_code, kept.text) == (200, drawn)


def test_a_picture_that_was_taken_away_brings_the_first_page_back(
    inst: Installation, client: TestClient, door: TestClient, anna: Invited, clock: StoppedClock
) -> None:
    before = client.get(f"/f/{anna.token}").text
    with_a_picture(inst, anna, clock)
    assert client.get(f"/f/{anna.token}").text != before

    remove_logo(inst, MAIN_ORGANISATION)

    assert door.get(f"/f/{anna.token}", headers=BR).text == before


def test_a_key_that_comes_back_opens_the_kept_form_again(
    inst: Installation, client: TestClient, door: TestClient, anna: Invited
) -> None:
    assert client.get(f"/f/{anna.token}").status_code == 200
    key = inst.settings.keys / f"{anna.participant.edition}.key"
    wrapped = key.read_bytes()
    key.unlink()
    assert status(door, anna) == ORDINARY

    key.write_bytes(wrapped)

    assert status(door, anna) == 200


def test_another_edition_under_the_name_of_one_that_is_gone_is_found(
    inst: Installation,
    client: TestClient,
    door: TestClient,
    anna: Invited,
    clock: StoppedClock,
) -> None:
    assert client.get(f"/f/{anna.token}").status_code == 200
    renamed(inst, anna, clock)
    later = add_person(inst, open_edition(inst, store_edition(inst, congress())), "Emil Ernst")
    assert client.get(f"/f/{later.token}").status_code == 200

    assert [status(door, person) for person in (later, anna)] == [200, ORDINARY]


def test_nothing_else_is_replied_to(client: TestClient, door: TestClient, anna: Invited) -> None:
    path = f"/f/{anna.token}"
    assert client.get(path).status_code == 200
    others = [
        *(("GET", other) for other in ("/f/", "/f/x", "/f/kk2020.x.y", f"{path}/danke")),
        *(("GET", other) for other in (f"{path}x", f"{path}/", f"/o/{anna.token}", f"/{path}")),
        *(("GET", path + query) for query in ("?sprache=fr", "?sprache=en&x=1", "?x", "?sprache=")),
        *((method, path) for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS")),
    ]

    replies = {other: door.request(*other).status_code for other in others}

    assert replies == dict.fromkeys(others, ORDINARY)
    assert door.get(path).status_code == 200


def test_any_link_of_a_person_shows_the_kept_form(
    inst: Installation,
    client: TestClient,
    door: TestClient,
    anna: Invited,
    open_congress: EditionRecord,
) -> None:
    again = add_link(inst, open_congress, anna.participant, Campaign.REMINDER_1)
    assert client.get(f"/f/{anna.token}").status_code == 200

    assert status(door, again) == 200


def test_an_application_with_pages_of_its_own_shows_those(
    inst: Installation, anna: Invited
) -> None:
    def own(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.path_params["token"])

    plain = make_application(inst)
    assert TestClient(plain, base_url=HOST).get(f"/f/{anna.token}").text != anna.token

    with_own = make_application(inst, more_routes=[Route("/f/{token}", own)])

    client = TestClient(with_own, base_url=HOST)
    assert [client.get(f"/f/{anna.token}").text for _ in range(2)] == [anna.token] * 2


def test_what_is_remembered_of_forms_is_bounded(
    inst: Installation,
    client: TestClient,
    application: Starlette,
    anna: Invited,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fresh_links, "MOST_REMEMBERED", 3)
    site = application.state.site

    for number in range(8):
        change_edition(inst, f"Titel {number}")
        assert client.get(f"/f/{anna.token}").status_code == 200

    assert len(site.fresh_links._forms) <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_25_questions_with_its_sheet_fits_into_six_kibibytes(
    inst: Installation, language: str
) -> None:
    record = open_edition(inst, store_edition(inst, congress_of_25_questions(DEADLINE)))
    person = add_person(inst, record, "Anna Albrecht", sessions=("ws01", "ws07"))
    client = TestClient(make_application(inst), base_url=HOST)
    path = f"/f/{person.token}?sprache={language}"

    page = [client.get(path, headers=BR) for _ in range(OFTEN + 1)][-1]

    opened = collecting.open_form(inst, person.token)
    assert (len(opened.form.questions()), page.headers["content-encoding"]) == (25, "br")
    assert "<style>" in page.text
    assert int(page.headers["content-length"]) <= 6 * 1024
