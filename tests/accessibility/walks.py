"""The two walks over all pages: participants' and the workplace's; what they have to see, and what they know."""

from __future__ import annotations

import pkgutil
import tomllib
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tests.accessibility import participant, workplace
from tests.accessibility.kept_snapshots import IS_WRITING
from tests.accessibility.site_walk import pages_below

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from playwright.sync_api import Page

    from survey.language.wording import Language
    from tests.accessibility.office import Office
    from tests.accessibility.site_walk import Entry, Walk

    Go = Callable[[Page, Office], None]

HERE = Path(__file__).parent
LEADING_ON: frozenset[Entry] = frozenset(
    ("POST", f"/arbeit/{path}")
    for path in (
        "abmelden",
        "ausgaben/{edition}/auszaehlen",
        "ausgaben/{edition}/ergebnisse/veroeffentlichen/zuruecknehmen",
        "ausgaben/{edition}/fragebogen/vorschau/formular",
        "ausgaben/{edition}/schliessen",
        "ausgaben/{edition}/teilnehmende/auskunft/loeschen",
        "ausgaben/{edition}/teilnehmende/liste/programmpunkte",
        "ausgaben/{edition}/teilnehmende/liste/pruefen",
        "ausgaben/{edition}/teilnehmende/liste/verwerfen",
        "ausgaben/{edition}/teilnehmende/{person}/abmelden",
        "ausgaben/{edition}/teilnehmende/{person}/anmelden",
        "ausgaben/{edition}/teilnehmende/{person}/doch-da",
        "ausgaben/{edition}/teilnehmende/{person}/einladen",
        "ausgaben/{edition}/teilnehmende/{person}/keine-mails",
        "ausgaben/{edition}/teilnehmende/{person}/loeschen",
        "ausgaben/{edition}/teilnehmende/{person}/nicht-da",
        "ausgaben/{edition}/versand/ruhe",
        "ausgaben/{edition}/versand/stand/fortsetzen",
        "ausgaben/{edition}/versand/stand/{campaign}/anhalten",
        "ausgaben/{edition}/versand/stand/{campaign}/erneut",
        "ausgaben/{edition}/zugaenge/link-schliessen",
        "einstellungen/logo/entfernen",
        "einstellungen/sicherung",
        "einstellungen/zugang/{token}/widerrufen",
        "konto/browser",
        "konto/organisation",
        "menschen/einladungen/{invitation}/erneut",
        "menschen/einladungen/{invitation}/zuruecknehmen",
        "menschen/{colleague}/anmeldung-des-hauses",
        "menschen/{colleague}/entfernen",
        "menschen/{colleague}/zweiter-faktor",
        "reihen/{series}/frueher/neu/fragen",
        "reihen/{series}/frueher/neu/verwerfen",
        "reihen/{series}/frueher/zuordnungen/{mapping}/loeschen",
        "reihen/{series}/frueher/{earlier}/loeschen",
        "reihen/{series}/planung/entscheidungen/{edition}/{subject}/zuruecknehmen",
        "reihen/{series}/themen/{topic}/loeschen",
    )
)
"""Addresses that never show a page of their own: they do something, and lead on to a page that says so."""
REFUSING: frozenset[Entry] = frozenset(
    {("GET", "/arbeit/anmelden/haus"), ("GET", "/arbeit/anmelden/haus/zurueck")}
)
"""Addresses between the house's sign-in and ours: they lead on, or say that it is shut."""


@dataclass(frozen=True, slots=True)
class Tour:
    """One walk: states by area and name, and the pages that they have to show between them."""

    name: str
    languages: tuple[Language, ...]
    pages: Mapping[str, str]
    """Of which the address alone says everything."""
    states: Mapping[str, Go]
    site: frozenset[Entry]

    @property
    def visits(self) -> int:
        """States and pages in every language."""
        return (len(self.pages) + len(self.states)) * len(self.languages)

    @property
    def place(self) -> Path:
        """Where it is kept which state shows which page."""
        return HERE / f"{self.name}.walk.toml"

    def area(self, language: Language) -> str:
        """Where its pages in that language are kept."""
        return f"{self.name}-{language}"

    def shown_by(self) -> dict[Entry, str]:
        """For each page that no plain address shows, a state that does: as the last whole walk found it."""
        if not self.place.exists():
            return {}
        kept = tomllib.loads(self.place.read_text(encoding="utf-8"))
        return {_entry(key): state for key, state in kept.items()}


def _tour(package: ModuleType, languages: tuple[Language, ...], site: frozenset[Entry]) -> Tour:
    areas = {
        found.name: import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    }
    return Tour(
        package.__name__.rpartition(".")[2],
        languages,
        {
            f"{a}: {n}": p
            for a, area in areas.items()
            for n, p in getattr(area, "PAGES", {}).items()
        },
        {
            f"{a}: {n}": go
            for a, area in areas.items()
            for n, go in getattr(area, "STATES", {}).items()
        },
        site,
    )


def _entry(key: str) -> Entry:
    method, _, path = key.partition(" ")
    return method, path


PARTICIPANTS = _tour(participant, ("de", "easy", "en"), pages_below("/", apart_from="/arbeit"))
WORKPLACE = _tour(workplace, ("de", "en"), pages_below("/arbeit"))


def pages_of_the_service() -> frozenset[Entry]:
    """Every page that a browser can be shown."""
    return PARTICIPANTS.site | WORKPLACE.site


def showing(walk: Walk, entry: Entry) -> set[str]:
    """States that showed a page; for those that only lead on, that asked it; for those that only refuse, met that."""
    if entry in LEADING_ON:
        return walk.shown[entry] | walk.passed[entry]
    return walk.shown[entry] | (walk.refused[entry] if entry in REFUSING else set())


def walk_now(tour: Tour, walk: Walk) -> dict[Entry, str]:
    """For each page that no plain address showed, the first state that did, or that it led on to another."""
    found: dict[Entry, str] = {}
    for entry in sorted(tour.site):
        states = showing(walk, entry)
        if states and states.isdisjoint(tour.pages):
            found[entry] = next(name for name in tour.states if name in states)
    return found


def missing(tour: Tour, walk: Walk) -> list[str]:
    """Pages that no state showed; where not every state was visited, none of which a state is known to show them."""
    known = {} if visited_all(tour, walk) else tour.shown_by()
    return sorted(
        f"{method} {path}"
        for method, path in tour.site
        if not showing(walk, (method, path)) and (method, path) not in known
    )


def leading_elsewhere(walk: Walk) -> list[Entry]:
    """Addresses that are said to show no page of their own, and did."""
    return [entry for entry in LEADING_ON | REFUSING if walk.shown[entry]]


def visited_all(tour: Tour, walk: Walk) -> bool:
    """True if the walk came to each state."""
    return set(tour.states) <= walk.visited


def mistaken(tour: Tour, walk: Walk) -> dict[Entry, str]:
    """Pages that are said to be shown by a state that was visited, and did not show it."""
    return {
        entry: state
        for entry, state in tour.shown_by().items()
        if state in walk.visited and state not in showing(walk, entry)
    }


def keep_walk(tour: Tour, walk: Walk) -> None:
    """Write down which state shows which page, where NACHKLANG_SNAPSHOTS asks for it."""
    if IS_WRITING and visited_all(tour, walk):
        lines = [
            f'"{method} {path}" = "{name}"' for (method, path), name in walk_now(tour, walk).items()
        ]
        tour.place.write_text("\n".join(lines) + "\n", encoding="utf-8")
