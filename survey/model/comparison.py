"""The comparison of editions (Jahresvergleich): the one frozen value that page, PDF, XLSX and JSON are made from.

Differences read newest less base. Whatever is printed is rounded here, once, and verdicts are given on what is printed:
no sentence contradicts the numbers beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from survey.language.wording import Wording
    from survey.model.event import EditionFormat
    from survey.model.summary import Base, Finding, Share, Suppression, ThemeCount

FEWEST_EDITIONS = 2
MOST_EDITIONS = 10


class Verdict(StrEnum):
    """What may be said about a change, in the order in which it is decided."""

    NOT_COMPARABLE = "not_comparable"
    TOO_FEW = "too_few"
    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    """As sure as better and worse, where more is neither: one option of a choice."""
    LESS = "less"
    SHIFTED = "shifted"
    """The answers moved; the printed share did not for certain, or it went the other way (`span` is without 0)."""
    HINT = "hint"
    """Noticeable by itself, but chance would explain it among so many questions."""
    SAME = "same"
    """The whole printed interval lies within the threshold: the only way to say "unchanged"."""
    SMALL = "small"
    UNCLEAR = "unclear"


class Break(StrEnum):
    """Why a question of two editions cannot be compared."""

    NOT_ASKED = "not_asked"
    OTHER_KIND = "other_kind"
    OTHER_WORDING = "other_wording"
    OTHER_SCALE = "other_scale"
    OTHER_PEOPLE = "other_people"
    NOT_SHOWN = "not_shown"
    """Enough people answered, and their figures would still give everyone away (all agreed): they are not shown."""


class Caution(StrEnum):
    """What has to be said beside the changes between two editions."""

    OTHER_FORMAT = "other_format"
    """On site then, online now: that is not all that changed."""
    RESPONSE_GAP = "response_gap"
    """The response rates differ by more than 15 points."""
    OTHER_TOOL = "other_tool"
    """One of the two was asked with another tool, or laid out in another way."""
    UNKNOWN_POPULATION = "unknown_population"
    """Of one of the two nobody knows how many could have answered."""


@dataclass(frozen=True, slots=True)
class QuestionIdentity:
    """What has to be equal for two editions' answers to be compared."""

    code: str
    kind: str
    """``rating``, ``single``, ``multiple``, ``yes_no``, ``top_three`` or ``recommendation``."""
    wording_version: str
    scale_version: str
    population_rule: str
    """Whom it was asked of: empty for everybody, else the condition."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One closed question as an edition asked it, with what may be shown of its answers."""

    identity: QuestionIdentity
    finding: Finding


@dataclass(frozen=True, slots=True)
class ComparedSession:
    """One session of an edition, with its rating; its speakers are not compared."""

    code: str
    title: Wording
    topic: str
    """Code of its topic; empty where nobody gave it one."""
    questions: tuple[AskedQuestion, ...]
    base: Base
    suppressed: Suppression | None = None


@dataclass(frozen=True, slots=True)
class ComparedEdition:
    """One edition as it goes into a comparison: counted here, or brought from elsewhere."""

    name: str
    """Short name, or ``frueher:…`` of one from elsewhere; unique in the comparison."""
    label: str
    """How it is called in sentences and charts: ``2019``; unique in the comparison."""
    title: str
    format: EditionFormat
    starts: date
    invited: int | None
    """None where nobody knows."""
    answered: int | None
    questions: tuple[AskedQuestion, ...]
    sessions: tuple[ComparedSession, ...] = ()
    themes: tuple[ThemeCount, ...] = ()
    texts: int = 0
    """How many texts the themes were counted in."""
    writers: int = 0
    """At least so many people wrote them."""
    source: str = ""
    """Where it came from; empty for editions counted here."""
    layout_version: int = 1
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class Tipping:
    """What the silent of the newest edition would have to be like for the sign to turn."""

    percent: int
    """The sign turns if fewer (more, where it fell) than so many of a hundred silent ones were positive."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from the base edition to the newest one in one line, and what may be said about it."""

    base: str
    """Name of the edition it is compared with."""
    verdict: Verdict
    direction: Literal[-1, 0, 1] = 0
    """Which way the shares went: the sign of `points`, of the shift where they are equal."""
    reason: Break | None = None
    points: int | None = None
    """The difference of the shares (or scores) in points, rounded; always within `span`."""
    span: tuple[int, int] | None = None
    """Its interval in points, rounded outward."""
    delta: float | None = None
    """Cliff's delta of the whole distribution; None for options of a choice."""
    chance: float | None = None
    """p of this line alone; None where no chance was left."""
    adjusted: float | None = None
    """The same, corrected for the whole family of compared questions."""
    is_robust: bool = False
    """The sign holds whatever the silent of both editions would have said."""
    tipping: Tipping | None = None
    holds_against_silence: bool = False
    """The sign holds whatever the newest edition's silent would have said, the base's being like its others."""
    holds_next_time: bool = False
    """The interval without finite populations has the same sign: what is planned from has to hold there too."""


@dataclass(frozen=True, slots=True)
class Point:
    """One line's value in one edition."""

    edition: str
    base: Base | None
    """None where it was not asked."""
    share: Share | None
    """None where it was not asked, cannot be compared or is not shown, and for scores."""
    score: float | None = None
    """For recommendations: promoters less detractors, −1 to 1."""
    score_interval: tuple[float, float] | None = None
    score_bounds: tuple[float, float] | None = None
    suppressed: Suppression | None = None
    broken: Break | None = None
    """Why it cannot be compared with the newest edition: there the line has a gap."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question over the editions: a rating's better half, a recommendation, or one option of a choice."""

    code: str
    option: str
    """Code of the option; empty for ratings and recommendations, and for choices of which nothing can be shown."""
    kind: str
    """As in `QuestionIdentity`; ``theme`` for a theme of texts."""
    wording: Wording
    label: Wording
    """What is counted: "gut oder sehr gut", or the option."""
    points: tuple[Point, ...]
    """One for each edition, the oldest first."""
    change: Change
    trend: Literal["rising", "falling"] | None = None
    """Only from five comparable editions on, and only where the order is no chance."""

    @property
    def key(self) -> str:
        """Unique in the comparison."""
        return f"{self.code}:{self.option}" if self.option else self.code


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic over the editions: each session by itself, no sums and no ranks."""

    topic: str
    name: Wording
    sessions: tuple[tuple[str, str, Line], ...]
    """Edition, session code and the rating of that session as a line of one point.

    Such a line's own `change` is not comparable with anything: topics have theirs.
    """
    change: Change | None = None
    """Between the newest and the last edition before it with exactly one session of the topic each."""


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many questions have that verdict."""

    verdict: Verdict
    questions: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to ten editions of a series, side by side."""

    series: str
    editions: tuple[ComparedEdition, ...]
    """The oldest first."""
    base: str
    """Name of the edition that the newest is compared with."""
    lines: tuple[Line, ...]
    """In the order of the newest edition's questionnaire; then what only earlier ones asked."""
    counts: tuple[VerdictCount, ...]
    """Questions, not lines: a choice counts once, with the verdict that says most."""
    family: int
    """How many questions were compared: what chance is corrected for."""
    foremost: tuple[str, ...]
    """Keys of the at most three lines that matter most."""
    cautions: tuple[Caution, ...]
    themes: tuple[Line, ...] = ()
    """Themes of free texts over the editions, where they were coded: shares of texts, not of people."""
    topics: tuple[TopicLine, ...] = ()

    @property
    def newest(self) -> ComparedEdition:
        """The last one."""
        return self.editions[-1]

    def edition(self, name: str) -> ComparedEdition:
        """The one with that name; StopIteration never: names come from the comparison itself."""
        return next(edition for edition in self.editions if edition.name == name)

    def line(self, key: str) -> Line:
        """The line with that key."""
        return next(line for line in self.lines if line.key == key)
