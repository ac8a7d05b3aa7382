"""How an edition is named within a sentence: a year by itself, a day with the word that belongs before it."""

from __future__ import annotations

import re

from survey.language.wording import Wording

_DAY = re.compile(r"\d\d\.\d\d\.\d{4}\b")
_YEAR = re.compile(r"\d{4}")


def when_it_was(label: str) -> Wording:
    """What follows a comparison: better than ``2019``, better than ``am 18.11.2020``."""
    if _DAY.match(label):
        return Wording(f"am {label}", en=f"on {label}")
    return Wording(label, en=f"in {label}") if _YEAR.fullmatch(label) else Wording(label)


def in_the_dative(label: str) -> Wording:
    """What something is compared with: ``2019``, ``dem 18.11.2020``."""
    return Wording(f"dem {label}", en=label) if _DAY.match(label) else Wording(label)
