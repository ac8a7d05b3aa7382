"""Editions that were asked with the library's questions, with the answers that a test wants."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from forms.questionnaire_library import standard_library
from survey.comparing.asked import counted_here
from survey.language.wording import Wording
from survey.model import items
from survey.model.event import Pair
from survey.model.items import ANSWERED
from survey.model.questionnaire import Condition, Questionnaire, Section
from survey.model.summary import ThemeCount
from survey.model.tally import TallyRow, pair_grouping
from survey.planning.planning_sheet import Material, sheet_from
from survey.reporting.edition_summary import build_summary
from tests.model.congress import CONGRESS
from tests.reporting.counted import counted, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.model.event import Edition
    from survey.model.planning import PlanningSheet
    from survey.model.summary import EditionSummary

LIBRARY = standard_library()
FIVE = ("5", "4", "3", "2", "1")
RATINGS = ("content", "organisation", "technology", "exchange", "materials")
ASKED = (
    "overall",
    *RATINGS,
    "length",
    "next_format",
    "format_acceptable",
    "took_part",
    "rounds_wanted",
    "time_wanted",
    "topics_wanted",
)


def liked(positive: int, of: int) -> dict[str, int]:
    """So many of so many chose the better half of five points, the rest the points below."""
    rest = of - positive
    return {
        "5": positive - positive // 2,
        "4": positive // 2,
        "3": rest - rest // 2,
        "2": rest // 2,
        ANSWERED: of,
    }


def chosen(of: int | None = None, **counts: int) -> dict[str, int]:
    """So many chose each; of so many, where they could choose several."""
    return {**counts, ANSWERED: sum(counts.values()) if of is None else of}


def pair_rows(item: str, by: str, table: Mapping[str, Mapping[str, int]]) -> list[TallyRow]:
    """One question by the answers to another."""
    return [
        TallyRow("", pair_grouping(by, value), item, answer, n)
        for value, counts in table.items()
        for answer, n in counts.items()
        if n
    ]


@dataclass(frozen=True, slots=True)
class Answers:
    """What people answered, question by question, and by whom."""

    counts: Mapping[str, Mapping[str, int]]
    invited: int = 400
    answered: int = 200
    open_boxes: int = 0
    pairs: tuple[Pair, ...] = ()
    pair_tables: Sequence[TallyRow] = ()
    themes: Mapping[str, int] = field(default_factory=dict)
    texts: int = 0
    condition: Condition | None = None

    @property
    def edition(self) -> Edition:
        """The edition that asked these questions."""
        asked = tuple(LIBRARY.items[code] for code in ASKED if code in self.counts)
        sections: tuple[Section, ...] = (Section("whole", Wording("Alles"), asked),)
        if self.condition is not None:
            first = (LIBRARY.items[self.condition.item],)
            rest = tuple(item for item in asked if item.code != self.condition.item)
            sections = (
                Section("first", Wording("Zuerst"), first),
                Section("some", Wording("Einige"), rest, condition=self.condition),
            )
        return replace(CONGRESS, questionnaire=Questionnaire(sections), pairs=self.pairs)

    def summary(self) -> EditionSummary:
        """What is published of it."""
        record = replace(
            counted(self.edition, invited=self.invited, answered=self.answered),
            open_boxes=self.open_boxes,
        )
        found = [*rows(self.counts), *self.pair_tables]
        summary = build_summary(record, found, {}, {})
        themes = tuple(
            ThemeCount(code, Wording(code.title()), texts) for code, texts in self.themes.items()
        )
        return replace(summary, themes=themes, themes_among=self.texts)

    def material(self) -> Material:
        """Everything its planning sheet is made from, without an earlier edition."""
        summary = self.summary()
        return Material(
            series="Kommunalkongress",
            summary=summary,
            edition=counted_here(summary, self.edition, topics={}),
            comparison=None,
            questions_of_themes={},
            decisions=(),
        )

    def sheet(self, **questions_of_themes: str) -> PlanningSheet:
        """Its planning sheet; themes with the questions they speak of."""
        speaking = {f"theme:{theme}": item for theme, item in questions_of_themes.items()}
        return sheet_from(replace(self.material(), questions_of_themes=speaking))


def codes_of(question: str) -> tuple[str, ...]:
    """Its options in order."""
    return tuple(choice.code for choice in items.choices(LIBRARY.items[question]))
