"""Words that spoil a question are suspected, and good questions are left in peace."""

from __future__ import annotations

import pytest

from forms.questionnaire_library import standard_library
from survey.language.wording import Wording
from survey.model.items import Choice, Item, LongText, RatingScale, SingleChoice, YesNo
from survey.model.question_words import word_warnings

TWO = (Choice("a", Wording("A")), Choice("b", Wording("B")))


def rating(text: str, *, english: str = "") -> RatingScale:
    """A question with a scale."""
    return RatingScale(code="q", wording=Wording(text, en=english), choices=TWO)


def suspected(item: Item) -> list[object]:
    """The words that were found."""
    return [p.values()["word"] for p in word_warnings(item)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wie waren Essen und Technik?", ["und"]),
        ("Wie waren Raum oder Technik?", ["oder"]),
        ("Wie waren die Vorträge sowie die Gespräche?", ["sowie"]),
        ("Wie zufrieden sind Bürgerinnen und Bürger?", []),
        ("Wie finden Sie Vor- und Nachteile dargestellt?", []),
        ("Fanden Sie es mehr oder weniger gut?", []),
        ("Wie war der Rundgang?", []),
        ("Wie gut hat Ihnen der Kongress gefallen?", ["Wie gut hat"]),
        ("Wie war das hervorragende Essen?", ["hervorragende"]),
        ("Finden Sie auch, dass es zu lang war?", ["Finden Sie auch"]),
        ("Wie tolerant war die Runde?", []),
        ("War der Raum nicht zu klein?", ["nicht"]),
        ("Wie viel keiner Pause bedürftig?", ["keiner"]),
        ("Wie nichtig war es?", []),
        ("Wie vernichtend war die Kritik?", []),
        ("Waren Essen und Raum nicht toll?", ["und", "toll", "nicht"]),
    ],
)
def test_german_questions_with_a_scale(text: str, words: list[str]) -> None:
    assert suspected(rating(text)) == words


def test_english_is_read_as_well_and_said_once() -> None:
    assert suspected(rating("Wie war es?", english="How were food and drink?")) == ["and"]
    assert suspected(rating("Essen und Technik?", english="Food and technology?")) == ["und"]


def test_only_questions_with_a_scale_are_held_to_one_matter() -> None:
    text = Wording("Was sollen wir bei Essen und Technik nicht ändern?")

    assert suspected(LongText(code="q", wording=text)) == []
    assert suspected(SingleChoice(code="q", wording=text, choices=TWO)) == []
    assert suspected(YesNo(code="q", wording=text)) == ["und"]


@pytest.mark.parametrize("code", standard_library().items)
def test_the_library_is_above_suspicion(code: str) -> None:
    assert word_warnings(standard_library().items[code]) == ()
