"""Every kind of report that leaves the house as a PDF, with every content that can spoil one.

A kind is a page of templates/report; `test_every_report` fails for one that is not taught here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from exports.blank_form import blank_form_html
from exports.comparison_report import Publisher, comparison_html
from exports.open_link_sheet import open_link_sheet_html
from exports.planning_report import planning_html
from exports.summary_report import session_html, summary_html
from survey.language.wording import LANGUAGES, Wording
from survey.model.event import Breakdown, Pair
from survey.model.items import ANSWERED
from survey.model.tally import breakdown_grouping, pair_grouping
from survey.model.ways_in import OpenLink, WaysIn
from survey.reporting.edition_summary import build_summary
from tests.comparing.example import example as compared
from tests.comparing.example import many_editions, two_editions
from tests.comparing.example_lines import options
from tests.events import congress, network_call
from tests.model.congress import CONGRESS as PLAIN_CONGRESS
from tests.planning import example as planned
from tests.reporting.counted import counted, invented_summary, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from survey.language.wording import Language
    from survey.model.comparison import Comparison
    from survey.model.event import Edition
    from survey.model.planning import PlanningSheet
    from survey.model.summary import EditionSummary

ZONE = ZoneInfo("Europe/Berlin")
CLOSES = datetime(2020, 9, 28, 16, tzinfo=UTC)
ADDRESS = "https://feedback.example.org/o/kk2020.7kq2m9xa"
PUBLISHER = Publisher("Stadt Musterstadt", "kongress@musterstadt.example")
WAYS = WaysIn(OpenLink.ON, takes_paper=True, typist="Frau Fröhlich", return_to="Box am Ausgang")

FULL = "everything"
FEW = "small groups"
NONE = "no answers"
HOSTILE = "hostile texts"
ENDLESS = "endless words"
LONG = "long titles"
LARGEST = "as large as it gets"
CONTENTS = (FULL, FEW, NONE, HOSTILE, ENDLESS, LONG, LARGEST)

HOSTILE_TEXT = (
    "<script>alert(1)</script> {{7*7}} %(x)s =1+1 ]]>--> &amp; \"'"
    " \u202everkehrt\u202c \u05e9\u05dc \u0645 \u200b\u200d\ufeff\u2060 \U0001f469\u200d\U0001f4bb"
    " \x00\x01\x08\x0b\x0c\x1b\x7f\x85 a\u0301o\u0308 Z\u0351 \u4f60 \U00012345 \ufffe\ufffd \ue000"
)
"""Markup, formulas, directions, joiners, an emoji of two, controls, loose accents, signs that no typeface has."""
ENDLESS_TEXT = "x" * 10_000
LONG_TEXT = (
    "Kommunalkongress der Verbandsgemeinden, Ortsgemeinden und kreisfreien Städte des Landes über Digitalisierung im "
    "ländlichen Raum, über Haushaltsautomatisierung und über das, was Menschen vor Ort davon haben, mit "
    "Gesamtverwaltungsdigitalisierungsbeauftragtenkonferenz"
)
"""As long as forms take them, with a word that no column holds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report."""

    template: str
    """Below templates/report."""
    languages: tuple[Language, ...]
    pages: Mapping[str, Callable[[Language], str]]
    """By content, the page as the engine gets it."""
    without: Mapping[str, str]
    """Contents that it cannot have, and why."""


def _titled(edition: Edition, text: str) -> Edition:
    """The edition in which everything that organisers write is that text."""
    return replace(
        edition,
        title=text,
        organisation=text,
        programme=replace(
            edition.programme,
            sessions=tuple(
                replace(s, title=Wording(f"{s.title.de} {text}"), speakers=(text,))
                for s in edition.programme.sessions
            ),
        ),
        questionnaire=replace(
            edition.questionnaire,
            sections=tuple(
                replace(
                    section,
                    heading=Wording(text),
                    items=tuple(replace(item, wording=Wording(text)) for item in section.items),
                )
                for section in edition.questionnaire.sections
            ),
        ),
    )


def _named(edition: Edition) -> Edition:
    """The edition with titles that read like titles."""
    words = ("Zukunft", "Digitale Stadt", "Dorf", "Daten", "Arbeit")
    sessions = tuple(
        replace(s, title=Wording(f"Workshop {word}"), speakers=(f"Dr. {word} Muster",))
        for s, word in zip(edition.programme.sessions, words, strict=True)
    )
    return replace(edition, programme=replace(edition.programme, sessions=sessions))


CONGRESS = _named(PLAIN_CONGRESS)


# --- summaries ---------------------------------------------------------------------------------------


def split_summary(edition: Edition = CONGRESS) -> EditionSummary:
    """A summary with a breakdown and a pair."""
    edition = replace(
        edition, breakdown=Breakdown("next_format"), pairs=(Pair("overall", "again"),)
    )
    whole = {"5": 40, "4": 40, "3": 10, ANSWERED: 90}
    tally = rows(
        {
            "overall": whole,
            "next_format": {"on_site": 40, "online": 50, ANSWERED: 90},
            "again": {"yes": 60, "no": 30, ANSWERED: 90},
        }
    )
    for grouping, n in (
        (breakdown_grouping("on_site"), 40),
        (breakdown_grouping("online"), 50),
        (pair_grouping("again", "yes"), 60),
        (pair_grouping("again", "no"), 30),
    ):
        cells = rows({"overall": {"5": n // 2, "4": n - n // 2, ANSWERED: n}})
        tally += [row._replace(grouping=grouping) for row in cells]
    return build_summary(counted(edition, invited=200, answered=95), tally, {}, {})


def withheld_summary() -> EditionSummary:
    """A summary whose breakdown and pairs would give people away."""
    edition = replace(
        CONGRESS, breakdown=Breakdown("next_format"), pairs=(Pair("overall", "again"),)
    )
    tally = rows({"overall": {"5": 40, "4": 40, "3": 10, ANSWERED: 90}})
    return build_summary(counted(edition, invited=200, answered=95), tally, {}, {})


def written_summary(text: str) -> EditionSummary:
    """A summary whose every text is that text, written by organisers and by people."""
    quotes = {("", "change"): (text, "a" * 4000, "Zeile 1\nZeile 2")}
    invented = invented_summary(_titled(CONGRESS, text))
    tally = rows({"change": {ANSWERED: 50}})
    quoted = build_summary(
        counted(_titled(CONGRESS, text), invited=200, answered=95), tally, {}, quotes
    )
    return replace(invented, sections=(*invented.sections, *quoted.sections[-1:]))


def largest_summary() -> EditionSummary:
    """Of a congress with many sessions, each question twice, and all that people wrote."""
    sessions = tuple(
        replace(s, code=f"{s.code}{n}", title=Wording(f"{s.title.de} {n}"))
        for n in range(6)
        for s in CONGRESS.programme.sessions
    )
    sections = tuple(
        replace(section, code=f"{section.code}{n}", items=items)
        for n in range(2)
        for section in CONGRESS.questionnaire.sections
        for items in [
            tuple(
                replace(item, code=f"{item.code}{n}" if n else item.code) for item in section.items
            )
        ]
    )
    edition = replace(
        CONGRESS,
        programme=replace(CONGRESS.programme, sessions=sessions),
        questionnaire=replace(CONGRESS.questionnaire, sections=sections),
    )
    return invented_summary(edition, invited=4_000, answered=2_900)


_SUMMARIES: Mapping[str, Callable[[], EditionSummary]] = {
    FULL: lambda: invented_summary(CONGRESS),
    FEW: withheld_summary,
    NONE: lambda: invented_summary(CONGRESS, invited=21, answered=0),
    HOSTILE: lambda: written_summary(HOSTILE_TEXT),
    ENDLESS: lambda: written_summary(ENDLESS_TEXT),
    LONG: lambda: split_summary(_titled(CONGRESS, LONG_TEXT)),
    LARGEST: largest_summary,
}
_OF_SPEAKERS: Mapping[str, Callable[[], EditionSummary]] = {
    **_SUMMARIES,
    FEW: lambda: invented_summary(CONGRESS, invited=21, answered=7),
    LONG: lambda: written_summary(LONG_TEXT),
}


@cache
def _summary(content: str) -> EditionSummary:
    return _SUMMARIES[content]()


def _summary_page(content: str) -> Callable[[Language], str]:
    return lambda language: summary_html(_summary(content), language, zone=ZONE, accent="#7a0019")


def _session_page(content: str) -> Callable[[Language], str]:
    def page(language: Language) -> str:
        summary = _OF_SPEAKERS[content]()
        return session_html(summary, summary.sessions[0].session.code, language, zone=ZONE)

    return page


# --- comparisons and planning sheets -----------------------------------------------------------------


def written_comparison(text: str) -> Comparison:
    """A comparison whose every text is that text."""
    whole = compared()
    return replace(
        whole,
        series=text,
        editions=tuple(replace(e, title=text, source=text) for e in whole.editions),
        lines=tuple(
            replace(line, wording=Wording(text), label=Wording(text))
            for line in (*whole.lines[:2], *options())
        ),
        foremost=(),
    )


def empty_comparison() -> Comparison:
    """Two editions that have nothing in common."""
    whole = two_editions()
    return replace(whole, lines=(), counts=(), foremost=(), themes=(), topics=(), family=0)


_COMPARISONS: Mapping[str, Callable[[], Comparison]] = {
    FULL: compared,
    FEW: two_editions,
    NONE: empty_comparison,
    HOSTILE: lambda: written_comparison(HOSTILE_TEXT),
    ENDLESS: lambda: written_comparison(ENDLESS_TEXT),
    LONG: lambda: written_comparison(LONG_TEXT),
    LARGEST: many_editions,
}
_SHEETS: Mapping[str, Callable[[], PlanningSheet]] = {
    FULL: planned.full_sheet,
    FEW: planned.first_sheet,
    NONE: planned.empty_sheet,
    HOSTILE: lambda: planned.hostile_sheet(HOSTILE_TEXT),
    ENDLESS: lambda: planned.hostile_sheet(ENDLESS_TEXT),
    LONG: lambda: planned.hostile_sheet(LONG_TEXT),
    LARGEST: planned.fullest_sheet,
}


def _comparison_page(content: str) -> Callable[[Language], str]:
    return lambda language: comparison_html(
        _COMPARISONS[content](),
        language,
        publisher=PUBLISHER,
        made=datetime(2020, 10, 1, 10, tzinfo=UTC),
        zone=ZONE,
    )


def _planning_page(content: str) -> Callable[[Language], str]:
    return lambda language: planning_html(
        _SHEETS[content](), language, organisation="Stadt Musterstadt", made_on=date(2020, 11, 2)
    )


# --- sheets for walls and pens -----------------------------------------------------------------------


def _large_edition() -> Edition:
    sections = congress().questionnaire.sections
    return replace(
        congress(),
        questionnaire=replace(
            congress().questionnaire,
            sections=tuple(
                replace(
                    s,
                    heading=Wording(f"{word}: {s.heading.de}"),
                    items=tuple(
                        replace(i, code=f"{i.code}{n}", wording=Wording(f"{word}: {i.wording.de}"))
                        for i in s.items
                    ),
                )
                for n, word in enumerate(("Vorher", "Morgens", "Mittags", "Abends", "Danach"))
                for s in sections
            ),
        ),
    )


_EDITIONS: Mapping[str, Callable[[], Edition]] = {
    FULL: congress,
    FEW: network_call,
    HOSTILE: lambda: _titled(congress(), HOSTILE_TEXT),
    ENDLESS: lambda: _titled(congress(), ENDLESS_TEXT),
    LONG: lambda: _titled(congress(), LONG_TEXT),
    LARGEST: _large_edition,
}
_TEXTS = {HOSTILE: HOSTILE_TEXT, ENDLESS: ENDLESS_TEXT, LONG: LONG_TEXT}
_NO_ANSWERS = {NONE: "it holds questions, never answers"}


def _blank_page(content: str) -> Callable[[Language], str]:
    text = _TEXTS.get(content)
    ways = replace(WAYS, typist=text, return_to=text) if text else WAYS
    return lambda language: blank_form_html(
        _EDITIONS[content](), language, ways=ways, closes=CLOSES, zone=ZONE
    )


def _wall_page(content: str) -> Callable[[Language], str]:
    return lambda language: open_link_sheet_html(
        _EDITIONS[content](), language, address=ADDRESS, closes=CLOSES, zone=ZONE
    )


REPORT_LANGUAGES: tuple[Language, ...] = ("de", "en")
KINDS = (
    Kind("summary.html", REPORT_LANGUAGES, {c: _summary_page(c) for c in _SUMMARIES}, {}),
    Kind("session.html", REPORT_LANGUAGES, {c: _session_page(c) for c in _OF_SPEAKERS}, {}),
    Kind("comparison.html", REPORT_LANGUAGES, {c: _comparison_page(c) for c in _COMPARISONS}, {}),
    Kind("planning.html", REPORT_LANGUAGES, {c: _planning_page(c) for c in _SHEETS}, {}),
    Kind("blank_form.html", LANGUAGES, {c: _blank_page(c) for c in _EDITIONS}, _NO_ANSWERS),
    Kind("open_link_sheet.html", LANGUAGES, {c: _wall_page(c) for c in _EDITIONS}, _NO_ANSWERS),
)
MAKERS = (
    summary_html,
    session_html,
    comparison_html,
    planning_html,
    blank_form_html,
    open_link_sheet_html,
)
"""The functions of exports that make these pages, in the same order."""
