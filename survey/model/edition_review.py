"""What should be known about a questionnaire before anybody is asked: errors, warnings, and what is in order.

Pure: the same edition and the same earlier ones always give the same problems. Their `place` is a path in the
edition: ``questionnaire.overall``, ``questionnaire.sections.talks``, ``programme.sessions.ws01``, ``breakdown``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from survey.errors import Problem, problem
from survey.model.comparability import difference, earlier_item, is_decided
from survey.model.duration import longest_minutes
from survey.model.event import SMALL_EDITION, EditionKind
from survey.model.items import (
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    choices,
)
from survey.model.question_law import edition_problems
from survey.model.question_words import word_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from survey.language.wording import Wording
    from survey.model.comparability import WordingDecision
    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.questionnaire import Section

_Rules: TypeAlias = "tuple[tuple[Callable[[_Reviewed], Iterator[Problem]], Problem], ...]"
LONGEST_MINUTES = 4
"""What people give to a questionnaire on the train home."""
MOST_COMFORTABLE_CHOICES = 10
IDENTIFYING = (
    "kommune",
    "stadt",
    "gemeinde",
    "landkreis",
    "wohnort",
    "dienstort",
    "funktion",
    "rolle",
    "position",
    "abteilung",
    "beruf",
    "geschlecht",
    "alter ",
    "wie alt",
    "amt ",
)
"""Words of questions that describe the person: two of them together often fit one person only."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a look at one matter found."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    passed: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """What the rules look at."""

    edition: Edition
    earlier: Sequence[Edition]
    decisions: Mapping[str, WordingDecision]
    people: int


def review(
    edition: Edition,
    earlier: Sequence[Edition],
    *,
    decisions: Mapping[str, WordingDecision] | None = None,
    people: int = 0,
) -> Review:
    """Every rule, applied. `people`: how many will be invited, 0 while nobody knows."""
    reviewed = _Reviewed(edition, earlier, decisions or {}, people)
    errors: list[Problem] = []
    warnings: list[Problem] = []
    passed: list[Problem] = []
    for rules, found in ((_ERRORS, errors), (_WARNINGS, warnings)):
        for rule, in_order in rules:
            problems = tuple(rule(reviewed))
            found.extend(problems)
            if not problems:
                passed.append(in_order)
    return Review(tuple(errors), tuple(warnings), tuple(passed))


def missing_languages(texts: Sequence[Wording]) -> tuple[str, ...]:
    """``easy`` and ``en``, as far as one of the texts lacks it."""
    return tuple(
        language
        for language in ("easy", "en")
        if any(text and not getattr(text, language) for text in texts)
    )


def texts_of_item(item: Item) -> tuple[Wording, ...]:
    """Everything a person reads of a question."""
    ends = (item.low, item.high) if isinstance(item, Recommendation) else ()
    # The bare numbers of a recommendation are the same in every language.
    labels = (c.label for c in choices(item) if not c.label.de.isdigit())
    return (item.wording, item.hint, *ends, *labels)


def texts_of_section(section: Section) -> tuple[Wording, ...]:
    """Everything a person reads of a section besides its questions."""
    return (section.heading, section.introduction)


def missing_texts(edition: Edition) -> tuple[Problem, ...]:
    """Texts that easy language or English lacks."""
    texts = {
        **{s.code: texts_of_section(s) for s in edition.questionnaire.sections},
        **{i.code: texts_of_item(i) for s in edition.questionnaire.sections for i in s.items},
        **{s.code: (s.title,) for s in edition.programme.held_and_rated()},
    }
    easy = [code for code, said in texts.items() if "easy" in missing_languages(said)]
    english = [code for code, said in texts.items() if "en" in missing_languages(said)]
    found = []
    if easy:
        found.append(
            problem(
                "In Einfacher Sprache fehlen Texte bei: %(codes)s. Dort steht dann der deutsche Text.",
                place="languages",
                codes=", ".join(easy),
            )
        )
    if english:
        found.append(
            problem(
                "Auf Englisch fehlen Texte bei: %(codes)s. Dort steht dann der deutsche Text.",
                place="languages",
                codes=", ".join(english),
            )
        )
    return tuple(found)


def unasked_sessions(edition: Edition) -> tuple[Problem, ...]:
    """Sessions that no question asks about."""
    unasked = [
        session.code
        for session in edition.programme.held_and_rated()
        if not edition.questionnaire.session_items(session.kind)
    ]
    if not unasked:
        return ()
    return (
        problem(
            "Nach diesen Programmpunkten fragt der Fragebogen nicht: %(codes)s.",
            place="programme",
            codes=", ".join(unasked),
        ),
    )


def items_of(edition: Edition) -> tuple[Item, ...]:
    """Every question of the edition in order."""
    return tuple(item for section in edition.questionnaire.sections for item in section.items)


def _lawful(reviewed: _Reviewed) -> Iterator[Problem]:
    yield from edition_problems(reviewed.edition)


def _comparable(reviewed: _Reviewed) -> Iterator[Problem]:
    for item in items_of(reviewed.edition):
        before = earlier_item(item.code, reviewed.earlier)
        if before is None:
            continue
        changed = difference(before.item, item)
        place = f"questionnaire.{item.code}"
        if changed.is_other_kind:
            yield problem(
                "Unter dem Code „%(code)s“ hat „%(edition)s“ etwas anderes gefragt. "
                "Fragen Sie unter einem neuen Code.",
                place=place,
                code=item.code,
                edition=before.edition.title,
            )
        elif changed.is_rescaled:
            yield problem(
                "Die Antworten der Frage „%(question)s“ sind andere als bei „%(edition)s“. "
                "Geben Sie ihnen eine neue Fassung, sonst wird Unvergleichbares verglichen.",
                place=place,
                question=item.wording,
                edition=before.edition.title,
            )


def _grouped_by_asked_questions(reviewed: _Reviewed) -> Iterator[Problem]:
    edition = reviewed.edition
    general = {item.code: item for item in edition.questionnaire.general_items()}
    if edition.breakdown and not isinstance(general.get(edition.breakdown.item), SingleChoice):
        yield problem(
            "Die Ergebnisse sollen nach der Frage „%(code)s“ aufgeteilt werden. "
            "Im Fragebogen steht keine solche Frage mit einer Auswahl.",
            place="breakdown",
            code=edition.breakdown.item,
        )
    for pair in edition.pairs:
        missing = [code for code in (pair.item, pair.by) if code not in general]
        if missing:
            yield problem(
                "„%(item)s“ und „%(by)s“ sollen zusammen ausgewertet werden. "
                "Im Fragebogen fehlt: %(codes)s.",
                place="breakdown",
                item=pair.item,
                by=pair.by,
                codes=", ".join(missing),
            )


def _decided(reviewed: _Reviewed) -> Iterator[Problem]:
    for item in items_of(reviewed.edition):
        before = earlier_item(item.code, reviewed.earlier)
        if before is None or is_decided(item, reviewed.decisions.get(item.code)):
            continue
        if difference(before.item, item).is_only_words:
            yield problem(
                "Der Wortlaut der Frage „%(question)s“ ist anders als bei „%(edition)s“. "
                "Entscheiden Sie: Tippfehler oder neue Fassung?",
                place=f"questionnaire.{item.code}",
                question=item.wording,
                edition=before.edition.title,
            )


def _continued(reviewed: _Reviewed) -> Iterator[Problem]:
    """Questions of the edition before this one that are no longer asked."""
    if not reviewed.earlier:
        return
    last = max(reviewed.earlier, key=lambda e: (e.starts, e.name))
    now = {item.code for item in items_of(reviewed.edition)}
    gone = [item.code for item in items_of(last) if item.code not in now]
    if gone:
        yield problem(
            "„%(edition)s“ hat auch nach diesen Dingen gefragt: %(codes)s. "
            "Dafür gibt es dann keinen Vergleich.",
            place="questionnaire",
            edition=last.title,
            codes=", ".join(gone),
        )


def _short_enough(reviewed: _Reviewed) -> Iterator[Problem]:
    minutes = longest_minutes(reviewed.edition)
    if minutes > LONGEST_MINUTES:
        yield problem(
            "Wer am meisten gefragt wird, braucht etwa %(minutes)s Minuten. "
            "Mehr als %(limit)s Minuten nehmen sich viele nicht.",
            place="questionnaire",
            minutes=minutes,
            limit=LONGEST_MINUTES,
        )


def _well_worded(reviewed: _Reviewed) -> Iterator[Problem]:
    for item in items_of(reviewed.edition):
        yield from word_warnings(item)


def _comfortable(reviewed: _Reviewed) -> Iterator[Problem]:
    for item in items_of(reviewed.edition):
        if isinstance(item, RatingScale | SingleChoice | MultipleChoice | TopThree):
            count = len(choices(item))
            if count > MOST_COMFORTABLE_CHOICES:
                yield problem(
                    "Die Frage „%(question)s“ hat %(count)s Antworten. "
                    "Mehr als %(limit)s liest kaum jemand zu Ende.",
                    place=f"questionnaire.{item.code}",
                    question=item.wording,
                    count=count,
                    limit=MOST_COMFORTABLE_CHOICES,
                )


def _anonymous(reviewed: _Reviewed) -> Iterator[Problem]:
    edition = reviewed.edition
    is_small = (
        reviewed.people < SMALL_EDITION
        if reviewed.people
        else edition.kind is EditionKind.NETWORK_CALL
    )
    if not is_small:
        return
    telling = _telling_items(edition)
    if len(telling) > 1:
        yield problem(
            "In einer Runde mit weniger als %(people)s Personen verraten „%(first)s“ und „%(second)s“ "
            "zusammen leicht, wer antwortet. Fragen Sie höchstens eines davon.",
            place=f"questionnaire.{telling[1].code}",
            people=SMALL_EDITION,
            first=telling[0].wording,
            second=telling[1].wording,
        )


def _telling_items(edition: Edition) -> list[Item]:
    """Questions that say something about the person: by their words, or because results are grouped by them."""
    groups = {pair.by for pair in edition.pairs} | {pair.item for pair in edition.pairs}
    if edition.breakdown:
        groups.add(edition.breakdown.item)
    return [
        item
        for item in edition.questionnaire.general_items()
        if (isinstance(item, SingleChoice) and item.code in groups)
        or (isinstance(item, SingleChoice | ShortText) and _describes_person(item))
    ]


def _describes_person(item: Item) -> bool:
    said = f"{item.wording.de.lower()} "
    for sign in "?.,:;/":
        said = said.replace(sign, " ")
    return any(word in said for word in IDENTIFYING)


_ERRORS: _Rules = (
    (_lawful, problem("Jede Frage ist vollständig und für alle zu beantworten.")),
    (_comparable, problem("Fragen mit gleichem Code haben die gleichen Antworten wie früher.")),
    (
        _grouped_by_asked_questions,
        problem("Nach allem, wonach Ergebnisse aufgeteilt werden, wird auch gefragt."),
    ),
)
_WARNINGS: _Rules = (
    (
        lambda reviewed: iter(missing_texts(reviewed.edition)),
        problem("Alle Texte gibt es auch in Einfacher Sprache und auf Englisch."),
    ),
    (
        lambda reviewed: iter(unasked_sessions(reviewed.edition)),
        problem("Nach jedem Programmpunkt, der bewertet werden soll, wird gefragt."),
    ),
    (_decided, problem("Über jeden geänderten Wortlaut ist entschieden.")),
    (_continued, problem("Alle Fragen der letzten Ausgabe dieser Reihe sind wieder dabei.")),
    (_short_enough, problem("Niemand braucht länger als vier Minuten.")),
    (_well_worded, problem("Keine Frage ist doppelt, verneint oder legt eine Antwort nahe.")),
    (_comfortable, problem("Keine Frage hat mehr als zehn Antworten.")),
    (
        _anonymous,
        problem("Keine zwei Angaben zur Person verraten in kleiner Runde, wer antwortet."),
    ),
)
