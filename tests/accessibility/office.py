"""The office whose pages are visited: a running service with editions in every state, the same for each visit."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from survey.language.catalogue import catalogue
from survey.model.ways_in import OpenLink, WaysIn
from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.settings import House, Smtp
from survey.signing_in import begin
from survey.storage import accounts, commit_count, organisations, ways_in
from survey.storage.connection import open_connection
from survey.storage.edition_text import edition_to_text
from tests.accessibility.conftest import bound_socket, serving
from tests.accessibility.sources import bring_cookie
from tests.comparing.counted_series import congress_of
from tests.comparing.held import OVERALL, hold
from tests.employing.credentials import has_app, has_chosen_mail, has_password
from tests.people import START, StoppedClock, make_installation, stored_record
from tests.workplace import FOREIGN, OLGA, PAUL, employ, furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page
    from starlette.requests import Request

    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.questionnaire import Section
    from survey.model.workplace import Account

PASSWORD = "vier Wörter nebeneinander"
BROKEN = "/arbeit/kaputt"
BROKEN_FOR_ALL = "/kaputt"
MIRIAM = replace(PAUL, id="miriam", address="miriam@stadt.example", name="Miriam Mai")
"""Organises too, and has a link by mail as her second factor."""


@dataclass
class Office:
    """A running service with three editions and one more counted."""

    address: str
    inst: Installation
    clock: StoppedClock
    directory: Path
    language: Language = "de"

    def say(self, text: str) -> str:
        """A text of the pages, in the language spoken now."""
        return catalogue(self.language).gettext(text)

    def at(self, path: str) -> str:
        """That page's whole address, asking for the language spoken now."""
        if self.language == "de":
            return self.address + path
        return f"{self.address}{path}{'&' if '?' in path else '?'}sprache={self.language}"

    def sign_in(self, page: Page, account: Account = OLGA) -> None:
        """The browser is that person's."""
        cookie = begin(self.inst, account.id, MAIN_ORGANISATION)
        bring_cookie(page, "nachklang", cookie, address=self.address)

    def speak(self, language: Language) -> None:
        """Everybody here prefers that language from now on."""
        self.language = language
        self.inst.database.write(
            lambda connection: connection.execute(
                "UPDATE account SET language = :language",
                {"language": "en" if language == "en" else "de"},
            )
        )

    def also_work_elsewhere(self, account: Account) -> None:
        """That person organises for another organisation, too."""
        self.inst.database.write(
            lambda connection: accounts.set_role(
                connection, account.id, organisation=FOREIGN.id, role=Role.ORGANISER
            )
        )

    def also_ask(self, section: Section) -> None:
        """The open edition asks that as well, as if it had from its beginning."""
        record = stored_record(self.inst, "kk2020")
        asked = record.edition.questionnaire
        changed = replace(asked, sections=(*asked.sections, section))
        definition = edition_to_text(replace(record.edition, questionnaire=changed))
        self.inst.database.write(
            lambda connection: connection.execute(
                "UPDATE edition SET definition = :definition WHERE id = :id",
                {"definition": definition, "id": record.id},
            )
        )

    def open_to_all(self) -> str:
        """The open edition has an open link, too: its path."""
        record = stored_record(self.inst, "kk2020")
        self.inst.database.write(
            lambda connection: ways_in.keep(connection, record.id, WaysIn(link=OpenLink.ON))
        )
        return f"/o/{self.inst.links.open_token('kk2020')}"

    def dismiss_everybody(self) -> None:
        """Nobody works here yet, as on the first day."""
        self.inst.database.write(lambda connection: connection.execute("DELETE FROM account"))

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """For a while the database is away, and no thread has it open still."""
        here = self.inst.settings.database
        away = here.rename(here.with_suffix(".away"))
        self.inst.database._engine._local = threading.local()  # type: ignore[attr-defined]
        yield
        away.rename(here)

    def keep(self) -> None:
        """What is here now is what `begin_anew` brings back."""
        with self._databases() as (now, kept):
            now.backup(kept)
        for place in self._files():
            shutil.copytree(place, self._kept(place), dirs_exist_ok=True)

    def begin_anew(self) -> None:
        """As it was kept: no visit finds what another one did."""
        with self._databases() as (now, kept):
            kept.backup(now)
            # An older state on purpose: no alarm.
            commit_count.confirm(self.inst.settings.database, now)
        for place in self._files():
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self._kept(place), place)
        self.clock.set(START)
        self.speak(self.language)

    def _files(self) -> tuple[Path, ...]:
        settings = self.inst.settings
        return (settings.keys, settings.witnesses)

    @contextmanager
    def _databases(self) -> Iterator[tuple[Any, Any]]:
        with (
            closing(open_connection(self.inst.settings.database)) as now,
            closing(open_connection(self.directory / "kept.db")) as kept,
        ):
            yield now, kept

    def _kept(self, place: Path) -> Path:
        return self.directory / "kept" / place.name


@contextmanager
def open_office(directory: Path) -> Iterator[Office]:
    """The office, from its opening to its closing."""
    clock = StoppedClock()
    made = make_installation(directory, clock)
    listening = bound_socket()
    # Browsers keep a cookie for hosts behind TLS only there. Neither the house's sign-in
    # nor the mail server answers.
    settings = replace(
        made.settings,
        base_url=f"http://127.0.0.1:{listening.getsockname()[1]}",
        trusted_proxies=frozenset({"127.0.0.1"}),
        smtp=Smtp("127.0.0.1", 9, "none", "", ""),
        house=House("http://127.0.0.1:9", "nachklang", "", "Stadtkonto"),
    )
    inst = replace(made, settings=settings)
    _people_the_office(inst)
    furnish(inst, clock)
    hold(inst, congress_of(2018), OVERALL[2018])
    broken = tuple(Route(path, _break, methods=["GET"]) for path in (BROKEN, BROKEN_FOR_ALL))
    with serving(inst, more_routes=broken, listening=listening) as address:
        office = Office(address, inst, clock, directory)
        office.keep()
        yield office
    inst.database.close()


def _people_the_office(inst: Installation) -> None:
    def name(connection: object) -> None:
        organisations.rename(connection, MAIN_ORGANISATION, name="Stadt Musterstadt")  # type: ignore[arg-type]
        organisations.insert(connection, FOREIGN)  # type: ignore[arg-type]

    inst.database.write(name)
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    employ(inst, MIRIAM, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    employ(inst, PAUL, Role.PLANNER, organisation=MAIN_ORGANISATION)
    for account in (OLGA, MIRIAM, PAUL):
        has_password(inst, account, PASSWORD)
    has_app(inst, OLGA)
    has_chosen_mail(inst, MIRIAM)


async def _break(_: Request) -> None:
    raise ZeroDivisionError
