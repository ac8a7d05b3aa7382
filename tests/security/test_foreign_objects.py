"""Every address, by whoever it is not for, with everything that is not theirs in each of its places."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the driver the service uses

from survey.storage import participants
from survey.storage.connection import open_connection
from tests.accessibility.site_walk import FILES, NO_PAGES
from tests.people import stored_record
from tests.security.site_map import METHODS, Browser, Place, methods_of, place_of, site_map, walk
from tests.web.workplace.test_matrix import contents
from tests.workplace import FRIEDA, OLGA, PAUL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx2

    from survey.installation import Installation
    from survey.model.invitation import Participant
    from tests.security.two_towns import TwoTowns

PRINTED = frozenset(route.path for route in site_map() if route.path.endswith((".pdf", "/{file}")))
"""Takes seconds each; their addresses are known."""
CHOICES = frozenset({"act", "campaign", "document", "file", "number", "place"})
"""Places of addresses that name no object: words that are the same for everybody."""
FORBIDDEN = 403
NOT_FOUND = 404
NOT_COUNTED = 409
BEFORE_THE_COUNT = (
    "/arbeit/ausgaben/{edition}/ergebnisse/texte/",
    "/arbeit/reihen/{series}/planung/entscheidungen/",
)
"""Of one's own that is not counted yet, these say so, whatever else the address names."""
NOT_THERE_YET = {
    "/arbeit/ausgaben/{edition}/fragebogen/neue-frage",
    "/arbeit/ausgaben/{edition}/teilnehmende/auskunft.json",
    "/arbeit/ausgaben/{edition}/teilnehmende/auskunft.txt",
    "/arbeit/ausgaben/{edition}/teilnehmende/auskunft/loeschen",
    "/arbeit/menschen/{colleague}/anmeldung-des-hauses",
}
"""Pages about something behind a question mark, or that nobody has begun."""
UNOPENED = {
    "/arbeit/ausgaben/{edition}/teilnehmende/liste/ausgelassen.csv",
    "/arbeit/ausgaben/{edition}/zugaenge/blatt.pdf",
    "/arbeit/ausgaben/{edition}/zugaenge/papier.pdf",
    "/arbeit/reihen/{series}/frueher/neu/zuordnung.toml",
    "/arbeit/reihen/{series}/herunterladen/{file}",
    "/arbeit/reihen/{series}/planung/herunterladen/{file}",
}
"""Files that take seconds, or of something that is not to be had here; tests of their own open them."""
NEEDED = {"/arbeit/ausgaben/{edition}/fragebogen/frage/{item}/verschieben": "section=workshops"}
"""Without these fields whoever may do it does not find the page either."""


@pytest.fixture(scope="module")
def got() -> dict[str, httpx2.Response]:
    """What came back for each address that Olga asked for."""
    return {}


@pytest.fixture(scope="module")
def olgas(towns: TwoTowns, got: dict[str, httpx2.Response]) -> dict[Place, str]:
    """Every page that Olga comes to by reading, with what it says."""
    starts = ("/arbeit", "/arbeit/reihen/kommunalkongress/themen", _decision("overall"))
    return walk(towns.olga, starts, most=3, unopened=PRINTED, replies=got)


@pytest.fixture(scope="module")
def theirs(towns: TwoTowns, olgas: dict[Place, str]) -> dict[str, str]:
    """Something of Olga's town for each place of an address; out of addresses that she came to."""
    found = {name: value for place in olgas for name, value in place.parts if value}
    told = {
        "edition": "kk2019",
        "series": "kommunalkongress",
        "number": "1",
        # Nothing that the other town's edition has under the same name.
        "section": "workshops",
        "item": "recommendation",
        "session": "ws01",
        "round": "round1",
        "person": people_of(towns, "kk2020")[0].id,
    }
    return found | told


@pytest.fixture(scope="module")
def of_theirs(
    towns: TwoTowns, theirs: dict[str, str], got: dict[str, httpx2.Response]
) -> dict[str, httpx2.Response]:
    """What Olga gets for each address that names an object, by the address of the site map."""
    found = {
        path: towns.olga.ask("GET", address_of(path, theirs))
        for path, _ in of_objects()
        if "GET" in methods_of()[path] and path not in PRINTED
    }
    got |= {address_of(path, theirs): reply for path, reply in found.items()}
    return found


def address_of(path: str, theirs: Mapping[str, str]) -> str:
    """An address that is there for Olga: people are those of the open edition, results those of the counted one."""
    edition = "kk2020" if "{person}" in path else theirs["edition"]
    return Place(path).with_parts({**theirs, "edition": edition})


@contextmanager
def put_back(inst: Installation) -> Iterator[None]:
    """Whatever is stored meanwhile is gone afterwards."""
    with (
        closing(open_connection(inst.settings.database)) as now,
        closing(sqlite3.connect(":memory:")) as before,
    ):
        now.backup(before)
        yield
        before.backup(now)


def people_of(towns: TwoTowns, edition: str) -> tuple[Participant, ...]:
    """Everybody of that edition."""
    record = stored_record(towns.inst, edition)
    return tuple(participants.of_edition(towns.inst.database.read(), record.id))


def _decision(subject: str) -> str:
    return f"/arbeit/reihen/kommunalkongress/planung/entscheidungen/kk2019/{subject}"


def of_objects() -> list[tuple[str, frozenset[str]]]:
    """Every address of the workplace that names an object, and the places in it that do."""
    places = {
        route.path: frozenset(route.param_convertors) - CHOICES
        for route in site_map()
        if route.path.startswith("/arbeit/")
        and not route.path.startswith(("/arbeit/anmelden", "/arbeit/passwort"))
        and not route.path.startswith(("/arbeit/anfang", "/arbeit/einladung/"))
    }
    return [(path, names) for path, names in places.items() if names]


def replies(browser: Browser, addresses: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """What that browser gets for everything that the addresses take, by the address of the site map."""
    return {
        (method, address): browser.ask(method, address, NEEDED.get(path, "")).status_code
        for path, address in addresses.items()
        for method in ("GET", "POST")
        if method in methods_of()[path]
    }


def test_the_walk_finds_something_for_every_place_of_an_address(
    olgas: dict[Place, str], theirs: dict[str, str]
) -> None:
    named = {name for _, names in of_objects() for name in names}

    assert named - set(theirs) == set()
    assert len({place.path for place in olgas}) > 100


def test_what_the_others_do_not_find_is_there_for_olga(
    of_theirs: dict[str, httpx2.Response],
) -> None:
    missed = {path for path, reply in of_theirs.items() if reply.status_code == NOT_FOUND}

    assert missed == NOT_THERE_YET


def test_what_only_takes_forms_and_the_others_do_not_find_is_there_for_olga(
    towns: TwoTowns, theirs: dict[str, str]
) -> None:
    addresses = {
        path: address_of(path, theirs) for path, _ in of_objects() if methods_of()[path] == {"POST"}
    }
    before = contents(towns.inst)

    with put_back(towns.inst):
        statuses = replies(towns.olga, addresses)

    assert {e: status for e, status in statuses.items() if status in {FORBIDDEN, NOT_FOUND}} == {}
    assert len(statuses) == len(addresses) > 10
    assert contents(towns.inst) == before


@pytest.mark.usefixtures("of_theirs")
def test_what_is_no_page_is_a_file_and_known_as_one(
    towns: TwoTowns, got: dict[str, httpx2.Response]
) -> None:
    known = people_of(towns, "kk2020")[0].address
    asked_for = [
        f"/arbeit/ausgaben/kk2020/teilnehmende/auskunft.txt?adresse={known}",
        f"/arbeit/ausgaben/kk2020/teilnehmende/auskunft.json?adresse={known}",
        "/arbeit/ausgaben/kk2019/ergebnisse/herunterladen/daten.json",
    ]

    asked = got | {address: towns.olga.ask("GET", address) for address in asked_for}

    files = {
        place.path
        for address, reply in asked.items()
        if (place := place_of(address)) is not None
        if not reply.has_redirect_location
        and not reply.headers["content-type"].startswith("text/html")
        and not place.path.startswith(NO_PAGES)
    }
    assert files == FILES - UNOPENED


@pytest.mark.proves("S39")
def test_nothing_of_another_town_is_there(towns: TwoTowns, theirs: dict[str, str]) -> None:
    addresses = {path: address_of(path, theirs) for path, _ in of_objects()}
    before = contents(towns.inst)

    statuses = replies(towns.frieda, addresses)

    assert {e: got for e, got in statuses.items() if got != NOT_FOUND} == {}
    assert contents(towns.inst) == before
    assert len(statuses) > 200


@pytest.mark.proves("S39")
def test_nothing_of_another_town_is_there_inside_of_what_is_ones_own(
    towns: TwoTowns, theirs: dict[str, str]
) -> None:
    own = {"edition": "fernruf", "series": "fern"}
    assert towns.frieda.ask("GET", "/arbeit/ausgaben/fernruf").status_code == 200
    assert towns.frieda.ask("GET", "/arbeit/reihen/fern").status_code == 200
    made_up = {name: f"x{value[1:]}" for name, value in theirs.items()}
    before = contents(towns.inst)

    statuses = {
        (method, path, outer): (
            towns.frieda.ask(method, place.with_parts(theirs | kept), sent).status_code,
            towns.frieda.ask(method, place.with_parts(made_up | kept), sent).status_code,
        )
        for path, names in of_objects()
        if len(names) > 1
        for place in [Place(path)]
        for sent in [NEEDED.get(path, "")]
        for outer in names & set(own)
        for kept in [{outer: own[outer]} | {name: theirs[name] for name in CHOICES & set(theirs)}]
        for method in ("GET", "POST")
        if method in methods_of()[path]
    }

    told = {e: got for e, got in statuses.items() if got != (NOT_FOUND, NOT_FOUND)}
    assert set(told.values()) == {(NOT_COUNTED, NOT_COUNTED)}
    assert all(path.startswith(BEFORE_THE_COUNT) for _, path, _ in told)
    assert contents(towns.inst) == before
    assert len(statuses) > 60


@pytest.mark.proves("S39")
def test_nothing_of_another_edition_is_there(towns: TwoTowns, theirs: dict[str, str]) -> None:
    others = {
        path: Place(path).with_parts(theirs | {"edition": "ikone2"})
        for path, names in of_objects()
        if names & {"person", "text", "round", "session"}
    }
    assert theirs["person"] not in {person.id for person in people_of(towns, "ikone2")}

    statuses = replies(towns.olga, others)

    told = {e: got for e, got in statuses.items() if got != NOT_FOUND}
    assert {(got, "/ergebnisse/texte/" in address) for (_, address), got in told.items()} == {
        (NOT_COUNTED, True)
    }
    assert len(statuses) > 30


@pytest.mark.proves("S39")
def test_whoever_plans_finds_nothing_that_is_for_organisers(
    towns: TwoTowns, olgas: dict[Place, str]
) -> None:
    of_everybody = walk(towns.paul, ["/arbeit"], most=1, unopened=PRINTED)
    assert len(of_everybody) > 20
    organisers = [
        place
        for place in olgas
        if place.path not in {one.path for one in of_everybody}
        and "/arbeit/ausgaben/" in place.path
        and "GET" in methods_of()[place.path]
    ]

    assert len({place.path for place in organisers}) > 60
    assert any("/ergebnisse/" in place.path for place in organisers)

    found = {
        place.path
        for place in organisers
        if towns.paul.ask("GET", place.address).status_code != NOT_FOUND
    }

    assert found == set()


@pytest.mark.proves("S40")
def test_no_word_of_one_town_is_on_any_page_of_the_other(
    towns: TwoTowns, olgas: dict[Place, str]
) -> None:
    telling = {
        *("Kommunalkongress", "Videokonferenz IKONE", "Stadt Musterstadt"),
        *(OLGA.name, OLGA.address, PAUL.name, PAUL.address, "neu@stadt.example"),
        *("Digitale Verwaltung", "Mehr Pausen", "Aus dem Archiv", "Kachel im Intranet"),
        *(
            "Bleibt so.",
            "Referat 12",
            "Frau Tipp",
            "Emil Ernst",
            people_of(towns, "kk2020")[0].name,
        ),
    }
    said = "\n".join(olgas.values())
    assert {word for word in telling if word not in said} == set()

    friedas = walk(towns.frieda, ["/arbeit", "/arbeit/protokoll"], most=5, unopened=PRINTED)

    assert len({place.path for place in friedas}) > 60
    assert {
        (place.address, word) for place, text in friedas.items() for word in telling if word in text
    } == set()
    assert FRIEDA.name not in said


@pytest.mark.proves("S28")
def test_an_address_takes_its_own_methods_and_no_other(
    towns: TwoTowns, theirs: dict[str, str]
) -> None:
    there = theirs | {"code": "x", "hash": "x", "kind": "png", "token": "x"}
    addresses = {path: Place(path).with_parts(there) for path in methods_of()}

    statuses = {
        (method, address): towns.olga.ask(method, address).status_code
        for address in addresses.values()
        for method in METHODS
        if not any(
            method in (route.methods or ()) and route.path_regex.match(address)
            for route in site_map()
        )
    }

    assert {e: got for e, got in statuses.items() if got != 405} == {}
    assert len(statuses) > 700
