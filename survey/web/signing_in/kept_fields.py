"""What somebody typed when their sign-in had ended: carried from page to page until it can be sent.

Nothing is stored: the pages themselves hold it. Passwords and codes are never carried, and files cannot be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey.web.page_guards import FILE_FORM_TYPE, MOST_BYTES
from survey.web.workplace.desk import is_from_here

if TYPE_CHECKING:
    from survey.web.site import Visit

START = "/arbeit"
PREFIX = "kept."
NEVER_KEPT = frozenset({"password", "old_password", "new_password", "app_code"})
MOST_KEPT_BYTES = MOST_BYTES - 8 * 1024
"""Leaves room for what the pages on the way add."""
_LOCAL = re.compile(r"/arbeit(?:[/?][\x21-\x5b\x5d-\x7e]{0,1500})?")
_NOT_BACK_TO = ("/arbeit/anmelden", "/arbeit/abmelden", "/arbeit/abgemeldet")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where somebody was going, and with what."""

    back: str = START
    is_form: bool = False
    """True if a form was to be sent there, not a page opened."""
    fields: tuple[tuple[str, str], ...] = ()
    had_file: bool = False
    is_too_large: bool = False
    """The form was too large to be carried; the browser's way back still has it."""

    @property
    def own(self) -> tuple[tuple[str, str], ...]:
        """What the pages on the way carry of it."""
        flags = (
            ("_sent", self.is_form),
            ("_file", self.had_file),
            ("_large", self.is_too_large),
        )
        return (("_back", self.back), *((name, "1") for name, is_so in flags if is_so))


def local_address(text: str) -> str:
    """The address, if it is one of the workplace's; else the start page."""
    is_ours = _LOCAL.fullmatch(text) is not None and not text.startswith(_NOT_BACK_TO)
    return text if is_ours else START


def kept_from_query(visit: Visit) -> Kept:
    """Where the sign-in page was asked to lead."""
    return Kept(local_address(visit.request.query_params.get("weiter", START)))


def kept_so_far(visit: Visit) -> Kept:
    """What the page before this one carried."""
    fields = tuple(
        (name.removeprefix(PREFIX), value)
        for name, values in visit.fields.items()
        if name.startswith(PREFIX)
        for value in values
    )
    is_form = "sent" in visit.own
    return Kept(
        local_address(visit.own.get("back", START)),
        is_form,
        fields if is_form else (),
        "file" in visit.own,
        "large" in visit.own,
    )


def kept_from_refused(visit: Visit) -> Kept:
    """What was sent without being signed in; nothing, if another site sent it."""
    request = visit.request
    query = request.url.query
    back = local_address(f"{request.url.path}?{query}" if query else request.url.path)
    if request.method != "POST":
        return Kept(back)
    if not is_from_here(visit):
        return Kept()
    own = {name: value for name, value in visit.own.items() if name not in {"proof", "spoken"}}
    fields = (
        *((f"_{name}", value) for name, value in own.items()),
        *(
            (name, value)
            for name, values in visit.fields.items()
            if name not in NEVER_KEPT
            for value in values
        ),
    )
    carried = len(urlencode([(PREFIX + name, value) for name, value in fields]))
    had_file = request.headers.get("content-type", "").startswith(FILE_FORM_TYPE)
    if carried > MOST_KEPT_BYTES:
        return Kept(back, is_form=False, is_too_large=True)
    return Kept(back, is_form=True, fields=fields, had_file=had_file)
