"""Use case: which change the next edition could show, by how many answer then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.statistics.precision import USUAL_FAMILY, Turnout, visible_change

if TYPE_CHECKING:
    from survey.comparing.series import Series

MOST_COUNTED_ON = 1000
"""More answers than these make the step of a point; they are counted on as these."""
_MOST_WITHOUT_POPULATION = 300
"""The same where nobody knows how many could answer: those intervals take long to compute."""
_PARTS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class PastEdition:
    """An edition that a next one can be compared with."""

    name: str
    title: str
    turnout: Turnout


@dataclass(frozen=True, slots=True)
class Prospect:
    """So many answers next time, and the smallest change in points that they would show."""

    answered: int
    points: int | None
    """None where not even the largest change would be seen."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """What could be seen next time."""

    base: PastEdition
    eligible: int | None
    asked: Prospect
    others: tuple[Prospect, ...]
    """With fewer and with more answers, the fewest first."""
    family: int
    """So many questions are compared."""


def past_editions(series: Series) -> tuple[PastEdition, ...]:
    """Every edition with answers, the newest first; those from elsewhere too."""
    dated = [
        (
            record.edition.starts,
            PastEdition(
                record.name,
                record.edition.title,
                # Where some answered without a personal link, nobody knows how many could have.
                Turnout(record.answered, None if record.open_boxes else record.invited),
            ),
        )
        for record in series.counted
        if record.answered
    ]
    dated += [
        (
            earlier.starts,
            PastEdition(earlier.name, earlier.title, Turnout(earlier.answered, earlier.invited)),
        )
        for earlier in series.earlier
        if earlier.answered
    ]
    return tuple(past for _, past in sorted(dated, key=lambda pair: pair[0], reverse=True))


def past_edition(series: Series, name: str = "") -> PastEdition:
    """That edition, else the newest; NotFound if it is none of them, NotAllowed if there is none."""
    found = past_editions(series)
    if not found:
        raise NotAllowed(problem("In dieser Reihe hat noch keine Ausgabe Antworten."))
    if not name:
        return found[0]
    for past in found:
        if past.name == name:
            return past
    raise NotFound("edition", name)


def prospects(base: PastEdition, hoped: Turnout, *, family: int = USUAL_FAMILY) -> Prospects:
    """Which change would be seen with so many answers, and with fewer and more; pure."""

    def prospect(answered: int) -> Prospect:
        newest, older = _counted_on(Turnout(answered, hoped.eligible), base.turnout)
        return Prospect(answered, visible_change(newest, older, family=family))

    return Prospects(
        base,
        hoped.eligible,
        prospect(hoped.answered),
        tuple(prospect(n) for n in _other_numbers(hoped)),
        family,
    )


def _other_numbers(hoped: Turnout) -> tuple[int, ...]:
    if hoped.eligible is None:
        return ()
    parts = {max(1, round(hoped.eligible * part)) for part in _PARTS}
    return tuple(sorted(parts - {hoped.answered}))


def _counted_on(newest: Turnout, base: Turnout) -> tuple[Turnout, Turnout]:
    known = newest.eligible is not None and base.eligible is not None
    most = MOST_COUNTED_ON if known else _MOST_WITHOUT_POPULATION
    return (
        Turnout(min(newest.answered, most), newest.eligible),
        Turnout(min(base.answered, most), base.eligible),
    )
