"""Editions that the demonstration leaves as they stand on any working day: open, closed, and planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from survey import editing, preparing, registering
from survey.demonstration.examples import edition_of, people_of
from survey.demonstration.story import CLOSED_LIKE, CLOSED_NAME, OPEN_LIKE, OPEN_NAME
from survey.model.copying import Beginning, copied_edition
from survey.rehearsal.playing import answer, invite

if TYPE_CHECKING:
    from survey.rehearsal.playing import Stage

_OPEN_FOR = timedelta(days=60)
_OPEN_INVITED = 60
_USUALLY_OPEN_FOR = timedelta(days=14)
_PLANNED_LIST = 180


def leave_closed(stage: Stage, *, today: datetime) -> None:
    """A call whose form closed two hours ago: it can be counted."""
    like = edition_of(CLOSED_LIKE)
    held = (today - timedelta(days=8)).date()
    beginning = Beginning(
        name=CLOSED_NAME,
        title="IKONE DS: fünfte Videokonferenz (Beispiel)",
        format=like.format,
        starts=held,
        ends=held,
        deadline=today.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2),
    )
    links = invite(stage, copied_edition(like, beginning), people_of(CLOSED_LIKE, like))
    answer(stage, CLOSED_NAME, links, CLOSED_LIKE.temper, share=0.6)


def leave_open(stage: Stage, *, today: datetime) -> None:
    """One congress that is open today, so that there is a form to try."""
    like = edition_of(OPEN_LIKE)
    ended = (today - timedelta(days=1)).date()
    edition = replace(
        like,
        name=OPEN_NAME,
        title=f"Kommunalkongress Rheinland-Pfalz {today.year} (Beispiel)",
        starts=ended,
        ends=ended,
        deadline=(today + _OPEN_FOR).replace(hour=16, minute=0, second=0, microsecond=0),
    )
    people = people_of(OPEN_LIKE, like)[:_OPEN_INVITED]
    invitations = invite(stage, edition, people, at=today)
    few = dict(list(invitations.items())[: len(invitations) // 2])
    temper = OPEN_LIKE.temper
    answer(stage, OPEN_NAME, few, temper, share=temper.answers_invitation)


def leave_planned(stage: Stage, *, today: datetime) -> None:
    """The congress after the open one, with its list: it waits for its invitation."""
    stage.clock.now = today.astimezone(UTC)
    source = preparing.find_edition(stage.inst, OPEN_NAME)
    proposed = editing.propose_copy(stage.inst, source)
    # The open one stays open for as long as anybody looks at it; this one as long as people usually answer.
    beginning = replace(
        proposed,
        deadline=datetime.combine(
            proposed.ends + _USUALLY_OPEN_FOR, time(18), stage.inst.settings.zone
        ),
    )
    planned = editing.create(
        stage.inst, editing.copy_of(stage.inst, source, beginning), owner=source.owner
    )
    people = people_of(OPEN_LIKE, planned.edition)[:_PLANNED_LIST]
    plan = registering.plan_import(stage.inst, planned.name, people, add_only=False)
    registering.apply_import(stage.inst, planned.name, plan)
