"""What speaks for and against looking at a rating: sentences that say what goes together, never why; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.comparison import Verdict
from survey.model.edition_label import in_the_dative, when_it_was
from survey.model.summary import Statement
from survey.reporting.first_page import whole_percent

if TYPE_CHECKING:
    from survey.language.wording import Wording
    from survey.model.comparison import Change
    from survey.model.summary import ChoicesFinding, Share
    from survey.planning.importance import Ranked

_HALF = 50


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A theme that speaks of the rating's question, with how many texts do."""

    label: Wording
    texts: int
    of: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One rating with everything that is known beside it."""

    finding: ChoicesFinding
    share: Share
    """Of the better half."""
    median: int
    """The middle of all ratings' shares, in percent."""
    ratings: int
    """Of how many ratings it is the middle."""
    importance: Ranked | None
    theme: Mentioned | None
    """The most frequent theme of the question, where enough texts speak of it."""
    change: Change | None
    base_label: str
    """What the edition is called that it is compared with."""

    @property
    def code(self) -> str:
        """The question."""
        return self.finding.code

    @property
    def is_important(self) -> bool:
        """True if it goes with the overall rating more closely than others, for certain."""
        return self.importance is not None and self.importance.is_important(self.code)

    @property
    def is_unimportant(self) -> bool:
        """True if it goes with it less closely, for certain."""
        return self.importance is not None and self.importance.is_unimportant(self.code)


def for_looking_at_it(judged: Judged) -> tuple[Statement, ...]:
    """Why a weak rating should be looked at."""
    return (
        _below(judged),
        *_mentioned(judged),
        *_important(judged),
        *_changed(judged, Verdict.WORSE),
    )


def against_looking_at_it(judged: Judged) -> tuple[Statement, ...]:
    """What speaks against it."""
    return (
        *_changed(judged, Verdict.BETTER),
        *_unchanged(judged),
        *_mostly_liked(judged),
        *_unimportant(judged),
        *_if_others_agreed(judged),
        *_praise_or_blame(judged),
    )


def for_keeping_it(judged: Judged) -> tuple[Statement, ...]:
    """Why a strong rating should stay as it is."""
    return (_above(judged), *_important(judged), *_changed(judged, Verdict.BETTER))


def against_keeping_it(judged: Judged) -> tuple[Statement, ...]:
    """What speaks against it."""
    return (
        *_changed(judged, Verdict.WORSE),
        *_unimportant(judged),
        *_if_others_disagreed(judged),
        *_mentioned(judged),
        *_praise_or_blame(judged),
    )


def signed(points: int) -> str:
    """``+12``, ``−4`` or ``0``."""
    return f"+{points}" if points > 0 else str(points).replace("-", "\u2212")


def _below(judged: Judged) -> Statement:
    return Statement(
        "Gesichert unter der Mitte der %(ratings)d bewerteten Bereiche; sie liegt bei %(median)d %%.",
        (("ratings", judged.ratings), ("median", judged.median)),
        judged.code,
    )


def _above(judged: Judged) -> Statement:
    return Statement(
        "Gesichert über der Mitte der %(ratings)d bewerteten Bereiche; sie liegt bei %(median)d %%.",
        (("ratings", judged.ratings), ("median", judged.median)),
        judged.code,
    )


def _mentioned(judged: Judged) -> tuple[Statement, ...]:
    if judged.theme is None:
        return ()
    facts = (
        ("theme", judged.theme.label),
        ("texts", judged.theme.texts),
        ("of", judged.theme.of),
    )
    return (Statement("„%(theme)s“ kommt in %(texts)d von %(of)d Texten vor.", facts, judged.code),)


def _praise_or_blame(judged: Judged) -> tuple[Statement, ...]:
    if judged.theme is None:
        return ()
    return (Statement("Ob diese Texte loben oder tadeln, sagt ihre Zahl nicht.", (), judged.code),)


def _important(judged: Judged) -> tuple[Statement, ...]:
    if not judged.is_important or judged.importance is None:
        return ()
    people = judged.importance.known[judged.code].people
    return (
        Statement(
            "Dieses Urteil und das Gesamturteil gehen enger zusammen als bei den meisten anderen Bereichen "
            "(beides beantwortet: %(people)d Personen).",
            (("people", people),),
            judged.code,
        ),
    )


def _unimportant(judged: Judged) -> tuple[Statement, ...]:
    if not judged.is_unimportant:
        return ()
    return (
        Statement(
            "Dieses Urteil und das Gesamturteil gehen weniger eng zusammen als bei den meisten anderen Bereichen.",
            (),
            judged.code,
        ),
    )


def _changed(judged: Judged, verdict: Verdict) -> tuple[Statement, ...]:
    change = judged.change
    if change is None or change.verdict is not verdict or not change.holds_next_time:
        return ()
    facts = _differences(judged, when_it_was(judged.base_label))
    if verdict is Verdict.WORSE:
        return (
            Statement(
                "Schlechter als %(edition)s: %(points)s Punkte (Spanne %(least)s bis %(most)s).",
                facts,
                judged.code,
            ),
        )
    return (
        Statement(
            "Besser als %(edition)s: %(points)s Punkte (Spanne %(least)s bis %(most)s).",
            facts,
            judged.code,
        ),
    )


def _unchanged(judged: Judged) -> tuple[Statement, ...]:
    change = judged.change
    if change is None or change.verdict is not Verdict.SAME:
        return ()
    return (
        Statement(
            "Gegenüber %(edition)s praktisch unverändert (Spanne %(least)s bis %(most)s Punkte).",
            _differences(judged, in_the_dative(judged.base_label)),
            judged.code,
        ),
    )


def _differences(judged: Judged, edition: Wording) -> tuple[tuple[str, object], ...]:
    change = judged.change
    least, most = change.span if change and change.span else (0, 0)
    points = change.points if change and change.points is not None else 0
    return (
        ("edition", edition),
        ("points", signed(points)),
        ("least", signed(least)),
        ("most", signed(most)),
    )


def _mostly_liked(judged: Judged) -> tuple[Statement, ...]:
    interval = judged.share.interval
    if interval is None or whole_percent(interval[0]) <= _HALF:
        return ()
    return (
        Statement(
            "Trotzdem urteilt eine gesicherte Mehrheit „%(label)s“.",
            (("label", judged.finding.positive_label),),
            judged.code,
        ),
    )


def _if_others_agreed(judged: Judged) -> tuple[Statement, ...]:
    bounds = judged.share.bounds
    if bounds is None or whole_percent(bounds[1]) < judged.median:
        return ()
    return (
        Statement(
            "Hätten alle Übrigen „%(label)s“ geurteilt, wären es %(possible)d %% aller Eingeladenen.",
            (
                ("label", judged.finding.positive_label),
                ("possible", whole_percent(bounds[1])),
            ),
            judged.code,
        ),
    )


def _if_others_disagreed(judged: Judged) -> tuple[Statement, ...]:
    bounds = judged.share.bounds
    if bounds is None or whole_percent(bounds[0]) > judged.median:
        return ()
    return (
        Statement(
            "Hätte von den Übrigen niemand „%(label)s“ geurteilt, wären es %(possible)d %% aller Eingeladenen.",
            (
                ("label", judged.finding.positive_label),
                ("possible", whole_percent(bounds[0])),
            ),
            judged.code,
        ),
    )
