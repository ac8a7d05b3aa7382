from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.answer_form import AnswerForm, carried, repeatable_names
from forms.question_steps import steps, without_leftovers
from survey.errors import AnswerRefused
from survey.model.answering import read_response
from survey.model.personal_form import PersonalForm, personal_form
from tests.events import congress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.errors import Problem

BOOKED = frozenset({"ws01", "ws03"})


@pytest.fixture
def form() -> PersonalForm:
    return personal_form(congress(), BOOKED)


def problems_of(form: PersonalForm, typed: Mapping[str, tuple[str, ...]]) -> tuple[Problem, ...]:
    with pytest.raises(AnswerRefused) as refused:
        read_response(form, typed)
    return refused.value.problems


def test_every_problem_stands_at_its_question_and_in_the_summary_in_the_same_words(
    form: PersonalForm,
) -> None:
    typed = {
        "ws01--remark": ("x" * 201,),
        "overall": ("wonderful",),
        "heard": ("not", "home"),
        "heard-text": ("y" * 201,),
        "topics-1": ("schools",),
        "topics-2": ("schools",),
        "elsewhere--round2--rating": ("good",),
    }

    drawn = AnswerForm(form, typed, language="de", problems=problems_of(form, typed))

    at_questions = [error for q in drawn.questions() for error in q.errors]
    assert [c.text for c in drawn.complaints] == at_questions
    assert {c.anchor for c in drawn.complaints} == {
        "ws01--remark", "elsewhere--round2", "overall", "heard-text", "topics-2",
    }  # fmt: skip
    assert at_questions[0].startswith("Digitale Stadt: Was möchten Sie dazu sagen? – ")


def test_a_problem_of_the_whole_form_leads_to_its_first_question(form: PersonalForm) -> None:
    drawn = AnswerForm(form, {}, language="en", problems=problems_of(form, {}))

    assert [(c.anchor, c.text) for c in drawn.complaints] == [
        ("ws01--rating", "You have not answered any question yet. Answer at least one.")
    ]


def test_whoever_booked_nothing_is_asked_for_any_workshop() -> None:
    drawn = AnswerForm(personal_form(congress(), frozenset()), {}, language="de")

    others = [o for section in drawn.sections for o in section.elsewhere]
    assert [(o.has_booking, o.choice.label) for o in others] == [
        (False, "In welchem Workshop waren Sie?"),
        (False, "In welchem Workshop waren Sie?"),
    ]
    assert [o.options[-1].label for o in (other.choice for other in others)] == ["In keinem"] * 2


def test_given_answers_are_grouped_by_section_and_session(form: PersonalForm) -> None:
    typed = {
        "ws01--rating": ("na_not_attended",),
        "elsewhere--round1": ("ws02",),
        "elsewhere--round1--rating": ("good",),
        "heard": ("home", "other"),
        "heard-text": ("im Zug",),
        "topics-1": ("schools",),
    }

    given = AnswerForm(form, typed, language="de").given()

    assert [
        (head, [(about, [g.answer for g in rows]) for about, rows in groups])
        for head, groups in given
    ] == [
        (
            "Ihre Workshops",
            [
                ("Digitale Stadt", [("Nicht teilgenommen",)]),
                ("Runde 1", [("Homeoffice",)]),
                ("Homeoffice", [("gut",)]),
            ],
        ),
        ("Der ganze Kongress", [("", [("zu Hause", "Sonstiges: im Zug"), ("Schulen",)])]),
    ]


def test_required_questions_are_named(form: PersonalForm) -> None:
    section = form.sections[-1]
    asked = section.questions[0]
    required = replace(asked, item=replace(asked.item, is_required=True))
    whole = PersonalForm((replace(section, questions=(required, *section.questions[1:])),))

    drawn = AnswerForm(whole, {}, language="de")

    assert (AnswerForm(form, {}, language="de").has_required, drawn.has_required) == (False, True)


def test_only_multiple_choices_may_come_several_times(form: PersonalForm) -> None:
    assert repeatable_names(form) == {"heard"}


def test_empty_values_are_not_carried() -> None:
    typed = {"a": ("",), "b": ("1", "2"), "c": ("x",)}

    assert carried(typed, without={"c"}) == (("b", "1"), ("b", "2"))


def test_a_choice_of_no_other_workshop_drops_its_rating(form: PersonalForm) -> None:
    typed = {
        "elsewhere--round1": ("",),
        "elsewhere--round1--rating": ("good",),
        "overall": ("good",),
    }

    kept = without_leftovers(form, typed)

    assert kept == {"elsewhere--round1": ("",), "overall": ("good",)}


def test_steps_are_numbered_from_one(form: PersonalForm) -> None:
    found = steps(AnswerForm(form, {}, language="easy"))

    assert [step.place for step in found] == list(range(1, len(found) + 1))
    assert {step.number for step in found} == {len(found)}
