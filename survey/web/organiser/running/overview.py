"""Where an edition stands, what comes next, and the one number that may be told while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from survey import asking_openly, ordering
from survey.keeping.retention import people_expire
from survey.model.event import COUNT_BY_CLOCK, GRACE, EditionState
from survey.planning.decisions import preparation_of
from survey.reporting.standing import standing
from survey.web.organiser.running.stages import stages
from survey.web.workplace.desk import edition_address
from survey.web.workplace.handed_on import handed_on

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.model.ways_in import WaysIn
    from survey.reporting.standing import Standing
    from survey.web.workplace.desk import Desk

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page says."""

    state: EditionState
    word: str
    sentence: str
    first: Step | None
    others: tuple[Step, ...] = ()


def show_overview(desk: Desk) -> Response:
    """The overview of one edition."""
    record = desk.edition()
    now = desk.inst.clock()
    found = standing(desk.inst, record.name)
    ways = asking_openly.ways_of(desk.inst, record)
    order = ordering.count_order(desk.inst, record)
    is_planned = record.state(now) is EditionState.PLANNED
    return desk.draw(
        "workplace/running/overview.html",
        handed_on=handed_on(desk, preparation_of(desk.inst, record)) if is_planned else None,
        edition=record,
        overview=_overview(desk, found, ways, is_ordered=order is not None),
        facts=_facts(desk, found, ways),
        stages=stages(desk, record, now),
        responses=found.responses,
        is_open=record.state(now) is EditionState.OPEN,
        has_too_many=ways.has_too_many(found.responses),
        attended=ways.attended,
        trouble=order.trouble if order and record.key_destroyed is None else None,
        count_address=edition_address(record, "auszaehlen"),
    )


def _overview(desk: Desk, found: Standing, ways: WaysIn, *, is_ordered: bool) -> Overview:
    record, now = found.record, desk.inst.clock()
    say = desk.words.gettext
    match record.state(now):
        case EditionState.PLANNED:
            return Overview(
                EditionState.PLANNED,
                say("In Vorbereitung"),
                say(
                    "Noch ist nichts verschickt. Bis zur ersten Einladung lässt sich alles ändern."
                ),
                _first_of_planned(desk, found, ways),
            )
        case EditionState.OPEN:
            return Overview(
                EditionState.OPEN,
                say("Offen"),
                say("Die Befragung läuft: %(left)s, bis %(until)s.")
                % {"left": _left(desk, record), "until": _moment(desk, record.closes)},
                _first_of_open(desk, found, ways),
                _steps(
                    desk,
                    record,
                    ("frist", say("Frist verlängern")),
                    ("schliessen", say("Jetzt schließen")),
                ),
            )
        case EditionState.CLOSED:
            return _closed(desk, record, is_ordered=is_ordered)
        case EditionState.COUNTED:
            is_done = record.key_destroyed is not None
            return Overview(
                EditionState.COUNTED,
                say("Ausgezählt"),
                say(
                    "Die Ergebnisse liegen vor. Die Umschläge sind gelöscht, der Schlüssel ist vernichtet."
                )
                if is_done
                else say(
                    "Die Zahlen liegen vor. Sicherung und Vernichten des Schlüssels stehen noch aus."
                ),
                Step(edition_address(record, "ergebnisse"), say("Ergebnisse ansehen")),
                _steps(desk, record, ("auszaehlen", say("Protokoll der Auszählung"))),
            )


def _closed(desk: Desk, record: EditionRecord, *, is_ordered: bool) -> Overview:
    say = desk.words.gettext
    closes = record.closes or desk.inst.clock()
    count = edition_address(record, "auszaehlen")
    reopen = _steps(desk, record, ("oeffnen", say("Wieder öffnen")))
    if is_ordered or record.count_started is not None:
        return Overview(
            EditionState.CLOSED,
            say("Wird ausgezählt"),
            say("Die Befragung ist geschlossen, und jemand hat die Auszählung angestoßen."),
            Step(count, say("Stand der Auszählung ansehen")) if desk.is_organiser else None,
            () if record.count_started is not None else reopen,
        )
    if desk.inst.clock() < closes + GRACE:
        return Overview(
            EditionState.CLOSED,
            say("Geschlossen"),
            say(
                "Die Frist ist vorbei. Wer den Fragebogen gerade offen hat, kann ihn noch absenden; "
                "auszählen können Sie deshalb ab %(moment)s."
            )
            % {"moment": _moment(desk, closes + GRACE)},
            None,
            reopen,
        )
    return Overview(
        EditionState.CLOSED,
        say("Geschlossen"),
        say(
            "Jetzt kann ausgezählt werden. Tut das niemand, zählt der Dienst ab %(moment)s von selbst aus."
        )
        % {"moment": _moment(desk, closes + COUNT_BY_CLOCK)},
        Step(count, say("Auszählen")) if desk.is_organiser else None,
        reopen,
    )


def _first_of_planned(desk: Desk, found: Standing, ways: WaysIn) -> Step | None:
    if not desk.is_organiser:
        return None
    say = desk.words.gettext
    if found.registered:
        return Step(edition_address(found.record, "pruefung"), say("Vor dem Versand prüfen"))
    if ways.is_any:
        return Step(edition_address(found.record, "oeffnen"), say("Ohne Mail öffnen"))
    return Step(edition_address(found.record, "teilnehmende"), say("Teilnehmende laden"))


def _first_of_open(desk: Desk, found: Standing, ways: WaysIn) -> Step | None:
    if not desk.is_organiser:
        return None
    say = desk.words.gettext
    if ways.is_any and not found.registered:
        return Step(edition_address(found.record, "zugaenge"), say("Zugänge ansehen"))
    return Step(edition_address(found.record, "versand"), say("Versand und Erinnerungen"))


def _steps(desk: Desk, record: EditionRecord, *steps: tuple[str, str]) -> tuple[Step, ...]:
    """What only organisers can do."""
    if not desk.is_organiser:
        return ()
    return tuple(Step(edition_address(record, place), text) for place, text in steps)


def _facts(desk: Desk, found: Standing, ways: WaysIn) -> tuple[tuple[str, str], ...]:
    record, say = found.record, desk.words.gettext
    edition = record.edition
    event = desk.words.day(edition.starts)
    if edition.ends != edition.starts:
        event = say("%(first)s bis %(last)s") % {
            "first": event,
            "last": desk.words.day(edition.ends),
        }
    invited = say("Angemeldet") if record.opens is None else say("Eingeladen")
    facts = [
        (say("Veranstaltung"), event),
        (invited, _people(desk, found.registered)),
        (say("Frist"), _moment(desk, record.closes or edition.deadline)),
    ]
    if ways.is_any:
        facts.append((say("Weitere Zugänge"), ways_in_words(desk, ways)))
    if ways.attended is not None:
        facts.append((say("Anwesend"), _people(desk, ways.attended)))
    if record.counted is not None:
        facts.append((say("Antworten"), desk.words.number(found.responses)))
    expire = record.addresses_deleted or people_expire(record)
    label = say("Adressen gelöscht") if record.addresses_deleted else say("Adressen bis")
    return (*facts, (label, desk.words.day(expire.astimezone(desk.inst.settings.zone))))


def ways_in_words(desk: Desk, ways: WaysIn) -> str:
    """The ways people come in by beside personal links."""
    say = desk.words.gettext
    names = {"on": say("offener Link"), "ended": say("offener Link (beendet)"), "off": ""}
    found = (names[ways.link.value], say("Papierbogen") if ways.takes_paper else "")
    return ", ".join(name for name in found if name)


def _people(desk: Desk, number: int) -> str:
    shown = desk.words.number(number)
    return desk.words.ngettext("%(n)s Person", "%(n)s Personen", number) % {"n": shown}


def _left(desk: Desk, record: EditionRecord) -> str:
    left = (record.closes or desk.inst.clock()) - desk.inst.clock()
    if left >= TWO_DAYS:
        days = left // DAY
        return desk.words.ngettext("noch %(n)d Tag", "noch %(n)d Tage", days) % {"n": days}
    if left >= HOUR:
        hours = left // HOUR
        return desk.words.ngettext("noch %(n)d Stunde", "noch %(n)d Stunden", hours) % {"n": hours}
    return desk.words.gettext("weniger als eine Stunde")


def _moment(desk: Desk, moment: datetime | None) -> str:
    return "" if moment is None else desk.words.moment(moment, desk.inst.settings.zone)
