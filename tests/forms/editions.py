"""Editions of every kind, for properties of files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from survey.language.wording import Wording
from survey.model.event import Breakdown, Edition, EditionFormat, EditionKind, NextEdition, Pair
from survey.model.items import (
    Choice,
    Item,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Condition, Questionnaire, Section

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"
)
texts = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
wordings = st.builds(Wording, texts, texts | st.just(""), texts | st.just(""))


def _choices(fewest: int, most: int) -> SearchStrategy[tuple[Choice, ...]]:
    return st.lists(wordings, min_size=fewest, max_size=most, unique_by=lambda w: w.de).map(
        lambda labels: tuple(Choice(f"c{n}", label) for n, label in enumerate(labels))
    )


@st.composite
def items(draw: DrawFn, code: str) -> Item:
    """A question of any kind."""
    about = {
        "code": st.just(code),
        "wording": wordings,
        "hint": wordings | st.just(Wording("")),
        "is_required": st.booleans(),
        "wording_version": st.integers(1, 9),
        "scale_version": st.integers(1, 9),
    }
    several = _choices(1, 4).map(
        lambda choices: (*choices[:-1], Choice("last", choices[-1].label, is_exclusive=True))
    )
    item: Item = draw(
        st.one_of(
            st.builds(RatingScale, **about, choices=_choices(2, 7), positive_label=wordings),
            st.builds(Recommendation, **about, low=wordings, high=wordings),
            st.builds(SingleChoice, **about, choices=_choices(2, 4)),
            st.builds(MultipleChoice, **about, choices=several, other_label=wordings | st.none()),
            st.builds(YesNo, **about),
            st.builds(TopThree, **about, choices=_choices(4, 6)),
            st.builds(ShortText, **about, limit=st.integers(10, 500)),
            st.builds(LongText, **about, limit=st.integers(10, 900)),
        )
    )
    return item


@st.composite
def questionnaires(draw: DrawFn) -> Questionnaire:
    """A few sections; the first has the two questions that breakdowns and pairs name."""
    closed = (
        SingleChoice(code="size", wording=draw(wordings), choices=draw(_choices(2, 3))),
        YesNo(code="again", wording=draw(wordings)),
    )
    sections = [Section("first", draw(wordings), closed)]
    for n in range(draw(st.integers(0, 2))):
        asked = tuple(draw(items(f"i{n}_{m}")) for m in range(draw(st.integers(1, 3))))
        kinds = tuple(draw(st.lists(st.sampled_from(SessionKind), unique=True, max_size=2)))
        about = (draw(wordings), asked, draw(wordings | st.just(Wording(""))))
        condition = None if kinds else draw(st.none() | st.just(Condition("again", ("yes", "no"))))
        sections.append(Section(f"s{n}", *about, kinds, condition))
    return Questionnaire(tuple(sections), draw(st.integers(1, 5)))


@st.composite
def programmes(draw: DrawFn) -> Programme:
    """Up to two rounds with a session each, and sessions for everybody."""
    rounds = tuple(Round(f"r{n}", draw(wordings)) for n in range(draw(st.integers(0, 2))))
    homes = [r.code for r in rounds] + [None] * draw(st.integers(0, 2))
    sessions = tuple(
        Session(
            f"p{n}",
            draw(wordings),
            draw(st.sampled_from(SessionKind)),
            home,
            tuple(draw(st.lists(texts, max_size=2))),
            draw(st.none() | st.just("https://video.example/1?a=b&c=ü")),
            is_rated=draw(st.booleans()),
            is_cancelled=draw(st.booleans()),
        )
        for n, home in enumerate(homes)
    )
    return Programme(sessions, rounds, draw(st.integers(1, len(rounds) or 2)))


@st.composite
def editions(draw: DrawFn) -> Edition:
    """An edition that a file may define."""
    starts = draw(st.dates(date(2018, 1, 1), date(2040, 1, 1)))
    ends = starts + timedelta(days=draw(st.integers(0, 3)))
    later = datetime(ends.year, ends.month, ends.day, tzinfo=UTC) + timedelta(days=2)
    coming = NextEdition(draw(texts), later, later + timedelta(hours=2), draw(texts | st.just("")))
    threshold = draw(st.integers(5, 20))
    return Edition(
        name=draw(st.from_regex(r"[a-z][a-z0-9_-]{0,30}", fullmatch=True)),
        series=draw(texts),
        title=draw(texts),
        kind=draw(st.sampled_from(EditionKind)),
        format=draw(st.sampled_from(EditionFormat)),
        starts=starts,
        ends=ends,
        organisation=draw(texts),
        sender="absender@netz.example",
        contact="kontakt@netz.example",
        deadline=later + timedelta(seconds=draw(st.integers(0, 10**6))),
        questionnaire=draw(questionnaires()),
        programme=draw(programmes()),
        sender_name=draw(texts | st.just("")),
        contact_name=draw(texts | st.just("")),
        text_readers=draw(texts | st.just("")),
        legal_basis=draw(texts | st.just("")),
        processors=draw(texts | st.just("")),
        data_protection_contact=draw(texts | st.just("")),
        breakdown=draw(st.none() | st.just(Breakdown("size"))),
        pairs=draw(st.sampled_from([(), (Pair("size", "again"),)])),
        disclosure_threshold=threshold,
        cell_threshold=draw(st.integers(max(10, threshold), 30)),
        retention_days=draw(st.integers(1, 90)),
        box_size=draw(st.sampled_from([0, 65536])),
        next_edition=draw(st.none() | st.just(coming)),
        is_made_up=draw(st.booleans()),
    )
