"""The XML of a LimeSurvey questionnaire as rows, read without entities: a document type is refused at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from survey.errors import FileRefused, problem

_DEEPEST = 12
_MOST_ROWS = 50_000
_LONGEST_TEXT = 20_000
_SECTIONS = frozenset(
    {
        "answers",
        "answer_l10ns",
        "questions",
        "question_l10ns",
        "subquestions",
        "surveys",
        "surveys_languagesettings",
    }
)

Rows = dict[str, list[dict[str, str]]]


class _Refusal(Exception):
    """The XML holds what no structure of a questionnaire has."""


@dataclass(slots=True)
class _Reader:
    """Takes the elements one after the other: ``document/<section>/rows/row/<field>``."""

    rows: Rows = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    size: int = 0
    count: int = 0

    def begin(self, name: str, attributes: object) -> None:
        del attributes
        self.path.append(name[:60])
        self.text, self.size = [], 0
        if len(self.path) > _DEEPEST:
            raise _Refusal
        if len(self.path) == 4 and self._is_row():  # noqa: PLR2004 -- document, section, rows, row
            self.count += 1
            if self.count > _MOST_ROWS:
                raise _Refusal
            self.rows.setdefault(self.path[1], []).append({})

    def end(self, name: str) -> None:
        del name
        if len(self.path) == 5 and self._is_row():  # noqa: PLR2004 -- and a field of it
            self.rows[self.path[1]][-1][self.path[4]] = "".join(self.text)
        self.path.pop()
        self.text, self.size = [], 0

    def take(self, text: str) -> None:
        self.size += len(text)
        if self.size <= _LONGEST_TEXT:
            self.text.append(text)

    def _is_row(self) -> bool:
        return self.path[1] in _SECTIONS and self.path[2:4] == ["rows", "row"]


def read_rows_of_xml(data: bytes, name: str) -> Rows:
    """The rows of every section that is needed; FileRefused where it is no such XML."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.take
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.buffer_text = True
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- the parser's own "that was all"
    except (expat.ExpatError, _Refusal, ValueError, LookupError) as error:
        raise not_limesurvey(name) from error
    return reader.rows


def _refuse_document_type(*declared: object) -> NoReturn:
    del declared
    raise _Refusal


def not_limesurvey(name: str) -> FileRefused:
    """What is said of every file that is none."""
    return FileRefused(
        name,
        (
            problem(
                "Das ist kein Fragebogen-Aufbau aus LimeSurvey (.lss). Sie bekommen ihn dort unter "
                "„Umfrage exportieren“."
            ),
        ),
    )
