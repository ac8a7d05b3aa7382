"""The reports of editions: accessible with any content, and every drawn number equals the summary's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from exports.finding_view import room, step_of, view
from exports.finding_words import FindingWords
from exports.split_view import splits
from exports.summary_report import session_html, summary_html
from survey.errors import NotFound
from survey.language.wording import Wording
from survey.model.items import ANSWERED
from survey.model.summary import (
    ChoiceCount,
    ChoicesFinding,
    GroupSummary,
    NumbersFinding,
    TextsFinding,
)
from survey.model.tally import (
    ALL_OTHERS,
    BETTER_HALF,
    OTHER_HALF,
)
from survey.reporting.edition_summary import build_summary
from tests.exports.kinds_of_report import split_summary, withheld_summary
from tests.model.congress import CONGRESS
from tests.reporting.counted import counted, invented_summary, rows

if TYPE_CHECKING:
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine
    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.summary import EditionSummary

ZONE = ZoneInfo("Europe/Berlin")
HOSTILE = "<script>alert(1)</script> {{7*7}} \u202e\U0001f600 =1+1 " + "x" * 90


def with_title(edition: Edition, suffix: str = "") -> Edition:
    """The edition with titles that read like titles."""
    sessions = tuple(
        replace(s, title=Wording(f"Workshop {word}{suffix}"), speakers=(f"Dr. {word} Muster",))
        for s, word in zip(
            edition.programme.sessions,
            ("Zukunft", "Digitale Stadt", "Dorf", "Daten", "Arbeit"),
            strict=True,
        )
    )
    return replace(edition, programme=replace(edition.programme, sessions=sessions))


def hostile_summary() -> EditionSummary:
    """A summary whose every text tries to break out."""
    edition = replace(with_title(CONGRESS, f" {HOSTILE}"), title=HOSTILE, organisation=HOSTILE)
    quotes = {("", "change"): (HOSTILE, "a" * 4000, "Zeile 1\nZeile 2")}
    tally = rows({"change": {ANSWERED: 50}})
    return build_summary(counted(edition, invited=200, answered=95), tally, {}, quotes)


SUMMARIES = {
    "a congress": invented_summary(with_title(CONGRESS)),
    "a small call": invented_summary(with_title(CONGRESS), invited=21, answered=11),
    "nobody answered": invented_summary(with_title(CONGRESS), invited=21, answered=0),
    "a breakdown and a pair": split_summary(),
    "groups withheld": withheld_summary(),
    "hostile texts": hostile_summary(),
}


def test_a_session_that_is_not_in_the_programme_has_no_summary() -> None:
    with pytest.raises(NotFound):
        session_html(SUMMARIES["a congress"], "gone", "de", zone=ZONE)


def test_the_same_summary_gives_the_same_page() -> None:
    summary = SUMMARIES["a congress"]

    assert summary_html(summary, "de", zone=ZONE) == summary_html(summary, "de", zone=ZONE)


@pytest.mark.proves("S2")
def test_texts_of_organisers_and_participants_stay_texts() -> None:
    page = summary_html(SUMMARIES["hostile texts"], "de", zone=ZONE)

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


def test_made_up_answers_are_called_so_on_the_first_page_and_the_last() -> None:
    page = summary_html(SUMMARIES["a congress"], "de", zone=ZONE)

    assert "Beispiel mit erfundenen Antworten" in page
    assert "Alle Personen und Antworten in diesem Bericht sind erfunden" in page


@pytest.mark.proves("P21")
def test_a_suppressed_session_shows_its_number_and_no_figure() -> None:
    summary = SUMMARIES["nobody answered"]

    page = summary_html(summary, "de", zone=ZONE)

    assert "Aus Gründen der Anonymität nicht ausgewiesen" in page
    assert "%" not in re.sub(
        r"<style>.*?</style>|<h2>So lesen.*|style=\"[^\"]*\"", "", page, flags=re.DOTALL
    ).replace("(0 %)", "").replace("(0\u202f%)", "")


@pytest.mark.proves("P21")
def test_groups_that_would_give_people_away_are_named_as_withheld() -> None:
    shown = summary_html(SUMMARIES["a breakdown and a pair"], "de", zone=ZONE)
    withheld = summary_html(SUMMARIES["groups withheld"], "de", zone=ZONE)

    found = [
        page.count("Aus Gründen der Anonymität nicht ausgewiesen: Eine")
        for page in (shown, withheld)
    ]
    assert found == [0, 2]


def test_pairs_stand_under_the_question_that_splits_them() -> None:
    summary = SUMMARIES["a breakdown and a pair"]
    by_format = [replace(group, by="next_format") for group in summary.pairs]
    page = summary_html(
        replace(summary, breakdown=(), pairs=(*summary.pairs, *by_format)), "de", zone=ZONE
    )

    again, next_format = (summary.finding(code) for code in ("again", "next_format"))
    assert again is not None
    assert next_format is not None
    headings = re.findall(r"<h2>Aufgeteilt nach: (.*?)</h2>", page)
    assert headings == [again.wording.de, next_format.wording.de]


def test_pairs_by_halves_stand_in_tables_of_their_own() -> None:
    summary = SUMMARIES["a breakdown and a pair"]
    first, second = summary.pairs[:2]

    def halved(code: str, others: str) -> tuple[GroupSummary, ...]:
        return tuple(
            replace(
                group,
                value=value,
                label=Wording(value),
                findings=tuple(replace(f, code=code) for f in group.findings),
            )
            for group, value in ((first, BETTER_HALF), (second, others))
        )

    pairs = (*summary.pairs, *halved("content", OTHER_HALF), *halved("length", ALL_OTHERS))
    shown = splits(replace(summary, breakdown=(), pairs=pairs), FindingWords("de"))

    columns = [[[label for label, _ in table.groups] for table in split.tables] for split in shown]
    assert columns == [
        [[group.label.de for group in summary.pairs]],
        [[BETTER_HALF, OTHER_HALF], [BETTER_HALF, ALL_OTHERS]],
    ]
    assert [bool(split.note) for split in shown] == [False, True]


@pytest.mark.proves("A77")
@pytest.mark.proves("P6", "P22")
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["a congress", "a small call"])
def test_every_number_of_a_text_alternative_equals_the_summary(
    name: str, language: Language
) -> None:
    words = FindingWords(language)
    summary = SUMMARIES[name]
    findings = [f for s in summary.sections for f in s.findings] + [
        f for s in summary.sessions for f in s.findings
    ]

    for finding in findings:
        told = [int(n) for n in re.findall(r"\d+", words.description(finding))]
        population = [] if finding.base.N is None else [finding.base.N]
        match finding:
            case ChoicesFinding(suppressed=None):
                expected = [finding.base.n, *population, *(c.count for c in finding.choices)]
            case NumbersFinding(suppressed=None):
                pairs = [n for number, count in enumerate(finding.counts) for n in (count, number)]
                expected = [finding.base.n, *population, *pairs]
            case _:
                expected = [finding.base.n, *population]
        assert told[: len(expected)] == expected


@pytest.mark.proves("A77")
@pytest.mark.proves("P6")
def test_figures_in_the_pdf_carry_the_numbers_of_the_summary(
    engine: PdfEngine, tmp_path: Path
) -> None:
    target = tmp_path / "summary.pdf"
    target.write_bytes(engine.print_html(summary_html(SUMMARIES["a congress"], "de", zone=ZONE)))
    overall = SUMMARIES["a congress"].finding("overall")
    assert isinstance(overall, ChoicesFinding)

    with pikepdf.open(target) as pdf:
        alternatives = {
            " ".join(str(thing.Alt).split())
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        }

    assert " ".join(FindingWords("de").description(overall).split()) in alternatives


def rating(counts: tuple[int, ...]) -> tuple[ChoiceCount, ...]:
    """Choices from best to worst."""
    return tuple(ChoiceCount(str(i), Wording(str(i)), n) for i, n in enumerate(counts))


@pytest.mark.parametrize(
    ("points", "steps"),
    [
        (2, ["good-1", "bad-1"]),
        (3, ["good-1", "middle", "bad-1"]),
        (5, ["good-2", "good-1", "middle", "bad-1", "bad-2"]),
        (7, ["good-3", "good-2", "good-1", "middle", "bad-1", "bad-2", "bad-3"]),
    ],
)
def test_colours_follow_the_scale(points: int, steps: list[str]) -> None:
    choices = rating((1,) * points)

    assert [step_of(choices, place) for place in range(points)] == steps


def test_bars_of_one_table_share_the_room_that_the_longest_needs() -> None:
    words = FindingWords("de")
    views = [
        view(f, words)
        for s in SUMMARIES["a congress"].sections
        for f in s.findings
        if isinstance(f, ChoicesFinding) and f.kind == "rating"
    ]

    shared = room(views)

    bad = max(sum(s.share for s in v.segments if s.step.startswith("bad")) for v in views)
    assert bad <= shared.bad < bad + 20
    assert shared.bad % 10 == 0


def test_quotes_stand_in_the_report_once_released() -> None:
    summary = SUMMARIES["hostile texts"]
    found = summary.finding("change")

    assert isinstance(found, TextsFinding)
    assert len(view(found, FindingWords("de")).quotes) == 3
    assert "Fassung 2" in summary_html(summary, "de", zone=ZONE)


def test_the_report_takes_its_organisations_colour() -> None:
    plain = summary_html(SUMMARIES["a congress"], "de", zone=ZONE)
    coloured = summary_html(SUMMARIES["a congress"], "de", zone=ZONE, accent="#7a0019")
    code = SUMMARIES["a congress"].sessions[0].session.code

    assert "#7a0019" not in plain
    assert "<style>:root { --accent: #7a0019 }</style>" in coloured
    assert "--accent: #7a0019" in session_html(
        SUMMARIES["a congress"], code, "de", zone=ZONE, accent="#7a0019"
    )
