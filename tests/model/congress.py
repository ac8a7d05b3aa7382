"""A small congress for the model's tests: a keynote for all, two rounds of two workshops, one of each item kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from survey.language.wording import Wording
from survey.model.event import Edition, EditionFormat, EditionKind
from survey.model.items import (
    Choice,
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
from survey.model.questionnaire import Questionnaire, Section

FIVE = tuple(
    Choice(code, Wording(label))
    for code, label in zip(
        "54321", ["sehr gut", "gut", "teils, teils", "weniger gut", "nicht gut"], strict=True
    )
)
OVERALL = RatingScale(code="overall", wording=Wording("Wie war es insgesamt?"), choices=FIVE)
RECOMMEND = Recommendation(
    code="recommend",
    wording=Wording("Würden Sie die Veranstaltung empfehlen?"),
    low=Wording("auf keinen Fall"),
    high=Wording("auf jeden Fall"),
)
FORMAT = SingleChoice(
    code="next_format",
    wording=Wording("Welches Format wünschen Sie sich?"),
    choices=(Choice("on_site", Wording("vor Ort")), Choice("online", Wording("online"))),
)
CHANNELS = MultipleChoice(
    code="channels",
    wording=Wording("Wie haben Sie davon erfahren?"),
    choices=(
        Choice("mail", Wording("E-Mail")),
        Choice("press", Wording("Presse")),
        Choice("none", Wording("Nichts davon"), is_exclusive=True),
    ),
    other_label=Wording("Sonstiges"),
)
AGAIN = YesNo(code="again", wording=Wording("Kommen Sie wieder?"))
TOPICS = TopThree(
    code="topics_wanted",
    wording=Wording("Welche drei Themen?"),
    choices=tuple(Choice(c, Wording(c.title())) for c in ("village", "city", "work", "data")),
)
CHANGE = LongText(code="change", wording=Wording("Was sollen wir ändern?"), limit=20)
RATING = RatingScale(code="rating", wording=Wording("Wie war der Workshop?"), choices=FIVE)
REMARK = ShortText(code="remark", wording=Wording("Ein Satz?"), limit=10)


def workshop(code: str, round_: str) -> Session:
    """A workshop called like its code."""
    return Session(code, Wording(code.upper()), SessionKind.WORKSHOP, round_)


CONGRESS = Edition(
    name="kk2020",
    series="kommunalkongress",
    title="Kommunalkongress 2020",
    kind=EditionKind.CONGRESS,
    format=EditionFormat.ONLINE,
    starts=date(2020, 9, 11),
    ends=date(2020, 9, 11),
    organisation="Ministerium",
    sender="kongress@ministerium.example",
    contact="erika.muster@ministerium.example",
    deadline=datetime(2020, 9, 25, 16, tzinfo=UTC),
    questionnaire=Questionnaire(
        (
            Section(
                "general",
                Wording("Insgesamt"),
                (OVERALL, RECOMMEND, FORMAT, CHANNELS, AGAIN, TOPICS, CHANGE),
            ),
            Section(
                "workshops",
                Wording("Workshops"),
                (RATING, REMARK),
                for_each=(SessionKind.WORKSHOP, SessionKind.KEYNOTE),
            ),
        )
    ),
    programme=Programme(
        sessions=(
            Session("key", Wording("Keynote"), SessionKind.KEYNOTE),
            workshop("a1", "one"),
            workshop("a2", "one"),
            workshop("b1", "two"),
            workshop("b2", "two"),
        ),
        rounds=(Round("one", Wording("Runde 1")), Round("two", Wording("Runde 2"))),
    ),
)


def with_cancelled(edition: Edition, code: str) -> Edition:
    """The edition with one session "ausgefallen"."""
    programme = edition.programme
    sessions = tuple(
        replace(s, is_cancelled=True) if s.code == code else s for s in programme.sessions
    )
    return replace(edition, programme=replace(programme, sessions=sessions))
