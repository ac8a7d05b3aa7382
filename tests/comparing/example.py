"""Whole comparisons made by hand: what charts, sentences and files are tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from survey.language.wording import Wording
from survey.model import comparison as model
from survey.model.comparison import (
    Break,
    Caution,
    Change,
    ComparedEdition,
    Comparison,
    Line,
    TopicLine,
    Verdict,
    VerdictCount,
)
from survey.model.event import EditionFormat
from tests.comparing.example_lines import (
    EDITIONS,
    GOOD,
    Value,
    change,
    line,
    options,
    point,
    ratings,
    recommendation,
)


def themes() -> tuple[Line, ...]:
    """Themes of free texts over the editions: shares of texts."""
    return (
        line(
            "food",
            Wording("Verpflegung", en="Catering"),
            [Break.NOT_ASKED, (14, 110, None), (12, 120, None), (8, 128, None)],
            Verdict.UNCLEAR,
            kind="theme",
            label=Wording("Verpflegung", en="Catering"),
        ),
        line(
            "breaks",
            Wording("Mehr Pausen", en="More breaks"),
            [Break.NOT_ASKED, (11, 110, None), (12, 120, None), (41, 128, None)],
            Verdict.MORE,
            kind="theme",
            label=Wording("Mehr Pausen", en="More breaks"),
        ),
    )


def topics() -> tuple[TopicLine, ...]:
    """One topic with a session in each of two editions and two in a third."""

    def session(
        edition: ComparedEdition, code: str, title: str, value: Value
    ) -> tuple[str, str, Line]:
        found = Line(
            code,
            "",
            "rating",
            Wording(title),
            GOOD,
            (point(edition, value),),
            Change("", Verdict.NOT_COMPARABLE),
        )
        return edition.name, code, found

    sessions = (
        session(EDITIONS[1], "ws02", "Digitales Rathaus I", (21, 30, 52)),
        session(EDITIONS[1], "ws05", "Digitales Rathaus II", (17, 24, 41)),
        session(EDITIONS[2], "ws03", "Digitales Rathaus", (25, 38, 60)),
        session(EDITIONS[3], "ws01", "Das digitale Rathaus", (40, 48, 90)),
    )
    older, newer = (found.points[0].share for _, _, found in sessions[2:])
    assert older is not None
    assert newer is not None
    return (
        TopicLine(
            "digital",
            Wording("Digitale Verwaltung", en="Digital administration"),
            sessions,
            change(older, newer, Verdict.UNCLEAR),
        ),
    )


def example() -> Comparison:
    """Four editions with a line of every verdict."""
    lines = (*ratings(), recommendation(), *options())
    return Comparison(
        series="Kommunalkongress Rheinland-Pfalz",
        editions=EDITIONS,
        base="kk2019",
        lines=lines,
        counts=(
            VerdictCount(Verdict.BETTER, 2),
            VerdictCount(Verdict.WORSE, 1),
            VerdictCount(Verdict.MORE, 1),
            VerdictCount(Verdict.SHIFTED, 1),
            VerdictCount(Verdict.HINT, 1),
            VerdictCount(Verdict.SAME, 1),
            VerdictCount(Verdict.SMALL, 1),
            VerdictCount(Verdict.UNCLEAR, 3),
            VerdictCount(Verdict.TOO_FEW, 1),
            VerdictCount(Verdict.NOT_COMPARABLE, 2),
        ),
        family=11,
        foremost=("talks", "next_format:online", "overall"),
        cautions=(Caution.OTHER_FORMAT, Caution.RESPONSE_GAP),
        themes=themes(),
        topics=topics(),
    )


def two_editions() -> Comparison:
    """The least there can be: the newest two, without themes and topics."""
    whole = example()
    return replace(
        whole,
        editions=whole.editions[-2:],
        lines=tuple(replace(found, points=found.points[-2:]) for found in whole.lines),
        themes=(),
        topics=(),
    )


def many_editions() -> Comparison:
    """As many as can be, with a trend."""
    template = EDITIONS[1]
    editions = tuple(
        replace(
            template,
            name=f"kk{year}",
            label=str(year),
            title=f"Kommunalkongress {year}",
            starts=date(year, 9, 12),
            format=EditionFormat.ONLINE if year in {2020, 2021} else EditionFormat.ON_SITE,
        )
        for year in range(2016, 2016 + model.MOST_EDITIONS)
    )
    shares = [(90 + 8 * step, 230, 410) for step in range(model.MOST_EDITIONS)]
    rising = line(
        "overall",
        Wording("Wie hat Ihnen der Kongress insgesamt gefallen?", en="How did you like it all?"),
        [*shares[:3], Break.OTHER_SCALE, *shares[4:]],
        Verdict.UNCLEAR,
        editions=editions,
    )
    option = line(
        "next_format",
        Wording("Wie soll der nächste Kongress stattfinden?", en="How shall it be held?"),
        shares,
        Verdict.UNCLEAR,
        kind="single",
        option="on_site",
        label=Wording("vor Ort", en="on site"),
        editions=editions,
    )
    return Comparison(
        series="Kommunalkongress Rheinland-Pfalz",
        editions=editions,
        base=editions[-2].name,
        lines=(replace(rising, trend="rising"), option),
        counts=(VerdictCount(Verdict.UNCLEAR, 2),),
        family=2,
        foremost=("overall",),
        cautions=(),
    )
