"""The planning sheet: what one edition says for the next one, from what is published of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_file

from exports.finding_words import FindingWords
from survey.comparing.series import find_series
from survey.counting import count_edition
from survey.errors import NotAllowed, NotFound
from survey.language.wording import Wording
from survey.model.event import GRACE, EditionFormat
from survey.model.planning import Course, Majority, PlannedDecision
from survey.model.workplace import MAIN_ORGANISATION
from survey.planning.decisions import decide
from survey.planning.planning_sheet import planning_sheet
from survey.preparing import find_edition
from survey.rendering import TEMPLATES
from survey.statistics.precision import answers_to_lead
from tests.counting.ballots import be_silent
from tests.events import DEADLINE
from tests.planning.answers import Answers, chosen, liked
from tests.workplace import COUNTED, furnish

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.model.planning import PlanningSheet
    from tests.people import StoppedClock

CAUSAL = re.compile(
    r"führt zu|bewirk|Ursache|Treiber|weil|deshalb|lead to|cause|driver", re.IGNORECASE
)
PLANNING = TEMPLATES.parent / "survey" / "planning"


def congresses(inst: Installation) -> Series:
    """The series of the congresses, as it stands."""
    return find_series(inst, MAIN_ORGANISATION, "kommunalkongress")


def said(sheet: PlanningSheet) -> list[str]:
    """What is left undecided, in German."""
    words = FindingWords("de")
    return [words.statement(one.statement) for one in sheet.undecided]


def test_the_newest_counted_edition_is_planned_from(
    inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)

    sheet = planning_sheet(inst, congresses(inst))

    assert (sheet.series, sheet.edition.name, sheet.base) == ("kommunalkongress", COUNTED, None)
    assert [(table.code, table.majority) for table in sheet.tables] == [
        ("next_format", Majority.OPEN)
    ]
    assert sheet.tables[0].leaders == ("on_site", "online", "hybrid")
    assert sheet.has_importance is False


def test_a_second_edition_is_compared_with_the_first(
    inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock, answers=40)
    clock.set(DEADLINE + GRACE)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    sheet = planning_sheet(inst, congresses(inst))
    before = planning_sheet(inst, congresses(inst), name=COUNTED)

    assert (sheet.edition.name, sheet.base and sheet.base.name) == ("kk2020", COUNTED)
    assert {option.change.base for option in sheet.tables[0].options if option.change} == {COUNTED}
    assert (before.edition.name, before.base) == (COUNTED, None)
    assert {option.change for option in before.tables[0].options} == {None}


def test_decisions_stand_on_the_sheet_of_their_edition_with_what_they_are_about(
    inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)
    decision = PlannedDecision(
        "session:ws01", Course.KEEP, Wording("Wieder so."), "Olga", None, is_public=False
    )
    decide(inst, find_edition(inst, COUNTED), decision)

    sheet = planning_sheet(inst, congresses(inst))

    assert sheet.decisions == (replace(decision, about=Wording("Digitale Stadt")),)


def test_no_sheet_is_made_of_what_is_not_counted_or_not_of_the_series(
    inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)
    calls = find_series(inst, MAIN_ORGANISATION, "ikone")

    for name in ("kk2020", "ikone2", "nothing"):
        with pytest.raises(NotFound):
            planning_sheet(inst, congresses(inst), name=name)
    with pytest.raises(NotAllowed):
        planning_sheet(inst, calls)


def test_topics_are_told_by_how_many_want_them_and_no_wish_is_none() -> None:
    sheet = Answers(
        {
            "topics_wanted": chosen(
                180, funding=81, administration=96, work=0, no_wish=120, other=110, towns=81
            )
        }
    ).sheet()

    assert [(topic.subject, topic.count, topic.of) for topic in sheet.topics] == [
        ("topics_wanted:administration", 96, 180),
        ("topics_wanted:towns", 81, 180),
        ("topics_wanted:funding", 81, 180),
    ]


def test_themes_are_shares_of_texts() -> None:
    sheet = Answers({"overall": liked(100, 200)}, themes={"pausen": 9, "ton": 28}, texts=120)

    assert [(t.subject, t.count, t.of, t.share) for t in sheet.sheet().themes] == [
        ("theme:ton", 28, 120, None),
        ("theme:pausen", 9, 120, None),
    ]


def test_an_open_order_tells_how_many_answers_would_have_settled_it() -> None:
    sheet = Answers({"next_format": chosen(on_site=60, online=70, hybrid=10)}, invited=4000).sheet()
    (order, *_) = sheet.undecided

    assert said(sheet)[0] == (
        "„Welche Form wünschen Sie sich für das nächste Mal?“: "
        "Die Rangfolge von „Vor Ort“ und „Online“ ist offen."
    )
    assert order.answers_had == 140
    assert order.answers_needed is not None
    assert order.answers_needed > 140


def test_answers_needed_are_counted_between_those_that_can_lead() -> None:
    answers = {"next_format": chosen(on_site=60, online=70, no_preference=100)}
    (order, *_) = Answers(answers, invited=4000).sheet().undecided

    assert order.answers_had == 230
    assert order.answers_needed == answers_to_lead((60, 70, 0), eligible=4000, beside=(100,))
    assert order.answers_needed is not None


def test_what_cannot_be_decided_is_said_beside_what_was_not_asked_or_not_heard() -> None:
    sheet = Answers(
        {
            "next_format": chosen(on_site=150, online=20, hybrid=10),
            "length": chosen(too_short=1, just_right=3),
            **{code: liked(160, 200) for code in ("content", "organisation", "exchange")},
            "technology": liked(60, 200),
        }
    ).sheet()

    assert said(sheet) == [
        (
            "„Wie war die Länge der Veranstaltung?“: Zu wenige haben geantwortet, "
            "um das Ergebnis zu zeigen."
        ),
        (
            "„Wie bewerten Sie die Technik?“: Das Ergebnis liegt unter der Mitte; "
            "wie wichtig es den Menschen ist, sagen diese Antworten nicht."
        ),
        (
            "Welches Urteil am engsten mit dem Gesamturteil zusammengeht, bleibt offen: Dazu müssen Fragen vor dem "
            "Öffnen mit dem Gesamturteil verknüpft werden, und je 100 Personen müssen beides beantworten."
        ),
        "Welche Formen auch in Frage kommen, wurde nicht gefragt, nur welche am liebsten ist.",
    ]


def test_the_sheet_of_an_edition_nobody_answered_says_nothing_and_breaks_nothing() -> None:
    sheet = Answers({"next_format": {}, "content": {}}, invited=21, answered=0).sheet()

    assert (sheet.topics, sheet.themes, sheet.candidates, sheet.to_keep) == ((), (), (), ())
    assert [table.majority for table in sheet.tables] == [Majority.WITHHELD]
    assert sheet.edition.format is EditionFormat.ONLINE


@pytest.mark.parametrize("file", sorted(PLANNING.glob("*.py")), ids=lambda file: file.name)
def test_no_sentence_names_a_cause(file: object) -> None:
    found = extract_from_file("python", str(file), keywords={"Statement": None, "problem": None})
    english = FindingWords("en")

    sentences = [str(message) for _, message, _, _ in found]
    translated = [english.say(sentence) for sentence in sentences]

    assert [one for one in (*sentences, *translated) if CAUSAL.search(one)] == []
