"""From another tool's counts and a mapping to the questions of an earlier edition; pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.earlier.guessing import fits
from survey.errors import Problem, problem
from survey.language.wording import Wording
from survey.model import items
from survey.model.earlier import EarlierQuestion
from survey.model.foreign_survey import LEFT_OUT, MOST_PEOPLE, OWN, Manner
from survey.model.items import ANSWERED, NO_ANSWER, Choice
from survey.model.question_law import MOST_POINTS
from survey.model.theme import theme_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from survey.model.foreign_survey import MappedQuestion, TheirQuestion, TheirSurvey
    from survey.model.items import Item
    from survey.model.our_questions import OurQuestion

_FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Translation:
    """What would be imported, and why it cannot be yet; each problem's place is the key of their question."""

    questions: tuple[EarlierQuestion, ...]
    problems: tuple[Problem, ...]


def translate(
    survey: TheirSurvey,
    mapping: Sequence[MappedQuestion],
    ours: Sequence[OurQuestion],
    *,
    invited: int | None,
    answered: int | None = None,
) -> Translation:
    """The mapped questions under ours, with every problem.

    `invited` is N of what was asked of everybody, `answered` how many answered anything.
    """
    known = {our.key: our for our in ours}
    found: list[EarlierQuestion] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for mapped in mapping:
        question, our = survey.question(mapped.theirs), known.get(mapped.ours)
        if question is None or our is None:
            problems.append(_unknown(mapped, our))
            continue
        wrong = list(_problems(question, our.item, mapped))
        if our.item.code in taken:
            wrong.append(
                problem(
                    "Unsere Frage „%(question)s“ ist schon einer anderen Frage zugeordnet.",
                    place=mapped.theirs,
                    question=our.item.wording,
                )
            )
        taken.setdefault(our.item.code, mapped.theirs)
        problems += wrong
        if not wrong:
            made = _question(question, our.item, mapped, invited=invited)
            problems += _impossible(question, made, mapped)
            problems += _too_many(made, mapped, invited=invited, answered=answered)
            found.append(made)
    if not mapping:
        problems.append(problem("Ordnen Sie mindestens eine Frage zu."))
    return Translation(tuple(found), tuple(problems))


def question_problems(
    question: TheirQuestion, our: OurQuestion, mapped: MappedQuestion
) -> tuple[Problem, ...]:
    """What is wrong with that mapping by itself."""
    return tuple(_problems(question, our.item, mapped))


def _unknown(mapped: MappedQuestion, our: OurQuestion | None) -> Problem:
    if our is None:
        return problem(
            "Eine Frage „%(code)s“ gibt es in dieser Reihe nicht.",
            place=mapped.theirs,
            code=mapped.ours[:60],
        )
    return problem(
        "Die Frage „%(question)s“ steht nicht in der Datei.",
        place=mapped.theirs,
        question=mapped.theirs[:80],
    )


def _problems(question: TheirQuestion, item: Item, mapped: MappedQuestion) -> Iterator[Problem]:
    if mapped.has_same_scale and not fits(question, item):
        yield problem(
            "Diese Frage wurde dort anders beantwortet (eine, mehrere oder gereihte Antworten). Geben Sie an, dass "
            "die Antworten andere sind.",
            place=mapped.theirs,
        )
        return
    codes = {choice.code for choice in items.choices(item)} if mapped.has_same_scale else {OWN}
    yield from _answer_problems(question, mapped, codes | {NO_ANSWER, LEFT_OUT})
    meant = Counter(mapped.meaning(answer.value) for answer in question.answers)
    if not codes & set(meant):
        yield problem("Keine Antwort ist einer von unseren zugeordnet.", place=mapped.theirs)
    if not mapped.has_same_scale and meant[OWN] < _FEWEST_POINTS:
        yield problem("Eine Frage braucht mindestens zwei Antworten.", place=mapped.theirs)
    if _is_several(question, item):
        yield from _several_problems(question, mapped, meant, codes - {OWN})


def _answer_problems(
    question: TheirQuestion, mapped: MappedQuestion, allowed: set[str]
) -> Iterator[Problem]:
    for answer in question.answers:
        meaning = mapped.meaning(answer.value)
        if not meaning and answer.count:
            yield problem(
                "Sagen Sie, was „%(answer)s“ bei uns heißt.",
                place=mapped.theirs,
                answer=answer.label[:80],
            )
        elif meaning == OWN and OWN not in allowed:
            yield problem(
                "„%(answer)s“ ist eine eigene Antwort, die wir nicht haben: Dann gab es dort andere Antworten als bei "
                "uns. Geben Sie das an, oder wählen Sie eine von unseren.",
                place=mapped.theirs,
                answer=answer.label[:80],
            )
        elif meaning and meaning not in allowed:
            yield problem(
                "„%(answer)s“: Eine Antwort „%(meaning)s“ hat unsere Frage nicht.",
                place=mapped.theirs,
                answer=answer.label[:80],
                meaning=meaning[:60],
            )


def _several_problems(
    question: TheirQuestion, mapped: MappedQuestion, meant: Counter[str], codes: set[str]
) -> Iterator[Problem]:
    if any(meant[code] > 1 for code in codes):
        yield problem(
            "Wo man mehrere Antworten ankreuzen konnte, lassen sich zwei nicht zu einer zusammenlegen: Wer beide "
            "angekreuzt hat, zählte doppelt.",
            place=mapped.theirs,
        )
    if question.answered is None and mapped.answered is None:
        yield problem(
            "Sagen Sie, wie viele Personen diese Frage beantwortet haben: Bei mehreren Antworten ist das nicht ihre "
            "Summe.",
            place=mapped.theirs,
        )


def _impossible(
    question: TheirQuestion, made: EarlierQuestion, mapped: MappedQuestion
) -> Iterator[Problem]:
    counts = dict(made.counts)
    answered, refused = counts[ANSWERED], counts.get(NO_ANSWER, 0)
    said = question.answered if question.answered is not None else mapped.answered
    is_sum = not _is_several(question, made.item)
    if is_sum and said is not None and said not in {answered, answered + refused}:
        yield problem(
            "Die Antworten ergeben zusammen %(sum)s, geantwortet haben aber angeblich %(said)s.",
            place=mapped.theirs,
            sum=answered,
            said=said,
        )
    most = max((n for value, n in made.counts if value not in {ANSWERED, NO_ANSWER}), default=0)
    if max(answered, made.population or 0) > MOST_PEOPLE:
        yield problem(
            "Das sind zu viele Personen. Möglich sind höchstens %(most)s.",
            place=mapped.theirs,
            most=MOST_PEOPLE,
        )
    if most > answered:
        yield problem(
            "Eine Antwort haben %(most)s gegeben, die Frage aber nur %(answered)s beantwortet.",
            place=mapped.theirs,
            most=most,
            answered=answered,
        )
    if made.population is not None and answered + refused > made.population:
        yield problem(
            "Beantwortet haben diese Frage %(answered)s (mit „keine Angabe“), gefragt waren aber nur %(population)s.",
            place=mapped.theirs,
            answered=answered + refused,
            population=made.population,
        )


def _too_many(
    made: EarlierQuestion, mapped: MappedQuestion, *, invited: int | None, answered: int | None
) -> Iterator[Problem]:
    n = dict(made.counts)[ANSWERED]
    if answered is not None and n > answered:
        yield problem(
            "Diese Frage haben %(n)s Personen beantwortet, geantwortet haben aber insgesamt nur %(answered)s.",
            place=mapped.theirs,
            n=n,
            answered=answered,
        )
    if invited is not None and made.population is not None and made.population > invited:
        yield problem(
            "Diese Frage wurde %(population)s Personen gestellt, befragt wurden aber nur %(invited)s.",
            place=mapped.theirs,
            population=made.population,
            invited=invited,
        )


def _question(
    question: TheirQuestion, item: Item, mapped: MappedQuestion, *, invited: int | None
) -> EarlierQuestion:
    if mapped.has_same_scale:
        meanings = dict(mapped.answers)
        asked = item
    else:
        meanings, asked = _own(question, item, mapped)
    if not mapped.is_worded_alike:
        asked = replace(asked, wording=Wording(question.text))
    population = mapped.population if mapped.population is not None else question.asked
    if population is None and mapped.is_of_everybody:
        population = invited
    return EarlierQuestion(
        item=asked,
        their_question=question.text,
        is_worded_alike=mapped.is_worded_alike,
        has_same_scale=mapped.has_same_scale,
        is_of_everybody=mapped.is_of_everybody,
        counts=_counts(question, asked, meanings, answered=mapped.answered),
        population=population,
    )


def _counts(
    question: TheirQuestion, item: Item, meanings: Mapping[str, str], *, answered: int | None
) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for answer in question.answers:
        meaning = meanings.get(answer.value, LEFT_OUT)
        if meaning != LEFT_OUT:
            counts[meaning] += answer.count
            if isinstance(item, items.TopThree) and answer.first and meaning != NO_ANSWER:
                counts[f"{meaning}@1"] += answer.first
    refused = counts.get(NO_ANSWER, 0)
    if _is_several(question, item):
        given = question.answered if question.answered is not None else answered or 0
        # Whoever ticks "no answer" ticks nothing else.
        counts[ANSWERED] = max(0, given - refused)
    else:
        counts[ANSWERED] = sum(n for code, n in counts.items() if code != NO_ANSWER)
    return tuple(sorted((code, n) for code, n in counts.items() if n or code == ANSWERED))


def _is_several(question: TheirQuestion, item: Item) -> bool:
    if question.manner is Manner.UNKNOWN:
        return isinstance(item, items.MultipleChoice)
    return question.manner is not Manner.ONE


def _own(
    question: TheirQuestion, item: Item, mapped: MappedQuestion
) -> tuple[dict[str, str], Item]:
    """Their own answers under our code: shown, never compared with ours."""
    labels = {answer.value: answer.label for answer in question.answers}
    meanings: dict[str, str] = {}
    choices: list[Choice] = []
    codes: set[str] = {ANSWERED, NO_ANSWER}
    for value, meaning in mapped.answers:
        if value not in labels:
            continue
        if meaning != OWN:
            meanings[value] = meaning
            continue
        code = theme_code(labels[value], taken=codes)
        codes.add(code)
        meanings[value] = code
        choices.append(Choice(code, Wording(labels[value])))
    return meanings, _with_choices(question, item, tuple(choices))


def _with_choices(question: TheirQuestion, item: Item, choices: tuple[Choice, ...]) -> Item:
    if question.manner is Manner.RANKED:
        return items.TopThree(code=item.code, wording=item.wording, choices=choices)
    if _is_several(question, item):
        return items.MultipleChoice(code=item.code, wording=item.wording, choices=choices)
    if isinstance(item, items.RatingScale) and _FEWEST_POINTS <= len(choices) <= MOST_POINTS:
        better = Wording(" / ".join(c.label.de for c in choices[: len(choices) // 2]))
        return items.RatingScale(
            code=item.code, wording=item.wording, choices=choices, positive_label=better
        )
    return items.SingleChoice(code=item.code, wording=item.wording, choices=choices)
