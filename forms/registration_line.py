"""One line of a registration list: what its cells say about a person, and everything wrong in it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email

from forms.column_names import Meaning
from forms.spreadsheet_formulas import plain
from survey.errors import Problem, problem
from survey.model.invitation import Registration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.column_names import Column
    from forms.session_names import SessionNames
    from forms.table_file import Row
    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.programme import Session

LONGEST_NAME = 200
LONGEST_NUMBER = 60
LONGEST_ADDRESS = 254
_SHOWN = 100
"""Characters of a wrong value that a problem repeats."""
_LANGUAGES: Mapping[str, Language] = {
    "": "de",
    "de": "de",
    "deutsch": "de",
    "german": "de",
    "de-de": "de",
    "leichte sprache": "easy",
    "einfache sprache": "easy",
    "leicht": "easy",
    "einfach": "easy",
    "easy": "easy",
    "easy language": "easy",
    "plain": "easy",
    "en": "en",
    "englisch": "en",
    "english": "en",
    "en-gb": "en",
    "en-us": "en",
}
_YES = frozenset(
    {"ja", "j", "x", "1", "yes", "y", "true", "wahr", "✓", "✔", "anwesend", "teilgenommen"}
)
_NO = frozenset(
    {"nein", "n", "0", "no", "false", "falsch", "-", "–", "abwesend", "nicht teilgenommen"}
)


class Line:
    """One line of the list, read cell by cell; what is wrong gathers in `problems`."""

    def __init__(
        self, edition: Edition, names: SessionNames, columns: tuple[Column, ...], row: Row
    ) -> None:
        self._edition = edition
        self._names = names
        self._cells = tuple(
            (column, _clean(plain(cell)))
            for column, cell in zip(columns, (*row.cells, *[""] * len(columns)), strict=False)
        )
        self._line = row.line
        self.problems: list[Problem] = []
        if any(row.cells[len(columns) :]):
            self.problems.append(
                problem(
                    "Diese Zeile hat mehr Spalten als die Überschrift. Steht ein Trennzeichen zu viel darin?",
                    line=row.line,
                )
            )

    def refuse(self, why: str, meaning: Meaning, **facts: object) -> None:
        """Notes a problem in the column of that meaning."""
        heading = next((c.heading for c, _ in self._cells if c.meaning is meaning), "")
        self.problems.append(problem(why, line=self._line, place=heading[:_SHOWN], **facts))

    def registration(self) -> Registration:
        """What the line says; worthless if it has problems."""
        return Registration(
            address=self._address(),
            name=self._name(),
            language=self._language(),
            number=self._short(Meaning.NUMBER, LONGEST_NUMBER),
            sessions=self._sessions(),
            attended=self._attended(),
            line=self._line,
            tells_language=self._tells(Meaning.LANGUAGE),
            tells_sessions=self._tells(Meaning.SESSIONS, Meaning.MARK),
        )

    def _tells(self, *meanings: Meaning) -> bool:
        return any(column.meaning in meanings for column, _ in self._cells)

    def _value(self, meaning: Meaning) -> str:
        return next((cell for column, cell in self._cells if column.meaning is meaning), "")

    def _short(self, meaning: Meaning, limit: int) -> str:
        value = " ".join(self._value(meaning).split())
        if len(value) > limit:
            self.refuse(
                "Hier stehen %(length)s Zeichen. Erlaubt sind höchstens %(limit)s.",
                meaning,
                length=len(value),
                limit=limit,
            )
        return value

    def _address(self) -> str:
        value = self._value(Meaning.ADDRESS)
        value = value[len("mailto:") :] if value.casefold().startswith("mailto:") else value
        if not value:
            self.refuse("Die E-Mail-Adresse fehlt.", Meaning.ADDRESS)
            return ""
        if value.count("@") > 1:
            self.refuse(
                "In „%(value)s“ stehen mehrere Adressen. Jede Person braucht eine eigene Zeile mit einer Adresse.",
                Meaning.ADDRESS,
                value=value[:_SHOWN],
            )
            return ""
        if not value.partition("@")[0].isascii():
            # Few mail servers take SMTPUTF8 (RFC 6531): such a mail would fail weeks later, and silently.
            self.refuse(
                "Vor dem @ von „%(value)s“ steht ein Umlaut oder ein anderes besonderes Zeichen. "
                "An solche Adressen kommt keine Mail an. Fragen Sie nach der richtigen.",
                Meaning.ADDRESS,
                value=value[:_SHOWN],
            )
            return ""
        try:
            return validate_email(
                value[: LONGEST_ADDRESS + 1], check_deliverability=False
            ).normalized
        except EmailNotValidError:
            self.refuse(
                "„%(value)s“ ist keine gültige E-Mail-Adresse.",
                Meaning.ADDRESS,
                value=value[:_SHOWN],
            )
            return ""

    def _name(self) -> str:
        parts = (
            self._short(Meaning.FIRST_NAME, LONGEST_NAME),
            self._short(Meaning.LAST_NAME, LONGEST_NAME),
        )
        return " ".join(part for part in parts if part) or self._short(Meaning.NAME, LONGEST_NAME)

    def _language(self) -> Language:
        value = self._value(Meaning.LANGUAGE)
        language = _LANGUAGES.get(value.casefold())
        if language is None:
            self.refuse(
                "Die Sprache „%(value)s“ gibt es hier nicht. Möglich sind: Deutsch, Leichte Sprache, Englisch.",
                Meaning.LANGUAGE,
                value=value[:_SHOWN],
            )
            return "de"
        return language

    def _attended(self) -> bool | None:
        value = self._value(Meaning.ATTENDED).casefold()
        if value in _YES or value in _NO:
            return value in _YES
        if value:
            self.refuse(
                "„%(value)s“ ist hier nicht zu verstehen. Schreiben Sie ja oder nein.",
                Meaning.ATTENDED,
                value=value[:_SHOWN],
            )
        return None

    def _sessions(self) -> tuple[str, ...]:
        booked: list[Session] = []
        for column, cell in self._cells:
            if column.meaning is Meaning.SESSIONS:
                said = self._names.split(cell)
                booked.extend(s for text in said if (s := self._session(text, column)) is not None)
            elif (
                column.meaning is Meaning.MARK and column.session and self._is_marked(cell, column)
            ):
                booked.append(column.session)
        booked = list(dict.fromkeys(booked))
        for session in booked:
            self._check_bookable(session)
        # Lists go on naming a session after it fell through; whoever booked it may have found a place elsewhere.
        self._check_rounds([session for session in booked if not session.is_cancelled])
        codes = {session.code for session in booked}
        return tuple(s.code for s in self._edition.programme.sessions if s.code in codes)

    def _is_marked(self, cell: str, column: Column) -> bool:
        value = cell.casefold()
        if value and value not in _YES and value not in _NO:
            self.problems.append(
                problem(
                    "„%(value)s“ ist hier nicht zu verstehen. Schreiben Sie ja oder nein.",
                    line=self._line,
                    place=column.heading[:_SHOWN],
                    value=value[:_SHOWN],
                )
            )
        return value in _YES

    def _session(self, text: str, column: Column) -> Session | None:
        """The session meant; where a title is held in several rounds, the column's round decides."""
        found = self._names.find(text)
        here = tuple(s for s in found if column.round in (None, s.round))
        if len(here) == 1:
            return here[0]
        facts = {"value": text[:_SHOWN], "near": self._names.nearest(text)}
        if here:
            why = "„%(value)s“ gibt es mehrmals im Programm. Schreiben Sie den Code: %(codes)s."
            facts["codes"] = ", ".join(s.code for s in here)
        elif found:
            why = "„%(value)s“ findet nicht in der Runde statt, die über dieser Spalte steht."
        elif facts["near"]:
            why = "„%(value)s“ steht nicht im Programm. Meinten Sie „%(near)s“?"
        else:
            why = "„%(value)s“ steht nicht im Programm. Schreiben Sie einen Titel oder Code: %(codes)s."
            facts["codes"] = ", ".join(
                s.code for s in self._edition.programme.sessions if s.is_booked
            )
        self.problems.append(problem(why, line=self._line, place=column.heading[:_SHOWN], **facts))
        return None

    def _check_bookable(self, session: Session) -> None:
        if not session.is_booked:
            self.refuse(
                "„%(title)s“ ist für alle und wird nicht gebucht.",
                Meaning.SESSIONS,
                title=session.title,
            )

    def _check_rounds(self, booked: list[Session]) -> None:
        programme = self._edition.programme
        for round_ in programme.rounds:
            together = [s for s in booked if s.round == round_.code]
            if len(together) > 1:
                self.refuse(
                    "„%(first)s“ und „%(second)s“ finden zur selben Zeit statt (%(round)s).",
                    Meaning.SESSIONS,
                    first=together[0].title,
                    second=together[1].title,
                    round=round_.title,
                )
        if len(booked) > programme.most_sessions_per_person:
            self.refuse(
                "Gebucht sind %(count)s Programmpunkte. Erlaubt sind höchstens %(limit)s.",
                Meaning.SESSIONS,
                count=len(booked),
                limit=programme.most_sessions_per_person,
            )


def _clean(cell: str) -> str:
    """Composed, without invisible characters, line breaks kept."""
    composed = unicodedata.normalize("NFC", cell.replace("\u00a0", " "))
    return "".join(c for c in composed if c == "\n" or c.isprintable()).strip()
