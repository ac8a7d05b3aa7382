"""What was wanted of each property of the next edition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.language.wording import Wording
from survey.model.event import Pair
from survey.model.items import ANSWERED
from survey.model.planning import Majority
from survey.model.questionnaire import Condition
from survey.reporting.first_page import whole_percent
from tests.planning.answers import Answers, chosen, codes_of, pair_rows

FORMATS = codes_of("next_format")


def formats(*counts: int, invited: int = 400) -> Answers:
    """So many want to meet on site, online, in both ways, and in any."""
    wanted = chosen(**dict(zip(FORMATS, counts, strict=True)))
    return Answers({"next_format": wanted}, invited=invited, answered=sum(counts))


@pytest.mark.parametrize(
    ("counts", "invited", "majority", "leaders"),
    [
        ((120, 30, 20, 10), 200, Majority.IN_ANY_CASE, ("on_site",)),
        ((120, 30, 20, 10), 400, Majority.CERTAIN, ("on_site",)),
        ((85, 40, 30, 25), 400, Majority.LEADING, ("on_site",)),
        ((60, 58, 10, 52), 400, Majority.OPEN, ("on_site", "online")),
        ((60, 58, 55, 7), 400, Majority.OPEN, ("on_site", "online", "hybrid")),
        # Whoever does not mind leads nowhere, and still counts among the answers.
        ((90, 5, 5, 100), 400, Majority.LEADING, ("on_site",)),
        ((0, 0, 0, 200), 400, Majority.OPEN, ("on_site", "online", "hybrid")),
        # Of 21, eleven are a majority whatever the others would have said; of nine answers, six are none.
        ((11, 2, 2, 0), 21, Majority.IN_ANY_CASE, ("on_site",)),
        ((6, 2, 1, 0), 21, Majority.OPEN, ("on_site", "online", "hybrid")),
    ],
)
def test_a_choice_decides_only_what_its_printed_intervals_say(
    counts: tuple[int, ...], invited: int, majority: Majority, leaders: tuple[str, ...]
) -> None:
    (table,) = formats(*counts, invited=invited).sheet().tables

    assert (table.majority, table.leaders) == (majority, leaders)


@given(
    counts=st.lists(st.integers(0, 120), min_size=4, max_size=4).filter(lambda c: sum(c) >= 5),
    silent=st.integers(0, 500),
)
def test_no_majority_contradicts_the_numbers_beside_it(counts: list[int], silent: int) -> None:
    invited = max(10, sum(counts) + silent)
    (table,) = formats(*counts, invited=invited).sheet().tables
    if table.suppressed:
        assert (table.majority, table.options) == (Majority.WITHHELD, ())
        return
    printed = {
        o.code: tuple(whole_percent(limit) for limit in o.share.interval or ())
        for o in table.options
    }
    first = next(o for o in table.options if o.code == table.leaders[0])

    match table.majority:
        case Majority.IN_ANY_CASE:
            assert 2 * first.count > invited
            assert printed[first.code][0] > 50
        case Majority.CERTAIN:
            assert printed[first.code][0] > 50
        case Majority.LEADING:
            assert all(
                printed[o.code][1] < printed[first.code][0]
                for o in table.options
                if o.code not in {first.code, "no_preference"}
            )
        case _:
            assert len(table.leaders) > 1
            assert "no_preference" not in table.leaders


def test_a_withheld_choice_shows_nothing() -> None:
    (table,) = formats(2, 1, 1, 0, invited=21).sheet().tables

    assert (table.majority, table.suppressed, table.options) == (Majority.WITHHELD, "few", ())


def test_properties_stand_in_the_order_of_the_sheet_and_texts_and_ratings_are_none() -> None:
    sheet = Answers(
        {
            "overall": {"5": 60, "4": 40, "3": 100, ANSWERED: 200},
            "length": chosen(too_short=20, just_right=150, too_long=30),
            "time_wanted": chosen(morning=100, afternoon=60, evening=30, whole_day=10),
            "rounds_wanted": chosen(one=100, two=90, three=10),
            "next_format": chosen(on_site=80, online=100, hybrid=20),
        }
    ).sheet()

    assert [table.code for table in sheet.tables] == [
        "next_format",
        "rounds_wanted",
        "length",
        "time_wanted",
    ]


def test_what_only_some_were_asked_decides_nothing_for_all() -> None:
    sheet = Answers(
        {
            "took_part": chosen(on_site=100, online=100),
            "next_format": chosen(on_site=80, online=20),
        },
        condition=Condition("took_part", ("online",)),
    ).sheet()

    assert sheet.tables == ()


def test_formats_that_would_also_do_stand_beside_those_that_are_wanted() -> None:
    sheet = Answers(
        {
            "next_format": chosen(on_site=80, online=100, hybrid=20),
            "format_acceptable": chosen(200, on_site=120, online=170, hybrid=150),
        }
    ).sheet()
    (table,) = sheet.tables

    assert [o.acceptable.count if o.acceptable else None for o in table.options] == [
        120,
        170,
        150,
        None,
    ]


def test_a_choice_is_shown_by_how_people_took_part_where_that_pair_was_named() -> None:
    by_attendance = {
        "on_site": chosen(on_site=60, online=20, hybrid=20),
        "online": chosen(on_site=20, online=70, hybrid=10),
    }
    whole = {
        "took_part": chosen(on_site=100, online=100),
        "next_format": chosen(on_site=80, online=90, hybrid=30),
    }
    pair = Pair("next_format", "took_part")

    named = Answers(
        whole,
        pairs=(pair,),
        pair_tables=pair_rows("next_format", "took_part", by_attendance),
    )
    small = {**by_attendance, "on_site": chosen(on_site=5, online=2, hybrid=2)}
    too_small = Answers(
        whole, pairs=(pair,), pair_tables=pair_rows("next_format", "took_part", small)
    )

    assert named.sheet().tables[0].options[0].by_attendance == (
        (Wording("Vor Ort", "Ich war am Ort.", "On site"), 60, 100),
        (Wording("Online", "Ich war im Internet dabei.", "Online"), 20, 100),
    )
    assert {o.by_attendance for o in too_small.sheet().tables[0].options} == {()}


def test_without_a_known_population_nothing_holds_in_any_case() -> None:
    sheet = Answers(
        {"next_format": chosen(on_site=180, online=15, hybrid=5)}, invited=150, open_boxes=60
    ).sheet()
    (table,) = sheet.tables

    assert (table.base.N, table.majority) == (None, Majority.CERTAIN)
