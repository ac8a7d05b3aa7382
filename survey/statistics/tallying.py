"""From responses, in memory, to what may be kept of them: every question counted by itself.

What is too small to be shown is not written either: a session, a question, a set of texts or a table of
groups below its threshold leaves at most its number of answers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.items import ANSWERED, NO_ANSWER, NOT_ATTENDED, Answer, RatingScale, Shape
from survey.model.personal_form import BETWEEN
from survey.model.tally import (
    ALL_OTHERS,
    BETTER_HALF,
    OTHER_HALF,
    TallyRow,
    WrittenText,
    breakdown_grouping,
    pair_grouping,
)
from survey.statistics.disclosure import Showing, subgroup_showing
from survey.statistics.disclosure_audit import atoms_of, audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.programme import Session
    from survey.model.questionnaire import Section
    from survey.model.response import Response

_EVERYBODY = ""
_HALVES = 2
_ABSENT = Answer((NOT_ATTENDED,))


@dataclass(frozen=True, slots=True)
class Attendance:
    """What the responses say about being in one session."""

    answered: int
    """Answered at least one of its questions."""
    present: int
    """Said or showed that they were there."""
    absent: int
    swapped: int
    """Were there, and not in another session of the round that they had booked."""


@dataclass(frozen=True, slots=True)
class Tallying:
    """Everything that is left of all responses of an edition."""

    responses: int
    rows: tuple[TallyRow, ...]
    attendance: Mapping[str, Attendance]
    texts: tuple[WrittenText, ...]
    withheld_sessions: tuple[str, ...]
    """Sessions of which only the number of answers is kept, in programme order."""
    withheld_texts: int


def tally_responses(edition: Edition, responses: Sequence[Response]) -> Tallying:
    """The tallies and texts that may be kept; sessions cancelled since are left out."""
    sessions = edition.programme.held_and_rated()
    attendance = {s.code: _attendance(edition, s, responses) for s in sessions}
    enough = len(responses) >= edition.disclosure_threshold
    kept = [s for s in sessions if attendance[s.code].answered >= edition.disclosure_threshold]
    rows: list[TallyRow] = []
    if enough:
        for item in edition.questionnaire.general_items():
            rows += _question(edition, item, "", responses)
            rows += _tables(edition, item, responses)
        for session in kept:
            for item in edition.questionnaire.session_items(session.kind):
                rows += _question(edition, item, session.code, responses)
    texts, withheld = _texts(edition, attendance, responses)
    return Tallying(
        responses=len(responses),
        rows=tuple(sorted(rows)),
        attendance=attendance,
        texts=texts,
        withheld_sessions=tuple(s.code for s in sessions if s not in kept),
        withheld_texts=withheld,
    )


def _attendance(edition: Edition, session: Session, responses: Sequence[Response]) -> Attendance:
    others = {s.code for s in edition.programme.sessions if s.round == session.round and s.round}
    by_code = {i.code: i for i in edition.questionnaire.session_items(session.kind)}
    answered = present = absent = swapped = 0
    for response in responses:
        told = _about(response, session.code)
        if any(answer != _ABSENT for answer in told.values()):
            present += 1
            swapped += any(
                _ABSENT in _about(response, other).values() for other in others - {session.code}
            )
        elif told:
            absent += 1
        answered += any(ANSWERED in items.tally(by_code[code], told[code]) for code in told)
    return Attendance(answered, present, absent, swapped)


def _about(response: Response, session: str) -> dict[str, Answer]:
    start = session + BETWEEN
    return {
        key.removeprefix(start): answer
        for key, answer in response.answers.items()
        if key.startswith(start)
    }


def _question(
    edition: Edition, item: Item, session: str, responses: Sequence[Response]
) -> list[TallyRow]:
    """Everybody's answers to one question; of a question that too few answered, their number only."""
    counted = _counted(item, [_answer(r, item, session) for r in responses])
    if counted[ANSWERED] < edition.disclosure_threshold:
        counted = Counter({ANSWERED: counted[ANSWERED]})
    return [TallyRow(session, _EVERYBODY, item.code, v, n) for v, n in counted.items() if n]


def _tables(edition: Edition, item: Item, responses: Sequence[Response]) -> list[TallyRow]:
    """One question by the breakdown and by the pairs named before opening, each table whole or not at all."""
    if items.shape(item) is Shape.TEXTS:
        return []
    answering = [r for r in responses if ANSWERED in items.tally(item, _answer(r, item, ""))]
    memberships = [{_EVERYBODY} for _ in answering]
    published = {_EVERYBODY}
    rows: list[TallyRow] = []
    for by, ways in _splits(edition, item):
        splitter = edition.questionnaire.item(by)
        for way in ways:
            used = {group for r in responses for group in way.groups_of(r, splitter)}
            if way.is_coarse and len(used) < _HALVES:
                break  # one half alone splits nothing
            joined = [
                before | way.groups_of(response, splitter)
                for before, response in zip(memberships, answering, strict=True)
            ]
            cells = _cells(item, used, answering, joined)
            if (
                used
                and _may_be_shown(edition, item, cells)
                and not audit(
                    published | used, atoms_of(joined), threshold=edition.disclosure_threshold
                )
            ):
                memberships, published = joined, published | used
                rows += [
                    TallyRow("", group, item.code, value, n)
                    for group, counted in cells.items()
                    for value, n in counted.items()
                ]
                break
    return rows


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to group people by their answer to a question."""

    groupings: Mapping[str, str]
    silent: str = ""
    """The group of those who gave no answer; empty where they are in none."""
    is_coarse: bool = False

    def groups_of(self, response: Response, splitter: Item) -> set[str]:
        """The person's groups."""
        found = {self.groupings[value] for value in _groups(response, splitter)}
        return found or ({self.silent} if self.silent else set())


def _splits(edition: Edition, item: Item) -> list[tuple[str, list[_Way]]]:
    """By which questions it is split, each with the ways to group people, the finest first."""
    breakdown = edition.breakdown
    splits = []
    if breakdown and breakdown.item != item.code:
        codes = [c.code for c in _values(edition, breakdown.item)]
        splits.append((breakdown.item, [_Way({code: breakdown_grouping(code) for code in codes})]))
    for pair in edition.pairs:
        if pair.item == item.code:
            splitter = edition.questionnaire.item(pair.by)
            codes = [c.code for c in items.choices(splitter)]
            ways = [_Way({code: pair_grouping(pair.by, code) for code in codes})]
            if isinstance(splitter, RatingScale):
                ways += [
                    _halves(splitter, pair_grouping(pair.by, OTHER_HALF)),
                    _halves(splitter, others := pair_grouping(pair.by, ALL_OTHERS), silent=others),
                ]
            splits.append((pair.by, ways))
    return splits


def _halves(splitter: RatingScale, others: str, *, silent: str = "") -> _Way:
    better = pair_grouping(splitter.code, BETTER_HALF)
    return _Way(
        {c.code: better if c.code in splitter.positive else others for c in splitter.choices},
        silent,
        is_coarse=True,
    )


def _may_be_shown(edition: Edition, item: Item, cells: Mapping[str, Counter[str]]) -> bool:
    """Whether each group is large enough and of more than one mind, where a better half of all is telling too."""
    better = item.positive if isinstance(item, RatingScale) else ()
    values = [choice.code for choice in items.choices(item)]
    for counted in cells.values():
        answered = counted[ANSWERED]
        counts = [counted[value] for value in values]
        positive = sum(counted[value] for value in better)
        if better:
            counts.append(answered - positive)
        if Showing.FIGURES is not subgroup_showing(
            counts, answered, positive=positive, eligible=None, threshold=edition.cell_threshold
        ):
            return False
    return True


def _cells(
    item: Item, groups: set[str], answering: Sequence[Response], memberships: Sequence[set[str]]
) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {group: Counter() for group in sorted(groups)}
    for response, membership in zip(answering, memberships, strict=True):
        for group in membership & groups:
            counted[group].update(items.tally(item, _answer(response, item, "")))
    return counted


def _values(edition: Edition, by: str) -> tuple[items.Choice, ...]:
    return items.choices(edition.questionnaire.item(by))


def _groups(response: Response, splitter: Item) -> tuple[str, ...]:
    return tuple(
        code
        for code in _answer(response, splitter, "").choices
        if code not in {NO_ANSWER, NOT_ATTENDED}
    )


def _answer(response: Response, item: Item, session: str) -> Answer:
    key = f"{session}{BETWEEN}{item.code}" if session else item.code
    return response.answers.get(key, Answer())


def _counted(item: Item, answers: Sequence[Answer]) -> Counter[str]:
    return Counter(value for answer in answers for value in items.tally(item, answer))


def _asked_people(section: Section, responses: Sequence[Response]) -> int:
    """How many were asked its questions: on a condition only those whose answer met it."""
    condition = section.condition
    if condition is None:
        return len(responses)
    return sum(
        bool(set(condition.choices) & set(r.answers.get(condition.item, Answer()).choices))
        for r in responses
    )


def _texts(
    edition: Edition, attendance: Mapping[str, Attendance], responses: Sequence[Response]
) -> tuple[tuple[WrittenText, ...], int]:
    asked = {i.code: "" for i in edition.questionnaire.general_items()}
    people = {
        item.code: _asked_people(section, responses)
        for section in edition.questionnaire.sections
        if not section.for_each
        for item in section.items
    }
    for session in edition.programme.held_and_rated():
        for item in edition.questionnaire.session_items(session.kind):
            asked[f"{session.code}{BETWEEN}{item.code}"] = session.code
    kept: list[WrittenText] = []
    withheld = 0
    for response in responses:
        for key, session_code in asked.items():
            text = response.answers.get(key, Answer()).text
            if not text:
                continue
            among = attendance[session_code].answered if session_code else people[key]
            if among >= edition.cell_threshold:
                kept.append(WrittenText(session_code, key.rpartition(BETWEEN)[2], text))
            else:
                withheld += 1
    return tuple(kept), withheld
