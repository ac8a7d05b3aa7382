"""Editions and lines of questions made by hand, with true intervals: a line of every verdict.

Verdicts are chosen, not decided here: each of them has to be drawn and said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from survey.language.wording import Wording
from survey.model.comparison import Break, Change, ComparedEdition, Line, Point, Tipping, Verdict
from survey.model.event import EditionFormat
from survey.model.summary import Base, Share, ThemeCount
from survey.reporting.findings import share_of
from survey.statistics.difference import Counted, difference

if TYPE_CHECKING:
    from collections.abc import Sequence

GOOD = Wording("gut oder sehr gut", en="good or very good")
SCORE = Wording("Empfehlungswert", en="Recommendation score")


def on_site(year: int, *, day: int, invited: int | None, answered: int) -> ComparedEdition:
    """A congress of that September, without questions of its own."""
    return ComparedEdition(
        name=f"kk{year}",
        label=str(year),
        title=f"Kommunalkongress {year}",
        format=EditionFormat.ON_SITE,
        starts=date(year, 9, day),
        invited=invited,
        answered=answered,
        questions=(),
        is_made_up=True,
    )


def with_texts(edition: ComparedEdition, *, food: int, texts: int) -> ComparedEdition:
    """The edition with so many texts, and so many of them about the food."""
    theme = ThemeCount("food", Wording("Verpflegung", en="Catering"), food)
    return replace(edition, themes=(theme,), texts=texts)


EDITIONS = (
    replace(
        on_site(2016, day=9, invited=None, answered=141),
        name="frueher:00000000000000a6",
        source="Export aus LimeSurvey, Stabsstelle Beteiligung",
        layout_version=0,
    ),
    with_texts(on_site(2018, day=14, invited=410, answered=236), food=14, texts=110),
    with_texts(on_site(2019, day=13, invited=420, answered=219), food=12, texts=120),
    with_texts(
        replace(
            on_site(2020, day=11, invited=600, answered=213),
            format=EditionFormat.ONLINE,
        ),
        food=8,
        texts=128,
    ),
)

Value = tuple[int, int, int | None] | Break
"""Positive, answered, eligible; or why there is none."""
NONE_SUCH: Value = Break.NOT_ASKED


def point(edition: ComparedEdition, value: Value) -> Point:
    """What an edition says in one line."""
    if isinstance(value, Break):
        base = None if value is Break.NOT_ASKED else Base(100, 200)
        return Point(edition.name, base, None, broken=value)
    count, answered, eligible = value
    base = Base(answered, eligible)
    return Point(edition.name, base, share_of(count, base))


def score_point(edition: ComparedEdition, score: float, answered: int) -> Point:
    """What an edition says in a line of scores; the interval is about right."""
    base = Base(answered, edition.invited)
    around, silent = 1.3 / answered**0.5, 1 - answered / (edition.invited or answered)
    bounds = (max(-1.0, score * (1 - silent) - silent), min(1.0, score * (1 - silent) + silent))
    return Point(
        edition.name,
        base,
        None,
        score=score,
        score_interval=(max(-1.0, score - around), min(1.0, score + around)),
        score_bounds=None if edition.invited is None else bounds,
    )


def change(older: Share, newer: Share, verdict: Verdict, *, base: str = "kk2019") -> Change:
    """The change of two shares, with that verdict."""
    between = difference(_counted(newer), _counted(older))
    points = round((newer.share - older.share) * 100)
    direction: Literal[-1, 0, 1] = 1 if points > 0 else -1 if points < 0 else 0
    decided = verdict in {Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS}
    return Change(
        base,
        verdict,
        direction=direction,
        points=points,
        span=(floor(between.low * 100), ceil(between.high * 100)),
        delta=direction * 0.21,
        chance=0.001 if decided else 0.3,
        adjusted=0.02 if decided else 1.0,
        tipping=Tipping(31) if decided else None,
    )


def _counted(share: Share) -> Counted:
    # The tests' own way back: bounds are (x / N, …), so N follows from the lower one.
    if share.bounds is None or not share.bounds[0]:
        return Counted(share.count, share.n, None)
    return Counted(share.count, share.n, round(share.count / share.bounds[0]))


def line(
    code: str,
    question: Wording,
    values: Sequence[Value],
    verdict: Verdict,
    *,
    kind: str = "rating",
    option: str = "",
    label: Wording = GOOD,
    editions: Sequence[ComparedEdition] = EDITIONS,
) -> Line:
    """One line over the editions; the last but one is the base."""
    points = tuple(point(e, v) for e, v in zip(editions, values, strict=True))
    older, newer = points[-2], points[-1]
    if verdict is Verdict.NOT_COMPARABLE:
        found = Change(older.edition, verdict, reason=older.broken or newer.broken)
    elif verdict is Verdict.TOO_FEW or older.share is None or newer.share is None:
        found = Change(older.edition, Verdict.TOO_FEW)
    else:
        found = change(older.share, newer.share, verdict, base=older.edition)
    return Line(code, option, kind, question, label, points, found)


def ratings() -> tuple[Line, ...]:
    """A rating line of every verdict."""
    robust = line(
        "overall",
        Wording("Wie hat Ihnen der Kongress insgesamt gefallen?", en="How did you like it all?"),
        [(85, 140, None), (148, 230, 410), (136, 213, 420), (160, 211, 600)],
        Verdict.BETTER,
    )
    return (
        replace(robust, change=replace(robust.change, is_robust=True, tipping=None)),
        line(
            "talks",
            Wording("Wie waren die Vorträge?", en="How were the talks?"),
            [NONE_SUCH, (170, 226, 410), (165, 210, 420), (120, 205, 600)],
            Verdict.WORSE,
        ),
        line(
            "time",
            Wording("Wie fanden Sie die Zeit zum Austausch?", en="Was there time to talk?"),
            [(71, 139, None), (120, 221, 410), (118, 209, 420), (116, 200, 600)],
            Verdict.UNCLEAR,
        ),
        line(
            "topics",
            Wording("Wie wichtig waren die Themen für Ihre Arbeit?", en="Did topics matter?"),
            [Break.OTHER_WORDING, (180, 227, 410), (325, 401, 420), (471, 580, 600)],
            Verdict.SAME,
        ),
        line(
            "information",
            Wording("Wie gut waren Sie vorher informiert?", en="Were you well informed?"),
            [(90, 140, None), (150, 228, 410), (140, 214, 420), (150, 209, 600)],
            Verdict.HINT,
        ),
        line(
            "registration",
            Wording("Wie einfach war die Anmeldung?", en="How easy was the registration?"),
            [(99, 140, None), (150, 228, 410), (160, 214, 420), (163, 209, 600)],
            Verdict.SHIFTED,
        ),
        line(
            "moderation",
            Wording("Wie war die Moderation?", en="How was the moderation?"),
            [(99, 140, None), (150, 228, 410), (320, 390, 420), (512, 590, 600)],
            Verdict.SMALL,
        ),
        line(
            "excursion",
            Wording("Wie war die Exkursion?", en="How was the excursion?"),
            [NONE_SUCH, (12, 18, 40), (6, 19, 40), (17, 18, 36)],
            Verdict.BETTER,
        ),
        line(
            "venue",
            Wording("Wie war der Tagungsort?", en="How was the venue?"),
            [(99, 140, None), (150, 228, 410), (160, 214, 420), NONE_SUCH],
            Verdict.NOT_COMPARABLE,
        ),
        line(
            "platform",
            Wording("Wie war die Plattform?", en="How was the platform?"),
            [NONE_SUCH, NONE_SUCH, NONE_SUCH, (101, 190, 600)],
            Verdict.NOT_COMPARABLE,
        ),
        line(
            "children",
            Wording("Wie war die Kinderbetreuung?", en="How was child care?"),
            [NONE_SUCH, NONE_SUCH, (5, 8, 30), (6, 9, 28)],
            Verdict.TOO_FEW,
        ),
    )


def recommendation() -> Line:
    """The line of scores."""
    points = tuple(
        score_point(edition, score, answered)
        for edition, score, answered in zip(
            EDITIONS, (0.11, 0.18, 0.21, 0.34), (139, 229, 212, 208), strict=True
        )
    )
    return Line(
        "recommend",
        "",
        "recommendation",
        Wording("Würden Sie den Kongress weiterempfehlen?", en="Would you recommend it?"),
        SCORE,
        points,
        Change("kk2019", Verdict.UNCLEAR, direction=1, points=13, span=(-1, 27), delta=0.1),
    )


def options() -> tuple[Line, ...]:
    """The lines of a single choice, and of yes or no."""
    question = Wording("Wie soll der nächste Kongress stattfinden?", en="How shall it be held?")
    asked = [
        ("on_site", Wording("vor Ort", en="on site"), (150, 140, 80), Verdict.LESS),
        ("online", Wording("online", en="online"), (22, 24, 71), Verdict.MORE),
        ("hybrid", Wording("hybrid", en="hybrid"), (54, 46, 52), Verdict.UNCLEAR),
    ]
    choice = [
        line(
            "next_format",
            question,
            [NONE_SUCH, (a, 226, 410), (b, 210, 420), (c, 203, 600)],
            verdict,
            kind="single",
            option=option,
            label=label,
        )
        for option, label, (a, b, c), verdict in asked
    ]
    again = line(
        "again",
        Wording("Würden Sie wieder teilnehmen?", en="Would you come again?"),
        [(120, 138, None), (199, 228, 410), (188, 211, 420), (180, 204, 600)],
        Verdict.UNCLEAR,
        kind="yes_no",
        option="yes",
        label=Wording("Ja", en="Yes"),
    )
    return (*choice, again)
