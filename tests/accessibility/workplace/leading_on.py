"""Addresses that never show a page of their own: they do something, and lead on to a page that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.accessibility.workplace.site import Entry

LEADING_ON: frozenset[Entry] = frozenset()
