"""Other ways into a form than a personal link: an open link for rooms and video chats, and paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OpenLink(StrEnum):
    """Whether an edition has a link that everybody may use."""

    OFF = "off"
    ON = "on"
    ENDED = "ended"
    """It took answers and takes none any more."""


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How people without a personal link answer in one edition; chosen before it opens."""

    link: OpenLink = OpenLink.OFF
    takes_paper: bool = False
    typist: str = ""
    """Who types paper in and so reads it, as the sheet tells people."""
    return_to: str = ""
    """Where a filled-in sheet goes."""
    attended: int | None = None
    """How many people were there, as the organiser entered it."""

    @property
    def is_any(self) -> bool:
        """True if anybody may answer without a personal link."""
        return self.link is not OpenLink.OFF or self.takes_paper

    def has_too_many(self, answers: int) -> bool:
        """True if more answers came than people were there."""
        return self.attended is not None and answers > self.attended


PERSONAL_ONLY = WaysIn()
"""Nobody answers without a personal link."""
