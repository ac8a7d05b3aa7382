"""Any line a comparison may have: what its sentences are tried on."""

from __future__ import annotations

from typing import Literal

from hypothesis import strategies as st

from survey.language.wording import Wording
from survey.model.comparison import Break, Change, Line, Point, Tipping, Verdict
from survey.model.summary import Base
from survey.reporting.findings import share_of
from tests.comparing.example_lines import EDITIONS

QUESTION = Wording("Wie war es?", en="How was it?")
LABEL = Wording("gut", en="good")
Trend = Literal["rising", "falling"] | None
KINDS = ("rating", "single", "multiple", "yes_no", "top_three", "theme")


@st.composite
def shares(draw: st.DrawFn, edition: str, kind: str) -> Point:
    """What an edition counted, or why it is not there."""
    broken = draw(st.sampled_from([None, None, None, *Break]))
    if broken is not None:
        return Point(edition, None, None, broken=broken)
    n = draw(st.integers(5, 300))
    eligible = draw(st.one_of(st.none(), st.integers(n, n + 300)))
    base = Base(n, None if kind == "theme" else eligible)
    return Point(edition, base, share_of(draw(st.integers(0, n)), base))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change, with numbers wherever its verdict has some."""
    verdict = draw(st.sampled_from(list(Verdict)))
    if verdict is Verdict.NOT_COMPARABLE:
        return Change("kk2019", verdict, reason=draw(st.sampled_from([None, *Break])))
    if verdict is Verdict.TOO_FEW:
        return Change("kk2019", verdict)
    low, points, high = sorted(draw(st.tuples(*[st.integers(-100, 100)] * 3)))
    delta = draw(st.sampled_from([None, -0.3, 0.0, 0.3]))
    return Change(
        "kk2019",
        verdict,
        direction=1 if points > 0 else -1 if points < 0 else 0,
        points=points,
        span=(low, high),
        delta=delta,
        chance=0.01,
        adjusted=0.2,
        is_robust=draw(st.booleans()),
        tipping=draw(st.sampled_from([None, Tipping(31)])),
    )


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Any line of shares over the editions."""
    kind = draw(st.sampled_from(KINDS))
    points = tuple(draw(shares(edition.name, kind)) for edition in EDITIONS)
    option = "" if kind in {"rating", "theme"} else "this"
    trends: tuple[Trend, ...] = (None, "rising", "falling")
    trend = draw(st.sampled_from(trends))
    return Line("it", option, kind, QUESTION, LABEL, points, draw(changes()), trend)
