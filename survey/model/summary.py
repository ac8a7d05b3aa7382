"""The summary of one edition (Auswertung): the one frozen value that page, PDF, XLSX, CSV and JSON are made from.

Counts are persons. A share's interval and bounds are counts out of `population`: the exact
finite-population interval covers chance only, the bounds assume nothing about those who did not answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from survey.language.wording import Wording
    from survey.model.event import EditionFormat, EditionKind
    from survey.model.programme import Session

Suppression = Literal["few", "complement", "everyone", "never_asked"]
"""Why figures are not shown: too few, a complement would be given away, all agree, or nobody was asked."""


@dataclass(frozen=True, slots=True)
class Base:
    """n of N: valid answers, of the people who could have given one."""

    n: int
    N: int | None
    """None where it is unknown (open link)."""
    is_at_most: bool = False
    """True for sessions: the attendance of the silent is unknown, so N is "höchstens"."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n, with its exact interval and its no-assumption bounds, as fractions of N between 0 and 1."""

    count: int
    n: int
    interval: tuple[float, float] | None
    bounds: tuple[float, float] | None

    @property
    def share(self) -> float:
        """The count as a share of n."""
        return self.count / self.n


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """One choice and how many chose it."""

    code: str
    label: Wording
    count: int
    share: Share | None = None
    """With simultaneous interval for single choices."""
    role: Literal["positive", "neutral", "negative", "plain"] = "plain"
    first_places: int | None = None
    """For top three: how many put it first."""


@dataclass(frozen=True, slots=True)
class ChoicesFinding:
    """A question answered by choosing: ratings, single and multiple choice, yes/no, top three."""

    code: str
    wording: Wording
    base: Base
    choices: tuple[ChoiceCount, ...]
    kind: Literal["rating", "single", "multiple", "yes_no", "top_three"]
    no_answer: int = 0
    absent: int = 0
    positive: Share | None = None
    """Ratings: the better half together (top two of five)."""
    positive_label: Wording | None = None
    median: str | None = None
    """Code of the median choice of a rating."""
    suppressed: Suppression | None = None
    """Then counts are empty."""


@dataclass(frozen=True, slots=True)
class NumbersFinding:
    """A 0–10 recommendation."""

    code: str
    wording: Wording
    base: Base
    low: Wording
    high: Wording
    counts: tuple[int, ...]
    """How many chose 0, 1, … 10."""
    no_answer: int = 0
    score: float | None = None
    """Promoters less detractors, −1 to 1; None below 10 answers."""
    score_interval: tuple[float, float] | None = None
    score_bounds: tuple[float, float] | None = None
    high_share: Share | None = None
    """Share of 8 and more."""
    suppressed: Suppression | None = None


@dataclass(frozen=True, slots=True)
class TextsFinding:
    """A free-text question: how many wrote, and the quotes that were released."""

    code: str
    wording: Wording
    base: Base
    quotes: tuple[str, ...] = ()
    suppressed: Suppression | None = None


Finding = ChoicesFinding | NumbersFinding | TextsFinding


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What was said about one session; a cancelled one is named and has no findings."""

    session: Session
    booked: int | None
    base: Base
    findings: tuple[Finding, ...]
    suppressed: Suppression | None = None


@dataclass(frozen=True, slots=True)
class AskedIf:
    """Of whom a section was asked: those who took one of these choices at that question."""

    question: Wording
    choices: tuple[Wording, ...]
    people: int | None
    """How many took one; None where that number is not shown."""


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """The general findings of one section of the questionnaire."""

    code: str
    heading: Wording
    findings: tuple[Finding, ...]
    asked_if: AskedIf | None = None
    """None where everybody was asked."""


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One value of the breakdown, or of a pair's `by` question."""

    by: str
    value: str
    label: Wording
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the first page: a message key with its facts, and the finding it rests on."""

    key: str
    facts: tuple[tuple[str, object], ...]
    finding: str
    sign: Literal["liked", "disliked", "wanted", "plain"] = "plain"


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How many texts speak of a theme: texts, not people."""

    code: str
    label: Wording
    texts: int


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """Everything a report of one edition says."""

    name: str
    series: str
    title: str
    kind: EditionKind
    format: EditionFormat
    starts: date
    ends: date
    organisation: str
    contact: str
    opened: datetime
    closed: datetime
    counted: datetime
    version: int
    """1 right after the count; from 2 on with released quotes ("Fassung 2")."""
    invited: int
    answered: int
    is_made_up: bool
    disclosure_threshold: int
    cell_threshold: int
    statements: tuple[Statement, ...]
    sections: tuple[SectionSummary, ...]
    sessions: tuple[SessionSummary, ...]
    breakdown: tuple[GroupSummary, ...] = ()
    pairs: tuple[GroupSummary, ...] = ()
    withheld_splits: tuple[str, ...] = ()
    """Codes of the questions by which groups were to be shown, where all of them would give people away."""
    unopenable: int = 0
    open_answers: int = 0
    """Of `answered`: those that came without a personal link. With any of them nobody knows N."""
    attended: int | None = None
    """How many people were there, as the organiser entered it."""
    themes: tuple[ThemeCount, ...] = ()
    """Themes of the texts that enough texts speak of, the most frequent first."""
    themes_among: int = 0
    """How many texts they were counted in; unreleased ones may be gone since."""

    @property
    def has_too_many(self) -> bool:
        """True if more answers came without a personal link, or with one, than people were there."""
        return self.open_answers > 0 and self.attended is not None and self.answered > self.attended

    def finding(self, code: str) -> Finding | None:
        """The general finding with that code."""
        return next((f for s in self.sections for f in s.findings if f.code == code), None)
