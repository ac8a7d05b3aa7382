"""The demonstration, with one of its events: what it builds, and that its start page leads to everything."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from survey import working
from survey.application import make_application
from survey.comparing.series import all_series
from survey.demonstration import worker
from survey.demonstration.__main__ import main
from survey.demonstration.building import build
from survey.demonstration.examples import edition_of
from survey.demonstration.planners import plan
from survey.demonstration.planning_story import DECISIONS, THEMES, TOPICS
from survey.demonstration.staff import EMPLOYEES, PASSWORD
from survey.demonstration.start_page import demonstration_routes
from survey.demonstration.story import CLOSED_NAME, EVENTS, OPEN_NAME
from survey.demonstration.worker import at_work
from survey.editing import people_of
from survey.factors import is_password_right
from survey.installation import make_installation
from survey.keeping.founding import found
from survey.model.event import EditionState
from survey.model.workplace import MAIN_ORGANISATION
from survey.planning.subjects import subjects_of
from survey.preparing import create_edition, find_edition
from survey.proving import ask_for_new_password
from survey.publishing import plan_page, withdraw_page
from survey.rehearsal.people import MADE_UP_TEXTS
from survey.settings import read_settings
from survey.signing_in import signed_in
from survey.storage.deeds import all_deeds
from tests.accessibility.client import AccessibleClient
from tests.exports.pdf_checks import assert_accessible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.installation import Installation

CALL = next(e for e in EVENTS if e.name == "ikone-2")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation in which one call has been played and one congress left open."""
    settings = read_settings({}, data=tmp_path_factory.mktemp("demonstration") / "data")
    found(settings)
    inst = make_installation(settings)
    build(inst, settings.data / "mails", progress=lambda *_: None, events=[CALL])
    yield inst
    inst.database.close()


@pytest.fixture
def visitor(built: Installation) -> AccessibleClient:
    """A browser at the demonstration's pages."""
    return AccessibleClient(make_application(built, more_routes=demonstration_routes()))


def test_a_played_event_is_counted_and_its_key_is_gone(built: Installation) -> None:
    record = find_edition(built, CALL.name)

    assert record.state(built.clock()) is EditionState.COUNTED
    assert record.answered is not None
    assert 5 <= record.answered <= 21
    assert not built.keys.has(record.id)


def test_one_congress_is_left_open(built: Installation) -> None:
    record = find_edition(built, OPEN_NAME)

    assert record.state(built.clock()) is EditionState.OPEN


@pytest.mark.parametrize(
    ("name", "state"),
    [(CLOSED_NAME, EditionState.CLOSED), ("kk-offen-%(next_year)s", EditionState.PLANNED)],
)
def test_other_editions_wait_for_somebody(
    built: Installation, name: str, state: EditionState
) -> None:
    record = find_edition(built, name % {"next_year": built.clock().year + 1})

    assert record.state(built.clock()) is state
    assert people_of(built, record) > 0


def test_the_report_of_a_played_event_is_accessible(built: Installation) -> None:
    assert_accessible(built.settings.reports / f"{CALL.name}.pdf")


def test_a_report_leaves_the_house_as_published(built: Installation) -> None:
    deeds = {deed.deed for deed in all_deeds(built.database.read())}

    assert "urn counted" in deeds
    assert "summary published" in deeds


def test_the_planning_sheet_of_a_played_series_is_accessible_and_named_on_the_start_page(
    built: Installation, visitor: AccessibleClient
) -> None:
    page = visitor.get("/")

    assert_accessible(built.settings.reports / "ikone-planungsblatt.pdf")
    assert "/beispiel/bericht/ikone-planungsblatt.pdf" in {
        a.get("href") for a in page.markup.all("a")
    }


def test_the_start_page_leads_to_a_public_page_of_results(
    built: Installation, visitor: AccessibleClient
) -> None:
    address = f"/ergebnis/{CALL.name}"
    before = {a.get("href") for a in visitor.get("/").markup.all("a")}
    call = find_edition(built, CALL.name)

    plan_page(built, call, visible_from=built.clock(), has_sessions=False, named_sessions=())

    assert address not in before
    assert address in {a.get("href") for a in visitor.get("/").markup.all("a")}
    assert _status(built, address) == 200
    withdraw_page(built, call)


EDITIONS = {event.name: edition_of(event) for event in EVENTS}


def test_topics_are_of_sessions_that_were_held_and_rated() -> None:
    known = {
        (name, session.code)
        for name, edition in EDITIONS.items()
        for session in edition.programme.held_and_rated()
    }
    sorted_ones = [s for topics in TOPICS.values() for found in topics.values() for s in found]

    assert set(sorted_ones) <= known
    assert len(sorted_ones) == len(set(sorted_ones))


def test_decisions_are_about_what_their_edition_asked() -> None:
    unknown = [
        (name, decision.subject)
        for name, decisions in DECISIONS.items()
        for decision in decisions
        if decision.subject not in subjects_of(EDITIONS[name], ())
    ]

    assert unknown == []


def test_every_theme_is_spoken_of_in_some_text() -> None:
    texts = [text for several in MADE_UP_TEXTS.values() for text in several]
    unspoken = [
        theme.name.de
        for themes in THEMES.values()
        for theme in themes
        if not all(any(word in text for text in texts) for word in theme.words)
    ]

    assert unspoken == []


def test_the_years_from_other_tools_come_in(inst: Installation) -> None:
    create_edition(inst, EDITIONS["kk2020"])
    plan(inst)

    (series,) = all_series(inst, MAIN_ORGANISATION)
    assert [(e.starts.year, e.invited, e.is_made_up) for e in series.earlier] == [
        (2016, None, True),
        (2017, 379, True),
    ]


def _status(inst: Installation, path: str) -> int:
    client = TestClient(make_application(inst, more_routes=demonstration_routes()))
    return client.get(path).status_code


@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_the_start_page_leads_to_everything(
    built: Installation, visitor: AccessibleClient, language: str
) -> None:
    page = visitor.get(f"/?sprache={language}")

    links = {
        a.get("href")
        for a in page.markup.all("a")
        if a.get("href").startswith(("/f/", "/beispiel/"))
    }
    replies = {link: _status(built, link) for link in links}

    assert {link.split("/")[1] for link in links} == {"f", "beispiel"}
    assert len([link for link in links if link.endswith(".eml")]) == 5
    assert set(replies.values()) == {200}


def test_everything_says_that_it_is_made_up(built: Installation, visitor: AccessibleClient) -> None:
    page = visitor.get("/")
    form = next(a.get("href") for a in page.markup.all("a") if a.get("href").startswith("/f/"))
    mails = [file.read_bytes() for file in (built.settings.data / "mails").glob("*.eml")]

    assert "erfunden" in page.text()
    assert "erfundene Daten" in visitor.get(form).text()
    assert all(b"erfunden" in mail or b"made up" in mail for mail in mails)


@pytest.mark.parametrize(
    ("button", "may_create"),
    [("Als Organisation ansehen", True), ("Als Planung ansehen", False)],
)
def test_a_button_leads_into_the_workplace(
    visitor: AccessibleClient, button: str, *, may_create: bool
) -> None:
    entered = visitor.press(visitor.get("/"), "/", button)
    page = visitor.get(entered.location)

    assert (entered.status, page.heading) == (303, "Heute")
    assert ("Neue Ausgabe anlegen" in page.text()) is may_create
    assert "Das braucht Sie" not in page.text()


def test_whoever_becomes_the_planner_is_the_organiser_no_more(
    built: Installation, visitor: AccessibleClient
) -> None:
    visitor.press(visitor.get("/"), "/", "Als Organisation ansehen")
    organiser = visitor.cookie("nachklang")
    before = signed_in(built, organiser)
    visitor.press(visitor.get("/"), "/", "Als Planung ansehen")

    assert before is not None
    assert signed_in(built, organiser) is None


def test_the_workplace_speaks_the_language_of_the_start_page(visitor: AccessibleClient) -> None:
    visitor.press(visitor.get("/?sprache=en"), "/?sprache=en", "Look as a planner")

    assert visitor.get("/arbeit").heading == "Today"


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {}),
        ({"role": "owner"}, {}),
        ({"role": "planner"}, {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_nobody_else_comes_in(
    visitor: AccessibleClient, fields: dict[str, str], headers: dict[str, str]
) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    reply = visitor.request("POST", "/", urlencode(fields).encode(), kind | headers)

    assert (reply.status, visitor.cookie("nachklang")) == (400, "")


def test_the_product_itself_has_no_such_door(built: Installation) -> None:
    client = TestClient(make_application(built))

    assert client.post("/", data={"role": "organiser"}).status_code == 405


def test_the_start_page_names_the_password(built: Installation, visitor: AccessibleClient) -> None:
    outcomes = [
        is_password_right(built, employee.account, password=PASSWORD, known="")
        for employee in EMPLOYEES
    ]

    assert PASSWORD in visitor.get("/").text()
    assert outcomes == [True, True]


def test_what_is_due_is_done_while_the_demonstration_runs(
    built: Installation, visitor: AccessibleClient
) -> None:
    ask_for_new_password(built, EMPLOYEES[0].account.address)
    with at_work(built):
        pass

    assert "olga.ohm@kommunalkongress.example" in visitor.get("/").text()


def test_every_task_of_the_service_is_done_but_what_deletes_or_needs_a_relay() -> None:
    left_out = set(working._TASKS) - set(worker._TASKS)

    assert left_out == {working.delete, working.look_at_urns, working.read_returned_mails}


@pytest.mark.parametrize(
    "name", ["../nachklang.db", "..%2Fnachklang.db", "nachklang.db", "kk1999.pdf", ".eml"]
)
def test_only_mails_and_reports_are_handed_out(built: Installation, name: str) -> None:
    statuses = {_status(built, f"/beispiel/{kind}/{name}") for kind in ("mail", "bericht")}

    assert statuses == {404}


def test_a_folder_with_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "nachklang.db").write_text("mine")

    done = CliRunner().invoke(main, ["--build-only", "--data", str(tmp_path)])

    assert done.exit_code == 1
    assert (tmp_path / "nachklang.db").read_text() == "mine"


def test_a_taken_port_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["--port", port, "--data", str(tmp_path / "demo")])

    assert (done.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert port in done.output
    assert "--port" in done.output
