"""The linkage attack: everything a patient onlooker could try, on one rehearsal with the real service."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from survey.auditing import aftermath, attacks
from survey.auditing.canaries import sightings
from survey.auditing.cast import OVERWRITTEN, WITHDRAWING, Conduct
from survey.auditing.controls import Mailed, controls, weak_edition
from survey.auditing.findings import Attempt, Finding, Guess, RunResult, Seen
from survey.auditing.guessing import hits_by_strategy
from survey.auditing.logging_proxy import read_lines
from survey.auditing.moments import on_stage, people_at
from survey.auditing.rehearsal import rehearsing
from survey.auditing.rehearsed_edition import (
    ABOUT_SESSION,
    GENERAL,
    PLACES,
    address_of,
)
from survey.auditing.schema_lint import (
    columns_with_time,
    personal_tables,
    tables_in_order_of_coming,
)
from survey.auditing.watching import values_in
from survey.errors import problem
from survey.keeping.backup import backups_in
from survey.storage.connection import open_connection
from survey.storage.copied import every_row, table_definitions
from survey.storage.upkeep import table_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path
    from random import Random

    from survey.auditing.aftermath import Orders
    from survey.auditing.browser import Browser
    from survey.auditing.logging_proxy import Line
    from survey.auditing.rehearsal import Evidence
    from survey.installation import Installation
    from survey.settings import Settings

DECLARED = "list of texts / submission / forwards"
"""The guess that counts: the texts in the order in which they are kept are those of the people in their order."""


def audit_once(
    settings: Settings,
    work: Path,
    *,
    people: int,
    now: datetime,
    chance: Random,
    progress: Callable[[int, int], None],
) -> RunResult:
    """What every attack finds on a throwaway installation in `work`, which must not exist."""
    with rehearsing(settings, work, people=people, now=now, chance=chance, progress=progress) as (
        evidence,
        browser,
    ):
        left = _left_after_count(evidence)
        shown = _read_all(evidence, browser)
        orders = aftermath.orders_in(shown)
        lines = read_lines(evidence.grounds.proxy_log.read_bytes())
        mailed = _keys_in_mails(evidence)
        found = (*_while_open(evidence, lines, mailed), *_after_count(evidence, left, shown))
        guesses = guesses_of(orders, evidence, lines)
        sources = sum(bool(order) for place in orders.found.values() for order in place.values())
        return RunResult(
            people=people,
            attacks=tuple(attempt.finding for attempt in found),
            linked=len(frozenset().union(*(attempt.linked for attempt in found))),
            guesses=guesses,
            controls=controls(evidence, lines, mailed, work),
            unhidden=_unhidden(evidence, lines),
            schema_faults=schema_faults(evidence.inst),
            seen=Seen(
                copies=evidence.seen.copies,
                requests=len(lines),
                boxes_known=len(evidence.boxes()),
                boxes_in_log=len(evidence.seen.boxes_in_log),
                sources=sources,
            ),
        )


def schema_faults(inst: Installation) -> tuple[str, ...]:
    """Columns of this installation's database that keep a time of what a person did, tables that keep an order."""
    with closing(open_connection(inst.settings.database)) as connection:
        tables = table_columns(connection)
        definitions = table_definitions(connection)
    personal = personal_tables(tables)
    ordered = tables_in_order_of_coming(
        {name: definitions[name] for name in personal if name in definitions}
    )
    missing = tuple(f"{name}?" for name in personal if name not in tables)
    return (*columns_with_time(tables, personal=personal), *ordered, *missing)


def guesses_of(orders: Orders, evidence: Evidence, lines: tuple[Line, ...]) -> dict[str, Guess]:
    """Every way to lay an order in which texts are found beside an order in which people are known."""
    cast = evidence.cast
    seconds = attacks.seconds_to_answer(lines, evidence.tokens)
    known = aftermath.known_orders(evidence) | {
        "duration": tuple(sorted(seconds, key=lambda person: seconds[person]))
    }
    guesses = {DECLARED: Guess(0, 0)}
    for key, place in PLACES.items():
        found: dict[str, tuple[int, ...]] = orders.of(place, among=cast.writers)
        if not found:
            continue
        found["length of texts"] = tuple(
            sorted(next(iter(found.values())), key=lambda person: cast.written[person])
        )
        about = "" if key == GENERAL else f"{key}: "
        for name, hits in hits_by_strategy(found, known).items():
            source = name.partition(" / ")[0]
            guesses[about + name] = Guess(len(hits), len(found[source]))
    return guesses


def _read_all(evidence: Evidence, browser: Browser) -> dict[str, bytes]:
    inst = evidence.inst
    cookie = aftermath.sign_in(inst)
    contents = {"page of texts": aftermath.read_texts(inst, browser, cookie)}
    aftermath.publish_everything(inst)
    contents |= aftermath.read_results(inst, browser, cookie) | aftermath.files_of(inst)
    contents["file of a backup"] = aftermath.last_backup(inst)
    return contents


def _left_after_count(evidence: Evidence) -> dict[Path, bytes]:
    """Every file that is there after the count."""
    place = evidence.grounds.of(evidence.inst.settings.data)
    return {path: path.read_bytes() for path in place.files()}


def _keys_in_mails(evidence: Evidence) -> Mailed:
    """Every key out of the mails that opens this edition, or the weak one that it must open."""
    weak = weak_edition(evidence)
    keys = attacks.keys_in_mails(evidence.mails, evidence.edition_id)
    # Told apart once only: there are many keys, and finding the public half of each takes long.
    return Mailed(weak, attacks.fitting(keys, frozenset({evidence.public_key, weak.public_key})))


def _while_open(evidence: Evidence, lines: tuple[Line, ...], mailed: Mailed) -> tuple[Attempt, ...]:
    seen, cast, edition_id = evidence.seen, evidence.cast, evidence.edition_id
    boxes = evidence.boxes()
    known = boxes | evidence.boxes_in_log()
    everybody = frozenset(person.number for person in cast.people)
    lengths = {person: len(box) for person, (_, box) in boxes.items()}
    opened = attacks.opened_boxes(
        known, mailed.keys, edition_id=edition_id, public_key=evidence.public_key
    )
    codes = attacks.codes_in_mails(evidence.mails, edition_id) | attacks.codes_in_log(
        evidence.grounds.journal.read_text(encoding="utf-8").splitlines()
    )
    return (
        Attempt(
            problem(
                "Antworten suchen, auch anders geschrieben oder verdichtet: in Datenbank und Datenbankprotokoll, "
                "Speicherabbild, Sicherungen, Mails, Logs, Dateien auf Zeit"
            ),
            frozenset(person for person, _ in seen.answers_in_copies),
            frozenset(p.number for p in cast.people if p.conduct is not Conduct.BRIEF),
        ),
        Attempt(
            problem("Umschläge öffnen, mit jedem Schlüssel, der sich aus den Mails ableiten lässt"),
            opened,
            frozenset(known),
        ),
        Attempt(
            problem("Entwürfe öffnen, mit allem aus den Mails und dem Log des Dienstes"),
            attacks.opened_drafts(seen.drafts, codes, edition_id=edition_id),
            frozenset(p.number for p in cast.people if address_of(p.number) in seen.drafts_of),
        ),
        Attempt(
            problem("Längen der Umschläge und Entwürfe: leer, voll, überschrieben"),
            attacks.told_by_lengths(lengths, cast.written, all_seen=seen.sizes),
            frozenset(lengths),
        ),
        Attempt(
            problem("Längen der Seiten, die der Dienst schickt: Prüfseite, Fehler, Entwurf, Dank"),
            attacks.told_by_replies(lines, evidence.tokens, cast.written),
            attacks.people_replied_to(lines, evidence.tokens),
        ),
        Attempt(
            problem("Dateien, deren Änderungszeit sagt, wer wann geantwortet hat"),
            everybody if seen.touched else frozenset(),
            everybody,
        ),
        Attempt(
            problem("Link-Prüfer, die jeden Link einer Mail abrufen"),
            frozenset(evidence.changed_by_scanners),
            frozenset(p.number for p in cast.people if p.is_scanned),
        ),
    )


def _after_count(
    evidence: Evidence, left: Mapping[Path, bytes], shown: Mapping[str, bytes]
) -> tuple[Attempt, ...]:
    inst, cast = evidence.inst, evidence.cast
    mails = evidence.grounds.mails
    proxy = evidence.grounds.proxy_log.parent
    own = {path: content for path, content in left.items() if not path.is_relative_to(proxy)}
    old = tuple(folder for _, folder in backups_in(inst.settings.backup_directory)[:-1])
    fresh = [
        content for path, content in own.items() if not any(path.is_relative_to(o) for o in old)
    ]
    found = frozenset().union(
        *(sightings(content) for content in (*left.values(), *shown.values()))
    )
    gone = {person.number for person in cast.people if person.conduct is Conduct.GONE}
    with closing(open_connection(inst.settings.database)) as connection:
        rows = tuple(every_row(connection))
        values = values_in(connection)
    boxes = evidence.all_boxes()
    keys = attacks.keys_left(
        (path for path in evidence.grounds.work.iterdir() if path != evidence.grounds.left_key),
        evidence.edition_id,
        evidence.private_key,
    )
    return (
        Attempt(
            problem("Persönliche Links in Datenbank, Sicherungen und im Log des Dienstes"),
            attacks.tokens_in(
                (content for path, content in own.items() if not path.is_relative_to(mails)),
                evidence.tokens,
            ),
            frozenset(evidence.tokens),
        ),
        Attempt(
            problem(
                "Zeiten des Antwortens in den Zeilen der Datenbank: in jeder Kopie der offenen Tage und nach der "
                "Auszählung, nach der gestellten Uhr und nach der des Rechners"
            ),
            _told_by_times(evidence, values),
            frozenset(evidence.moments.keys() & evidence.real_spans.keys()),
        ),
        Attempt(
            problem(
                "Umschläge und Entwürfe, auch überschriebene, die nach der Auszählung noch in Datenbank oder "
                "Sicherung liegen"
            ),
            attacks.boxes_left(fresh, boxes),
            frozenset(boxes),
        ),
        Attempt(
            problem("Überschriebene und zurückgenommene Antworten"),
            frozenset(p for p, place in found if place == OVERWRITTEN or p in gone),
            frozenset(p.number for p in cast.people if p.conduct in WITHDRAWING),
        ),
        Attempt(
            problem("Text aus einem Programmpunkt mit nur einer Antwort"),
            frozenset({cast.lonely})
            if (cast.lonely, PLACES[ABOUT_SESSION]) in found
            else frozenset(),
            frozenset({cast.lonely}),
        ),
        Attempt(
            problem("Zwei Texte eines Menschen in einer Zeile"),
            attacks.joined_rows(rows),
            attacks.writers_of_two(rows),
        ),
        Attempt(
            problem("Reste des Schlüssels, auch in Sicherungen"),
            attacks.opened_boxes(
                evidence.boxes(),
                keys,
                edition_id=evidence.edition_id,
                public_key=evidence.public_key,
            ),
            frozenset(evidence.boxes()),
        ),
    )


def _told_by_times(evidence: Evidence, left: frozenset[object]) -> frozenset[int]:
    """By either clock, out of everything that ever was in the database and of what the count has left."""
    zone = evidence.inst.settings.zone
    since = (left | evidence.seen.values) - evidence.seen.first_values
    return people_at(left | since, on_stage(evidence.moments), zone=zone) | people_at(
        since, evidence.real_spans, zone=zone
    )


def _unhidden(evidence: Evidence, lines: tuple[Line, ...]) -> tuple[Finding, ...]:
    cast, seen = evidence.cast, evidence.seen
    told = attacks.told_by_requests(lines, evidence.tokens, cast.written)
    return (
        Finding(
            problem("wer geantwortet hat: Kopien von vor und nach einer Antwort zeigen es"),
            len(evidence.boxes()),
            len(cast.people),
        ),
        Finding(
            problem(
                "wie lang das ist, was ein Browser schickt. Wer das am Netz aufschreibt und später die Texte "
                "liest, kann beides nebeneinanderlegen"
            ),
            len(told),
            len(cast.writers),
        ),
        Finding(
            problem(
                "Entwürfe vor einem Proxy, der Pfade aufschreibt, und vor Kopien aus derselben Zeit: der Link zum "
                "Weitermachen öffnet den Entwurf"
            ),
            len(
                attacks.opened_drafts(
                    seen.drafts,
                    attacks.codes_in_log(line.path for line in lines),
                    edition_id=evidence.edition_id,
                )
            ),
            len(seen.drafts),
        ),
    )
