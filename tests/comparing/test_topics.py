from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.comparing.series import Series, find_series
from survey.comparing.topics import (
    add_topic,
    delete_topic,
    rename_topic,
    sort_sessions,
    sorted_sessions,
    topics_of,
)
from survey.errors import NotAllowed, NotFound
from survey.language.wording import Wording
from survey.model.topic import SortedSession, Topic, proposed_topic
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage import deeds
from tests.events import congress
from tests.prepared import prepared
from tests.workplace import furnish

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock

VILLAGES = Wording("Digitale Dörfer", en="Digital villages")


@prepared
def series(inst: Installation, clock: StoppedClock) -> Series:
    furnish(inst, clock)
    return find_series(inst, MAIN_ORGANISATION, congress().series)


def topic_by_session(inst: Installation, series: Series) -> dict[str, str]:
    return {s.code: s.topic for s in sorted_sessions(inst, series) if s.topic}


def test_a_topic_keeps_its_code_when_it_is_renamed(inst: Installation, series: Series) -> None:
    topic = add_topic(inst, series, VILLAGES)

    rename_topic(inst, series, topic.code, name=Wording("Smarte Dörfer"))

    assert topics_of(inst, series) == (Topic("digitale-doerfer", Wording("Smarte Dörfer")),)


def test_two_topics_of_one_name_are_refused(inst: Installation, series: Series) -> None:
    add_topic(inst, series, VILLAGES)

    with pytest.raises(NotAllowed):
        add_topic(inst, series, Wording("digitale dörfer"))

    assert len(topics_of(inst, series)) == 1


def test_a_session_is_sorted_once_and_told_once(inst: Installation, series: Series) -> None:
    topic = add_topic(inst, series, VILLAGES)

    first = sort_sessions(inst, series, {("kk2019", "ws01"): topic.code})
    again = sort_sessions(inst, series, {("kk2019", "ws01"): topic.code})

    assert (first, again) == (1, 0)
    assert topic_by_session(inst, series) == {"ws01": topic.code}
    told = [d.deed for d in deeds.all_deeds(inst.database.read())]
    assert told.count("sessions sorted") == 1


def test_a_session_loses_its_topic(inst: Installation, series: Series) -> None:
    topic = add_topic(inst, series, VILLAGES)
    sort_sessions(inst, series, {("kk2019", "ws01"): topic.code, ("kk2019", "ws02"): topic.code})

    sort_sessions(inst, series, {("kk2019", "ws01"): ""})

    assert topic_by_session(inst, series) == {"ws02": topic.code}


def test_a_deleted_topic_leaves_its_sessions_without_one(
    inst: Installation, series: Series
) -> None:
    topic = add_topic(inst, series, VILLAGES)
    sort_sessions(inst, series, {("kk2019", "ws01"): topic.code})

    delete_topic(inst, series, topic.code)

    assert topic_by_session(inst, series) == {}
    assert topics_of(inst, series) == ()


@pytest.mark.parametrize(
    ("edition", "session", "topic"),
    [
        ("kk2019", "ws01", "unbekannt"),
        ("kk2019", "unknown", "digitale-doerfer"),
        ("kk2020", "ws01", "digitale-doerfer"),
        ("ikone2", "mainz", "digitale-doerfer"),
    ],
)
def test_what_the_series_does_not_have_is_not_sorted(
    inst: Installation, series: Series, edition: str, session: str, topic: str
) -> None:
    known = add_topic(inst, series, VILLAGES)

    with pytest.raises(NotFound):
        sort_sessions(inst, series, {("kk2019", "ws02"): known.code, (edition, session): topic})

    assert topic_by_session(inst, series) == {}


def test_an_unknown_topic_is_neither_renamed_nor_deleted(
    inst: Installation, series: Series
) -> None:
    with pytest.raises(NotFound):
        rename_topic(inst, series, "unbekannt", name=VILLAGES)
    with pytest.raises(NotFound):
        delete_topic(inst, series, "unbekannt")


def test_the_same_title_proposes_the_same_topic() -> None:
    known = (Topic("a", Wording("Dörfer")), Topic("b", Wording("Das digitale Rathaus!")))
    earlier = (SortedSession("kk2018", "ws03", Wording("Digitale  Dörfer – jetzt"), topic="a"),)

    proposed = [
        proposed_topic(Wording(title), topics=known, sorted_so_far=earlier)
        for title in ("digitale Dörfer: Jetzt", "Das digitale Rathaus", "Etwas anderes")
    ]

    assert proposed == ["a", "b", ""]


def test_a_session_of_the_same_title_is_only_proposed_its_topic(
    inst: Installation, series: Series
) -> None:
    title = next(s.title for s in sorted_sessions(inst, series) if s.code == "ws02")
    topic = add_topic(inst, series, title)

    found = {s.code: (s.topic, s.proposed) for s in sorted_sessions(inst, series)}

    assert found["ws02"] == ("", topic.code)
