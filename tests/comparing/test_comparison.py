from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.comparing.comparison import comparable_names, compare
from survey.comparing.series import Series, find_series
from survey.comparing.topics import add_topic, sort_sessions
from survey.errors import NotAllowed, NotFound
from survey.language.wording import Wording
from survey.model.comparison import Break, Caution, Comparison, Verdict
from survey.model.event import EditionFormat
from survey.model.items import ANSWERED
from survey.model.theme import Theme
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage import themes
from tests.comparing.counted_series import chosen, congress_of, store_counted
from tests.events import congress

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import Edition
    from tests.comparing.counted_series import Counts

OVERALL = {2018: (60, 60, 40, 20, 20), 2019: (40, 60, 50, 30, 20), 2020: (110, 60, 20, 6, 4)}


def the_series(inst: Installation) -> Series:
    return find_series(inst, MAIN_ORGANISATION, congress().series)


def general(edition: Edition, *overall: int) -> dict[str, Counts]:
    n = sum(overall)
    return {
        "overall": chosen(edition, "overall", *overall),
        "recommendation": chosen(edition, "recommendation", *[0] * 6, 20, 40, 40, 50, n - 150),
        "next_format": chosen(edition, "next_format", n // 2, n // 4, n - n // 2 - n // 4),
        "technology": chosen(edition, "technology", n - 30, 20, 10),
        "topics": chosen(edition, "topics", 90, 70, 60, 50, answered=n),
    }


def hold(inst: Installation, year: int, *, form: EditionFormat = EditionFormat.ON_SITE) -> Edition:
    edition = congress_of(year, form=form)
    store_counted(
        inst, edition, invited=420, answered=205, general=general(edition, *OVERALL[year])
    )
    return edition


@pytest.fixture
def three(inst: Installation) -> Comparison:
    hold(inst, 2018)
    hold(inst, 2019)
    hold(inst, 2020, form=EditionFormat.ONLINE)
    return compare(inst, the_series(inst))


def test_the_newest_is_compared_with_the_edition_before_it(three: Comparison) -> None:
    assert [edition.label for edition in three.editions] == ["2018", "2019", "2020"]
    assert (three.newest.name, three.base) == ("kk2020", "kk2019")
    assert {line.change.base for line in three.lines} == {"kk2019"}


def test_a_rating_is_one_line_and_a_choice_one_for_each_option(three: Comparison) -> None:
    assert [line.key for line in three.lines] == [
        "overall",
        "recommendation",
        "next_format:on_site",
        "next_format:online",
        "next_format:hybrid",
        "size",  # nobody answered it: none of its options can be shown
        "heard",
        "technology:yes",
        "topics:villages",
        "topics:home_office",
        "topics:participation",
        "topics:schools",
    ]


def test_what_got_better_is_called_so_and_stands_first(three: Comparison) -> None:
    overall = three.line("overall")

    assert overall.change.verdict is Verdict.BETTER
    assert overall.change.points == 35
    assert [p.share and (p.share.count, p.share.n) for p in overall.points] == [
        (120, 200),
        (100, 200),
        (170, 200),
    ]
    assert three.foremost[0] == "overall"


def test_the_planner_can_choose_editions_and_base(inst: Installation, three: Comparison) -> None:
    found = compare(inst, the_series(inst), base="kk2018")
    two = compare(inst, the_series(inst), names=["kk2019", "kk2018"])

    assert found.base == "kk2018"
    assert found.line("overall").change.points == 25
    assert [edition.name for edition in two.editions] == ["kk2018", "kk2019"]
    assert two.base == "kk2018"
    assert comparable_names(the_series(inst)) == tuple(e.name for e in three.editions)


@pytest.mark.parametrize(
    ("names", "base", "error"),
    [
        (["kk2020"], None, NotAllowed),
        ([], None, NotAllowed),
        (["kk2020", "kk2021"], None, NotFound),
        (["kk2020", "ikone2"], None, NotFound),
        (None, "kk2020", NotAllowed),
        (["kk2019", "kk2020"], "kk2018", NotFound),
    ],
)
@pytest.mark.usefixtures("three")
def test_what_cannot_be_compared_is_refused(
    inst: Installation, names: list[str] | None, base: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        compare(inst, the_series(inst), names=names, base=base)


def test_an_edition_that_may_not_be_shown_is_left_out_unless_asked_for(
    inst: Installation, three: Comparison
) -> None:
    record = next(r for r in the_series(inst).counted if r.name == "kk2019")
    inst.database.write(
        lambda connection: connection.execute(
            "DELETE FROM published_group WHERE edition = :edition", {"edition": record.id}
        )
    )

    found = compare(inst, the_series(inst))

    assert [e.name for e in three.editions] == ["kk2018", "kk2019", "kk2020"]
    assert [e.name for e in found.editions] == ["kk2018", "kk2020"]
    with pytest.raises(NotAllowed):
        compare(inst, the_series(inst), names=["kk2018", "kk2019", "kk2020"])


def test_another_format_needs_a_caution(three: Comparison) -> None:
    assert three.cautions == (Caution.OTHER_FORMAT,)


def test_every_question_is_counted_once(three: Comparison) -> None:
    assert sum(count.questions for count in three.counts) == len({x.code for x in three.lines})
    assert three.family == 5


def test_another_wording_leaves_a_gap(inst: Installation) -> None:
    hold(inst, 2018)
    edition = congress_of(2019)
    sections = edition.questionnaire.sections
    reworded = tuple(
        replace(i, wording_version=2) if i.code == "overall" else i for i in sections[1].items
    )
    changed = replace(sections[1], items=reworded)
    questionnaire = replace(edition.questionnaire, sections=(sections[0], changed))
    edition = replace(edition, questionnaire=questionnaire)
    numbers = general(edition, *OVERALL[2019])
    store_counted(inst, edition, invited=420, answered=205, general=numbers)

    line = compare(inst, the_series(inst)).line("overall")

    assert (line.change.verdict, line.change.reason) == (
        Verdict.NOT_COMPARABLE,
        Break.OTHER_WORDING,
    )
    assert [(p.broken, p.share is None) for p in line.points] == [
        (Break.OTHER_WORDING, True),
        (None, False),
    ]


def test_a_question_that_is_not_asked_any_more_stays_in_sight(inst: Installation) -> None:
    hold(inst, 2018)
    edition = congress_of(2019)
    sections = edition.questionnaire.sections
    fewer = replace(sections[1], items=tuple(i for i in sections[1].items if i.code != "overall"))
    questionnaire = replace(edition.questionnaire, sections=(sections[0], fewer))
    numbers = general(edition, *OVERALL[2019])
    del numbers["overall"]
    edition = replace(edition, questionnaire=questionnaire)
    store_counted(inst, edition, invited=420, answered=205, general=numbers)

    found = compare(inst, the_series(inst))

    line = found.line("overall")
    assert found.lines[-1] is line
    assert (line.change.verdict, line.change.reason) == (Verdict.NOT_COMPARABLE, Break.NOT_ASKED)
    assert line.points[0].share is not None
    assert (line.points[1].base, line.points[1].broken) == (None, Break.NOT_ASKED)


def test_what_too_few_answered_is_not_shown_anywhere(inst: Installation) -> None:
    hold(inst, 2018)
    edition = congress_of(2019)
    numbers = general(edition, *OVERALL[2019]) | {"overall": {ANSWERED: 4}}
    store_counted(inst, edition, invited=420, answered=205, general=numbers)

    line = compare(inst, the_series(inst)).line("overall")

    assert line.change.verdict is Verdict.TOO_FEW
    assert (line.points[1].share, line.points[1].suppressed) == (None, "few")
    assert line.points[0].share is not None


def test_where_a_year_has_two_editions_all_are_called_by_their_days(inst: Installation) -> None:
    hold(inst, 2018)
    spring = replace(congress_of(2019, name="kk2019a", day=3))
    for edition in (spring, congress_of(2019, name="kk2019b", day=4)):
        numbers = general(edition, *OVERALL[2019])
        store_counted(inst, edition, invited=420, answered=205, general=numbers)

    found = compare(inst, the_series(inst))

    assert [e.label for e in found.editions] == ["11.09.2018", "03.09.2019", "04.09.2019"]


def test_sessions_of_one_topic_stand_together(inst: Installation) -> None:
    for year, rating in ((2018, (2, 4, 10, 10, 10)), (2019, (30, 20, 5, 3, 2))):
        edition = congress_of(year)
        ratings = {
            code: {"rating": chosen(edition, "rating", *rating)} for code in ("ws01", "ws03")
        }
        numbers = general(edition, *OVERALL[year])
        store_counted(inst, edition, invited=420, answered=205, general=numbers, sessions=ratings)
    series = the_series(inst)
    one, two = (add_topic(inst, series, Wording(name)) for name in ("Dörfer", "Stadt"))
    sort_sessions(
        inst,
        series,
        {
            ("kk2018", "ws01"): one.code,
            ("kk2019", "ws01"): one.code,
            ("kk2018", "ws03"): one.code,
            ("kk2019", "ws03"): two.code,
        },
    )

    lone = compare(inst, series)
    sort_sessions(inst, series, {("kk2018", "ws03"): two.code})
    found = compare(inst, series)

    by_name = {topic.name.de: topic for topic in lone.topics}
    assert [(e, code) for e, code, _ in by_name["Dörfer"].sessions] == [
        ("kk2018", "ws01"),
        ("kk2018", "ws03"),
        ("kk2019", "ws01"),
    ]
    assert [topic.change for topic in lone.topics] == [None, None]
    assert [topic.change and topic.change.verdict for topic in found.topics] == [
        Verdict.BETTER,
        Verdict.BETTER,
    ]
    assert found.family == lone.family + 2


def test_themes_are_shares_of_texts_and_judged_by_people(inst: Installation) -> None:
    inst.database.write(
        lambda connection: themes.insert(
            connection,
            MAIN_ORGANISATION,
            congress().series,
            Theme("breaks", Wording("Mehr Pausen")),
        )
    )
    for year, spoken in ((2018, 10), (2019, 60)):
        edition = congress_of(year)
        numbers = general(edition, *OVERALL[year])
        store_counted(
            inst,
            edition,
            invited=420,
            answered=205,
            general=numbers,
            spoken={"breaks": spoken},
            silent_texts=100 - spoken,
        )

    (line,) = compare(inst, the_series(inst)).themes

    assert (line.code, line.kind) == ("breaks", "theme")
    assert [p.share and (p.share.count, p.share.n) for p in line.points] == [(10, 100), (60, 100)]
    assert (line.change.verdict, line.change.points) == (Verdict.MORE, 50)
