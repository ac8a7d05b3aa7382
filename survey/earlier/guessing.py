"""Which question of ours another tool's question seems to be, and which answer which: a proposal, never a decision."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.foreign_survey import LEFT_OUT, OWN, Manner, MappedQuestion
from survey.model.items import NO_ANSWER, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.language.wording import Wording
    from survey.model.foreign_survey import TheirAnswer, TheirQuestion, TheirSurvey
    from survey.model.items import Item
    from survey.model.our_questions import OurQuestion

_LIKELY = 0.72
_LONGEST_COMPARED = 200
_NO_ANSWER = frozenset(
    {
        "keineangabe",
        "ka",
        "keineantwort",
        "noanswer",
        "prefernottosay",
        "enthaltung",
        "weißnicht",
        "weissnicht",
        "dontknow",
        "kannichnichtbeurteilen",
        "nichtbeurteilbar",
        "möchteichnichtsagen",
    }
)
_NOT_ASKED = frozenset({"na", "trifftnichtzu", "nichtzutreffend", "notapplicable", "entfällt"})
_OTHER = frozenset({"other", "oth", "sonstiges", "sonstige", "andere", "anderes"})
_YES_NO = {
    "yes": frozenset({"ja", "yes", "y", "j", "true", "wahr"}),
    "no": frozenset({"nein", "no", "n", "false", "falsch"}),
    "dont_know": frozenset({"weißnicht", "weissnicht", "dontknow", "unsicher", "uncertain", "u"}),
}
_NUMBERED = re.compile(r"^\d{1,2}\s*[-–=.:)(]+\s*(?!\d)")
"""``1 = sehr gut``"""
_LEADING_NUMBER = re.compile(r"(\d{1,2})(?:\D.*)?", re.DOTALL)


def guess_mapping(survey: TheirSurvey, ours: Sequence[OurQuestion]) -> tuple[MappedQuestion, ...]:
    """Each of their questions that seems to be one of ours; each of ours at most once."""
    ranked = sorted(
        (
            (_likeness(question, our.item), -at, -place, question, our)
            for at, question in enumerate(survey.questions)
            for place, our in enumerate(ours)
            if fits(question, our.item)
        ),
        key=lambda each: each[:3],
        reverse=True,
    )
    found: dict[str, MappedQuestion] = {}
    used: set[str] = set()
    for likeness, _, _, question, our in ranked:
        if likeness < _LIKELY or question.key in found or our.item.code in used:
            continue
        used.add(our.item.code)
        found[question.key] = guess_answers(question, our, is_complete=survey.has_structure)
    return tuple(found[q.key] for q in survey.questions if q.key in found)


def fits(question: TheirQuestion, item: Item) -> bool:
    """Whether the question could be that one of ours, by the way it was answered."""
    match item:
        case items.MultipleChoice():
            return question.manner in {Manner.SEVERAL, Manner.UNKNOWN}
        case items.TopThree():
            return question.manner is Manner.RANKED
        case _:
            return question.manner in {Manner.ONE, Manner.UNKNOWN}


def guess_answers(
    question: TheirQuestion, our: OurQuestion, *, is_complete: bool
) -> MappedQuestion:
    """Their question as that one of ours, with every answer whose meaning is plain.

    `is_complete` says that the file names all answers there were, chosen or not.
    """
    meant = {answer.value: _meaning(answer, our.item) for answer in question.answers}
    real = [m for m in meant.values() if m not in {"", NO_ANSWER, LEFT_OUT}]
    offered = [choice.code for choice in items.choices(our.item)]
    counted = [m for m in meant.values() if m not in {NO_ANSWER, LEFT_OUT}]
    is_same = bool(real) and len(counted) <= len(offered)
    if is_complete and not isinstance(our.item, items.Recommendation):
        is_same = is_same and set(real) == set(offered)
    if not is_same:
        meant = {value: m if m in {NO_ANSWER, LEFT_OUT} else OWN for value, m in meant.items()}
    if not is_same and not _speaks(question):
        # Without words nobody can say whether 1 is the best or the worst answer.
        is_same, meant = True, {value: m for value, m in meant.items() if m != OWN}
    return MappedQuestion(
        theirs=question.key,
        ours=our.key,
        answers=tuple((value, m) for value, m in meant.items() if m),
        is_worded_alike=_spare(question.text) in _said(our.item.wording),
        has_same_scale=is_same,
    )


def in_order(
    question: TheirQuestion, our: OurQuestion, mapped: MappedQuestion, *, best: str
) -> MappedQuestion:
    """The answers that are no refusal, in their order as our choices; `best` says which end: "first" or "last".

    Numbers of a scale as long as ours say their place: 1, 2, 4 and 5 leave out the middle, which nobody chose.
    """
    settled = {v: m for v, m in mapped.answers if m in {NO_ANSWER, LEFT_OUT}}
    asked = [a for a in question.answers if a.value not in settled]
    offered = [choice.code for choice in items.choices(our.item)]
    if best == "last":
        offered.reverse()
    numbered = _by_number(asked, offered)
    values = [a.value for a in asked]
    if best == "last":
        values.reverse()
        offered.reverse()
    meant = (numbered or dict(zip(values, offered, strict=False))) | settled
    ordered = tuple((a.value, meant[a.value]) for a in question.answers if a.value in meant)
    return MappedQuestion(
        theirs=mapped.theirs,
        ours=mapped.ours,
        answers=ordered,
        is_worded_alike=mapped.is_worded_alike,
        has_same_scale=bool(numbered) or len(values) == len(offered),
        is_of_everybody=mapped.is_of_everybody,
        answered=mapped.answered,
        population=mapped.population,
    )


def renamed_answers(
    question: TheirQuestion, our: OurQuestion, mapped: MappedQuestion
) -> tuple[tuple[TheirAnswer, str], ...]:
    """Their answers that only a person can have matched so: by their words they are another of ours, or none."""
    if not mapped.has_same_scale:
        return ()
    meant = ((answer, mapped.meaning(answer.value)) for answer in question.answers)
    return tuple((a, code) for a, code in meant if code and code != _meaning(a, our.item))


def _by_number(answers: Sequence[TheirAnswer], offered: Sequence[str]) -> dict[str, str]:
    """The choice at the place that each number names; empty where not all of them fit on the scale.

    A 0 beside the highest number stands for no answer; which of the two it is, a person has to say.
    """
    if not all(answer.label.isdecimal() for answer in answers):
        return {}
    numbers = {answer.value: int(answer.label) for answer in answers}
    points = len(offered)
    highest = max(numbers.values(), default=0)
    lowest = 0 if 0 in numbers.values() and highest < points else 1
    placed = {value: number - lowest for value, number in numbers.items() if number >= lowest}
    if not placed or max(placed.values()) >= points:
        return {}
    return {value: offered[place] for value, place in placed.items()}


def _likeness(question: TheirQuestion, item: Item) -> float:
    if question.key == item.code:
        return 2.0
    said = _spare(question.text)[:_LONGEST_COMPARED]
    ours = [text[:_LONGEST_COMPARED] for text in _said(item.wording)]
    if said in ours:
        return 1.5
    return max((_ratio(said, text) for text in ours), default=0.0)


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LIKELY else 0.0


def _meaning(answer: TheirAnswer, item: Item) -> str:
    """Our code for that answer, by its words; empty where it is not plain."""
    said = {_spare(answer.label), _spare(answer.value)} - {""}
    words = _spare(_NUMBERED.sub("", answer.label)) or _spare(answer.label)
    if isinstance(item, items.YesNo):
        return next((code for code, known in _YES_NO.items() if said & known), _refusal(words))
    for choice in items.choices(item):
        if words and words in _said(choice.label):
            return choice.code
    if isinstance(item, items.Recommendation):
        number = _LEADING_NUMBER.fullmatch(answer.label)
        return number[1] if number and number[1] in items.NUMBERS else _refusal(words)
    if isinstance(item, items.MultipleChoice) and item.other_label and said & _OTHER:
        return OTHER
    return _refusal(words)


def is_refusal(label: str) -> bool:
    """Whether an answer says that there is none: "keine Angabe", or the question did not apply."""
    return bool(_refusal(_spare(label)))


def _refusal(words: str) -> str:
    if words in _NO_ANSWER:
        return NO_ANSWER
    return LEFT_OUT if words in _NOT_ASKED else ""


def _speaks(question: TheirQuestion) -> bool:
    """Whether the answers are words, not codes or bare numbers."""
    return any(len(_spare(a.label)) > 2 and not a.label.isdecimal() for a in question.answers)  # noqa: PLR2004 -- A1


def _said(wording: Wording) -> frozenset[str]:
    texts: Iterable[str] = (wording.de, wording.easy, wording.en)
    return frozenset(_spare(text) for text in texts if text)


def _spare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
