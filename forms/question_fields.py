"""The fields of a question and of a section: what can be typed, and what stands there before anybody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from forms.item_file import ItemKind, Scale
from forms.questionnaire_library import standard_library
from forms.workplace_form import Filled, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import LANGUAGES, Wording
from survey.model.items import (
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
)
from survey.model.question_law import MOST_CHOICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.language.catalogue import Catalogue
    from survey.model.items import Item

OWN_SCALE = "own"
NO_LIMIT = problem("Schreiben Sie die Höchstlänge als Zahl, zum Beispiel 500.", place="limit")
LANGUAGE_LABELS = {"de": _("Deutsch"), "easy": _("Einfache Sprache"), "en": _("Englisch")}


def fields_of_every_kind() -> dict[str, Any]:
    """What every question has: its wording, its hint, and whether it must be answered."""
    return {
        **texts_of("wording"),
        **texts_of("hint"),
        "is_required": BooleanField(_("Diese Frage muss beantwortet werden")),
    }


def fields_of_kind(kind: ItemKind, words: Catalogue) -> dict[str, Any]:
    """What a question of that kind has besides, without its answers to choose from."""
    match kind:
        case ItemKind.RATING:
            return {
                "scale": RadioField(_("Antwortskala"), choices=_scales(words)),
                **lines_of("positive_label"),
            }
        case ItemKind.RECOMMENDATION:
            return lines_of("low") | lines_of("high")
        case ItemKind.MULTIPLE_CHOICE:
            return lines_of("other_label")
        case ItemKind.SHORT_TEXT | ItemKind.LONG_TEXT:
            return {
                "limit": StringField(
                    _("Höchstens so viele Zeichen"),
                    [Filled(NO_LIMIT)],
                    render_kw={"inputmode": "numeric"},
                )
            }
        case _:
            return {}


def fields_of_choices(rows: int) -> dict[str, Any]:
    """That many rows of answers to choose from."""
    fields: dict[str, Any] = {}
    for place in range(1, rows + 1):
        fields |= texts_of(f"choice_{place}")
        fields[f"choice_{place}_code"] = HiddenField()
        fields[f"choice_{place}_exclusive"] = BooleanField(_("Schließt alle anderen aus"))
    return fields


def _scales(words: Catalogue) -> list[SelectChoice]:
    return [
        *(
            SelectChoice(
                name, " – ".join(c.label.in_language(words.language) for c in scale.choices)
            )
            for name, scale in standard_library().scales.items()
        ),
        SelectChoice(OWN_SCALE, words.gettext(_("Eigene Stufen"))),
    ]


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


def typed_of_item(item: Item) -> dict[str, tuple[str, ...]]:
    """What stands in the fields while nobody has changed the question."""
    typed = {
        **_typed_wording("wording", item.wording),
        **_typed_wording("hint", item.hint),
        "is_required": ("y",) if item.is_required else (),
        "code": (item.code,),
        **typed_choices(item),
    }
    match item:
        case RatingScale():
            scales = standard_library().scales
            given = Scale(item.choices, item.positive_label)
            name = next((n for n, scale in scales.items() if scale == given), OWN_SCALE)
            typed["scale"] = (name,)
            if name == OWN_SCALE:
                typed |= typed_positive_label(item)
            else:
                typed = {n: v for n, v in typed.items() if not n.startswith("choice_")}
        case Recommendation():
            typed |= _typed_wording("low", item.low) | _typed_wording("high", item.high)
        case MultipleChoice():
            typed |= _typed_wording("other_label", item.other_label or Wording(""))
        case ShortText() | LongText():
            typed["limit"] = (str(item.limit),)
        case _:
            pass
    return typed


def typed_positive_label(item: Item) -> dict[str, tuple[str, ...]]:
    """What the better points of a rating are called, as it stands in the fields; nothing for other kinds."""
    return (
        _typed_wording("positive_label", item.positive_label)
        if isinstance(item, RatingScale)
        else {}
    )


def typed_choices(item: Item) -> dict[str, tuple[str, ...]]:
    """The answers to choose from as they stand in the rows; nothing for a question without."""
    typed: dict[str, tuple[str, ...]] = {}
    if not isinstance(item, RatingScale | SingleChoice | MultipleChoice | TopThree):
        return typed
    for place, choice in enumerate(item.choices, 1):
        typed |= _typed_wording(f"choice_{place}", choice.label)
        typed[f"choice_{place}_code"] = (choice.code,)
        if choice.is_exclusive:
            typed[f"choice_{place}_exclusive"] = ("y",)
    return typed


def _typed_wording(name: str, wording: Wording) -> dict[str, tuple[str, ...]]:
    return {f"{name}_{language}": (getattr(wording, language),) for language in LANGUAGES}


def number_of_rows(typed: Mapping[str, Sequence[str]]) -> int:
    """How many rows of answers were typed, counted up to the first that is missing."""
    place = 0
    while f"choice_{place + 1}_de" in typed and place < MOST_CHOICES:
        place += 1
    return place
