"""Two towns in one installation: one has something of everything, the other only begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.application import make_application
from survey.asking_openly import choose_ways
from survey.coding import add_theme
from survey.comparing.series import find_series
from survey.comparing.topics import add_topic
from survey.earlier.mappings import keep_mapping
from survey.employing.colleagues import invite
from survey.interface_tokens import make_token
from survey.language.wording import Wording
from survey.model.planning import Course, PlannedDecision
from survey.model.ways_in import OpenLink, WaysIn
from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.planning.decisions import decide
from survey.preparing import create_edition
from survey.sharing import share_session
from survey.storage import organisations
from tests.earlier.example import earlier_congress, store_earlier
from tests.events import network_call
from tests.people import add_person, stored_record
from tests.security.site_map import Browser, browser_of, stranger_at
from tests.workplace import FOREIGN, FRIEDA, OLGA, PAUL, employ, furnish

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock

SERIES = "kommunalkongress"
TOWN = "Stadt Musterstadt"


@dataclass(frozen=True, slots=True)
class TwoTowns:
    """The installation, and the browsers of those who work with it."""

    inst: Installation
    olga: Browser
    """Organises for the town that has everything."""
    paul: Browser
    """Plans for it."""
    frieda: Browser
    """Organises for the town that only begins: one edition with one person."""
    stranger: Browser


def settle(inst: Installation, clock: StoppedClock) -> TwoTowns:
    """Both towns, and who works there."""

    def found(connection: object) -> None:
        organisations.rename(connection, MAIN_ORGANISATION, name=TOWN)  # type: ignore[arg-type]
        organisations.insert(connection, FOREIGN)  # type: ignore[arg-type]

    inst.database.write(found)
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    employ(inst, PAUL, Role.PLANNER, organisation=MAIN_ORGANISATION)
    employ(inst, FRIEDA, Role.ORGANISER, organisation=FOREIGN.id)
    furnish(inst, clock)
    _furnish_every_room(inst)
    _begin_elsewhere(inst)
    application = make_application(inst)
    return TwoTowns(
        inst,
        browser_of(application, inst, OLGA, organisation=MAIN_ORGANISATION),
        browser_of(application, inst, PAUL, organisation=MAIN_ORGANISATION),
        browser_of(application, inst, FRIEDA, organisation=FOREIGN.id),
        stranger_at(application),
    )


def _furnish_every_room(inst: Installation) -> None:
    counted = stored_record(inst, "kk2019")
    store_earlier(inst, earlier_congress())
    series = find_series(inst, MAIN_ORGANISATION, SERIES)
    add_topic(inst, series, Wording("Digitale Verwaltung"))
    add_theme(inst, counted, name=Wording("Mehr Pausen"), description="")
    keep_mapping(inst, MAIN_ORGANISATION, "Aus dem Archiv", questions=())
    share_session(inst, counted, "ws01")
    main = organisations.find(inst.database.read(), MAIN_ORGANISATION)
    assert main is not None
    invite(inst, main, address="neu@stadt.example", role=Role.PLANNER, language="de")
    make_token(inst, MAIN_ORGANISATION, purpose="Kachel im Intranet")
    planned = PlannedDecision(
        "overall", Course.KEEP, Wording("Bleibt so."), "Referat 12", None, is_public=False
    )
    decide(inst, counted, planned)
    choose_ways(
        inst,
        "ikone2",
        WaysIn(OpenLink.ON, takes_paper=True, typist="Frau Tipp", return_to="Pforte"),
    )


def _begin_elsewhere(inst: Installation) -> None:
    call = replace(network_call("fernruf"), series="fern", title="Fernruf", organisation="Fern")
    record = create_edition(inst, call, owner=FOREIGN.id)
    add_person(inst, record, "Ferdi Fern")
