"""What responses tell: one object for everybody who answered a question alike, so that thousands are counted fast.

The law holds again here, as `answering.could_have_sent` has it: at the count nobody knows who booked what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.answering import is_unasked, wrong_answer
from survey.model.items import ANSWERED, NOT_ATTENDED, Answer
from survey.model.personal_form import BETWEEN, question_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.model.event import Edition
    from survey.model.response import Response, SentRow


_ABSENT = Answer((NOT_ATTENDED,))


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One answer to one question; whoever told the same has the very same object, and a text stands beside it."""

    key: str
    session: str
    """Empty for questions asked once."""
    choices: tuple[str, ...]
    values: tuple[str, ...]
    """What it adds one to in the tally."""
    is_lawful: bool
    longest_text: int
    round: str
    """Round of the session; empty where it is in none."""
    is_absence: bool
    """"Nicht teilgenommen", and nothing else."""
    is_answer: bool
    """True if it counts in the base of its question."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One response, question by question."""

    told: Mapping[str, Told]
    texts: tuple[tuple[str, str], ...] = ()
    """Keys with what was written there."""


class Listener:
    """Hears the responses of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._told: dict[tuple[str, tuple[str, ...], bool], Told] = {}

    def hear(self, rows: Iterable[SentRow]) -> Heard:
        """What a response tells, whether it is lawful or not; TypeError if it is none."""
        known = self._told
        told: dict[str, Told] = {}
        texts: list[tuple[str, str]] = []
        for key, choices, text in rows:
            sign = (key, tuple(choices), text != "")
            found = known.get(sign)
            if found is None:
                found = known[sign] = self._first(*sign)
            told[key] = found
            if text:
                texts.append((key, text))
        return Heard(told, tuple(texts))

    def hear_response(self, response: Response) -> Heard:
        """The same of a response whose answers are at hand."""
        return self.hear((key, a.choices, a.text) for key, a in response.answers.items())

    def is_lawful(self, heard: Heard) -> bool:
        """True if somebody could have sent it."""
        rounds: dict[str, str] = {}
        for told in heard.told.values():
            if not told.is_lawful:
                return False
            # Who was in one session of a round was in no other.
            if (
                told.round
                and not told.is_absence
                and rounds.setdefault(told.round, told.session) != told.session
            ):
                return False
        if any(len(text) > heard.told[key].longest_text for key, text in heard.texts):
            return False
        return not any(
            is_unasked(section, _choices(heard, section.condition.item))
            and any(item.code in heard.told for item in section.items)
            for section in self.edition.questionnaire.sections
            if section.condition is not None
        )

    def _first(self, key: str, choices: tuple[str, ...], has_text: bool) -> Told:  # noqa: FBT001 -- one of its parts
        session, _, code = key.rpartition(BETWEEN)
        question = question_of(self.edition, session, code)
        if question is None:
            return _unknown(key, session, choices)
        answer = Answer(choices, "?" if has_text else "")
        values = items.tally(question.item, answer)
        return Told(
            key,
            session,
            choices,
            values,
            is_lawful=not wrong_answer(question, answer, key),
            longest_text=items.text_limit(question.item),
            round=(question.session.round or "") if question.session else "",
            is_absence=answer == _ABSENT,
            is_answer=ANSWERED in values,
        )


def _unknown(key: str, session: str, choices: tuple[str, ...]) -> Told:
    return Told(
        key,
        session,
        choices,
        (),
        is_lawful=False,
        longest_text=0,
        round="",
        is_absence=choices == _ABSENT.choices,
        is_answer=False,
    )


def _choices(heard: Heard, key: str) -> Sequence[str]:
    told = heard.told.get(key)
    return () if told is None else told.choices
