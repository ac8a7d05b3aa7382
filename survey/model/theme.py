"""Themes: what texts speak of, as a codebook that lasts over the editions of a series."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.summary import ThemeCount

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from survey.language.wording import Wording
    from survey.model.tally import KeptText

_LONGEST_CODE = 40
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Theme:
    """One entry of a codebook."""

    code: str
    """Stays the same over the editions of a series, whatever the theme is called."""
    name: Wording
    description: str = ""
    """When a text belongs to it."""
    item: str = ""
    """Code of the question that it says more about; empty where it speaks of none."""


def theme_code(name: str, *, taken: Container[str]) -> str:
    """A code for a new theme of that name, other than those taken."""
    plain = unicodedata.normalize("NFD", name.lower().translate(_GERMAN))
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode("ascii"))
    base = words.strip("-")[:_LONGEST_CODE].strip("-") or "thema"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


def theme_counts(
    themes: Iterable[Theme],
    texts: Iterable[KeptText],
    coding: Mapping[str, frozenset[str]],
    *,
    threshold: int,
) -> tuple[ThemeCount, ...]:
    """Themes that enough people's texts speak of, the most frequent first.

    Who wrote which texts is not known, but nobody wrote two to one question: only the texts to one question are
    people. All other texts together are none, or enough too.
    """
    kept = tuple(texts)
    found = []
    for theme in themes:
        spoken = [t for t in kept if theme.code in coding.get(t.id, frozenset())]
        people = max(Counter((t.session, t.item) for t in spoken).values(), default=0)
        rest = len(kept) - len(spoken)
        if people >= threshold and not 0 < rest < threshold:
            found.append(ThemeCount(theme.code, theme.name, len(spoken)))
    return tuple(sorted(found, key=lambda count: (-count.texts, count.code)))
