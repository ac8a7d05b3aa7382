"""What of an edition may still change: nothing that was asked, promised or counted on, once the first mail is out.

Parts are named by their path in an edition file: ``title``, ``programme.sessions.ws01.title``.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.model.event import Edition
    from survey.model.items import Item

FREE = frozenset(
    {
        "title",
        "contact",
        "contact_name",
        "data_protection_contact",
        "deadline",
        "legal_basis",
        "next_edition",
        "processors",
        "sender",
        "sender_name",
    }
)
"""Fields of an edition that may always change."""
FREE_OF_SESSION = frozenset({"title", "speakers", "recording"})
FREE_OF_ROUND = frozenset({"title"})
ALWAYS_FROZEN = frozenset({"name"})
"""The short name stands in links and file names."""


def changed_parts(before: Edition, after: Edition) -> tuple[str, ...]:
    """Paths of everything that differs."""
    return tuple(path for path, _ in _differences(before, after))


def frozen_parts(before: Edition, after: Edition, *, is_opened: bool) -> tuple[str, ...]:
    """Paths of what differs and may not: after the first mail nearly all, before it the short name only."""
    if not is_opened:
        return tuple(path for path in changed_parts(before, after) if path in ALWAYS_FROZEN)
    return tuple(path for path, is_free in _differences(before, after) if not is_free)


def _differences(before: Edition, after: Edition) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for name in _differing(before, after):
        if name == "questionnaire":
            found.extend((path, False) for path in _questionnaire(before, after))
        elif name == "programme":
            found.extend(_programme(before, after))
        elif name == "retention_days":
            # People were told when their addresses go: sooner is welcome, later is not.
            found.append((name, after.retention_days < before.retention_days))
        else:
            found.append((name, name in FREE))
    return tuple(found)


def _questionnaire(before: Edition, after: Edition) -> tuple[str, ...]:
    old, new = _items(before), _items(after)
    paths = [
        f"questionnaire.{code}"
        for code in dict.fromkeys((*old, *new))
        if old.get(code) != new.get(code)
    ]
    return tuple(paths) or ("questionnaire.sections",)


def _items(edition: Edition) -> dict[str, tuple[str, Item]]:
    return {
        item.code: (section.code, item)
        for section in edition.questionnaire.sections
        for item in section.items
    }


def _programme(before: Edition, after: Edition) -> tuple[tuple[str, bool], ...]:
    old, new = before.programme, after.programme
    found = _parts(
        "programme.sessions",
        {s.code: s for s in old.sessions},
        {s.code: s for s in new.sessions},
        free=FREE_OF_SESSION,
    )
    found += _parts(
        "programme.rounds",
        {r.code: r for r in old.rounds},
        {r.code: r for r in new.rounds},
        free=FREE_OF_ROUND,
    )
    if old.most_sessions_per_person != new.most_sessions_per_person:
        found.append(("programme.most_sessions_per_person", False))
    # Sessions and rounds stand in the programme's order in forms and reports.
    for name, ours, theirs in (
        ("programme.sessions", old.sessions, new.sessions),
        ("programme.rounds", old.rounds, new.rounds),
    ):
        if not _in_same_order([part.code for part in ours], [part.code for part in theirs]):
            found.append((name, False))
    return tuple(found)


def _parts(
    path: str, old: Mapping[str, object], new: Mapping[str, object], *, free: frozenset[str]
) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for code in dict.fromkeys((*old, *new)):
        if code not in old or code not in new:
            found.append((f"{path}.{code}", False))
            continue
        for name in _differing(old[code], new[code]):
            is_cancelled_now = name == "is_cancelled" and getattr(new[code], name)
            found.append((f"{path}.{code}.{name}", name in free or bool(is_cancelled_now)))
    return found


def _in_same_order(old: Sequence[str], new: Sequence[str]) -> bool:
    both = set(old) & set(new)
    return [c for c in old if c in both] == [c for c in new if c in both]


def _differing(before: object, after: object) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in fields(before)  # type: ignore[arg-type]  # every caller passes dataclasses
        if getattr(before, field.name) != getattr(after, field.name)
    )
