"""Finding a session of the programme by what a registration list calls it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from survey.language.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.model.programme import Programme, Session

_LONGEST = 300
_NUMBERING = re.compile(r"(?:(?:workshop|session|ws|nr)\.? ?)?(?:[0-9]{1,2}|[a-z]) ?[.):/–—-] ?")
_NUMBER_WORD = re.compile(r"(?:workshop|session|ws) ?[0-9]{1,2} ")
_NONE = frozenset({"", "kein", "keine", "keiner", "keinen", "ohne", "none", "na", "ka", "nichts"})


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What is compared: letters and digits only, small, composed; dashes, quotes and spaces do not count."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return "".join(c for c in unicodedata.normalize("NFKC", folded) if c.isalnum())


def says_none(text: str) -> bool:
    """True for cells that say "no workshop": empty, a dash, "keine"."""
    return key(text) in _NONE


@dataclass(frozen=True, slots=True)
class SessionNames:
    """The programme's sessions under their codes and under their titles in every language."""

    programme: Programme
    known: Mapping[str, tuple[Session, ...]]
    nothing: frozenset[str] = frozenset()
    """Keys of what a person has said to be no session."""
    _near: dict[str, str] = field(default_factory=dict)
    """What `nearest` has found before: a list repeats its mistakes."""

    def find(self, text: str) -> tuple[Session, ...]:
        """The sessions called so: none, one, or several where a title is held in several rounds."""
        for said in _without_surroundings(text):
            found = self.known.get(key(said), ())
            if found:
                return found
        return ()

    def nearest(self, text: str) -> str:
        """The German title that looks most like the text; empty if none does."""
        if text not in self._near:
            self._near[text] = self._search(text)
        return self._near[text]

    def _search(self, text: str) -> str:
        titles = {key(s.title.de): s.title.de for s in self.programme.sessions}
        for said in _without_surroundings(text):
            near = get_close_matches(key(said), titles, 1, 0.6)
            starting = [
                title
                for short, title in titles.items()
                if key(said) and short.startswith(key(said))
            ]
            if near or len(starting) == 1:
                return titles[near[0]] if near else starting[0]
        return ""

    def split(self, text: str) -> tuple[str, ...]:
        """The cell as names of sessions: at line breaks, semicolons and bars, and at commas outside of titles."""
        if key(text) in self.nothing:
            return ()
        if self.find(text):
            return (text,)
        parts: list[str] = []
        for piece in re.split(r"[\n\r;|]", text):
            parts.extend(self._split_at_commas(piece.split(",")))
        return tuple(
            part.strip() for part in parts if not says_none(part) and key(part) not in self.nothing
        )

    def _split_at_commas(self, words: list[str]) -> Iterator[str]:
        """Takes as many pieces together as make a known title; where none does, the rest as it stands."""
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + 8), at, -1)
            known = (end for end in ends if self.find(",".join(words[at:end])))
            end = next(known, at + 1)
            yield ",".join(words[at:end])
            at = end


def session_names(programme: Programme) -> SessionNames:
    """The names under which the sessions can be found."""
    known: dict[str, tuple[Session, ...]] = {}
    for session in programme.sessions:
        titles = (session.title.in_language(language) for language in LANGUAGES)
        for name in dict.fromkeys(key(name) for name in (session.code, *titles)):
            if name:
                known[name] = (*known.get(name, ()), session)
    return SessionNames(programme, known)


def _without_surroundings(text: str) -> Iterator[str]:
    """The text as it is; without a number before it; without brackets after it; without both."""
    text = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    begun = text.casefold().lstrip("\"'„“»«‚‘( ")
    numbering = _NUMBERING.match(begun) or _NUMBER_WORD.match(begun)
    bare = begun[numbering.end() :] if numbering else ""
    for said in (text, bare):
        yield said
        opened = said.rfind("(")
        if said.rstrip("\"'“”»« ").endswith(")") and opened > 0:
            yield said[:opened]
