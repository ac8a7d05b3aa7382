"""Three to six sentences for the person who has one minute, each from a closed question and with its uncertainty.

No sentence says more than its figures: a leader is named only where intervals do not overlap,
a majority only where the whole interval lies above half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.summary import ChoicesFinding, NumbersFinding, Statement

if TYPE_CHECKING:
    from survey.model.summary import ChoiceCount, Finding, Share

OVERALL = "overall"
"""Drawn by itself on the first page, so no sentence ranks it among its parts."""
_FEW = 20
"""Below this many answers, counts instead of percent."""
NEXT_FORMAT = "next_format"
"""The standard item that asks how people want to meet next time."""
_TOPICS = "topics_wanted"
_MOST_LEVEL = 2
"""So many questions on one level are named together."""


def statements(findings: tuple[Finding, ...]) -> tuple[Statement, ...]:
    """The sentences of the first page, in reading order."""
    shown = tuple(f for f in findings if f.suppressed is None)
    said = [*_liked_and_disliked(shown), *_recommended(shown), *_format(shown), *_topics(shown)]
    return tuple(said)


def _liked_and_disliked(findings: tuple[Finding, ...]) -> list[Statement]:
    ratings = [
        (f, f.positive)
        for f in findings
        if isinstance(f, ChoicesFinding) and f.positive is not None
    ]
    if not ratings:
        return []
    ranked = sorted(ratings, key=lambda pair: -pair[1].share)
    best, best_share = ranked[0]
    worst_share = ranked[-1][1]
    said = _rated("liked", [f for f, s in ranked if s.share == best_share.share], best_share)
    if len(ranked) > 1 and _is_apart(worst_share, best_share):
        said += _rated(
            "disliked", [f for f, s in ranked if s.share == worst_share.share], worst_share
        )
    elif len(ranked) > 1:
        said.append(
            Statement(
                "Zwischen den bewerteten Bereichen ist kein Unterschied gesichert: Alle liegen nah beieinander.",
                (),
                best.code,
            )
        )
    return said


def _rated(sign: str, level: list[ChoicesFinding], share: Share) -> list[Statement]:
    """The questions at the top or at the end; where too many are level, none is singled out."""
    if len(level) > _MOST_LEVEL:
        return []
    finding = level[0]
    facts = (
        ("question", _together([f.wording for f in level])),
        ("label", finding.positive_label),
        *_numbers(share),
    )
    if sign == "liked":
        key = (
            "Am häufigsten „%(label)s“: %(question)s – %(count)d von %(n)d."
            if share.n < _FEW
            else "Am häufigsten „%(label)s“: %(question)s – %(percent)d %% von %(n)d."
        )
        return [Statement(key, facts, finding.code, "liked")]
    key = (
        "Am seltensten „%(label)s“: %(question)s – %(count)d von %(n)d."
        if share.n < _FEW
        else "Am seltensten „%(label)s“: %(question)s – %(percent)d %% von %(n)d."
    )
    return [Statement(key, facts, finding.code, "disliked")]


def _together(wordings: list[Wording]) -> Wording:
    return Wording(
        " und ".join(w.in_language("de") for w in wordings),
        " und ".join(w.in_language("easy") for w in wordings),
        " and ".join(w.in_language("en") for w in wordings),
    )


def _recommended(findings: tuple[Finding, ...]) -> list[Statement]:
    found = next((f for f in findings if isinstance(f, NumbersFinding)), None)
    if found is None or found.high_share is None:
        return []
    key = (
        "%(count)d von %(n)d würden die Veranstaltung weiterempfehlen (8 bis 10 auf einer Skala bis 10)."
        if found.high_share.n < _FEW
        else "%(percent)d %% von %(n)d würden die Veranstaltung weiterempfehlen (8 bis 10 auf einer Skala bis 10)."
    )
    return [Statement(key, _numbers(found.high_share), found.code)]


def _format(findings: tuple[Finding, ...]) -> list[Statement]:
    found = next(
        (f for f in findings if f.code == NEXT_FORMAT and isinstance(f, ChoicesFinding)), None
    )
    if not isinstance(found, ChoicesFinding):
        return []
    first, second = sorted(found.choices, key=lambda c: -c.count)[:2]
    if first.share is None or second.share is None or first.share.interval is None:
        return []
    facts = (("choice", first.label), ("second", second.label), *_numbers(first.share))
    if not _is_apart(second.share, first.share):
        few = (
            "Beim Format der nächsten Ausgabe ist die Rangfolge offen: "
            "„%(choice)s“ (%(count)d von %(n)d) und „%(second)s“ liegen nah beieinander."
        )
        many = (
            "Beim Format der nächsten Ausgabe ist die Rangfolge offen: "
            "„%(choice)s“ (%(percent)d %% von %(n)d) und „%(second)s“ liegen nah beieinander."
        )
    elif first.share.interval[0] > 1 / 2:
        few = "Für die nächste Ausgabe wünscht sich eine gesicherte Mehrheit „%(choice)s“: %(count)d von %(n)d."
        many = "Für die nächste Ausgabe wünscht sich eine gesicherte Mehrheit „%(choice)s“: %(percent)d %% von %(n)d."
    else:
        few = "Für die nächste Ausgabe wird am häufigsten „%(choice)s“ gewünscht: %(count)d von %(n)d."
        many = "Für die nächste Ausgabe wird am häufigsten „%(choice)s“ gewünscht: %(percent)d %% von %(n)d."
    return [Statement(few if first.share.n < _FEW else many, facts, found.code, "wanted")]


def _topics(findings: tuple[Finding, ...]) -> list[Statement]:
    found = next((f for f in findings if f.code == _TOPICS and isinstance(f, ChoicesFinding)), None)
    if not isinstance(found, ChoicesFinding):
        return []
    top: list[ChoiceCount] = sorted((c for c in found.choices if c.count), key=lambda c: -c.count)[
        :2
    ]
    if len(top) < 2:  # noqa: PLR2004 -- a pair of topics
        return []
    return [
        Statement(
            "Am häufigsten als Thema gewünscht: „%(first)s“ (%(first_count)d) "
            "und „%(second)s“ (%(second_count)d von %(n)d).",
            (
                ("first", top[0].label),
                ("first_count", top[0].count),
                ("second", top[1].label),
                ("second_count", top[1].count),
                ("n", found.base.n),
            ),
            found.code,
            "wanted",
        )
    ]


def _is_apart(lower: Share, upper: Share) -> bool:
    return (
        lower.interval is not None
        and upper.interval is not None
        and lower.interval[1] < upper.interval[0]
    )


def _numbers(share: Share) -> tuple[tuple[str, object], ...]:
    low, high = share.interval or (0.0, 1.0)
    # Without bounds nobody knows of how many people the range speaks: it is not of all who were invited.
    names = ("around_low", "around_high") if share.bounds is None else ("low", "high")
    return (
        ("count", share.count),
        ("n", share.n),
        ("percent", whole_percent(share.share)),
        (names[0], whole_percent(low)),
        (names[1], whole_percent(high)),
    )


def whole_percent(share: float) -> int:
    """A share as whole percent, halves up."""
    return int(share * 100 + 0.5)
