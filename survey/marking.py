"""Marks in free texts: what may tell who wrote a text or whom it means, found before anybody reads it.

A mark asks a person to look; a text without marks is not thereby anonymous. Recall comes first: a
mark too many costs a glance, a name missed may cost somebody more.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.model.tally import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REGION = "DE"
_SHORTEST_NAME = 3
_SHORTEST_FUZZY_NAME = 5
_SHORTEST_PHONE_NUMBER = 6
# None of these nests one repetition in another: hostile texts cost no more than long ones.
# First what each match has in it: a text without it need not be searched.
_PATTERNS = (
    ("@", MarkKind.MAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}")),
    ("", MarkKind.WEB, re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    (
        ".",
        MarkKind.WEB,
        re.compile(r"\b[\w-]{2,63}\.(?:de|com|org|net|eu|info|at|ch)\b(?:/\S*)?", re.IGNORECASE),
    ),
    ("", MarkKind.IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("@", MarkKind.ACCOUNT, re.compile(r"(?<![\w@])@\w[\w.]{1,63}")),
    (
        "",
        MarkKind.SALUTATION,
        re.compile(
            r"\b(?:Herrn?|Frau|Fr\.|Hr\.|Dr\.|Prof\.|Professor(?:in)?|Mrs?\.?|Ms\.?)"
            r"(?: {1,3}(?:Dr\.|Prof\.|von|van|de|zu|der)){0,3} {0,3}[A-ZÄÖÜÀ-Þ][\w’'-]{1,60}"
            r"(?: (?:von|van|de|zu|der) [A-ZÄÖÜÀ-Þ][\w-]{1,60})?"
        ),
    ),
)
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset(
    [
        "von",
        "vom",
        "van",
        "zum",
        "zur",
        "der",
        "den",
        "dem",
        "des",
        "die",
        "das",
        "und",
        "für",
        "bei",
        "mit",
    ]
)
"""Words inside names that tell nobody: marked, they would bar half of all quotes."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Parts of names, ready to be recognised although misspelt."""

    exact: frozenset[str]
    nearly: frozenset[str]
    """Each longer part with one letter left out, and whole."""
    _known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Words looked up before: most words of a thousand texts are the same few hundred."""

    def holds(self, word: str) -> bool:
        """True if the word is one of the names, or nearly."""
        if word not in self._known:
            self._known[word] = _is_name(word, self)
        return self._known[word]


def name_index(names: Iterable[str]) -> NameIndex:
    """An index of the parts of these names of at least three letters."""
    parts = {
        part
        for name in names
        for word in _WORD.findall(name)
        if word not in _PARTICLES and len(part := _plain(word)) >= _SHORTEST_NAME
    }
    long = {part for part in parts if len(part) >= _SHORTEST_FUZZY_NAME}
    return NameIndex(frozenset(parts), frozenset(near for part in long for near in _nearly(part)))


def without_role(speaker: str) -> str:
    """The name of a speaker announced with an office: "Dr. Karla König, Ministerin für Sport"."""
    name, _, _ = speaker.partition(",")
    return name if len(name.split()) > 1 else speaker


def find_marks(text: str, names: NameIndex) -> tuple[Mark, ...]:
    """Every stretch worth a look, from the left; a stretch inside a longer one is left out."""
    found = {
        Mark(*match.span(), kind)
        for part, kind, pattern in _PATTERNS
        if part in text
        for match in pattern.finditer(text)
    }
    if _digits(text) >= _SHORTEST_PHONE_NUMBER:
        from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 -- brings every country's numbers

        for match in PhoneNumberMatcher(text, _REGION, leniency=Leniency.POSSIBLE):
            if _digits(match.raw_string) >= _SHORTEST_PHONE_NUMBER:
                found.add(Mark(match.start, match.end, MarkKind.PHONE))
    for word in _WORD.finditer(text):
        if names.holds(word.group()):
            found.add(Mark(*word.span(), MarkKind.NAME))
    kept: list[Mark] = []
    reached = 0
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind)):
        if mark.end > reached:
            kept.append(mark)
            reached = mark.end
    return tuple(kept)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_name(word: str, names: NameIndex) -> bool:
    plain = _plain(word)
    if plain in names.exact or plain.removesuffix("s") in names.exact:
        return True
    # Nearly a name counts where it is written like one: "meiner" is not Meier.
    return (
        word[0].isupper()
        and len(plain) >= _SHORTEST_FUZZY_NAME
        and any(near in names.nearly for near in _nearly(plain))
    )


def _nearly(word: str) -> Iterator[str]:
    """The word, and the word without each one of its letters: two words share one if a letter differs."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _plain(word: str) -> str:
    """Without case, accents and the two ways of writing an umlaut."""
    folded = word.casefold().replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
