"""The closed questions of a series that results from elsewhere can be brought under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.items import Shape, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.model.event import Edition
    from survey.model.items import Item


@dataclass(frozen=True, slots=True)
class OurQuestion:
    """One closed question as an edition of the series asked it."""

    key: str
    """Its code; with ``@wording.scale`` where a later edition asked it otherwise."""
    item: Item
    edition: str
    """Title of the latest edition that asked it so."""


def our_questions(editions: Iterable[Edition]) -> tuple[OurQuestion, ...]:
    """Questions asked of everybody once, as the latest edition has them; then as earlier ones had them."""
    newest: dict[str, OurQuestion] = {}
    older: dict[str, OurQuestion] = {}
    for edition in sorted(editions, key=lambda e: (e.starts, e.name), reverse=True):
        for item in _closed(edition):
            known = newest.setdefault(item.code, OurQuestion(item.code, item, edition.title))
            versions = (item.wording_version, item.scale_version)
            if versions != (known.item.wording_version, known.item.scale_version):
                key = f"{item.code}@{item.wording_version}.{item.scale_version}"
                older.setdefault(key, OurQuestion(key, item, edition.title))
    return (*newest.values(), *older.values())


def _closed(edition: Edition) -> Iterator[Item]:
    return (i for i in edition.questionnaire.general_items() if shape(i) is not Shape.TEXTS)
