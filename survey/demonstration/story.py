"""What happened at the example events, as far as it is made up: how people felt, and who answered."""

from __future__ import annotations

from dataclasses import dataclass

from survey.rehearsal.people import Temper

_ON_SITE = Temper(
    ratings={
        "overall": 4.15,
        "content": 4.1,
        "organisation": 4.2,
        "technology": 3.7,
        "exchange": 4.4,
        "rating": 4.0,
        "relevance": 3.8,
        "talk_rating": 3.9,
    },
    choices={
        "next_format": {"on_site": 6.0, "hybrid": 1.6, "online": 0.4},
        "length": {"just_right": 5.0},
        "rounds_wanted": {"two": 5.0, "three": 1.4, "one": 1.2, "none": 0.3},
        "topics_wanted": {"villages": 1.5, "funding": 1.3, "towns": 0.8, "work": 0.5},
    },
    recommends=8.3,
    answers_invitation=0.27,
    answers_reminder=0.18,
)
_ONLINE = Temper(
    ratings={
        "overall": 4.05,
        "content": 4.25,
        "organisation": 4.35,
        "technology": 3.9,
        "exchange": 2.75,
        "rating": 3.95,
        "relevance": 3.85,
        "talk_rating": 4.2,
        "ws01--rating": 4.3,
        "ws02--rating": 4.4,
        "ws08--rating": 4.25,
        "ws06--rating": 3.1,
    },
    choices={
        "next_format": {"hybrid": 4.4, "on_site": 2.4, "online": 1.6},
        "length": {"just_right": 4.0, "too_long": 1.8},
        "rounds_wanted": {"two": 3.0, "one": 2.6, "three": 0.6, "none": 0.4},
        "topics_wanted": {"work": 1.7, "administration": 1.4, "villages": 1.3, "towns": 0.8},
    },
    recommends=8.0,
    answers_invitation=0.34,
    answers_reminder=0.22,
)
_CALL = Temper(
    ratings={
        "overall": 4.3,
        "contributions": 4.1,
        "guest_talks": 4.4,
        "exchange": 3.9,
        "technology": 4.0,
    },
    choices={
        "length": {"just_right": 5.0},
        "focus_next": {"data": 1.8, "funding": 1.6, "events": 0.5},
    },
    recommends=8.6,
    answers_invitation=0.45,
    answers_reminder=0.3,
)


@dataclass(frozen=True, slots=True)
class Event:
    """One example edition: its files and its people's temper."""

    name: str
    registrations: str
    temper: Temper


EVENTS = (
    Event("kk2020", "kk2020.xlsx", _ONLINE),
    Event("kk2019", "kk2019.csv", _ON_SITE),
    Event("kk2018", "kk2018.csv", _ON_SITE),
    Event("ikone-1", "ikone-1.csv", _CALL),
    Event("ikone-2", "ikone-2.csv", _CALL),
    Event("ikone-3", "ikone-3.csv", _CALL),
    Event("ikone-4", "ikone-4.csv", _CALL),
)
"""All are counted. The one with the most reports comes first: they are printed while the others are played."""
OPEN_LIKE = EVENTS[0]
"""The edition left open is made from this one: same programme and people, dates around today."""
OPEN_NAME = "kk-offen"
CLOSED_LIKE = EVENTS[-1]
"""The same for the edition left closed."""
CLOSED_NAME = "ikone-5"
