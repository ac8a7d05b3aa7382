"""Every address of the workplace by every role and on foreign objects: from the site map, so none is forgotten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route

from survey.model.workplace import Role
from survey.rendering import TEMPLATES
from survey.web.routes import routes
from survey.web.style import read_style
from survey.web.workplace.desk import DeskEndpoint, desk_endpoint
from tests.employing.credentials import has_chosen_nothing
from tests.events import congress
from tests.people import store_edition
from tests.workplace import OLGA, furnish

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient, Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

ABOUT_SIGNING_IN = (
    "/arbeit/abgemeldet",
    "/arbeit/anfang",
    "/arbeit/anmelden",
    "/arbeit/einladung",
    "/arbeit/passwort",
)
NOT_FOUND = 404
UNAUTHORISED = 401
Entry = tuple[str, str, DeskEndpoint]


def site_map() -> list[Entry]:
    """Method, address and endpoint of every page that stands behind the guard."""
    found: list[Entry] = []
    for route in routes(read_style(TEMPLATES)):
        assert isinstance(route, Route)
        endpoint = desk_endpoint(route)
        if endpoint is not None:
            methods = (route.methods or set()) - {"HEAD"}
            found += [(method, route.path, endpoint) for method in sorted(methods)]
    return found


SITE = site_map()
OF_EDITIONS = [entry for entry in SITE if "{edition}" in entry[1]]
OF_ORGANISERS = [entry for entry in SITE if Role.PLANNER not in entry[2].roles]


def address_of(path: str, *, edition: str = "kk2020") -> str:
    """The address with that edition, and something that is not there in every other place."""
    return re.sub(r"\{\w+(:\w+)?\}", "x", path.replace("{edition}", edition))


def proof_of(inst: Installation, client: AccessibleClient) -> str:
    """What the forms of that browser carry."""
    cookie = inst.cookies.read(client.cookie("__Host-nachklang"))
    assert cookie is not None
    return inst.cookies.form_token(cookie.hash)


def ask(workplace: Workplace, client: AccessibleClient, method: str, address: str) -> Page:
    """The reply to a request that lacks nothing but, perhaps, the right to make it."""
    if method == "GET":
        return client.get(address)
    return client.post(address, {"_proof": proof_of(workplace.inst, client)})


def test_the_site_map_knows_pages_of_both_roles() -> None:
    assert OF_EDITIONS
    assert OF_ORGANISERS
    assert len(OF_ORGANISERS) < len(SITE)


def test_every_address_below_the_workplace_stands_behind_the_guard_or_is_about_signing_in() -> None:
    unguarded = {
        route.path
        for route in routes(read_style(TEMPLATES))
        if isinstance(route, Route)
        and route.path.startswith("/arbeit")
        and desk_endpoint(route) is None
    }

    assert [path for path in sorted(unguarded) if not path.startswith(ABOUT_SIGNING_IN)] == []


@pytest.mark.proves("S39")
def test_a_stranger_comes_to_no_page_and_does_nothing(workplace: Workplace) -> None:
    statuses = {
        (method, path): (
            workplace.stranger.get(address_of(path))
            if method == "GET"
            else workplace.stranger.post(address_of(path), {})
        ).status
        for method, path, _ in SITE
    }

    expected = {"GET": 303, "POST": 401}
    assert {e: got for e, got in statuses.items() if got != expected[e[0]]} == {}


@pytest.mark.proves("S39")
def test_an_edition_of_another_organisation_is_not_found(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())

    statuses = statuses_of(workplace, workplace.frieda, OF_EDITIONS)

    assert {e: got for e, got in statuses.items() if got != NOT_FOUND} == {}


@pytest.mark.proves("S39")
def test_a_planner_finds_no_page_of_organisers(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, congress())

    statuses = statuses_of(workplace, workplace.paul, OF_ORGANISERS)

    assert {e: got for e, got in statuses.items() if got != NOT_FOUND} == {}


@pytest.mark.proves("S34")
def test_an_organiser_without_a_second_factor_comes_nowhere_but_to_choosing_one(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    has_chosen_nothing(inst, OLGA)
    waiting = [entry for entry in SITE if entry[2].waits_for_set_up]
    assert {path for _, path, endpoint in SITE if not endpoint.waits_for_set_up} == {
        "/arbeit/abmelden",
        "/arbeit/konto/angemeldet",
        "/arbeit/konto/app",
        "/arbeit/konto/zweiter-faktor",
    }
    before = contents(inst)

    statuses = statuses_of(workplace, workplace.olga, waiting)

    expected = {"GET": 303, "POST": 403}
    assert {e: got for e, got in statuses.items() if got != expected[e[0]]} == {}
    assert contents(inst) == before


@pytest.mark.proves("S25")
def test_nothing_is_done_without_the_proof_of_this_browser(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    foreign = proof_of(workplace.inst, workplace.frieda)

    statuses = {
        (path, name): workplace.olga.post(address_of(path), fields).status
        for method, path, _ in SITE
        if method == "POST"
        for name, fields in (
            ("none", {}),
            ("wrong", {"_proof": "x"}),
            ("foreign", {"_proof": foreign}),
        )
    }

    assert {e: got for e, got in statuses.items() if got != UNAUTHORISED} == {}


@pytest.mark.proves("S40")
def test_nothing_of_another_organisation_is_on_any_page(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)
    pages = [path for method, path, _ in SITE if method == "GET" and "{" not in path]
    olgas = {path: workplace.olga.get(path).text() for path in pages}
    assert any("Kommunalkongress 2020" in text for text in olgas.values())

    friedas = {path: workplace.frieda.get(path).text() for path in pages}

    told = ("Kommunalkongress", "IKONE", "Olga", "Paul")
    assert {(p, name) for p, text in friedas.items() for name in told if name in text} == set()


@pytest.mark.proves("S26")
def test_reading_pages_writes_nothing(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)
    before = contents(inst)

    for method, path, _ in SITE:
        if method == "GET":
            for edition in ("kk2020", "kk2019", "ikone2"):
                workplace.olga.get(address_of(path, edition=edition))

    assert contents(inst) == before


def statuses_of(
    workplace: Workplace, client: AccessibleClient, entries: list[Entry]
) -> dict[tuple[str, str], int]:
    """What that browser gets at each address."""
    return {
        (method, path): ask(workplace, client, method, address_of(path)).status
        for method, path, _ in entries
    }


def contents(inst: Installation) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    connection = inst.database.read()
    tables = [
        row["name"]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    return {
        table: sorted(tuple(row) for row in connection.execute(f"SELECT * FROM {table}"))  # noqa: S608 -- names from the schema
        for table in tables
    }


@pytest.mark.proves("S38")
def test_what_sends_or_is_read_by_everybody_at_once_asks_again_who_one_is() -> None:
    proven = {path for method, path, endpoint in SITE if endpoint.needs_fresh_proof}

    assert {
        "/arbeit/ausgaben/{edition}/teilnehmende/neu",  # whoever comes in late is invited
        "/arbeit/ausgaben/{edition}/teilnehmende/{person}/einladen",
        "/arbeit/ausgaben/{edition}/ergebnisse/veroeffentlichen",
        "/arbeit/ausgaben/{edition}/ergebnisse/veroeffentlichen/daraus",
        "/arbeit/menschen/einladungen/{invitation}/erneut",  # a mail that lets somebody in
    } <= proven
    deleting = {path for method, path, _ in SITE if method == "POST" and path.endswith("/loeschen")}
    sending = {
        path
        for method, path, _ in SITE
        if method == "POST"
        and path.endswith(("/einladung", "/erinnerung", "/dank", "/ergebnisse", "/freigabe"))
    }
    assert (len(deleting), len(sending)) == (6, 5)
    assert deleting | sending <= proven
