"""What the planners of the demonstration do: sort texts and sessions, bring earlier editions over, decide, print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exports.comparison_report import Publisher, comparison_html
from exports.planning_report import planning_html
from forms.earlier_file import read_earlier_file
from forms.earlier_mapping_file import read_mapping
from forms.limesurvey_structure import read_structure, with_structure
from survey import coding
from survey.comparing.comparison import comparable_names, compare
from survey.comparing.imprint import imprint_of
from survey.comparing.series import all_series
from survey.comparing.topics import add_topic, sort_sessions
from survey.demonstration.examples import EXAMPLES
from survey.demonstration.planning_story import DECISIONS, EARLIER, THEMES, TOPICS
from survey.earlier.importing import import_earlier, plan_import
from survey.earlier.mappings import with_mapping
from survey.errors import FileRefused
from survey.model.foreign_survey import HeldSurvey
from survey.model.workplace import MAIN_ORGANISATION
from survey.planning.decisions import decide
from survey.planning.planning_sheet import planned_from, planning_sheet
from survey.preparing import find_edition
from survey.publishing import plan_page
from survey.reporting.quotes import texts_to_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.comparing.series import Series
    from survey.demonstration.planning_story import EarlierStory
    from survey.installation import Installation

COMPARISON = "vergleich"
SHEET = "planungsblatt"


def sort_texts(inst: Installation, name: str) -> None:
    """Every text of a counted edition is sorted by what it speaks of."""
    record = find_edition(inst, name)
    asked = {item.code for item in coding.questions_for_themes(record)}
    codes = {theme.name.de: theme.code for theme in coding.codebook(inst, record)}
    texts = texts_to_read(inst, name)
    for theme in THEMES.get(record.edition.series, ()):
        code = (
            codes.get(theme.name.de)
            or coding.add_theme(
                inst,
                record,
                name=theme.name,
                description=theme.description,
                item=theme.item if theme.item in asked else "",
            ).code
        )
        spoken = [text.id for text in texts if any(word in text.text for word in theme.words)]
        coding.add_theme_to_texts(inst, record, code, text_ids=spoken)


def plan(inst: Installation) -> None:
    """Of every series: earlier editions, topics of sessions, decisions, and a public page that tells them."""
    for series in all_series(inst, MAIN_ORGANISATION):
        for story in EARLIER.get(series.name, ()):
            _bring_over(inst, series, story)
        _sort_sessions(inst, series)
        for record in series.counted:
            decisions = DECISIONS.get(record.name, ())
            for decision in decisions:
                decide(inst, record, decision)
            if any(decision.is_public for decision in decisions):
                plan_page(
                    inst, record, visible_from=inst.clock(), has_sessions=False, named_sessions=()
                )


def series_reports(inst: Installation) -> Iterator[tuple[str, str]]:
    """Name and page of the comparison and the planning sheet of every series that has results."""
    for series in all_series(inst, MAIN_ORGANISATION):
        if not series.counted:
            continue
        name = short_name(series)
        imprint = imprint_of(inst, series)
        if len(comparable_names(series)) > 1:
            yield (
                f"{name}-{COMPARISON}.pdf",
                comparison_html(
                    compare(inst, series),
                    "de",
                    publisher=Publisher(imprint.organisation, imprint.contact, imprint.accent),
                    made=imprint.made,
                    zone=inst.settings.zone,
                ),
            )
        record = planned_from(series, None)
        yield (
            f"{name}-{SHEET}.pdf",
            planning_html(
                planning_sheet(inst, series, name=record.name),
                "de",
                organisation=record.edition.organisation,
                made_on=inst.clock().astimezone(inst.settings.zone).date(),
                accent=imprint.accent,
            ),
        )


def short_name(series: Series) -> str:
    """What the file names of its editions begin with: ``kk`` for kk2018, kk2019 and kk2020."""
    return series.counted[-1].name.rstrip("-0123456789") if series.counted else ""


def _bring_over(inst: Installation, series: Series, story: EarlierStory) -> None:
    survey = read_earlier_file(_content(story.file), story.file)
    if story.structure:
        structure = read_structure(_content(story.structure), story.structure)
        survey = with_structure(survey, structure)
    answered = survey.responses if story.facts.answered is None else story.facts.answered
    held = HeldSurvey(survey, facts=replace(story.facts, answered=answered))
    mapping = read_mapping(_content(story.mapping), story.mapping)
    found = plan_import(inst, series, with_mapping(held, mapping))
    if found.edition is None:
        raise FileRefused(story.file, (*found.fact_problems, *found.problems))
    import_earlier(inst, series, found.edition)


def _content(file: str) -> bytes:
    return (EXAMPLES / file).read_bytes()


def _sort_sessions(inst: Installation, series: Series) -> None:
    names = {record.name for record in series.counted}
    for name, sessions in TOPICS.get(series.name, {}).items():
        there = [session for session in sessions if session[0] in names]
        if there:
            topic = add_topic(inst, series, name)
            sort_sessions(inst, series, dict.fromkeys(there, topic.code))
