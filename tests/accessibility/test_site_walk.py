"""What a walk over the pages takes for a page that it has seen."""

from __future__ import annotations

import dataclasses

import pytest

from tests.accessibility.site_walk import Walk
from tests.accessibility.walks import (
    LEADING_ON,
    PARTICIPANTS,
    REFUSING,
    WORKPLACE,
    leading_elsewhere,
    missing,
    mistaken,
    showing,
)

PAGE = ("GET", "/arbeit/neues")
SENT = ("POST", "/arbeit/neues")
LED_ON = ("POST", "/arbeit/abmelden")
HOUSE = ("GET", "/arbeit/anmelden/haus")


def walked(*asked: tuple[tuple[str, str], int]) -> Walk:
    """A walk of one state."""
    walk = Walk(site=())
    walk.note("a state", asked)
    return walk


@pytest.mark.parametrize("status", [403, 404, 405, 409, 410, 413, 500, 503])
def test_a_page_that_answers_with_anything_but_itself_was_not_shown(status: int) -> None:
    taught = dataclasses.replace(WORKPLACE, site=frozenset({PAGE}))
    assert missing(taught, walked((PAGE, 200))) == []

    assert missing(taught, walked((PAGE, status))) == ["GET /arbeit/neues"]


@pytest.mark.parametrize("status", [200, 409, 413, 422])
def test_what_was_sent_may_be_refused_on_the_page_it_was_sent_to(status: int) -> None:
    assert showing(walked((SENT, status)), SENT) == {"a state"}


@pytest.mark.parametrize("status", [404, 405, 500])
def test_what_was_sent_to_nowhere_showed_no_page(status: int) -> None:
    assert showing(walked((SENT, status)), SENT) == set()


def test_only_what_leads_on_is_seen_on_the_way() -> None:
    assert showing(walked((LED_ON, 303), (PAGE, 200)), LED_ON) == {"a state"}
    assert showing(walked((SENT, 303), (PAGE, 200)), SENT) == set()
    assert showing(walked((LED_ON, 404)), LED_ON) == set()


def test_only_what_says_that_something_is_shut_is_seen_in_a_refusal() -> None:
    assert showing(walked((HOUSE, 403)), HOUSE) == {"a state"}
    assert leading_elsewhere(walked((HOUSE, 403))) == []
    assert leading_elsewhere(walked((HOUSE, 200))) == [HOUSE]


def test_a_state_that_no_longer_shows_its_page_is_mistaken() -> None:
    entry, state = next(
        (entry, state) for entry, state in WORKPLACE.shown_by().items() if entry[0] == "GET"
    )
    walk = Walk(site=())
    walk.note(state, [(entry, 200)])
    assert entry not in mistaken(WORKPLACE, walk)

    refused = Walk(site=())
    refused.note(state, [(entry, 409)])

    assert mistaken(WORKPLACE, refused)[entry] == state


def test_exceptions_are_addresses_of_the_site_map() -> None:
    assert (LEADING_ON | REFUSING) - WORKPLACE.site - PARTICIPANTS.site == set()
