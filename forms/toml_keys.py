"""One table of a TOML file, read key by key: every value checked, every problem noted, nothing passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from forms.toml_lines import place
from survey.errors import Problem, problem
from survey.language.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from forms.toml_lines import Path, TomlFile

LINE_LIMIT = 300
TEXT_LIMIT = 2000
CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(slots=True)
class Problems:
    """The problems found so far; `beside` names a file other than the one being read."""

    beside: str = ""
    found: list[Problem] = field(default_factory=list)


class Keys:
    """A cursor over one table. After a problem it returns a stand-in, so that reading goes on and finds the rest."""

    def __init__(
        self,
        file: TomlFile,
        problems: Problems,
        *,
        values: Mapping[str, object] | None = None,
        path: Path = (),
    ) -> None:
        self._file = file
        self._values = file.values if values is None else values
        self._problems = problems
        self._path = path
        self._known: set[str] = set()
        self._unsound: set[str] = set()

    def has(self, key: str) -> bool:
        """True if the table has that key."""
        self._known.add(key)
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """Every key of a table whose keys are the writer's own, in order."""
        self._known.update(self._values)
        return tuple(self._values)

    def is_sound(self, *keys: str) -> bool:
        """True if none of these keys has had a problem."""
        return not self._unsound & set(keys)

    def refuse(
        self, why: str, key: str | None = None, *, nth: int | None = None, **facts: object
    ) -> None:
        """Notes a problem with the table, one of its keys (`why` may call it %(entry)s) or the nth of a list."""
        path = self._path if key is None else (*self._path, key)
        if nth is not None:
            path = (*path, nth)
        line = self._file.line(path)
        if key is not None:
            self._unsound.add(key)
            facts = {"entry": key[:60], **facts}
        said = place(path)
        if self._problems.beside:
            said = f"{self._problems.beside}:{line or 1} {said}".rstrip()
            line = None
        self._problems.found.append(problem(why, line=line, place=said, **facts))

    def note(self, found: Problem) -> None:
        """Notes a problem with the table that the model found."""
        self._problems.found.append(replace(found, line=self._file.line(self._path)))

    def is_text(self, key: str) -> bool:
        """True if a text stands under that key."""
        self._known.add(key)
        return isinstance(self._values.get(key), str)

    def finish(self) -> None:
        """Notes every key that nobody asked for, with the nearest known one."""
        for key in self._values:
            if key not in self._known:
                near = get_close_matches(key[:60], sorted(self._known), 1)
                if near:
                    self.refuse(
                        "„%(entry)s“ ist hier unbekannt. Meinten Sie „%(near)s“?",
                        key,
                        near=near[0],
                    )
                else:
                    self.refuse(
                        "„%(entry)s“ ist hier unbekannt. Bekannt sind: %(known)s.",
                        key,
                        known=", ".join(sorted(self._known)),
                    )

    def text(self, key: str) -> str:
        """The line of text that has to be there."""
        if not self.has(key):
            self.refuse("„%(entry)s“ fehlt.", key)
            return ""
        value = self._values[key]
        if not isinstance(value, str):
            self.refuse("„%(entry)s“ muss ein Text in Anführungszeichen sein.", key)
            return ""
        if not value.strip():
            self.refuse("„%(entry)s“ ist leer.", key)
        return self._checked(key, value, LINE_LIMIT)

    def text_or(self, key: str, otherwise: str) -> str:
        """The line of text, or the given one where the key is absent."""
        return self.text(key) if self.has(key) else otherwise

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of lines of text; empty where the key is absent."""
        if not self.has(key):
            return ()
        value = self._values[key]
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.refuse(
                '„%(entry)s“ muss eine Liste von Texten sein, zum Beispiel ["eins", "zwei"].', key
            )
            return ()
        return tuple(self._checked(key, text, LINE_LIMIT) for text in value)

    def code(self, key: str, reserved: frozenset[str] = frozenset()) -> str:
        """The code that has to be there: small letters, digits, underscores, and none of the reserved words."""
        value = self.text(key)
        if self.is_sound(key) and not CODE.fullmatch(value):
            self.refuse(
                "„%(value)s“ geht nicht als „%(entry)s“: erlaubt sind bis zu 31 kleine Buchstaben (a bis z), "
                "Ziffern und Unterstriche, zuerst ein Buchstabe.",
                key,
                value=value[:60],
            )
        elif value in reserved:
            self.refuse("„%(value)s“ ist vergeben. Wählen Sie ein anderes Wort.", key, value=value)
        return value

    def truth(self, key: str, *, otherwise: bool) -> bool:
        """True or false, or the given one where the key is absent."""
        if not self.has(key):
            return otherwise
        value = self._values[key]
        if not isinstance(value, bool):
            self.refuse("„%(entry)s“ muss true (ja) oder false (nein) sein.", key)
            return otherwise
        return value

    def number(self, key: str, otherwise: int, *, least: int, most: int) -> int:
        """A whole number within the limits, or the given one where the key is absent."""
        if not self.has(key):
            return otherwise
        value = self._values[key]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(
                "„%(entry)s“ muss eine ganze Zahl von %(least)s bis %(most)s sein.",
                key,
                least=least,
                most=most,
            )
            return otherwise
        return value

    def one_of(self, key: str, kinds: type[Kind]) -> Kind:
        """One of the words of an enumeration."""
        value = self.text(key)
        if value in list(kinds):
            return kinds(value)
        if self.is_sound(key):
            self.refuse(
                "„%(value)s“ gibt es hier nicht. Möglich sind: %(known)s.",
                key,
                value=value[:60],
                known=", ".join(kinds),
            )
        return next(iter(kinds))

    def day(self, key: str) -> date:
        """The date that has to be there."""
        if not self.has(key):
            self.refuse("„%(entry)s“ fehlt.", key)
            return date.min
        value = self._values[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(
                "„%(entry)s“ muss ein Datum sein, zum Beispiel 2020-09-11 (ohne Anführungszeichen).",
                key,
            )
            return date.min
        return value

    def moment(self, key: str, zone: ZoneInfo) -> datetime:
        """The moment that has to be there, in UTC; without an offset it is a time of that zone."""
        stand_in = datetime(9000, 1, 1, tzinfo=UTC)
        if not self.has(key):
            self.refuse("„%(entry)s“ fehlt.", key)
            return stand_in
        value = self._values[key]
        if not isinstance(value, datetime):
            self.refuse(
                "„%(entry)s“ muss Datum und Uhrzeit sein, zum Beispiel 2020-09-25T18:00:00 (ohne Anführungszeichen).",
                key,
            )
            return stand_in
        try:
            return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
        except OverflowError:
            self.refuse("Diesen Zeitpunkt gibt es nicht.", key)
            return stand_in

    def wording(self, key: str, *, limit: int = LINE_LIMIT) -> Wording:
        """The wording that has to be there: a text, or a table with ``de`` and perhaps ``easy`` and ``en``."""
        if not self.has(key):
            self.refuse("„%(entry)s“ fehlt.", key)
            return Wording("")
        value = self._values[key]
        if isinstance(value, str):
            value = {"de": value}
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.refuse(
                "„%(entry)s“ muss ein Text sein, oder Texte je Sprache: "
                '{ de = "…", easy = "…", en = "…" }.',
                key,
            )
            return Wording("")
        unknown = sorted(set(value) - set(LANGUAGES))
        if unknown:
            self.refuse(
                "Die Sprache „%(language)s“ gibt es hier nicht. Möglich sind: %(known)s.",
                key,
                language=unknown[0][:60],
                known=", ".join(LANGUAGES),
            )
        if not value.get("de", "").strip():
            self.refuse("Der deutsche Text von „%(entry)s“ fehlt.", key)
        return Wording(
            *(
                self._checked(key, value.get(language, ""), limit, lines=True)
                for language in LANGUAGES
            )
        )

    def wording_or_none(self, key: str, *, limit: int = LINE_LIMIT) -> Wording | None:
        """The wording; None where the key is absent."""
        return self.wording(key, limit=limit) if self.has(key) else None

    def table(self, key: str) -> Keys | None:
        """The table under that key; None where it is absent."""
        if not self.has(key):
            return None
        value = self._values[key]
        if not isinstance(value, dict):
            self.refuse("„%(entry)s“ muss ein Abschnitt sein: [%(entry)s].", key)
            return None
        return self._below((key,), value)

    def tables(self, key: str) -> tuple[Keys, ...]:
        """The tables in the list under that key; none where it is absent."""
        if not self.has(key):
            return ()
        value = self._values[key]
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.refuse("„%(entry)s“ muss eine Liste von Abschnitten sein: [[%(entry)s]].", key)
            return ()
        return tuple(self._below((key, at), each) for at, each in enumerate(value))

    def _below(self, path: Sequence[str | int], values: Mapping[str, object]) -> Keys:
        return Keys(self._file, self._problems, values=values, path=(*self._path, *path))

    def _checked(self, key: str, value: str, limit: int, *, lines: bool = False) -> str:
        if len(value) > limit:
            self.refuse(
                "„%(entry)s“ hat %(length)s Zeichen. Erlaubt sind höchstens %(limit)s.",
                key,
                length=len(value),
                limit=limit,
            )
        if _UNPRINTABLE.search(value) or (not lines and "\n" in value) or "\t" in value:
            self.refuse("„%(entry)s“ enthält Zeilenumbrüche oder unsichtbare Zeichen.", key)
        return value.strip()
