"""From responses, in memory, to what may be kept of them: every question counted by itself.

What is too small to be shown is not written either: a session, a question, a set of texts or a table of
groups below its threshold leaves at most its number of answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.items import ANSWERED, NO_ANSWER, NOT_ATTENDED, RatingScale, Shape
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
from survey.model.told import Listener
from survey.statistics.disclosure import Showing, subgroup_showing
from survey.statistics.disclosure_audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.questionnaire import Section
    from survey.model.response import Response
    from survey.model.told import Heard, Told

    Kind = tuple[Told | None, ...]
    """What people told where answers are split by: all tables are made of how many of a kind told what."""

_EVERYBODY = ""
_HALVES = 2


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


def tally_responses(edition: Edition, responses: Iterable[Response]) -> Tallying:
    """The tallies and texts that may be kept; sessions cancelled since are left out."""
    listener = Listener(edition)
    return tally_heard(edition, map(listener.hear_response, responses))


def tally_heard(edition: Edition, responses: Iterable[Heard]) -> Tallying:
    """The same of responses that are heard one by one: none has to be there for longer than it takes."""
    crowd = _heard(edition, responses)
    people = sum(crowd.sizes.values())
    sessions = edition.programme.held_and_rated()
    attendance = {s.code: crowd.attendance[s.code].known() for s in sessions}
    enough = people >= edition.disclosure_threshold
    kept = [s for s in sessions if attendance[s.code].answered >= edition.disclosure_threshold]
    rows: list[TallyRow] = []
    if enough:
        for item in edition.questionnaire.general_items():
            rows += _question(edition, item, "", crowd)
            rows += _tables(edition, item, crowd)
        for session in kept:
            for item in edition.questionnaire.session_items(session.kind):
                rows += _question(edition, item, session.code, crowd)
    texts, withheld = _texts(edition, attendance, crowd)
    return Tallying(
        responses=people,
        rows=tuple(sorted(rows)),
        attendance=attendance,
        texts=texts,
        withheld_sessions=tuple(s.code for s in sessions if s not in kept),
        withheld_texts=withheld,
    )


@dataclass(slots=True)
class _Attending:
    answered: int = 0
    present: int = 0
    absent: int = 0
    swapped: int = 0

    def known(self) -> Attendance:
        return Attendance(self.answered, self.present, self.absent, self.swapped)


@dataclass(slots=True)
class _Crowd:
    """Everybody who answered, added up while they are heard."""

    splitters: tuple[str, ...]
    """Keys of the questions by whose answers others are split."""
    sizes: Counter[Kind] = field(default_factory=Counter)
    told: dict[Kind, Counter[Told]] = field(default_factory=lambda: defaultdict(Counter))
    attendance: dict[str, _Attending] = field(default_factory=lambda: defaultdict(_Attending))
    texts: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    """Per response that has any."""
    _by_key: dict[str, list[tuple[Kind, Told, int]]] = field(default_factory=dict)

    def of(self, key: str) -> list[tuple[Kind, Told, int]]:
        """How many of which kind of people told what in answer to one question."""
        if not self._by_key:
            found: dict[str, list[tuple[Kind, Told, int]]] = defaultdict(list)
            for kind, counted in self.told.items():
                for told, n in counted.items():
                    found[told.key].append((kind, told, n))
            self._by_key = dict(found)
        return self._by_key.get(key, [])


def _heard(edition: Edition, responses: Iterable[Heard]) -> _Crowd:
    crowd = _Crowd(_splitters(edition))
    for response in responses:
        told = response.told
        kind = tuple([told.get(key) for key in crowd.splitters])
        crowd.sizes[kind] += 1
        crowd.told[kind].update(told.values())
        _attend(crowd.attendance, [one for one in told.values() if one.session])
        if response.texts:
            crowd.texts.append(response.texts)
    return crowd


def _splitters(edition: Edition) -> tuple[str, ...]:
    breakdown = (edition.breakdown.item,) if edition.breakdown else ()
    return tuple(dict.fromkeys((*breakdown, *(pair.by for pair in edition.pairs))))


def _attend(attendance: dict[str, _Attending], told: list[Told]) -> None:
    """What one person told about sessions."""
    there: dict[str, str] = {}
    about: dict[str, bool] = {}
    missed: list[Told] = []
    for one in told:
        about[one.session] = about.get(one.session, False) or one.is_answer
        if one.is_absence:
            missed.append(one)
        else:
            there[one.session] = one.round
    for session, has_answered in about.items():
        found = attendance[session]
        found.answered += has_answered
        if session in there:
            found.present += 1
            round_ = there[session]
            found.swapped += any(
                other.round == round_ != "" and other.session != session for other in missed
            )
        else:
            found.absent += 1


def _question(edition: Edition, item: Item, session: str, crowd: _Crowd) -> list[TallyRow]:
    """Everybody's answers to one question; of a question that too few answered, their number only."""
    counted = _counted((told, n) for _, told, n in crowd.of(_key(item, session)))
    if counted[ANSWERED] < edition.disclosure_threshold:
        counted = Counter({ANSWERED: counted[ANSWERED]})
    return [TallyRow(session, _EVERYBODY, item.code, v, n) for v, n in counted.items() if n]


def _tables(edition: Edition, item: Item, crowd: _Crowd) -> list[TallyRow]:
    """One question by the breakdown and by the pairs named before opening, each table whole or not at all."""
    if items.shape(item) is Shape.TEXTS:
        return []
    answering = [entry for entry in crowd.of(item.code) if entry[1].is_answer]
    memberships = {kind: frozenset({_EVERYBODY}) for kind, _, _ in answering}
    published = {_EVERYBODY}
    rows: list[TallyRow] = []
    for by, ways in _splits(edition, item):
        place = crowd.splitters.index(by)
        for way in ways:
            groups = {kind: way.groups_of(kind[place]) for kind in crowd.sizes}
            used = {group for found in groups.values() for group in found}
            if way.is_coarse and len(used) < _HALVES:
                break  # one half alone splits nothing
            joined = {kind: before | groups[kind] for kind, before in memberships.items()}
            cells = _cells(used, answering, joined)
            if (
                used
                and _may_be_shown(edition, item, cells)
                and not audit(
                    published | used,
                    _atoms(answering, joined),
                    threshold=edition.disclosure_threshold,
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


def _atoms(
    answering: Iterable[tuple[Kind, Told, int]], memberships: Mapping[Kind, frozenset[str]]
) -> dict[frozenset[str], int]:
    """Those who answered, counted by the groups they belong to."""
    atoms: Counter[frozenset[str]] = Counter()
    for kind, _, n in answering:
        atoms[memberships[kind]] += n
    return dict(atoms)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to group people by their answer to a question."""

    groupings: Mapping[str, str]
    silent: str = ""
    """The group of those who gave no answer; empty where they are in none."""
    is_coarse: bool = False

    def groups_of(self, told: Told | None) -> frozenset[str]:
        """The groups of people who told that."""
        choices = () if told is None else told.choices
        found = {self.groupings[c] for c in choices if c not in {NO_ANSWER, NOT_ATTENDED}}
        return frozenset(found or ({self.silent} if self.silent else ()))


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
    groups: set[str],
    answering: Iterable[tuple[Kind, Told, int]],
    memberships: Mapping[Kind, frozenset[str]],
) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {group: Counter() for group in sorted(groups)}
    for kind, told, n in answering:
        for group in memberships[kind] & groups:
            for value in told.values:
                counted[group][value] += n
    return counted


def _values(edition: Edition, by: str) -> tuple[items.Choice, ...]:
    return items.choices(edition.questionnaire.item(by))


def _key(item: Item, session: str) -> str:
    return f"{session}{BETWEEN}{item.code}" if session else item.code


def _counted(told: Iterable[tuple[Told, int]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for one, n in told:
        for value in one.values:
            counted[value] += n
    return counted


def _asked_people(section: Section, crowd: _Crowd) -> int:
    """How many were asked its questions: on a condition only those whose answer met it."""
    condition = section.condition
    if condition is None:
        return sum(crowd.sizes.values())
    met = set(condition.choices)
    return sum(n for _, told, n in crowd.of(condition.item) if met & set(told.choices))


def _texts(
    edition: Edition, attendance: Mapping[str, Attendance], crowd: _Crowd
) -> tuple[tuple[WrittenText, ...], int]:
    asked = {i.code: "" for i in edition.questionnaire.general_items()}
    people = {
        item.code: _asked_people(section, crowd)
        for section in edition.questionnaire.sections
        if not section.for_each
        for item in section.items
    }
    for session in edition.programme.held_and_rated():
        for item in edition.questionnaire.session_items(session.kind):
            asked[_key(item, session.code)] = session.code
    order = {key: place for place, key in enumerate(asked)}
    kept: list[WrittenText] = []
    withheld = 0
    for key, text in _in_order(order, crowd.texts):
        session_code = asked[key]
        among = attendance[session_code].answered if session_code else people[key]
        if among >= edition.cell_threshold:
            kept.append(WrittenText(session_code, key.rpartition(BETWEEN)[2], text))
        else:
            withheld += 1
    return tuple(kept), withheld


def _in_order(
    order: Mapping[str, int], texts: Iterable[tuple[tuple[str, str], ...]]
) -> Iterator[tuple[str, str]]:
    """Texts of one response in the order of the questions, those of questions asked no longer left out."""
    for response in texts:
        asked = (entry for entry in response if entry[0] in order)
        yield from sorted(asked, key=lambda entry: order[entry[0]])
