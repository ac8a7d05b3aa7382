"""The form of one question: its wording in each language, its choices in order, and what its kind has besides.

Choices are rows that keep their code: results of earlier editions are found under it. A new one gets a code made of
its text when it is saved. What is lawful is decided by `survey.model.question_law` alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, assert_never

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from forms.item_file import ItemKind, Scale
from forms.questionnaire_library import standard_library
from forms.typed_number import typed_number
from forms.workplace_form import Complaint, Filled, WorkplaceForm
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

OWN_SCALE = "own"
NO_LIMIT = problem("Schreiben Sie die Höchstlänge als Zahl, zum Beispiel 500.", place="limit")
LANGUAGE_LABELS = {"de": _("Deutsch"), "easy": _("Einfache Sprache"), "en": _("Englisch")}
WITH_CHOICES = (
    ItemKind.RATING,
    ItemKind.SINGLE_CHOICE,
    ItemKind.MULTIPLE_CHOICE,
    ItemKind.TOP_THREE,
)
_FEWEST_ROWS = {ItemKind.TOP_THREE: FEWEST_TO_RANK}
_KINDS: dict[type[Item], ItemKind] = {
    RatingScale: ItemKind.RATING,
    Recommendation: ItemKind.RECOMMENDATION,
    SingleChoice: ItemKind.SINGLE_CHOICE,
    MultipleChoice: ItemKind.MULTIPLE_CHOICE,
    YesNo: ItemKind.YES_NO,
    TopThree: ItemKind.TOP_THREE,
    ShortText: ItemKind.SHORT_TEXT,
    LongText: ItemKind.LONG_TEXT,
}


def kind_of_item(item: Item) -> ItemKind:
    """What the question is called in a file."""
    return _KINDS[type(item)]


def empty_item(kind: ItemKind) -> Item:
    """A question of that kind that says nothing yet."""
    nothing = Wording("")
    match kind:
        case ItemKind.RATING:
            scale = next(iter(standard_library().scales.values()))
            return RatingScale(
                code="", wording=nothing, choices=scale.choices, positive_label=scale.positive_label
            )
        case ItemKind.RECOMMENDATION:
            return Recommendation(code="", wording=nothing, low=nothing, high=nothing)
        case ItemKind.SINGLE_CHOICE:
            return SingleChoice(code="", wording=nothing, choices=())
        case ItemKind.MULTIPLE_CHOICE:
            return MultipleChoice(code="", wording=nothing, choices=())
        case ItemKind.YES_NO:
            return YesNo(code="", wording=nothing)
        case ItemKind.TOP_THREE:
            return TopThree(code="", wording=nothing, choices=())
        case ItemKind.SHORT_TEXT:
            return ShortText(code="", wording=nothing)
        case ItemKind.LONG_TEXT:
            return LongText(code="", wording=nothing)
        case _:
            assert_never(kind)


class QuestionForm:
    """The question as it is typed: what was sent, or else the question as it stands."""

    def __init__(
        self, item: Item, typed: Mapping[str, tuple[str, ...]] | None = None, *, words: Catalogue
    ) -> None:
        self.item = item
        self.kind = kind_of_item(item)
        self.is_new = not item.code
        self._words = words
        self.typed = _typed_of(item) if typed is None else dict(typed)
        self.rows = _rows_of(self.typed) if self.kind in WITH_CHOICES else 0
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
        self.typed = {**_choice_fields(self.item), **_positive_fields(self.item), **self.typed}
        self.rows = _rows_of(self.typed)
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
        fields: dict[str, Any] = {
            **texts_of("wording"),
            **texts_of("hint"),
            "is_required": BooleanField(_("Diese Frage muss beantwortet werden")),
        }
        if self.is_new:
            fields["code"] = StringField(_("Code"))
        match self.kind:
            case ItemKind.RATING:
                fields["scale"] = RadioField(_("Antwortskala"), choices=self._scales())
                fields |= lines_of("positive_label")
            case ItemKind.RECOMMENDATION:
                fields |= lines_of("low") | lines_of("high")
            case ItemKind.MULTIPLE_CHOICE:
                fields |= lines_of("other_label")
            case ItemKind.SHORT_TEXT | ItemKind.LONG_TEXT:
                fields["limit"] = StringField(
                    _("Höchstens so viele Zeichen"),
                    [Filled(NO_LIMIT)],
                    render_kw={"inputmode": "numeric"},
                )
        for place in range(1, self.rows + 1):
            fields |= texts_of(f"choice_{place}")
            fields[f"choice_{place}_code"] = HiddenField()
            fields[f"choice_{place}_exclusive"] = BooleanField(_("Schließt alle anderen aus"))
        return form_of(fields, self.typed)

    def _scales(self) -> list[SelectChoice]:
        language = self._words.language
        return [
            *(
                SelectChoice(name, " – ".join(c.label.in_language(language) for c in scale.choices))
                for name, scale in standard_library().scales.items()
            ),
            SelectChoice(OWN_SCALE, self._words.gettext(_("Eigene Stufen"))),
        ]


class _Asked(TypedDict):
    """What every kind of question has."""

    code: str
    wording: Wording
    hint: Wording
    is_required: bool


def form_of(fields: Mapping[str, Any], typed: Mapping[str, tuple[str, ...]]) -> Any:  # noqa: ANN401 -- WTForms has no types
    """A form of these fields with what was typed, and nothing wrong with it yet."""
    kind: Any = type("_Fields", (WorkplaceForm,), dict(fields))
    made = kind.typed(typed)
    for field in made:
        field.errors = []
    return made


def lines_of(name: str) -> dict[str, Any]:
    """A line for each language."""
    return {f"{name}_{language}": StringField(LANGUAGE_LABELS[language]) for language in LANGUAGES}


def texts_of(name: str) -> dict[str, Any]:
    """Room for a sentence or two in each language."""
    return {
        f"{name}_{language}": TextAreaField(LANGUAGE_LABELS[language]) for language in LANGUAGES
    }


def one_line(text: str) -> str:
    """The text without line breaks, control and direction characters."""
    return " ".join("".join(c if c.isprintable() or c == "\u00ad" else " " for c in text).split())


def _typed_of(item: Item) -> dict[str, tuple[str, ...]]:
    typed = {
        **_wording_fields("wording", item.wording),
        **_wording_fields("hint", item.hint),
        "is_required": ("y",) if item.is_required else (),
        "code": (item.code,),
        **_choice_fields(item),
    }
    match item:
        case RatingScale():
            scales = standard_library().scales
            given = Scale(item.choices, item.positive_label)
            name = next((n for n, scale in scales.items() if scale == given), OWN_SCALE)
            typed["scale"] = (name,)
            if name == OWN_SCALE:
                typed |= _positive_fields(item)
            else:
                typed = {n: v for n, v in typed.items() if not n.startswith("choice_")}
        case Recommendation():
            typed |= _wording_fields("low", item.low) | _wording_fields("high", item.high)
        case MultipleChoice():
            typed |= _wording_fields("other_label", item.other_label or Wording(""))
        case ShortText() | LongText():
            typed["limit"] = (str(item.limit),)
        case _:
            pass
    return typed


def _positive_fields(item: Item) -> dict[str, tuple[str, ...]]:
    return (
        _wording_fields("positive_label", item.positive_label)
        if isinstance(item, RatingScale)
        else {}
    )


def _choice_fields(item: Item) -> dict[str, tuple[str, ...]]:
    typed: dict[str, tuple[str, ...]] = {}
    if not isinstance(item, RatingScale | SingleChoice | MultipleChoice | TopThree):
        return typed
    for place, choice in enumerate(item.choices, 1):
        typed |= _wording_fields(f"choice_{place}", choice.label)
        typed[f"choice_{place}_code"] = (choice.code,)
        if choice.is_exclusive:
            typed[f"choice_{place}_exclusive"] = ("y",)
    return typed


def _wording_fields(name: str, wording: Wording) -> dict[str, tuple[str, ...]]:
    return {f"{name}_{language}": (getattr(wording, language),) for language in LANGUAGES}


def _rows_of(typed: Mapping[str, Sequence[str]]) -> int:
    place = 0
    while f"choice_{place + 1}_de" in typed and place < MOST_CHOICES:
        place += 1
    return place
