"""What a question has in common with the same question of earlier editions: only what stayed the same is compared.

Identity is code, wording version and scale version. What changed under the same versions has to be decided by a
person: a typo keeps the version, another meaning raises it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from survey.language.wording import LANGUAGES, Wording
from survey.model.items import RatingScale, Recommendation, choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.model.event import Edition
    from survey.model.items import Item


class WordingChange(StrEnum):
    """What a changed wording means."""

    TYPO = "typo"
    """The same question, better spelled: it stays comparable."""
    NEW_VERSION = "new_version"
    """Another question under the same code: the comparison begins anew."""


@dataclass(frozen=True, slots=True)
class WordingDecision:
    """What somebody decided about the wording of a question."""

    item: str
    wording: str
    """The text that was decided about (`spoken`): another text has to be decided about again."""
    change: WordingChange


@dataclass(frozen=True, slots=True)
class EarlierItem:
    """The same question as an earlier edition asked it."""

    edition: Edition
    item: Item


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from an earlier edition's question although the versions say that nothing does."""

    is_other_kind: bool = False
    """Another kind of question stands under the code."""
    is_reworded: bool = False
    is_relabelled: bool = False
    """The same choices, with other words on them."""
    is_rescaled: bool = False
    """Other choices, or another order."""

    @property
    def is_only_words(self) -> bool:
        """True if a person has to say whether that is a typo or another meaning."""
        is_structural = self.is_other_kind or self.is_rescaled
        return (self.is_reworded or self.is_relabelled) and not is_structural

    @property
    def is_incomparable(self) -> bool:
        """True if the same versions would compare what cannot be compared."""
        return self.is_other_kind or self.is_rescaled


def earlier_item(code: str, earlier: Sequence[Edition]) -> EarlierItem | None:
    """The latest earlier edition's question with that code."""
    for edition in sorted(earlier, key=lambda e: (e.starts, e.name), reverse=True):
        for section in edition.questionnaire.sections:
            for item in section.items:
                if item.code == code:
                    return EarlierItem(edition, item)
    return None


def spoken(item: Item) -> str:
    """Everything the question and its choices say, in each language, as one text."""
    said = (*_wordings(item), *(choice.label for choice in choices(item)))
    return "\n".join(getattr(wording, language) for wording in said for language in LANGUAGES)


def difference(before: Item, now: Item) -> Difference:
    """What changed under the same versions."""
    if type(before) is not type(now):
        return Difference(is_other_kind=True)
    has_same_scale = before.scale_version == now.scale_version
    return Difference(
        is_reworded=before.wording_version == now.wording_version and _is_reworded(before, now),
        is_relabelled=has_same_scale
        and not _is_rescaled(before, now)
        and _is_relabelled(before, now),
        is_rescaled=has_same_scale and _is_rescaled(before, now),
    )


def is_decided(now: Item, decision: WordingDecision | None) -> bool:
    """True if somebody decided about exactly these words."""
    return decision is not None and decision.wording == spoken(now)


def with_new_versions(before: Item, now: Item) -> Item:
    """The question with a version of its own for everything that changed silently."""
    changed = difference(before, now)
    if changed.is_reworded:
        now = replace(now, wording_version=before.wording_version + 1)
    if changed.is_relabelled or changed.is_rescaled:
        now = replace(now, scale_version=before.scale_version + 1)
    return now


def as_it_was(before: Item, now: Item) -> Item:
    """The question with the earlier versions where it says again what it said then."""
    if type(before) is not type(now):
        return now
    if not _is_reworded(before, now):
        now = replace(now, wording_version=before.wording_version)
    if not _is_rescaled(before, now) and not _is_relabelled(before, now):
        now = replace(now, scale_version=before.scale_version)
    return now


def _is_reworded(before: Item, now: Item) -> bool:
    return any(_says_other(b, n) for b, n in zip(_wordings(before), _wordings(now), strict=True))


def _is_rescaled(before: Item, now: Item) -> bool:
    return _structure(before) != _structure(now)


def _is_relabelled(before: Item, now: Item) -> bool:
    labels = zip(choices(before), choices(now), strict=True)
    return any(_says_other(b.label, n.label) for b, n in labels)


def _structure(item: Item) -> list[tuple[str, bool]]:
    return [(choice.code, choice.is_exclusive) for choice in choices(item)]


def _wordings(item: Item) -> tuple[Wording, ...]:
    match item:
        case Recommendation():
            return (item.wording, item.hint, item.low, item.high)
        case RatingScale():
            return (item.wording, item.hint, item.positive_label)
        case _:
            return (item.wording, item.hint)


def _says_other(before: Wording, now: Wording) -> bool:
    # A translation that was added changes nothing for those who read it in German before.
    return before.de != now.de or any(
        old and old != new for old, new in ((before.easy, now.easy), (before.en, now.en))
    )
