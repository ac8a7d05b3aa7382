from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from survey.language.wording import Wording
from survey.model.event import Breakdown, Edition, EditionFormat, EditionKind, Pair
from survey.model.items import (
    NO_ANSWER,
    NOT_ATTENDED,
    Answer,
    Choice,
    LongText,
    RatingScale,
    SingleChoice,
)
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Condition, Questionnaire, Section
from survey.model.response import Response
from survey.model.tally import TallyRow, WrittenText
from survey.statistics.tallying import Attendance, tally_responses

_GOOD_BAD = (Choice("good", Wording("gut")), Choice("bad", Wording("schlecht")))
_SIZES = (Choice("small", Wording("klein")), Choice("large", Wording("groß")))
EDITION = Edition(
    name="kk2020",
    series="kk",
    title="Kongress",
    kind=EditionKind.CONGRESS,
    format=EditionFormat.ONLINE,
    starts=date(2020, 9, 11),
    ends=date(2020, 9, 11),
    organisation="Ministerium",
    sender="a@b.test",
    contact="c@b.test",
    deadline=datetime(2020, 9, 25, 16, tzinfo=UTC),
    questionnaire=Questionnaire(
        (
            Section(
                "all",
                Wording("Allgemein"),
                (
                    RatingScale(code="overall", wording=Wording("Wie war es?"), choices=_GOOD_BAD),
                    SingleChoice(code="size", wording=Wording("Wie groß?"), choices=_SIZES),
                    LongText(code="change", wording=Wording("Was ändern?")),
                ),
            ),
            Section(
                "workshops",
                Wording("Workshops"),
                (
                    RatingScale(code="rating", wording=Wording("Wie war er?"), choices=_GOOD_BAD),
                    LongText(code="remark", wording=Wording("Noch etwas?")),
                ),
                for_each=(SessionKind.WORKSHOP,),
            ),
        )
    ),
    programme=Programme(
        sessions=(
            Session("ws1", Wording("Eins"), SessionKind.WORKSHOP, "r1"),
            Session("ws2", Wording("Zwei"), SessionKind.WORKSHOP, "r1"),
        ),
        rounds=(Round("r1", Wording("Runde 1")),),
    ),
)


_MOODS = tuple(Choice(c, Wording(c)) for c in ("very_good", "good", "fair", "poor", "bad"))


def _with_five_points() -> Edition:
    """Rated overall and by its content on five points each."""
    whole, workshops = EDITION.questionnaire.sections
    rated = tuple(
        RatingScale(code=code, wording=Wording(code), choices=_MOODS)
        for code in ("overall", "content")
    )
    return replace(
        EDITION,
        questionnaire=Questionnaire((replace(whole, items=(*rated, *whole.items[1:])), workshops)),
    )


def _said(**answers: str) -> Response:
    texts = {"change", "remark"}
    return Response(
        {
            key.replace("__", "--"): Answer(text=value)
            if key.rpartition("__")[2] in texts
            else Answer((value,))
            for key, value in answers.items()
        }
    )


def _rows(edition: Edition, responses: list[Response]) -> dict[tuple[str, str, str, str], int]:
    return {
        (r.session, r.grouping, r.item, r.value): r.n
        for r in tally_responses(edition, responses).rows
    }


@pytest.mark.proves("U30")
def test_each_question_is_counted_by_itself() -> None:
    responses = [_said(overall="good", ws1__rating="bad")] * 5 + [_said(overall=NO_ANSWER)]

    tallied = tally_responses(EDITION, responses)

    assert tallied.rows == (
        TallyRow("", "", "overall", "_n", 5),
        TallyRow("", "", "overall", "good", 5),
        TallyRow("", "", "overall", NO_ANSWER, 1),
        TallyRow("ws1", "", "rating", "_n", 5),
        TallyRow("ws1", "", "rating", "bad", 5),
    )


@pytest.mark.parametrize(("answers", "keeps_figures"), [(4, False), (5, True)])
@pytest.mark.proves("U38")
def test_a_session_below_the_threshold_keeps_its_number_only(
    *, answers: int, keeps_figures: bool
) -> None:
    responses = [_said(overall="good")] * 20 + [_said(ws1__rating="bad")] * answers

    tallied = tally_responses(EDITION, responses)

    assert tallied.attendance["ws1"].answered == answers
    assert any(r.session == "ws1" for r in tallied.rows) is keeps_figures
    assert ("ws1" in tallied.withheld_sessions) is not keeps_figures


def test_a_question_that_too_few_answered_keeps_its_number_only() -> None:
    responses = [_said(overall="good")] * 20 + [_said(size="small")] * 4

    assert [r for r in tally_responses(EDITION, responses).rows if r.item == "size"] == [
        TallyRow("", "", "size", "_n", 4)
    ]


def test_an_edition_below_the_threshold_keeps_nothing() -> None:
    tallied = tally_responses(EDITION, [_said(overall="good", change="mehr")] * 4)

    assert (tallied.rows, tallied.texts, tallied.withheld_texts) == ((), (), 4)


@pytest.mark.parametrize(("others", "kept"), [(8, 0), (9, 1)])
@pytest.mark.proves("U40")
def test_texts_are_kept_from_ten_answers(others: int, kept: int) -> None:
    responses = [_said(change="mehr Zeit")] + [_said(overall="good")] * others

    tallied = tally_responses(EDITION, responses)

    assert tallied.texts == (WrittenText("", "change", "mehr Zeit"),) * kept
    assert tallied.withheld_texts == 1 - kept


@pytest.mark.parametrize(("others", "kept"), [(8, 0), (9, 1)])
@pytest.mark.proves("U40")
def test_texts_about_a_session_are_kept_from_ten_answers_about_it(others: int, kept: int) -> None:
    responses = (
        [_said(ws1__rating="good", ws1__remark="laut")]
        + [_said(ws1__rating="good")] * others
        + [_said(overall="good")] * 20
    )

    assert (
        tally_responses(EDITION, responses).texts == (WrittenText("ws1", "remark", "laut"),) * kept
    )


@pytest.mark.parametrize(("others", "kept"), [(8, 0), (9, 1)])
def test_texts_of_a_section_on_a_condition_are_kept_from_ten_people_who_were_asked(
    others: int, kept: int
) -> None:
    large = Section(
        "large",
        Wording("Für große"),
        (LongText(code="large_change", wording=Wording("Was fehlt großen?")),),
        condition=Condition("size", ("large",)),
    )
    sections = (*EDITION.questionnaire.sections, large)
    edition = replace(EDITION, questionnaire=Questionnaire(sections))
    responses = [
        Response({"size": Answer(("large",)), "large_change": Answer(text="mehr Platz")}),
        *[_said(size="large")] * others,
        *[_said(size="small")] * 20,
    ]

    tallied = tally_responses(edition, responses)

    assert tallied.texts == (WrittenText("", "large_change", "mehr Platz"),) * kept
    assert tallied.withheld_texts == 1 - kept


def test_attendance_is_told_from_the_answers() -> None:
    responses = [
        _said(ws1__rating="good"),
        _said(ws1__rating=NOT_ATTENDED),
        _said(ws1__rating=NOT_ATTENDED, ws2__rating="good"),
        _said(ws1__rating=NOT_ATTENDED, ws2__rating=NO_ANSWER),
    ]

    assert tally_responses(EDITION, responses).attendance == {
        "ws1": Attendance(answered=1, present=1, absent=3, swapped=0),
        "ws2": Attendance(answered=1, present=2, absent=0, swapped=2),
    }


@pytest.mark.parametrize(
    ("small", "large", "rest", "is_kept"),
    [
        (10, 10, 0, True),
        (10, 10, 5, True),
        (10, 10, 4, False),
        (9, 10, 0, False),
        (10, 0, 5, True),
    ],
)
@pytest.mark.proves("U37")
def test_a_breakdown_is_kept_whole_or_not_at_all(
    *, small: int, large: int, rest: int, is_kept: bool
) -> None:
    edition = replace(EDITION, breakdown=Breakdown("size"))
    responses = (
        [_said(overall="good", size="small")] * (small - 3)
        + [_said(overall="bad", size="small")] * 3
        + [_said(overall="bad", size="large")] * (large - 2)
        + [_said(overall="good", size="large")] * (2 if large else 0)
        + [_said(overall="good")] * rest
    )

    rows = {k: n for k, n in _rows(edition, responses).items() if k[1]}

    expected = {
        ("", "breakdown:small", "overall", "good"): small - 3,
        ("", "breakdown:small", "overall", "bad"): 3,
        ("", "breakdown:small", "overall", "_n"): small,
        ("", "breakdown:large", "overall", "bad"): large - 2,
        ("", "breakdown:large", "overall", "good"): 2,
        ("", "breakdown:large", "overall", "_n"): large,
    }
    kept = {k: n for k, n in expected.items() if large or "large" not in k[1]}
    assert rows == (kept if is_kept else {})


@pytest.mark.parametrize(
    ("like_them", "unlike_them"),
    [
        (["very_good"] * 20, []),
        (["very_good", "good"] * 10, []),
        (["bad", "fair"] * 10, []),
        (["very_good", "good"] * 10, ["fair"]),
    ],
    ids=["all the same", "all content", "nobody content", "one of another mind"],
)
def test_groups_of_one_mind_are_not_kept(like_them: list[str], unlike_them: list[str]) -> None:
    edition = replace(_with_five_points(), breakdown=Breakdown("size"))
    others = [_said(content=mood, size="large") for mood in ["very_good", "bad"] * 10]
    told = [_said(content=mood, size="small") for mood in (*like_them, *unlike_them)]

    groups = {key[1] for key in _rows(edition, told + others) if key[1] and key[2] == "content"}

    # Where one thinks otherwise, nobody can tell of somebody in the group what they said.
    assert groups == ({"breakdown:small", "breakdown:large"} if unlike_them else set())


@pytest.mark.proves("U37")
def test_a_pair_named_before_opening_is_tallied_as_such() -> None:
    edition = replace(EDITION, pairs=(Pair("size", "overall"),))
    responses = (
        [_said(overall="good", size="small")] * 12
        + [_said(overall="bad", size="large")] * 9
        + [_said(overall=mood, size=size) for mood, size in (("good", "large"), ("bad", "small"))]
    )

    rows = {k: n for k, n in _rows(edition, responses).items() if k[1]}

    assert rows == {
        ("", "pair:overall:good", "size", "small"): 12,
        ("", "pair:overall:good", "size", "large"): 1,
        ("", "pair:overall:good", "size", "_n"): 13,
        ("", "pair:overall:bad", "size", "large"): 9,
        ("", "pair:overall:bad", "size", "small"): 1,
        ("", "pair:overall:bad", "size", "_n"): 10,
    }


def _by_overall(people: dict[str, int], *, silent: int = 0) -> dict[str, int]:
    """Groups of the pair content by overall, and how many each has; some say nothing overall."""
    edition = replace(_with_five_points(), pairs=(Pair("content", "overall"),))
    moods = [
        _said(overall=overall, content=("good", "bad")[number % 2])
        for overall, size in people.items()
        for number in range(size)
    ]
    without = [_said(content=("good", "bad")[number % 2]) for number in range(silent)]
    return {
        grouping: n
        for (_, grouping, item, value), n in _rows(edition, moods + without).items()
        if grouping and item == "content" and value == "_n"
    }


def test_a_pair_by_a_rating_is_tallied_by_its_halves_where_a_single_answer_is_too_rare() -> None:
    large = {"very_good": 20, "good": 12, "fair": 10, "poor": 10, "bad": 10}

    assert _by_overall(large) == {f"pair:overall:{mood}": n for mood, n in large.items()}
    assert _by_overall({**large, "bad": 9}) == {
        "pair:overall:@better": 32,
        "pair:overall:@other": 29,
    }
    assert _by_overall({"very_good": 40, "good": 12, "fair": 9}) == {}
    assert _by_overall({"very_good": 40, "good": 12}) == {
        "pair:overall:very_good": 40,
        "pair:overall:good": 12,
    }
    assert _by_overall({"very_good": 41, "good": 9}) == {}


@pytest.mark.parametrize("silent", [1, 4])
def test_who_gave_no_such_rating_is_among_all_others_where_they_are_few(silent: int) -> None:
    people = {"very_good": 20, "good": 12, "fair": 8, "bad": 4}

    found = _by_overall(people, silent=silent)

    # Everybody less the two halves would be the silent.
    assert found == {"pair:overall:@better": 32, "pair:overall:@others": 12 + silent}
    assert _by_overall(people, silent=5) == {"pair:overall:@better": 32, "pair:overall:@other": 12}


def test_halves_beside_a_breakdown_give_nobody_away() -> None:
    edition = replace(
        _with_five_points(), breakdown=Breakdown("size"), pairs=(Pair("content", "overall"),)
    )

    def split(small_and_content: int) -> set[str]:
        """Of fifty people in small places, who else was content overall."""
        people = (
            [_said(size="small", overall="good", content=c) for c in ("good", "bad") * 20]
            + [_said(size="large", overall="bad", content=c) for c in ("good", "bad") * 20]
            + [_said(size="large", overall="good", content="fair")] * small_and_content
        )
        return {key[1] for key in _rows(edition, people) if key[1] and key[2] == "content"}

    # Better half less small places: whoever lives in a large one and was content.
    assert split(5) == {
        "breakdown:small",
        "breakdown:large",
        "pair:overall:good",
        "pair:overall:bad",
    }
    assert split(3) == {"breakdown:small", "breakdown:large"}


def test_a_session_cancelled_later_is_left_out() -> None:
    cancelled = replace(EDITION.programme.sessions[0], is_cancelled=True)
    edition = replace(
        EDITION,
        programme=replace(EDITION.programme, sessions=(cancelled, EDITION.programme.sessions[1])),
    )
    responses = [_said(ws1__rating="good", ws1__remark="laut", ws2__rating=NOT_ATTENDED)] * 20

    tallied = tally_responses(edition, responses)

    assert (tallied.rows, tallied.texts, set(tallied.attendance)) == (
        (TallyRow("ws2", "", "rating", NOT_ATTENDED, 20),)[:0],
        (),
        {"ws2"},
    )


@pytest.mark.proves("U5")
def test_the_order_of_responses_leaves_no_trace_in_the_tallies() -> None:
    responses = [_said(overall="good", size="small")] * 7 + [_said(overall="bad")] * 6

    assert (
        tally_responses(EDITION, responses).rows == tally_responses(EDITION, responses[::-1]).rows
    )
