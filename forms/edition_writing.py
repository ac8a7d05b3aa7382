"""Writing an edition as a TOML file that reads back to the same edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, assert_never
from zoneinfo import ZoneInfo

from forms.item_file import DEFAULT_LONG_TEXT, POSITIVE_LABEL, ItemKind, Scale
from forms.questionnaire_library import standard_library
from survey.language.wording import LANGUAGES, Wording
from survey.model.items import (
    SHORT_TEXT_LIMIT,
    Choice,
    Item,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.model.event import Edition
    from survey.model.programme import Programme, Session
    from survey.model.questionnaire import Questionnaire, Section

GERMAN_TIME = ZoneInfo("Europe/Berlin")

Value = str | int | bool | date | datetime | Wording | tuple[str, ...]
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LIMITS = {ShortText: SHORT_TEXT_LIMIT, LongText: DEFAULT_LONG_TEXT}
_KINDS: dict[type[Item], ItemKind] = {
    RatingScale: ItemKind.RATING,
    Recommendation: ItemKind.RECOMMENDATION,
    SingleChoice: ItemKind.SINGLE_CHOICE,
    MultipleChoice: ItemKind.MULTIPLE_CHOICE,
    YesNo: ItemKind.YES_NO,
    TopThree: ItemKind.TOP_THREE,
    ShortText: ItemKind.SHORT_TEXT,
    LongText: ItemKind.LONG_TEXT,
}


def write_edition_file(edition: Edition, *, zone: ZoneInfo = GERMAN_TIME) -> str:
    """The edition as text of an edition file; times are said as times of `zone`, with their offset."""
    return "\n".join(_lines(edition, zone)) + "\n"


def _lines(edition: Edition, zone: ZoneInfo) -> Iterator[str]:
    yield from _entries(
        name=edition.name,
        series=edition.series,
        title=edition.title,
        kind=edition.kind.value,
        format=edition.format.value,
        starts=edition.starts,
        ends=edition.ends,
        deadline=edition.deadline.astimezone(zone),
    )
    yield ""
    yield from _entries(
        organisation=edition.organisation,
        sender=edition.sender,
        **_unless_empty(sender_name=edition.sender_name),
        contact=edition.contact,
        **_unless_empty(
            contact_name=edition.contact_name,
            text_readers=edition.text_readers,
            legal_basis=edition.legal_basis,
            processors=edition.processors,
            data_protection_contact=edition.data_protection_contact,
        ),
    )
    yield ""
    standard = next(
        (n for n, q in standard_library().questionnaires.items() if q == edition.questionnaire),
        None,
    )
    if standard:
        yield from _entries(questionnaire=standard)
    if edition.breakdown:
        yield from _entries(breakdown=edition.breakdown.item)
    yield from _entries(
        most_sessions_per_person=edition.programme.most_sessions_per_person,
        disclosure_threshold=edition.disclosure_threshold,
        cell_threshold=edition.cell_threshold,
        retention_days=edition.retention_days,
    )
    if edition.box_size:
        yield from _entries(box_size=edition.box_size)
    if edition.is_made_up:
        yield from _entries(is_made_up=True)
    for pair in edition.pairs:
        yield from ("", "[[pairs]]", *_entries(item=pair.item, by=pair.by))
    yield from _programme(edition.programme)
    if edition.next_edition:
        coming = edition.next_edition
        yield from ("", "[next_edition]")
        yield from _entries(
            title=coming.title,
            starts=coming.starts.astimezone(zone),
            ends=coming.ends.astimezone(zone),
            **_unless_empty(place=coming.place),
        )
    if not standard:
        yield from _questionnaire(edition.questionnaire)


def _programme(programme: Programme) -> Iterator[str]:
    for round_ in programme.rounds:
        yield from ("", "[[rounds]]", *_entries(code=round_.code, title=round_.title))
    for session in programme.sessions:
        yield from ("", "[[sessions]]", *_session(session))


def _session(session: Session) -> Iterator[str]:
    yield from _entries(code=session.code, title=session.title, kind=session.kind.value)
    yield from _entries(
        **_unless_empty(round=session.round or "", recording=session.recording or "")
    )
    if session.speakers:
        yield from _entries(speakers=session.speakers)
    if not session.is_rated:
        yield from _entries(rated=False)
    if session.is_cancelled:
        yield from _entries(cancelled=True)


def _questionnaire(questionnaire: Questionnaire) -> Iterator[str]:
    yield from ("", "[questionnaire]", *_entries(layout_version=questionnaire.layout_version))
    for section in questionnaire.sections:
        yield from ("", "[[questionnaire.sections]]", *_section(section))


def _section(section: Section) -> Iterator[str]:
    yield from _entries(code=section.code, heading=section.heading)
    if section.introduction:
        yield from _entries(introduction=section.introduction)
    if section.for_each:
        yield from _entries(for_each=tuple(kind.value for kind in section.for_each))
    if section.condition:
        question, taken = _text(section.condition.item), _value(section.condition.choices)
        yield f"only_if = {{ question = {question}, choices = {taken} }}"
    for item in section.items:
        yield from ("", "[[questionnaire.sections.items]]", *_item(item))


def _item(item: Item) -> Iterator[str]:
    standard = standard_library().items.get(item.code)
    if standard and item == standard:
        yield from _entries(use=item.code)
    elif standard and item == replace(standard, is_required=True):
        yield from _entries(use=item.code, required=True)
    else:
        yield from _entries(code=item.code, kind=_KINDS[type(item)].value, wording=item.wording)
        if item.hint:
            yield from _entries(hint=item.hint)
        if item.is_required:
            yield from _entries(required=True)
        if item.wording_version != 1:
            yield from _entries(wording_version=item.wording_version)
        if item.scale_version != 1:
            yield from _entries(scale_version=item.scale_version)
        yield from _own_part(item)


def _own_part(item: Item) -> Iterator[str]:
    match item:
        case RatingScale():
            yield from _scale(Scale(item.choices, item.positive_label))
        case Recommendation():
            yield from _entries(low=item.low, high=item.high)
        case SingleChoice() | TopThree():
            yield from _choices(item.choices)
        case MultipleChoice():
            yield from _choices(item.choices)
            if item.other_label is not None:
                yield from _entries(other_label=item.other_label)
        case ShortText() | LongText():
            if item.limit != _LIMITS[type(item)]:
                yield from _entries(limit=item.limit)
        case YesNo():
            pass
        case _:
            assert_never(item)


def _scale(scale: Scale) -> Iterator[str]:
    known = next((n for n, s in standard_library().scales.items() if s == scale), None)
    if known:
        yield from _entries(scale=known)
        return
    yield from _choices(scale.choices)
    if scale.positive_label != POSITIVE_LABEL:
        yield from _entries(positive_label=scale.positive_label)


def _choices(choices: Sequence[Choice]) -> Iterator[str]:
    yield "choices = ["
    for choice in choices:
        exclusive = ", exclusive = true" if choice.is_exclusive else ""
        yield f"  {{ code = {_value(choice.code)}, label = {_value(choice.label)}{exclusive} }},"
    yield "]"


def _unless_empty(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _entries(**values: Value) -> Iterator[str]:
    for key, value in values.items():
        yield f"{key} = {_value(value)}"


def _value(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _text(value)
        case datetime() | date():
            return value.isoformat()
        case Wording():
            return _wording(value)
        case tuple():
            return "[" + ", ".join(_text(text) for text in value) + "]"
        case _:
            assert_never(value)


def _wording(wording: Wording) -> str:
    texts = {language: getattr(wording, language) for language in LANGUAGES}
    if not wording.easy and not wording.en:
        return _text(wording.de)
    said = ", ".join(f"{language} = {_text(text)}" for language, text in texts.items() if text)
    return f"{{ {said} }}"


def _text(text: str) -> str:
    """A TOML string on one line; invisible characters are written out, so that nothing hides in a file."""
    said = "".join(_ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in text)
    return f'"{said}"'
