"""Requests that lie about where they come from, hold too much, or more than they were asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints
from urllib.parse import urlencode

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from forms.registration_list import read_registration_list
from survey.application import make_application
from survey.factors import wait_after
from survey.mail.delivery import FolderDelivery
from survey.mail.outbox import send_due
from survey.model import event, items, programme, questionnaire
from survey.model.event import Edition, NextEdition
from survey.model.items import Item
from survey.model.questionnaire import Condition
from survey.notifying import send_staff_mails
from survey.storage import boxes
from survey.web.peers import MOST_MISSES
from tests.accessibility.client import HOST
from tests.events import congress
from tests.people import add_person, open_edition, store_edition
from tests.security.site_map import FORM, Browser, browser_of, stranger_at, walk
from tests.security.test_foreign_objects import PRINTED
from tests.web.workplace.test_matrix import contents
from tests.workplace import OLGA, PAUL

if TYPE_CHECKING:
    from starlette.requests import Request

    from survey.installation import Installation
    from tests.people import Invited
    from tests.workplace import Workplace

LYING = {
    "Host": "boese.example",
    "X-Forwarded-Host": "boese.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-For": "127.0.0.1",
    "X-Original-URL": "/arbeit",
    "X-Rewrite-URL": "/arbeit",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": "host=boese.example;proto=http",
}
MARKUP = "\"'><probe-x onprobe=1>{{7*7}}${7*7}<svg onload=x><!--"


def everything_mailed(inst: Installation) -> str:
    """The text of every mail that is due."""
    folder = inst.settings.mail_folder
    assert folder is not None
    send_due(inst, FolderDelivery(folder), progress=lambda _done, _of: None)
    send_staff_mails(inst)
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.eml")))


@pytest.mark.proves("S3")
def test_links_in_mails_lead_to_the_configured_address_whatever_a_request_names(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    async def told(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(request.url))

    application = make_application(inst, more_routes=[Route("/gesagt", told)])
    client = TestClient(application, base_url=HOST, headers=LYING, follow_redirects=False)
    assert "boese.example" in client.get("/gesagt").text

    pages = [
        client.post("/link", data={"edition": "kk2020", "address": anna.participant.address}),
        client.post("/arbeit/passwort", data={"address": PAUL.address}),
        client.get("/arbeit/"),
        client.get("/arbeit"),
        client.get(f"/f/{anna.token}"),
    ]

    mails = everything_mailed(inst)
    assert mails.count(f"{HOST}/f/") > 0
    assert mails.count(f"{HOST}/arbeit/passwort/") > 0
    assert "boese.example" not in mails
    assert [r.url for r in pages if "boese" in r.text + r.headers.get("location", "")] == []
    assert workplace.inst is inst


@pytest.mark.proves("S27")
def test_nobody_lies_about_where_they_ask_from(workplace: Workplace, inst: Installation) -> None:
    client = TestClient(
        make_application(inst), base_url=HOST, client=("203.0.113.5", 1), follow_redirects=False
    )
    statuses = [
        client.post(
            "/arbeit/anmelden/link/geraten",
            headers={"X-Forwarded-For": f"198.51.100.{n}", "Forwarded": f"for=198.51.100.{n}"},
        ).status_code
        for n in range(MOST_MISSES + 1)
    ]

    assert statuses == [410] * MOST_MISSES + [429]
    reply = client.get("/arbeit/anmelden", headers={"X-Forwarded-Proto": "http"})
    assert "strict-transport-security" in reply.headers
    assert workplace.inst is inst


@pytest.mark.proves("S17")
def test_a_whole_office_behind_one_address_answers_undisturbed(inst: Installation) -> None:
    record = open_edition(inst, store_edition(inst, congress()))
    people = [add_person(inst, record, f"P{n} Person") for n in range(30)]
    client = TestClient(
        make_application(inst), base_url=HOST, client=("203.0.113.5", 1), follow_redirects=False
    )
    # Somebody there guesses, at forms and at the sign-in.
    forged = {client.get(f"/f/kk2020.{n}.{n}").status_code for n in range(2 * MOST_MISSES)}
    guessed = [client.post("/arbeit/anmelden/link/geraten") for _ in range(MOST_MISSES + 1)]

    statuses = {
        client.post(
            f"/f/{one.token}", content="overall=good&_action=submit", headers=FORM
        ).status_code
        for one in people
    }

    assert (forged, guessed[-1].status_code) == ({404}, 429)
    assert int(guessed[-1].headers["retry-after"]) > 0
    assert (statuses, boxes.count(inst.database.read(), record.id)) == ({303}, 30)


@pytest.mark.proves("S33")
def test_guessing_as_fast_as_one_may_comes_to_a_hundred_passwords_a_day() -> None:
    spent, guesses = timedelta(), 0
    while spent < timedelta(days=1):
        guesses += 1
        spent += wait_after(guesses)

    assert 50 < guesses < 120
    assert wait_after(10_000) == timedelta(minutes=15)


@pytest.mark.proves("S1")
def test_letters_are_compared_in_one_form_however_a_list_spells_them() -> None:
    composed = "E-Mail;Name\njoerg@example.org;J\u00f6rg M\u00fcller\n"
    parted = unicodedata.normalize("NFD", composed)
    assert parted != composed

    read = [
        read_registration_list(text.encode(), "liste.csv", congress()).registrations
        for text in (composed, parted)
    ]

    assert read[0] == read[1]
    assert [one.name for one in read[1]] == ["J\u00f6rg M\u00fcller"]


@pytest.mark.proves("S1")
def test_signs_that_turn_or_hide_letters_are_kept_as_typed_and_shown_as_text(
    workplace: Workplace, inst: Installation
) -> None:
    record = store_edition(inst, congress())
    name = "Anna \u202eTSENRE\u200b Albrecht"
    anna = add_person(inst, record, name)

    page = browser_of(make_application(inst), inst, OLGA, organisation="main").ask(
        "GET", f"/arbeit/ausgaben/kk2020/teilnehmende/{anna.id}"
    )

    assert page.status_code == 200
    assert name in page.text
    assert workplace.inst is inst


class Probes(HTMLParser):
    """What of the probe became markup, and whether its text is there."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "probe-x" or any(name in {"onprobe", "onload"} for name, _ in attrs):
            self.elements.append(tag)
        self.said += "".join(value or "" for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.said += data


def probes_in(html: str) -> Probes:
    """The page, read as a browser reads it."""
    found = Probes()
    found.feed(html)
    found.close()
    return found


MODEL = {
    name: kind
    for module in (event, items, programme, questionnaire)
    for name, kind in vars(module).items()
}
"""What the fields of an edition are declared with."""
NO_MARKUP = {
    "Breakdown.item": "the code of a question",
    "Choice.code": "a short word without any sign",
    "Condition.choices": "codes of choices",
    "Condition.item": "the code of a question",
    "Edition.contact": "an address for mails, read as one",
    "Edition.name": "a short word without any sign, in addresses and names of files",
    "Edition.sender": "an address for mails, read as one",
    "Pair.by": "the code of a question",
    "Pair.item": "the code of a question",
    "Round.code": "a short word without any sign",
    "Section.code": "a short word without any sign",
    "Session.code": "a short word without any sign",
    "Session.recording": "an https link, read as one",
    "Session.round": "the code of a round",
    **{f"{kind.__name__}.code": "a short word without any sign" for kind in get_args(Item)},
}
"""Texts of an edition that cannot hold any markup, or must not be changed for this test, and why."""


def with_markup(value: Any, place: str = "") -> Any:
    """The same with markup in every text, however deep it lies, also in those that are empty."""
    if isinstance(value, Enum) or place in NO_MARKUP:
        return value
    if isinstance(value, str):
        return f"{value or 'Text'} {place} {MARKUP}"
    if isinstance(value, tuple):
        return tuple(with_markup(one, place) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: with_markup(getattr(value, one.name), f"{type(value).__name__}.{one.name}")
            for one in fields(value)
        }
        return replace(value, **changed)
    assert value is None or isinstance(value, bool | int | date | datetime), place
    return value


def texts_in(value: Any, place: str = "") -> dict[str, list[str]]:
    """Every text in there, by the field that it stands in."""
    found: dict[str, list[str]] = {}
    if isinstance(value, str) and not isinstance(value, Enum):
        return {place: [value]}
    parts = [(place, one) for one in value] if isinstance(value, tuple) else []
    if is_dataclass(value) and not isinstance(value, type):
        parts = [
            (f"{type(value).__name__}.{f.name}", getattr(value, f.name)) for f in fields(value)
        ]
    for where, part in parts:
        for name, texts in texts_in(part, where).items():
            found.setdefault(name, []).extend(texts)
    return found


def text_fields(kind: type, seen: frozenset[type] = frozenset()) -> set[str]:
    """Every field of the kind, and of the kinds in it, that may hold a text."""
    found: set[str] = set()
    hints = get_type_hints(kind, localns=MODEL)
    for one in fields(kind):
        for part in _parts_of(hints[one.name]):
            if part is str:
                found.add(f"{kind.__name__}.{one.name}")
            elif is_dataclass(part) and part not in seen:
                found |= text_fields(part, seen | {kind})
    return found


def _parts_of(hint: Any) -> list[type]:
    if get_origin(hint) is None:
        return [hint]
    return [part for inner in get_args(hint) for part in _parts_of(inner)]


def full_congress() -> Edition:
    """The congress with something in every field that may hold something."""
    edition = congress()
    whole = edition.questionnaire.sections[1]
    told = replace(whole, code="told", items=(), condition=Condition("size", ("small",)))
    sessions = tuple(
        replace(one, speakers=("Frau Doktor",), recording="https://example.org/aufzeichnung")
        for one in edition.programme.sessions
    )
    start = edition.deadline + timedelta(days=300)
    return replace(
        edition,
        questionnaire=replace(
            edition.questionnaire, sections=(*edition.questionnaire.sections, told)
        ),
        programme=replace(edition.programme, sessions=sessions),
        next_edition=NextEdition("Wieder", start, start + timedelta(hours=8), "Saal"),
    )


def test_every_text_of_an_edition_gets_markup_or_is_known_not_to() -> None:
    written = texts_in(with_markup(full_congress()))

    assert set(written) == text_fields(Edition)
    assert {name for name, texts in written.items() if not all(MARKUP in t for t in texts)} == set(
        NO_MARKUP
    )


@pytest.mark.proves("S2", "S6", "S7")
def test_markup_in_every_text_is_text_on_every_page(
    workplace: Workplace, inst: Installation
) -> None:
    assert probes_in(f"<p>{MARKUP}</p>").elements == ["probe-x", "svg"]
    record = store_edition(inst, with_markup(full_congress()))
    opened = open_edition(inst, record)
    anna = add_person(inst, opened, f"Anna {MARKUP}", sessions=("ws01", "ws03"))
    application = make_application(inst)
    olga = browser_of(application, inst, OLGA, organisation="main")
    stranger = stranger_at(application)

    pages = {
        place.address: html
        for place, html in walk(olga, ["/arbeit"], most=1, unopened=PRINTED).items()
        if html.startswith("<!DOCTYPE")
    }
    form = f"/f/{anna.token}"
    answer = urlencode({"overall": "good", "change": MARKUP})
    pages |= {
        f"{address} {language} {body}": stranger.ask(
            "POST" if body else "GET", f"{address}?sprache={language}", body
        ).text
        for language in ("de", "easy", "en")
        for address, body in (
            (form, ""),
            (form, answer),
            (form, urlencode({"change": MARKUP, MARKUP: MARKUP})),
            *((f"/{page}/kk2020", "") for page in ("hilfe", "datenschutz", "versprechen")),
            ("/", ""),
        )
    }

    read = {address: probes_in(html) for address, html in pages.items()}
    assert {address for address, found in read.items() if found.elements} == set()
    shown = [found.said for found in read.values() if "probe-x" in found.said]
    hostile = text_fields(Edition) - set(NO_MARKUP)
    assert {name for name in hostile if not any(f"{name} {MARKUP}" in s for s in shown)} == set()
    assert len(shown) > 40
    assert all("{{7*7}}${7*7}" in said for said in shown if "onprobe" in said)
    assert workplace.inst is inst


def form_with(parts: int, *, files: int = 0, proof: str = "") -> tuple[bytes, dict[str, str]]:
    """A form of several parts, as browsers send files."""
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="x%d"\r\n\r\ny\r\n' % n for n in range(parts)
    )
    body += f'--b\r\nContent-Disposition: form-data; name="_proof"\r\n\r\n{proof}\r\n'.encode()
    body += b"".join(
        b'--b\r\nContent-Disposition: form-data; name="list"; filename="f%d"\r\n\r\na\r\n' % n
        for n in range(files)
    )
    return body + b"--b--\r\n", {"Content-Type": "multipart/form-data; boundary=b"}


@pytest.mark.proves("S29")
def test_a_form_of_very_many_parts_or_files_is_refused(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    olga = browser_of(make_application(inst), inst, OLGA, organisation="main")
    address = "/arbeit/ausgaben/kk2020/teilnehmende/liste"

    def sent(parts: int, files: int = 0) -> int:
        body, headers = form_with(parts, files=files, proof=olga.proof)
        return olga.client.post(address, content=body, headers=headers).status_code

    assert sent(3, files=1) == 422  # a sound form, but the file says nothing
    assert sent(50_000) == 400
    assert sent(3, files=2) == 400
    assert sent(3, files=5000) == 400
    assert (
        olga.client.post(address, content=b"x" * 6_000_000, headers=form_with(0)[1]).status_code
        == 413
    )
    assert workplace.inst is inst


@pytest.mark.proves("S45")
def test_fields_that_nobody_asked_for_change_nothing(
    workplace: Workplace, inst: Installation
) -> None:
    paul = browser_of(make_application(inst), inst, PAUL, organisation="main")
    before = contents(inst)
    extra = {
        "id": "olga",
        "account": "olga",
        "role": "organiser",
        "organisation": "fern",
        "tenant_id": "fern",
        "owner": "fern",
        "is_disabled": "1",
        "address": "paul@boese.example",
        "password": "x",
        "second_factor": "",
    }

    reply = paul.ask(
        "POST", "/arbeit/konto", urlencode({"name": "Paula Pohl", "language": "de", **extra})
    )

    after = contents(inst)
    assert reply.status_code == 303
    assert {table for table in after if after[table] != before[table]} == {"account"}
    changed = set(after["account"]) ^ set(before["account"])
    assert {tuple(row)[:1] for row in changed} == {(PAUL.id,)}
    assert [row for row in after["account"] if "Paula Pohl" in row] == [
        tuple("Paula Pohl" if value == PAUL.name else value for value in row)
        for row in before["account"]
        if PAUL.name in row
    ]
    assert workplace.inst is inst


@pytest.mark.proves("S45")
def test_a_field_of_the_pages_own_that_comes_twice_is_refused_and_others_count_once(
    workplace: Workplace, inst: Installation
) -> None:
    paul: Browser = browser_of(make_application(inst), inst, PAUL, organisation="main")

    doubled = paul.ask("POST", "/arbeit/konto", f"_proof={paul.proof}&name=A&language=de")
    twice = paul.ask(
        "POST", "/arbeit/konto?name=Aus+der+Adresse", "name=Erster&name=Zweiter&language=de"
    )

    names = {row["name"] for row in inst.database.read().execute("SELECT name FROM account")}
    assert (doubled.status_code, twice.status_code) == (400, 303)
    assert names == {OLGA.name, "Erster", "Frieda Fern"}
    assert workplace.inst is inst
