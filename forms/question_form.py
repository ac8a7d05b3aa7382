"""The form of one question: its wording in each language, its choices in order, and what its kind has besides.

Choices are rows that keep their code: results of earlier editions are found under it. A new one gets a code made of
its text when it is saved. What is lawful is decided by `survey.model.question_law` alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, assert_never

from wtforms import StringField

from forms.item_file import ItemKind, Scale
from forms.question_fields import (
    NO_LIMIT,
    OWN_SCALE,
    fields_of_choices,
    fields_of_every_kind,
    fields_of_kind,
    form_of,
    number_of_rows,
    one_line,
    typed_choices,
    typed_of_item,
    typed_positive_label,
)
from forms.question_kinds import WITH_CHOICES, kind_of_item
from forms.questionnaire_library import standard_library
from forms.typed_number import typed_number
from forms.workplace_form import Complaint
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import LANGUAGES, Wording
from survey.model.items import (
    Choice,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.question_law import (
    FEWEST_TO_RANK,
    ITEM_CODE,
    LONGEST_CODE,
    MOST_CHOICES,
    RESERVED_CHOICES,
    RESERVED_ITEMS,
    item_problems,
    proposed_code,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.errors import Problem
    from survey.language.catalogue import Catalogue
    from survey.model.items import Item

_FEWEST_ROWS = {ItemKind.TOP_THREE: FEWEST_TO_RANK}


class QuestionForm:
    """The question as it is typed: what was sent, or else the question as it stands."""

    def __init__(
        self, item: Item, typed: Mapping[str, tuple[str, ...]] | None = None, *, words: Catalogue
    ) -> None:
        self.item = item
        self.kind = kind_of_item(item)
        self.is_new = not item.code
        self._words = words
        self.typed = typed_of_item(item) if typed is None else dict(typed)
        self.rows = number_of_rows(self.typed) if self.kind in WITH_CHOICES else 0
        if typed is None:
            self.rows = self._set_rows(max(self.rows, self._fewest_rows))
        self.fields = self._fields()
        self.undecided: tuple[Complaint, ...] = ()
        """What has to be decided about a change before it is kept."""

    @property
    def _fewest_rows(self) -> int:
        if self.kind not in WITH_CHOICES or self.has_standard_scale:
            return 0
        return _FEWEST_ROWS.get(self.kind, 2)

    @property
    def has_standard_scale(self) -> bool:
        """True if the answers come from the library and are not typed here."""
        return self.kind is ItemKind.RATING and self._one("scale") != OWN_SCALE

    @property
    def shows_choices(self) -> bool:
        """True if there are rows of answers to type."""
        return self.kind in WITH_CHOICES and not self.has_standard_scale

    def press(self, button: str) -> bool:
        """Add, remove or move a row, as a button of the form asks for; False if it is no such button."""
        action, _dot, number = button.partition(".")
        place = typed_number(number) or 0
        rows = self._read_rows()
        match action:
            case "add_choice" if len(rows) < MOST_CHOICES:
                rows.append({})
            case "remove_choice" if 0 < place <= len(rows):
                del rows[place - 1]
            case "choice_up" if 1 < place <= len(rows):
                rows[place - 2 : place] = [rows[place - 1], rows[place - 2]]
            case "choice_down" if 0 < place < len(rows):
                rows[place - 1 : place + 1] = [rows[place], rows[place - 1]]
            case "show_scale" if self.kind is ItemKind.RATING:
                pass
            case _:
                return False
        self._write_rows(rows)
        self.fields = self._fields()
        return True

    def begin_own_scale(self) -> bool:
        """The own scale was chosen and has no points yet: those of the scale before are there to be changed."""
        if self.kind is not ItemKind.RATING or self._one("scale") != OWN_SCALE or self.rows:
            return False
        self.typed = {**typed_choices(self.item), **typed_positive_label(self.item), **self.typed}
        self.rows = number_of_rows(self.typed)
        self.fields = self._fields()
        return True

    def read(self, taken: Sequence[str], *, avoided: Sequence[str] = ()) -> Item | None:
        """The question as typed; None if it breaks the law, and the fields then say why.

        A new question cannot have a code that is taken; one that is avoided it has only if somebody types it.
        """
        item = self._item((*taken, *avoided))
        problems = list(item_problems(item))
        if self.is_new:
            problems += self._code_problems(taken)
        if not self._has_sound_limit():
            problems.append(NO_LIMIT)
        self._tell(problems)
        return None if problems else item

    def complaints(self) -> tuple[Complaint, ...]:
        """Every problem with the field it belongs to."""
        return (*self.undecided, *self.fields.complaints())

    def ask_for_decision(self, anchor: str) -> None:
        """Nobody has said yet what the change means."""
        why = problem("Entscheiden Sie, was Ihre Änderung bedeutet.")
        self.undecided = (Complaint(anchor, why),)

    def refuse_code(self, edition: str) -> None:
        """An earlier edition asked another kind of question under that code."""
        self._tell(
            [
                problem(
                    "Unter diesem Code hat „%(edition)s“ eine andere Art von Frage gestellt. "
                    "Wählen Sie einen anderen.",
                    place="code",
                    edition=edition,
                )
            ]
        )

    def _tell(self, problems: Sequence[Problem]) -> None:
        for found in problems:
            name = found.place if found.place in self.fields else "wording_de"
            if found.place == "choices" and self.rows:
                name = "choice_1_de"
            field = self.fields[name]
            field.errors = [*field.errors, found]

    def _code_problems(self, taken: Sequence[str]) -> list[Problem]:
        code = self._one("code")
        if not code:
            return []
        if not ITEM_CODE.fullmatch(code) or code in RESERVED_ITEMS:
            return [
                problem(
                    "Ein Code hat höchstens %(limit)s kleine Buchstaben (a bis z), Ziffern und Unterstriche, "
                    "zuerst einen Buchstaben.",
                    place="code",
                    limit=LONGEST_CODE,
                )
            ]
        if code in taken:
            return [
                problem("Den Code „%(code)s“ hat schon eine andere Frage.", place="code", code=code)
            ]
        return []

    def _item(self, taken: Sequence[str]) -> Item:
        wording = self._wording("wording")
        code = (
            self.item.code
            or self._one("code")
            or proposed_code(wording.de, (*taken, *RESERVED_ITEMS))
        )
        asked = _Asked(
            code=code,
            wording=wording,
            hint=self._wording("hint"),
            is_required=bool(self._one("is_required")),
        )
        item = replace(self.item, **asked)
        match item:
            case RatingScale():
                return self._rating(item)
            case Recommendation():
                return replace(item, low=self._wording("low"), high=self._wording("high"))
            case SingleChoice() | TopThree():
                return replace(item, choices=self._choices())
            case MultipleChoice():
                other = self._wording("other_label")
                return replace(item, choices=self._choices(), other_label=other or None)
            case ShortText() | LongText():
                return (
                    replace(item, limit=int(self._one("limit")))
                    if self._has_sound_limit()
                    else item
                )
            case YesNo():
                return item
            case _:
                assert_never(item)

    def _rating(self, item: RatingScale) -> RatingScale:
        scale = standard_library().scales.get(self._one("scale"))
        if scale is None:
            scale = Scale(self._choices(), self._wording("positive_label"))
        return replace(item, choices=scale.choices, positive_label=scale.positive_label)

    def _choices(self) -> tuple[Choice, ...]:
        rows = self._read_rows()
        codes = [row.get("code", "") for row in rows]
        made: list[Choice] = []
        for place, row in enumerate(rows):
            label = Wording(*(one_line(row.get(language, "")) for language in LANGUAGES))
            code = codes[place] or proposed_code(label.de, (*codes, *RESERVED_CHOICES))
            codes[place] = code
            made.append(Choice(code, label, bool(row.get("exclusive"))))
        return tuple(made)

    def _has_sound_limit(self) -> bool:
        if not isinstance(self.item, ShortText | LongText):
            return True
        limit = self._one("limit")
        return limit.isascii() and limit.isdecimal() and len(limit) < 6  # noqa: PLR2004 -- digits

    def _wording(self, name: str) -> Wording:
        return Wording(*(one_line(self._one(f"{name}_{language}")) for language in LANGUAGES))

    def _one(self, name: str) -> str:
        values = self.typed.get(name, ())
        return values[0] if values else ""

    def _read_rows(self) -> list[dict[str, str]]:
        parts = (*LANGUAGES, "code", "exclusive")
        return [
            {part: self._one(f"choice_{place}_{part}") for part in parts}
            for place in range(1, self.rows + 1)
        ]

    def _write_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        kept = {n: v for n, v in self.typed.items() if not n.startswith("choice_")}
        for place, row in enumerate(rows, 1):
            kept |= {
                f"choice_{place}_{part}": (row.get(part, ""),) for part in (*LANGUAGES, "code")
            }
            if row.get("exclusive"):
                kept[f"choice_{place}_exclusive"] = ("y",)
        self.typed = kept
        self.rows = len(rows)

    def _set_rows(self, number: int) -> int:
        rows = self._read_rows()
        self._write_rows([*rows, *({} for _row in range(number - len(rows)))])
        return self.rows

    def _fields(self) -> Any:  # noqa: ANN401 -- WTForms has no types
        # WTForms shows fields, and their complaints, in the order in which they are made.
        fields = fields_of_every_kind()
        if self.is_new:
            fields["code"] = StringField(_("Code"))
        fields |= fields_of_kind(self.kind, self._words)
        fields |= fields_of_choices(self.rows)
        return form_of(fields, self.typed)


class _Asked(TypedDict):
    """What every kind of question has."""

    code: str
    wording: Wording
    hint: Wording
    is_required: bool
