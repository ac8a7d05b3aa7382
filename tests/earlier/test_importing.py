"""What was counted elsewhere becomes questions of ours, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.comparing.series import find_series
from survey.earlier.guessing import guess_mapping
from survey.earlier.importing import Plan, import_earlier, plan_import
from survey.earlier.mappings import keep_mapping, kept_mappings, with_mapping
from survey.earlier.translating import translate
from survey.errors import NotAllowed
from survey.model.earlier import EarlierEdition
from survey.model.foreign_survey import (
    LEFT_OUT,
    OWN,
    EarlierFacts,
    HeldSurvey,
    Manner,
    MappedQuestion,
    TheirAnswer,
    TheirQuestion,
    TheirSurvey,
)
from survey.model.items import ANSWERED, NO_ANSWER
from survey.model.our_questions import our_questions
from survey.model.workplace import MAIN_ORGANISATION
from survey.reporting.publication_log import earlier_key, tables_of_earlier
from survey.storage import published_groups
from tests.events import congress
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation

SERIES = congress().series
OURS = our_questions([congress()])
FACTS = EarlierFacts(
    title="Kongress 2017",
    starts="2017-09-15",
    format="on_site",
    source="Archiv",
    invited=150,
    answered=60,
)


def asked(
    text: str,
    *counts: tuple[str, int],
    manner: Manner = Manner.ONE,
    answered: int | None = None,
) -> TheirQuestion:
    """A question of theirs."""
    answers = tuple(TheirAnswer(value, value, n) for value, n in counts)
    return TheirQuestion(text, text, manner, answers, answered)


OVERALL = asked(
    "Wie war der Kongress?",
    ("sehr gut", 10),
    ("gut", 20),
    ("mittel", 5),
    ("schlecht", 3),
    ("sehr schlecht", 2),
    ("k. A.", 4),
    ("trifft nicht zu", 7),
)
HEARD = asked(
    "Wie haben Sie teilgenommen?",
    ("im Büro", 30),
    ("Sonstiges", 25),
    manner=Manner.SEVERAL,
    answered=40,
)


def survey(*questions: TheirQuestion) -> TheirSurvey:
    """A file with those questions."""
    return TheirSurvey("x.csv", questions)


def said(plan: Plan) -> list[str]:
    """What is wrong with it, in words."""
    return [p.key % p.values() for p in (*plan.fact_problems, *plan.problems)]


def held(*questions: TheirQuestion, facts: EarlierFacts = FACTS) -> HeldSurvey:
    """The file with what seems to be ours."""
    return HeldSurvey(survey(*questions), guess_mapping(survey(*questions), OURS), facts)


def test_refusals_are_no_answers_and_who_was_not_asked_does_not_count() -> None:
    found = translate(survey(OVERALL), guess_mapping(survey(OVERALL), OURS), OURS, invited=150)

    assert found.problems == ()
    assert dict(found.questions[0].counts) == {
        "very_good": 10,
        "good": 20,
        "fair": 5,
        "poor": 3,
        "very_poor": 2,
        NO_ANSWER: 4,
        ANSWERED: 40,
    }


def test_several_answers_are_of_whoever_answered() -> None:
    mapped = MappedQuestion(
        HEARD.key,
        "heard",
        answers=(("im Büro", "office"), ("Sonstiges", "other")),
        is_worded_alike=True,
        has_same_scale=True,
    )

    (question,) = translate(survey(HEARD), (mapped,), OURS, invited=None).questions

    assert dict(question.counts) == {"office": 30, "other": 25, ANSWERED: 40}
    assert question.population is None


def test_what_seems_alike_is_only_proposed_and_never_called_the_same() -> None:
    like = replace(OVERALL, key="x", text="Wie war denn der Kongress so?")

    (mapped,) = guess_mapping(survey(like), OURS)

    assert (mapped.ours, mapped.is_worded_alike) == ("overall", False)


def test_bare_numbers_are_never_taken_for_our_codes() -> None:
    numbers = asked("Wie war der Kongress?", *((str(n), 5) for n in range(1, 6)))

    (mapped,) = guess_mapping(survey(numbers), OURS)

    assert mapped.answers == ()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        pytest.param(replace(FACTS, title=" "), "Titel", id="title"),
        pytest.param(replace(FACTS, source=""), "woher die Zahlen", id="source"),
        pytest.param(replace(FACTS, starts="2017-02-30"), "Tag der Veranstaltung", id="day"),
        pytest.param(replace(FACTS, starts="2031-01-01"), "nicht in der Zukunft", id="future"),
        pytest.param(replace(FACTS, format="auf dem Mond"), "vor Ort, online", id="format"),
        pytest.param(replace(FACTS, answered=151), "nicht mehr geantwortet", id="more than all"),
        pytest.param(replace(FACTS, invited=30), "gefragt waren aber nur 30", id="too few asked"),
    ],
)
def test_facts_that_cannot_be_are_refused(
    inst: Installation, facts: EarlierFacts, why: str
) -> None:
    store_edition(inst, congress())
    if facts.invited == 30:
        facts = replace(facts, answered=None)

    plan = plan_import(
        inst, find_series(inst, MAIN_ORGANISATION, SERIES), held(OVERALL, facts=facts)
    )

    assert plan.edition is None
    assert any(why in each for each in said(plan)), said(plan)


@pytest.mark.parametrize(
    ("question", "mapped", "why"),
    [
        pytest.param(
            OVERALL,
            MappedQuestion(OVERALL.key, "overall", (("gut", "good"),), has_same_scale=True),
            "Sagen Sie, was „sehr gut“ bei uns heißt",
            id="open answers",
        ),
        pytest.param(
            OVERALL,
            MappedQuestion(OVERALL.key, "nothing", (("gut", "good"),)),
            "gibt es in dieser Reihe nicht",
            id="unknown question",
        ),
        pytest.param(
            HEARD,
            MappedQuestion(HEARD.key, "overall", (("im Büro", "good"),), has_same_scale=True),
            "anders beantwortet",
            id="other manner",
        ),
        pytest.param(
            replace(HEARD, answered=None, manner=Manner.UNKNOWN),
            MappedQuestion(
                HEARD.key, "heard", (("im Büro", OWN), ("Sonstiges", OWN)), has_same_scale=False
            ),
            "wie viele Personen",
            id="nobody knows n",
        ),
        pytest.param(
            replace(HEARD, answered=20),
            MappedQuestion(HEARD.key, "heard", (("im Büro", OWN), ("Sonstiges", OWN))),
            "nur 20 beantwortet",
            id="more ticks than people",
        ),
        pytest.param(
            OVERALL,
            MappedQuestion(
                OVERALL.key,
                "overall",
                tuple((a.value, LEFT_OUT) for a in OVERALL.answers),
                has_same_scale=True,
            ),
            "Keine Antwort ist einer von unseren zugeordnet",
            id="nothing left",
        ),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    question: TheirQuestion, mapped: MappedQuestion, why: str
) -> None:
    found = translate(survey(question), (mapped,), OURS, invited=150)

    problems = [p.key % p.values() for p in found.problems]
    assert any(why in each for each in problems), problems


def test_one_of_ours_is_brought_over_once() -> None:
    second = replace(OVERALL, key="noch einmal")
    (mapped,) = guess_mapping(survey(OVERALL), OURS)

    found = translate(
        survey(OVERALL, second), (mapped, replace(mapped, theirs=second.key)), OURS, invited=150
    )

    assert [p.place for p in found.problems] == [second.key]


def test_an_import_is_on_record_and_again_only_as_it_was(inst: Installation) -> None:
    store_edition(inst, congress())
    series = find_series(inst, MAIN_ORGANISATION, SERIES)
    plan = plan_import(inst, series, held(OVERALL))
    assert plan.edition is not None

    made = import_earlier(inst, series, plan.edition)

    key = earlier_key(MAIN_ORGANISATION, SERIES, made.starts)
    published = published_groups.of_edition(inst.database.read(), key)
    assert published == (tables_of_earlier(made),)
    with pytest.raises(NotAllowed):
        import_earlier(inst, series, plan.edition)
    assert len(find_series(inst, MAIN_ORGANISATION, SERIES).earlier) == 1


def test_a_kept_mapping_forgets_the_numbers_of_its_year(inst: Installation) -> None:
    mapped = MappedQuestion("Q1", "overall", (("A1", "good"),), answered=40, population=90)

    keep_mapping(inst, MAIN_ORGANISATION, "Archiv", questions=(mapped,))

    (kept,) = kept_mappings(inst, MAIN_ORGANISATION)
    assert kept.questions == (replace(mapped, answered=None, population=None),)


def test_a_mapping_to_columns_parts_what_was_put_together() -> None:
    columns = (asked("Q[a]", ("Y", 5), ("N", 5)), asked("Q[b]", ("Y", 6), ("N", 4)))
    whole = replace(HEARD, key="Q", columns=columns)

    found = with_mapping(
        HeldSurvey(survey(whole)), (MappedQuestion("Q[a]", "technology", (("Y", "yes"),)),)
    )

    assert [q.key for q in found.survey.questions] == ["Q[a]", "Q[b]"]
    assert found.mapped("Q[a]") is not None


numbers = st.integers(0, 40)
values = st.sampled_from(["sehr gut", "gut", "k. A.", "1", "2", "A1", "ja", "nein", "-oth-"])
meanings = st.sampled_from(
    ["very_good", "good", "yes", "on_site", "5", NO_ANSWER, LEFT_OUT, OWN, "unsinn", ""]
)
questions = st.builds(
    lambda key, manner, counts, answered: TheirQuestion(
        key, key, manner, tuple(TheirAnswer(v, v, n, min(n, 3)) for v, n in counts), answered
    ),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(list(Manner)),
    st.lists(st.tuples(values, numbers), min_size=1, max_size=5, unique_by=lambda each: each[0]),
    st.none() | numbers,
)
mappings = st.builds(
    MappedQuestion,
    theirs=st.sampled_from(["a", "b", "c", "d"]),
    ours=st.sampled_from([*(our.key for our in OURS), "unsinn", "overall@9.9"]),
    answers=st.lists(st.tuples(values, meanings), max_size=6).map(tuple),
    is_worded_alike=st.booleans(),
    has_same_scale=st.booleans(),
    is_of_everybody=st.booleans(),
    answered=st.none() | numbers,
    population=st.none() | numbers,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.lists(questions, max_size=3, unique_by=lambda q: q.key),
    st.lists(mappings, max_size=3, unique_by=lambda m: m.theirs),
    st.none() | numbers,
)
def test_whatever_is_mapped_is_refused_or_a_whole_edition(
    inst: Installation,
    found: list[TheirQuestion],
    mapping: list[MappedQuestion],
    invited: int | None,
) -> None:
    if not find_series_names(inst):
        store_edition(inst, congress())
    series = find_series(inst, MAIN_ORGANISATION, SERIES)
    facts = replace(FACTS, invited=invited, answered=None)

    plan = plan_import(inst, series, HeldSurvey(survey(*found), tuple(mapping), facts))

    assert (plan.edition is None) == bool(plan.problems or plan.fact_problems)
    if plan.edition is not None:
        assert len(plan.edition.questions) == len(mapping)
        check_counts(plan.edition)


def find_series_names(inst: Installation) -> list[str]:
    """Every series that is there."""
    return [row["series"] for row in inst.database.read().execute("SELECT series FROM edition")]


def check_counts(edition: EarlierEdition) -> None:
    """Nobody answered who was not asked, and no answer has more people than the question."""
    for question in edition.questions:
        counts = dict(question.counts)
        assert all(0 <= n <= counts[ANSWERED] for v, n in counts.items() if v != NO_ANSWER)
        if question.population is not None:
            assert counts[ANSWERED] + counts.get(NO_ANSWER, 0) <= question.population
