"""Editing a programme: blocks in order, moved one step at a time; a round is there as long as it has a session."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from survey.model.programme import SessionKind

if TYPE_CHECKING:
    from survey.model.programme import Programme, Round, Session

Part = TypeVar("Part")
Step = Literal[-1, 1]
"""One place towards the beginning, or towards the end."""
_WORKSHOP = re.compile(r"ws(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Block:
    """A round with its sessions, or one session that is for everybody."""

    round: Round | None
    sessions: tuple[Session, ...]


def blocks(programme: Programme) -> tuple[Block, ...]:
    """The programme in order; a round stands where its first session stands."""
    found: list[Block] = []
    seen: set[str] = set()
    for session in programme.sessions:
        if session.round is None:
            found.append(Block(None, (session,)))
        elif session.round not in seen:
            seen.add(session.round)
            own = tuple(s for s in programme.sessions if s.round == session.round)
            found.append(Block(_round(programme, session.round), own))
    found += [Block(r, ()) for r in programme.rounds if r.code not in seen]
    return tuple(found)


def moved_session(programme: Programme, code: str, step: Step) -> Programme:
    """A session of a round moves within it, any other past its neighbour; at the edge nothing changes."""
    parts = list(blocks(programme))
    at = next(n for n, b in enumerate(parts) if any(s.code == code for s in b.sessions))
    block = parts[at]
    if block.round is None:
        return _in_order(programme, _swapped(parts, at, step))
    sessions = list(block.sessions)
    inside = next(n for n, s in enumerate(sessions) if s.code == code)
    parts[at] = Block(block.round, tuple(_swapped(sessions, inside, step)))
    return _in_order(programme, parts)


def moved_round(programme: Programme, code: str, step: Step) -> Programme:
    """A round with all its sessions moves past its neighbour; at the edge nothing changes."""
    parts = list(blocks(programme))
    at = next(n for n, b in enumerate(parts) if b.round is not None and b.round.code == code)
    return _in_order(programme, _swapped(parts, at, step))


def with_session(
    programme: Programme, session: Session, *, new_round: Round | None = None
) -> Programme:
    """A new session at the end of its round, or of the programme."""
    rounds = programme.rounds if new_round is None else (*programme.rounds, new_round)
    fellows = [n for n, s in enumerate(programme.sessions) if s.round == session.round]
    at = fellows[-1] + 1 if session.round and fellows else len(programme.sessions)
    sessions = (*programme.sessions[:at], session, *programme.sessions[at:])
    return _tidy(replace(programme, sessions=sessions, rounds=rounds), programme)


def with_changed_session(
    programme: Programme, session: Session, *, new_round: Round | None = None
) -> Programme:
    """The session of that code changed, at its place; in another round, at the end of that."""
    before = programme.session(session.code)
    if before.round == session.round:
        changed = tuple(session if s.code == session.code else s for s in programme.sessions)
        return replace(programme, sessions=changed)
    left = tuple(s for s in programme.sessions if s.code != session.code)
    moved = with_session(replace(programme, sessions=left), session, new_round=new_round)
    return _tidy(moved, programme)


def without_session(programme: Programme, code: str) -> Programme:
    """The programme without that session, and without its round if it was the last there."""
    left = tuple(s for s in programme.sessions if s.code != code)
    return _tidy(replace(programme, sessions=left), programme)


def without_round(programme: Programme, code: str) -> Programme:
    """The programme without that round and its sessions."""
    left = tuple(s for s in programme.sessions if s.round != code)
    rounds = tuple(r for r in programme.rounds if r.code != code)
    return _tidy(replace(programme, sessions=left, rounds=rounds), programme)


def free_session_code(programme: Programme, kind: SessionKind) -> str:
    """A code that nobody has: ``ws13`` after ``ws12``, ``keynote2`` beside ``keynote``."""
    taken = {s.code for s in programme.sessions}
    if kind is SessionKind.WORKSHOP:
        numbers = [int(found[1]) for c in taken if (found := _WORKSHOP.fullmatch(c))]
        return f"ws{max(numbers, default=0) + 1:02d}"
    return _free(kind.value, taken)


def free_round_code(programme: Programme) -> str:
    """A code that no round has: ``round3`` after ``round2``."""
    taken = {r.code for r in programme.rounds}
    n = len(programme.rounds) + 1
    while f"round{n}" in taken:
        n += 1
    return f"round{n}"


def _free(word: str, taken: set[str]) -> str:
    tried, n = word, 1
    while tried in taken:
        n += 1
        tried = f"{word}{n}"
    return tried


def _round(programme: Programme, code: str) -> Round:
    return next(r for r in programme.rounds if r.code == code)


def _swapped(parts: list[Part], at: int, step: Step) -> list[Part]:
    other = at + step
    if not 0 <= other < len(parts):
        return parts
    swapped = list(parts)
    swapped[at], swapped[other] = parts[other], parts[at]
    return swapped


def _in_order(programme: Programme, parts: list[Block]) -> Programme:
    return replace(
        programme,
        sessions=tuple(s for block in parts for s in block.sessions),
        rounds=tuple(block.round for block in parts if block.round is not None),
    )


def _tidy(programme: Programme, before: Programme) -> Programme:
    """No empty rounds; who could book one session in each round still can."""
    held = {s.round for s in programme.sessions}
    rounds = tuple(r for r in programme.rounds if r.code in held)
    most = programme.most_sessions_per_person
    if rounds:
        booked_all = most >= len(before.rounds)
        most = len(rounds) if booked_all else min(most, len(rounds))
    return replace(programme, rounds=rounds, most_sessions_per_person=most)
