"""Edition files: one readable TOML file says everything about an edition (docs/edition-file.md explains it).

A file is refused as a whole, with every problem in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email

from forms.edition_writing import GERMAN_TIME, write_edition_file
from forms.programme_file import read_programme
from forms.questionnaire_file import read_questionnaire
from forms.questionnaire_library import standard_library
from forms.toml_keys import Keys, Problems
from forms.toml_lines import parse_toml
from survey.errors import FileRefused, Problem, problem
from survey.model.event import (
    RESERVED_NAMES,
    Breakdown,
    Edition,
    EditionFormat,
    EditionKind,
    NextEdition,
    Pair,
)
from survey.model.items import RatingScale, Shape, SingleChoice, YesNo, shape
from survey.model.personal_form import largest_response
from survey.model.questionnaire import Questionnaire
from survey.model.sent_fields import MOST_ANSWER_FIELDS, most_fields
from survey.urn.sealing import BOX_SIZES, capacity

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from survey.model.items import Item

__all__ = ["read_edition_file", "write_edition_file"]

EDITION_NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")
LEAST_DISCLOSURE, MOST_DISCLOSURE = 5, 100
LEAST_CELL = 10
DEFAULT_RETENTION, LONGEST_RETENTION = 14, 90


@dataclass(frozen=True, slots=True)
class _Source:
    """The file being read and where its neighbours lie."""

    folder: Path | None
    zone: ZoneInfo
    problems: Problems


def read_edition_file(
    source: Path | bytes, name: str = "", *, zone: ZoneInfo = GERMAN_TIME
) -> Edition:
    """The edition that the file defines; FileRefused with every problem in it, its line and its cause.

    `name` is what the file is called in problems. Times without an offset are times of `zone`. A questionnaire
    in a file of its own is looked for beside the edition file, so only where `source` is a path.
    """
    if isinstance(source, Path):
        name = name or source.name
        data, folder = _content(source, name), source.parent
    else:
        data, folder = source, None
    problems = Problems()
    keys = Keys(parse_toml(data, name), problems)
    edition = _edition(keys, _Source(folder, zone, problems))
    keys.finish()
    if not problems.found:
        _check_box(keys, edition)
    if problems.found:
        raise FileRefused(name, tuple(sorted(problems.found, key=lambda p: p.line or 0)))
    return edition


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(name, (problem("Die Datei lässt sich nicht lesen."),)) from error


def _edition(keys: Keys, source: _Source) -> Edition:
    name = keys.text("name")
    if keys.is_sound("name") and not EDITION_NAME.fullmatch(name):
        keys.refuse(
            "„%(value)s“ geht nicht als Kurzname: erlaubt sind bis zu 31 kleine Buchstaben (a bis z), Ziffern, "
            "Binde- und Unterstriche, zuerst ein Buchstabe.",
            "name",
            value=name[:60],
        )
    if name in RESERVED_NAMES:
        keys.refuse("„%(value)s“ ist vergeben. Wählen Sie ein anderes Wort.", "name", value=name)
    starts = keys.day("starts")
    ends = keys.day("ends") if keys.has("ends") else starts
    if keys.is_sound("starts", "ends") and ends < starts:
        keys.refuse("Das Ende („ends“) liegt vor dem Beginn („starts“).", "ends")
    deadline = keys.moment("deadline", source.zone)
    if keys.is_sound("starts", "ends", "deadline") and _day(deadline, source.zone) <= ends:
        keys.refuse(
            "Die Frist („deadline“) muss nach dem letzten Tag der Veranstaltung enden, damit alle Zeit zum Antworten "
            "haben.",
            "deadline",
        )
    programme = read_programme(keys)
    questionnaire = _questionnaire(keys, source)
    threshold = keys.number(
        "disclosure_threshold", LEAST_DISCLOSURE, least=LEAST_DISCLOSURE, most=MOST_DISCLOSURE
    )
    return Edition(
        name=name,
        series=keys.text("series"),
        title=keys.text("title"),
        kind=keys.one_of("kind", EditionKind),
        format=keys.one_of("format", EditionFormat),
        starts=starts,
        ends=ends,
        organisation=keys.text("organisation"),
        sender=_address(keys, "sender"),
        contact=_address(keys, "contact"),
        deadline=deadline,
        questionnaire=questionnaire,
        programme=programme,
        sender_name=keys.text_or("sender_name", ""),
        contact_name=keys.text_or("contact_name", ""),
        text_readers=keys.text_or("text_readers", ""),
        legal_basis=keys.text_or("legal_basis", ""),
        processors=keys.text_or("processors", ""),
        data_protection_contact=keys.text_or("data_protection_contact", ""),
        breakdown=_breakdown(keys, questionnaire),
        pairs=_pairs(keys, questionnaire),
        disclosure_threshold=threshold,
        cell_threshold=keys.number(
            "cell_threshold",
            max(LEAST_CELL, threshold),
            least=max(LEAST_CELL, threshold),
            most=MOST_DISCLOSURE,
        ),
        retention_days=keys.number(
            "retention_days", DEFAULT_RETENTION, least=1, most=LONGEST_RETENTION
        ),
        box_size=_box_size(keys),
        next_edition=_next_edition(keys, source, ends),
        is_made_up=keys.truth("is_made_up", otherwise=False),
    )


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _address(keys: Keys, key: str) -> str:
    value = keys.text(key)
    if not keys.is_sound(key):
        return value
    try:
        # No mail leaves with an umlaut before the @ of its sender.
        return validate_email(value, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        keys.refuse("„%(value)s“ ist keine gültige E-Mail-Adresse.", key, value=value[:100])
        return value


def _questionnaire(keys: Keys, source: _Source) -> Questionnaire:
    library = standard_library()
    if not keys.has("questionnaire"):
        keys.refuse("„%(entry)s“ fehlt.", "questionnaire")
        return Questionnaire(())
    if not keys.is_text("questionnaire"):
        inline = keys.table("questionnaire")
        return Questionnaire(()) if inline is None else read_questionnaire(inline, library)
    named = keys.text("questionnaire")
    if named in library.questionnaires:
        return library.questionnaires[named]
    if not named.endswith(".toml"):
        keys.refuse(
            "Einen Fragebogen „%(value)s“ gibt es nicht. Möglich sind: %(known)s, oder der Name einer Datei, "
            "die auf .toml endet.",
            "questionnaire",
            value=named[:60],
            known=", ".join(library.questionnaires),
        )
        return Questionnaire(())
    return _questionnaire_beside(keys, named, source)


def _questionnaire_beside(keys: Keys, named: str, source: _Source) -> Questionnaire:
    if source.folder is None or Path(named).name != named:
        keys.refuse(
            "Die Datei „%(value)s“ muss neben der Datei der Ausgabe liegen.",
            "questionnaire",
            value=named[:60],
        )
        return Questionnaire(())
    problems = Problems(beside=named)
    try:
        file = parse_toml(_content(source.folder / named, named), named)
    except FileRefused as refusal:
        for each in refusal.problems:
            said = f"{named}:{each.line}" if each.line else named
            source.problems.found.append(Problem(each.key, each.facts, place=said))
        return Questionnaire(())
    questionnaire = read_questionnaire(Keys(file, problems), standard_library())
    source.problems.found.extend(problems.found)
    return questionnaire


def _breakdown(keys: Keys, questionnaire: Questionnaire) -> Breakdown | None:
    if not keys.has("breakdown"):
        return None
    code = keys.text("breakdown")
    _check_item(keys, "breakdown", code, _allowed(questionnaire, SingleChoice))
    return Breakdown(code)


def _pairs(keys: Keys, questionnaire: Questionnaire) -> tuple[Pair, ...]:
    pairs = []
    closed = tuple(i.code for i in questionnaire.general_items() if shape(i) is not Shape.TEXTS)
    for each in keys.tables("pairs"):
        pair = Pair(each.text("item"), each.text("by"))
        _check_item(each, "item", pair.item, closed)
        _check_item(each, "by", pair.by, _allowed(questionnaire, SingleChoice, RatingScale, YesNo))
        if pair.item == pair.by and each.is_sound("item", "by"):
            each.refuse("„item“ und „by“ müssen verschiedene Fragen sein.")
        if pair in pairs:
            each.refuse("Dieses Paar gibt es schon.")
        each.finish()
        pairs.append(pair)
    return tuple(pairs)


def _allowed(questionnaire: Questionnaire, *kinds: type[Item]) -> tuple[str, ...]:
    return tuple(i.code for i in questionnaire.general_items() if isinstance(i, kinds))


def _check_item(keys: Keys, key: str, code: str, allowed: tuple[str, ...]) -> None:
    if keys.is_sound(key) and allowed and code not in allowed:
        keys.refuse(
            "„%(value)s“ geht hier nicht. Möglich sind: %(known)s.",
            key,
            value=code[:60],
            known=", ".join(allowed),
        )


def _box_size(keys: Keys) -> int:
    size = keys.number("box_size", 0, least=0, most=BOX_SIZES[-1])
    if size and size not in BOX_SIZES:
        keys.refuse(
            "„%(entry)s“ muss eine dieser Zahlen sein: %(known)s.",
            "box_size",
            known=", ".join(str(s) for s in BOX_SIZES),
        )
    return size


def _check_box(keys: Keys, edition: Edition) -> None:
    needed = largest_response(edition)
    if needed > capacity(edition.box_size or BOX_SIZES[-1]):
        keys.refuse(
            "Der Fragebogen ist zu lang: Die größte mögliche Rückmeldung hat %(needed)s Byte, Platz ist für %(room)s. "
            "Kürzen Sie die Höchstlänge („limit“) der Freitexte.",
            "questionnaire",
            needed=needed,
            room=capacity(edition.box_size or BOX_SIZES[-1]),
        )
    fields = most_fields(edition)
    if fields > MOST_ANSWER_FIELDS:
        keys.refuse(
            "Der Fragebogen ist zu lang: Ein ausgefülltes Formular hat bis zu %(needed)s Felder, erlaubt sind "
            "%(room)s. Fragen Sie weniger, oder geben Sie weniger Antworten zum Ankreuzen vor.",
            "questionnaire",
            needed=fields,
            room=MOST_ANSWER_FIELDS,
        )


def _next_edition(keys: Keys, source: _Source, ends: date) -> NextEdition | None:
    table = keys.table("next_edition")
    if table is None:
        return None
    coming = NextEdition(
        title=table.text("title"),
        starts=table.moment("starts", source.zone),
        ends=table.moment("ends", source.zone),
        place=table.text_or("place", ""),
    )
    if table.is_sound("starts", "ends") and coming.ends <= coming.starts:
        table.refuse("Das Ende („ends“) liegt vor dem Beginn („starts“).", "ends")
    if (
        table.is_sound("starts")
        and keys.is_sound("starts", "ends")
        and _day(coming.starts, source.zone) <= ends
    ):
        table.refuse("Die nächste Ausgabe muss nach dieser stattfinden.", "starts")
    table.finish()
    return coming
