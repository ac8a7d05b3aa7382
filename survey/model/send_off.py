"""What an edition needs around its questionnaire before the first mail leaves: people, addresses, dates, keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from survey.errors import Problem, problem
from survey.model.edition_review import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo

    from survey.model.event import Edition

SHORTEST_TIME_TO_ANSWER = timedelta(hours=48)
MOST_WITHOUT_MAIL_CHECK = 100
RESERVED_DOMAINS = ("example", "example.com", "example.net", "example.org", "test", "invalid")
"""Belong to nobody (RFC 2606): a mail from there is refused, and an answer to it is lost."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about the installation and the people of an edition, now."""

    now: datetime
    zone: tzinfo
    people: int
    """How many would get the first mail."""
    bookings: int
    has_key: bool
    """The edition's key opens a box that was sealed for it."""
    has_key_copy: bool
    has_fresh_backup: bool
    addresses_go: datetime
    """From then on nobody can be written to."""
    least_disclosure: int = 0
    """The organisation shows results of no fewer people."""
    least_cell: int = 0
    """The same for breakdowns, pairs and quotes."""
    later_mails: tuple[datetime, ...] = ()
    """When the mails of the schedule leave."""
    has_checked_mail: bool = False
    """A mail came through with its signatures, as far as anybody looked."""
    leads_to_this_machine: bool = False
    """Mails would carry links that only this machine can open."""


def circumstances_review(edition: Edition, around: Circumstances) -> Review:
    """What blocks the first mail, what should be known before it, and what is in order."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    passed: list[Problem] = []
    for rules, found in ((_ERRORS, errors), (_WARNINGS, warnings)):
        for rule, in_order in rules:
            problems = tuple(rule(edition, around))
            found.extend(problems)
            # Of nobody it would be true as well that everything about them is in order.
            if not problems and (around.people or rule not in _OF_THE_PEOPLE):
                passed.append(in_order)
    return Review(tuple(errors), tuple(warnings), tuple(passed))


def is_reserved_address(address: str) -> bool:
    """True if no mail can come from there or go there."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return any(domain == name or domain.endswith(f".{name}") for name in RESERVED_DOMAINS)


def _people(_: Edition, around: Circumstances) -> Iterator[Problem]:
    if not around.people:
        yield problem(
            "Es ist noch niemand angemeldet. Lesen Sie zuerst die Anmeldeliste ein.",
            place="participants",
        )


def _deadline(edition: Edition, around: Circumstances) -> Iterator[Problem]:
    if edition.deadline <= around.now:
        yield problem(
            "Die Frist liegt in der Vergangenheit: %(when)s.",
            place="deadline",
            when=edition.deadline.astimezone(around.zone),
        )


def _addresses(edition: Edition, _: Circumstances) -> Iterator[Problem]:
    if not edition.sender.strip():
        yield problem("Es fehlt die Adresse, von der die Mails kommen.", place="sender")
    if not edition.contact.strip():
        yield problem("Es fehlt die Adresse, die Fragen beantwortet.", place="contact")
    if edition.is_made_up:
        return  # its people are invented as well
    for place in ("sender", "contact"):
        address = getattr(edition, place)
        if is_reserved_address(address):
            yield problem(
                "„%(address)s“ ist eine Beispieladresse. Tragen Sie die richtige ein.",
                place=place,
                address=address,
            )


def _key(_: Edition, around: Circumstances) -> Iterator[Problem]:
    if not around.has_key:
        yield problem(
            "Der Schlüssel dieser Ausgabe fehlt oder passt nicht: Antworten ließen sich nicht auszählen.",
            place="keys",
        )


def _links(_: Edition, around: Circumstances) -> Iterator[Problem]:
    if around.leads_to_this_machine:
        yield problem(
            "Die Links in den Mails führen nur zu diesem Rechner. Die Technik muss zuerst die Adresse des "
            "Dienstes einstellen.",
            place="settings",
        )


def _thresholds(edition: Edition, around: Circumstances) -> Iterator[Problem]:
    for value, least in (
        (edition.disclosure_threshold, around.least_disclosure),
        (edition.cell_threshold, around.least_cell),
    ):
        if value < least:
            yield problem(
                "Ihre Organisation zeigt Ergebnisse erst ab %(least)s Personen, diese Ausgabe schon ab %(value)s.",
                place="disclosure_threshold",
                least=least,
                value=value,
            )


def _large_enough(edition: Edition, around: Circumstances) -> Iterator[Problem]:
    needed = 2 * edition.disclosure_threshold
    if 0 < around.people < needed:
        yield problem(
            "Es sind nur %(people)s Personen. Ergebnisse werden erst ab %(needed)s Eingeladenen gezeigt.",
            place="participants",
            people=around.people,
            needed=needed,
        )


def _later_mails(_: Edition, around: Circumstances) -> Iterator[Problem]:
    for moment in around.later_mails:
        if moment >= around.addresses_go:
            yield problem(
                "Eine Mail soll am %(when)s verschickt werden. Da sind die Adressen schon gelöscht (%(gone)s).",
                place="schedule",
                when=moment.astimezone(around.zone),
                gone=around.addresses_go.astimezone(around.zone),
            )


def _time_to_answer(edition: Edition, around: Circumstances) -> Iterator[Problem]:
    left = edition.deadline - around.now
    if timedelta(0) < left < SHORTEST_TIME_TO_ANSWER:
        yield problem(
            "Bis zur Frist sind es weniger als 48 Stunden. Wer Teilzeit arbeitet, verpasst sie leicht.",
            place="deadline",
        )


def _texts(edition: Edition, _: Circumstances) -> Iterator[Problem]:
    for name, key in (
        (
            "contact_name",
            problem("Es fehlt der Name der Person, die Fragen beantwortet.", place="contact_name"),
        ),
        (
            "text_readers",
            problem(
                "Es fehlt, wer die Freitexte liest. Im Fragebogen steht dann nur die Organisation.",
                place="text_readers",
            ),
        ),
        (
            "data_protection_contact",
            problem(
                "In den Datenschutzhinweisen fehlt, wie die Datenschutzbeauftragten zu erreichen sind.",
                place="data_protection_contact",
            ),
        ),
    ):
        if not getattr(edition, name).strip():
            yield key


def _bookings(edition: Edition, around: Circumstances) -> Iterator[Problem]:
    has_booked = any(
        s.is_booked and s.is_rated and not s.is_cancelled for s in edition.programme.sessions
    )
    if has_booked and around.people and not around.bookings:
        yield problem(
            "Niemand hat einen Programmpunkt gebucht, obwohl es welche zum Buchen gibt. "
            "Alle sehen dann nur die allgemeinen Fragen.",
            place="participants",
        )


def _copies(_: Edition, around: Circumstances) -> Iterator[Problem]:
    if not around.has_key_copy:
        yield problem(
            "Vom Schlüssel dieser Ausgabe gibt es keine Kopie. Geht er verloren, sind alle Antworten verloren.",
            place="keys",
        )
    if not around.has_fresh_backup:
        yield problem("Es gibt keine Sicherung der letzten zwei Tage.", place="keys")


def _mail_check(_: Edition, around: Circumstances) -> Iterator[Problem]:
    if around.people > MOST_WITHOUT_MAIL_CHECK and not around.has_checked_mail:
        yield problem(
            "Sie schreiben an %(people)s Personen, und niemand hat geprüft, ob Ihre Mails ankommen.",
            place="mail_check",
            people=around.people,
        )


_Rules: TypeAlias = (
    "tuple[tuple[Callable[[Edition, Circumstances], Iterator[Problem]], Problem], ...]"
)
_ERRORS: _Rules = (
    (_people, problem("Es gibt Menschen, die eingeladen werden.")),
    (_deadline, problem("Die Frist liegt in der Zukunft.")),
    (_addresses, problem("Absender und Kontakt stehen fest.")),
    (_key, problem("Der Schlüssel der Urne öffnet, was mit ihm verschlossen wurde.")),
    (_links, problem("Die Links in den Mails führen zu diesem Dienst.")),
    (
        _thresholds,
        problem("Die Mindestgruppen sind so groß, wie Ihre Organisation es verlangt."),
    ),
    (
        _later_mails,
        problem("Alle späteren Mails verlassen das Haus, bevor Adressen gelöscht werden."),
    ),
)
_WARNINGS: _Rules = (
    (_time_to_answer, problem("Zum Antworten bleiben mindestens zwei Tage.")),
    (_texts, problem("Alle Angaben für Fragebogen und Datenschutzhinweise sind da.")),
    (_large_enough, problem("Die Gruppe ist groß genug, um Ergebnisse zu zeigen.")),
    (_bookings, problem("Die Buchungen passen zum Programm.")),
    (_copies, problem("Vom Schlüssel und von den Daten gibt es frische Kopien.")),
    (_mail_check, problem("Der Mailversand ist geprüft, oder es sind wenige Mails.")),
)
_OF_THE_PEOPLE = (_large_enough, _bookings, _mail_check)
