"""What can be had after the count: every file, every row, every export, and the order of texts in each of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from exports.quotes_csv import quotes_csv
from exports.result_files import FILES
from exports.summary_csv import summary_csv
from exports.summary_json import summary_json
from exports.summary_report import session_html, summary_html
from exports.summary_xlsx import summary_xlsx
from survey.auditing.canaries import order_of_people
from survey.auditing.rehearsed_edition import COMMON_SESSION, NAME, PLACES
from survey.auditing.watching import DATABASE
from survey.errors import NotAllowed
from survey.interface_tokens import make_token
from survey.keeping.backup import backups_in
from survey.model.workplace import MAIN_ORGANISATION, Account, Role
from survey.preparing import find_edition
from survey.publishing import plan_page
from survey.reporting.publish import publish
from survey.reporting.quotes import release_together, texts_to_read
from survey.sharing import share_session
from survey.signing_in import begin
from survey.storage import accounts, credentials, organisations, participants
from survey.storage.connection import Database, open_connection
from survey.storage.copied import lay_texts_in_order
from survey.web.api.description import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from survey.auditing.browser import Browser
    from survey.auditing.rehearsal import Evidence
    from survey.installation import Installation
    from survey.model.summary import EditionSummary
    from survey.storage.connection import Connection

_PAGE = 50
_ORGANISER = Account("probe", "probe@example.org", "Probe")
_RESULTS = f"/arbeit/ausgaben/{NAME}/ergebnisse"
_PRINTED = (".pdf", ".zip")


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of people's texts by where they were found, for each place somebody can write in."""

    found: Mapping[str, Mapping[str, tuple[int, ...]]]

    def of(self, place: str, *, among: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
        """The orders of one place, of those people's texts only; the fullest first."""
        known = set(among)
        orders = {
            source: tuple(person for person in order if person in known)
            for source, order in self.found.get(place, {}).items()
        }
        full = sorted((s for s in orders if orders[s]), key=lambda source: -len(orders[source]))
        return {source: orders[source] for source in full}


def sign_in(inst: Installation) -> str:
    """The cookie of an organiser."""

    def work(connection: Connection) -> None:
        organisations.rename(connection, MAIN_ORGANISATION, name=NAME)
        accounts.insert(connection, _ORGANISER)
        accounts.set_role(
            connection,
            _ORGANISER.id,
            organisation=MAIN_ORGANISATION,
            role=Role.ORGANISER,
        )
        credentials.set_second_factor(connection, _ORGANISER.id, second_factor="mail")

    inst.database.write(work)
    return f"nachklang={begin(inst, _ORGANISER.id, MAIN_ORGANISATION)}"


def publish_everything(inst: Installation) -> None:
    """Every text is released, and everything is shown to everybody who may ever see it."""
    record = find_edition(inst, NAME)
    release_together(inst, NAME, [text.id for text in texts_to_read(inst, NAME)])
    publish(inst, NAME)
    plan_page(inst, record, visible_from=inst.clock(), has_sessions=True, named_sessions=())


def read_results(inst: Installation, browser: Browser, cookie: str) -> dict[str, bytes]:
    """All pages and files over HTTP, as organisers, speakers, programs and everybody get them."""
    token = make_token(inst, MAIN_ORGANISATION, purpose=NAME)
    files = [name for name in FILES if not name.endswith(_PRINTED)]
    pages = {
        "page of results": _RESULTS,
        "page of a session": f"{_RESULTS}/punkte/{COMMON_SESSION}",
        **{f"file {name}": f"{_RESULTS}/herunterladen/{name}" for name in files},
    }
    read = {name: browser.get(path, cookie=cookie).body for name, path in pages.items()}
    read["page for everybody"] = browser.get(f"/ergebnis/{NAME}").body
    read["API"] = browser.get(f"{EDITIONS}/{NAME}/summary", token=token).body
    try:
        shared = share_session(inst, find_edition(inst, NAME), COMMON_SESSION)
        read["page for speakers"] = browser.get(urlsplit(shared.address).path).body
    except NotAllowed:
        pass  # too few have answered: there is nothing to share
    return read


def read_texts(inst: Installation, browser: Browser, cookie: str) -> bytes:
    """All pages on which organisers read what was written, one after the other."""
    pages = range(1, 2 + len(texts_to_read(inst, NAME)) // _PAGE)
    return b"".join(
        browser.get(f"{_RESULTS}/texte?seite={page}", cookie=cookie).body for page in pages
    )


def files_of(inst: Installation) -> dict[str, bytes]:
    """The files that are written from a summary, and the lists and files they come from."""
    summary = publish(inst, NAME)
    texts = "\n".join(text.text for text in texts_to_read(inst, NAME))
    return {
        "list of texts": texts.encode(),
        "database file": (inst.settings.data / DATABASE).read_bytes(),
        "CSV of numbers": summary_csv(summary, "de").encode(),
        "CSV of texts": quotes_csv(summary, "de").encode(),
        "JSON": summary_json(summary).encode(),
        "XLSX": summary_xlsx(summary, "de"),
        "report": summary_html(summary, "de", zone=inst.settings.zone).encode(),
        **dict(_session_reports(inst, summary)),
    }


def last_backup(inst: Installation) -> bytes:
    """The database file of the newest backup."""
    return (backups_in(inst.settings.backup_directory)[-1][1] / DATABASE).read_bytes()


def orders_in(contents: Mapping[str, bytes]) -> Orders:
    """The orders of texts in each of these."""
    return Orders(
        {
            place: {
                source: order_of_people(content, place=place)
                for source, content in contents.items()
            }
            for place in PLACES.values()
        }
    )


def known_orders(evidence: Evidence) -> dict[str, tuple[int, ...]]:
    """Orders of people that an onlooker knows: first that of submission, which the others may lead to."""
    everybody = tuple(person.number for person in evidence.cast.people)
    rows = participants.of_edition(evidence.inst.database.read(), evidence.edition_id)
    number = {row.address: int(row.address.strip("p").partition("@")[0]) for row in rows}
    by_slot = sorted((boxes[-1][0], address) for address, boxes in evidence.seen.boxes.items())
    return {
        "submission": everybody,
        "registration": evidence.cast.listed,
        "ids": tuple(number[row.address] for row in sorted(rows, key=lambda row: row.id)),
        "slots": tuple(number[address] for _, address in by_slot if address in number),
        "links": tuple(sorted(everybody, key=lambda person: evidence.tokens[person])),
    }


def with_texts_in_order(evidence: Evidence, copy: Path) -> Installation:
    """A control: the same installation on a copy of its database whose texts lie in the order of their submission."""
    inst = evidence.inst
    with closing(open_connection(inst.settings.database)) as connection:
        connection.execute("VACUUM INTO :copy", {"copy": str(copy / DATABASE)})
    rank = {person.number: at for at, person in enumerate(evidence.cast.people)}
    ordered = sorted(
        texts_to_read(inst, NAME),
        key=lambda text: rank.get(_writer(text.text), len(rank)),
    )
    with closing(open_connection(copy / DATABASE)) as connection:
        new = ((text.id, f"{at:032x}") for at, text in enumerate(ordered))
        lay_texts_in_order(connection, new)
        connection.execute("VACUUM")
    return replace(
        inst,
        settings=replace(inst.settings, data=copy),
        database=Database(copy / DATABASE),
    )


def _writer(text: str) -> int:
    found = [order_of_people(text.encode(), place=place) for place in PLACES.values()]
    return next((people[0] for people in found if people), -1)


def _session_reports(inst: Installation, summary: EditionSummary) -> Iterator[tuple[str, bytes]]:
    for session in summary.sessions:
        if session.suppressed != "never_asked":
            code = session.session.code
            html = session_html(summary, code, "de", zone=inst.settings.zone)
            yield f"report of session {code}", html.encode()
