"""What a registration list changes: who is new, who changes, who is withdrawn. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.errors import Problem, problem
from survey.model.invitation import Registration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.model.invitation import Participant


@dataclass(frozen=True, slots=True)
class Change:
    """One known person as stored and as the new list says."""

    before: Participant
    after: Participant


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do, for people to read before it is done."""

    added: tuple[Registration, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Participant, ...]
    withdrawn: tuple[Participant, ...]
    """People on no line of the list, who would get no more mail and leave N."""
    refused: tuple[Problem, ...]
    """Lines that say what another line has said."""


def identity_of(*, number: str, address: str, name: str) -> str:
    """What a person of an edition is recognised by: the registration number, else address and name."""
    return "\n".join(Registration(address, name, number=number).identity)


def plan(
    participants: Sequence[Participant],
    registrations: Iterable[Registration],
    *,
    add_only: bool,
) -> ImportPlan:
    """What the list changes for these participants; with `add_only` nobody is withdrawn."""
    known = _Known(participants)
    added: list[Registration] = []
    changed: list[Change] = []
    unchanged: list[Participant] = []
    refused: list[Problem] = []
    lines: dict[str, int] = {}
    for registration in registrations:
        identity = identity_of(
            number=registration.number, address=registration.address, name=registration.name
        )
        if identity in lines:
            refused.append(
                problem(
                    "Diese Person steht schon in Zeile %(first)s.",
                    line=registration.line,
                    first=lines[identity],
                )
            )
            continue
        lines[identity] = registration.line
        before = known.take(registration)
        if before is None:
            added.append(registration)
            continue
        after = _as_registered(before, registration)
        if after == before:
            unchanged.append(before)
        else:
            changed.append(Change(before, after))
    left = () if add_only else tuple(p for p in known.left() if not p.is_withdrawn)
    return ImportPlan(tuple(added), tuple(changed), tuple(unchanged), left, tuple(refused))


def _as_registered(before: Participant, registration: Registration) -> Participant:
    is_no_show = before.is_no_show if registration.attended is None else not registration.attended
    return replace(
        before,
        address=registration.address,
        # What a list does not speak of stays as it was: a list of who came often holds no more than that.
        name=registration.name or before.name,
        language=registration.language if registration.tells_language else before.language,
        number=registration.number or before.number,
        sessions=tuple(sorted(registration.sessions))
        if registration.tells_sessions
        else before.sessions,
        is_no_show=is_no_show,
        is_withdrawn=False,
    )


class _Known:
    """The participants that no line of the list has spoken of yet."""

    def __init__(self, participants: Sequence[Participant]) -> None:
        self._left = {p.id: p for p in participants}
        self._by_number = {p.number: p for p in participants if p.number}
        self._by_person: dict[str, list[Participant]] = {}
        for p in participants:
            self._by_person.setdefault(_person(p), []).append(p)

    def take(self, registration: Registration) -> Participant | None:
        """The person the line is about. A list may gain or lose its numbers between two imports."""
        found = self._by_number.get(registration.number) if registration.number else None
        if found is None:
            same = self._by_person.get(_person(registration), [])
            found = next(
                (p for p in same if p.id in self._left and not (p.number and registration.number)),
                None,
            )
        return None if found is None else self._left.pop(found.id, None)

    def left(self) -> tuple[Participant, ...]:
        """Those of whom the list does not speak."""
        return tuple(self._left.values())


def _person(someone: Participant | Registration) -> str:
    return identity_of(number="", address=someone.address, name=someone.name)
