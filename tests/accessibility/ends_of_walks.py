"""What is asked at the end of a walk over all pages: for files of tests that go one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar

from tests.accessibility.walks import keep_walk, leading_elsewhere, missing, mistaken

if TYPE_CHECKING:
    from tests.accessibility.site_walk import Walk
    from tests.accessibility.walks import Tour


class EndOfWalk:
    """After all states in any language: were they what they are said to be?"""

    tour: ClassVar[Tour]
    walk: ClassVar[Walk]

    def test_states_show_the_pages_that_they_are_said_to_show(self) -> None:
        assert mistaken(self.tour, self.walk) == {}

    def test_what_is_said_to_lead_on_showed_no_page(self) -> None:
        assert leading_elsewhere(self.walk) == []


class EndOfWholeWalk(EndOfWalk):
    """The walk in the tour's first language: was every page seen?"""

    def test_every_page_was_seen(self) -> None:
        keep_walk(self.tour, self.walk)

        assert missing(self.tour, self.walk) == []

    def test_a_page_that_nobody_was_taught_is_missed(self) -> None:
        taught = dataclasses.replace(self.tour, site=self.tour.site | {("GET", "/neues")})

        assert missing(taught, self.walk) == ["GET /neues"]
