"""The questions of an edition from elsewhere as pages show them, by the law of small groups."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exports.finding_view import FindingView, Room
    from survey.language.catalogue import Catalogue
    from survey.model.earlier import EarlierQuestion
    from survey.model.summary import Base, Finding


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question, drawn like those of our own editions."""

    view: FindingView
    theirs: str
    """How it was asked there, where that differs."""
    is_worded_alike: bool
    has_same_scale: bool
    is_of_everybody: bool
    renamed: tuple[tuple[str, str], ...] = ()
    """Their answers that are called otherwise here, each with ours; known only while they are being matched."""

    @property
    def is_comparable(self) -> bool:
        """True if wording, answers and people are those of our own editions."""
        return self.is_worded_alike and self.has_same_scale and self.is_of_everybody


@dataclass(frozen=True, slots=True)
class ShownQuestions:
    """All questions, and the room that their bars need."""

    questions: tuple[ShownQuestion, ...]
    room: Room


def shown_questions(
    words: Catalogue,
    found: tuple[tuple[EarlierQuestion, Finding], ...],
    *,
    renamed: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({}),
) -> ShownQuestions:
    """Every question as it is drawn, with the answers of that code of ours that were renamed."""
    from exports.finding_view import room, view  # noqa: PLC0415 -- most requests draw no chart
    from exports.finding_words import FindingWords  # noqa: PLC0415 -- as above

    said = FindingWords(words.language)
    shown = tuple(
        ShownQuestion(
            view=view(finding, said),
            theirs=question.their_question
            if question.their_question != question.item.wording.in_language(words.language)
            else "",
            is_worded_alike=question.is_worded_alike,
            has_same_scale=question.has_same_scale,
            is_of_everybody=question.is_of_everybody,
            renamed=renamed.get(question.item.code, ()),
        )
        for question, finding in found
    )
    return ShownQuestions(shown, room([each.view for each in shown]))


def base_in_words(words: Catalogue, base: Base) -> str:
    """Who answered, of how many: ``135 von 362``."""
    if base.N is None:
        return words.gettext("%(n)s haben geantwortet. Wie viele gefragt waren, ist unbekannt.") % {
            "n": words.number(base.n)
        }
    return words.gettext("%(n)s von %(of)s haben geantwortet.") % {
        "n": words.number(base.n),
        "of": words.number(base.N),
    }
