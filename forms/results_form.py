"""The form of what is counted together, and from how many people on results are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice

from forms.fact_forms import FactForm, Whole
from forms.workplace_form import Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.model.event import Breakdown, Pair
from survey.model.items import RatingScale, Shape, SingleChoice, YesNo, shape
from survey.model.profile import LEAST_CELL, LEAST_DISCLOSURE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from survey.language.catalogue import Catalogue
    from survey.model.event import Edition, EditionRecord
    from survey.model.items import Item
    from survey.model.profile import Profile

MOST_THRESHOLD = 100
WRONG_GROUP = _(
    "Geben Sie die Mindestgröße einer Gruppe als ganze Zahl von %(least)s bis %(most)s ein."
)
WRONG_CELL = _(
    "Geben Sie die Mindestgröße bei Aufteilungen und Zitaten als ganze Zahl von %(least)s bis %(most)s ein."
)


class Paired:
    """The other half of a pair: both questions or none, and not the same one twice."""

    def __init__(self, n: int) -> None:
        self.n = n

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse half a pair."""
        item = form[f"pair{self.n}_item"]
        if bool(item.data) != bool(field.data):
            raise Refused(problem("Wählen Sie bei Paar %(n)d beide Fragen oder keine.", n=self.n))
        if item.data and item.data == field.data:
            raise Refused(problem("Wählen Sie bei Paar %(n)d zwei verschiedene Fragen.", n=self.n))


class ResultsForm(FactForm):
    """What is counted together, and from how many people on results are shown."""

    disclosure_threshold = IntegerField(_("Mindestgröße einer Gruppe"))
    cell_threshold = IntegerField(_("Mindestgröße bei Aufteilungen und Zitaten"))
    breakdown = SelectField(_("Ergebnisse aufteilen nach"), validate_choice=False)

    def prepare(self, record: EditionRecord, *, words: Catalogue, profile: Profile) -> None:
        """Questions of this edition to choose from; no threshold falls below the organisation's."""
        questions = record.edition.questionnaire.general_items()
        language = words.language

        def choices(nothing: str, items: Iterable[Item]) -> list[SelectChoice]:
            return [
                SelectChoice("", nothing),
                *(SelectChoice(i.code, i.wording.in_language(language)) for i in items),
            ]

        single = [i for i in questions if isinstance(i, SingleChoice)]
        closed = [i for i in questions if shape(i) is not Shape.TEXTS]
        ways = [i for i in questions if isinstance(i, SingleChoice | RatingScale | YesNo)]
        self.breakdown.choices = choices(words.gettext("Keine Aufteilung"), single)
        nothing = words.gettext("Keine")
        for item, by in self.pair_fields():
            item.choices = choices(nothing, closed)
            by.choices = choices(nothing, ways)
        least = max(profile.disclosure_threshold, LEAST_DISCLOSURE)
        self.disclosure_threshold.validators = [Whole(least, MOST_THRESHOLD, WRONG_GROUP)]
        self.cell_threshold.validators = [
            Whole(max(profile.cell_threshold, least, LEAST_CELL), MOST_THRESHOLD, WRONG_CELL)
        ]
        for field in (self.disclosure_threshold, self.cell_threshold):
            field.flags.required = True
        super().prepare(record, words=words, profile=profile)

    def pair_fields(self) -> list[tuple[Any, Any]]:
        """The two selects of each pair."""
        names = [f.name for f in self if f.name.startswith("pair")]
        return [(self[item], self[by]) for item, by in zip(names[::2], names[1::2], strict=True)]

    def validate_cell_threshold(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Smaller groups need more protection, not less."""
        least = self.disclosure_threshold.data
        if field.data is not None and least is not None and field.data < least:
            raise Refused(
                problem("Für Aufteilungen und Zitate gilt mindestens so viel wie für Ergebnisse.")
            )

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """Codes and numbers."""
        del zone
        shown: dict[str, object] = {
            "disclosure_threshold": edition.disclosure_threshold,
            "cell_threshold": edition.cell_threshold,
            "breakdown": edition.breakdown.item if edition.breakdown else "",
        }
        for n, pair in enumerate(edition.pairs, start=1):
            shown |= {f"pair{n}_item": pair.item, f"pair{n}_by": pair.by}
        return shown

    def applied(self, edition: Edition, *, zone: ZoneInfo) -> Edition:
        """With pairs that name two questions."""
        del zone
        pairs = tuple(
            Pair(item.data, by.data) for item, by in self.pair_fields() if item.data or by.data
        )
        return replace(
            edition,
            disclosure_threshold=self.disclosure_threshold.data,
            cell_threshold=self.cell_threshold.data,
            breakdown=Breakdown(self.breakdown.data) if self.breakdown.data else None,
            pairs=pairs,
        )


def results_form(edition: Edition) -> type[ResultsForm]:
    """The form with room for two pairs more than there are."""
    fields: dict[str, Any] = {}
    for n in range(1, len(edition.pairs) + 3):
        fields[f"pair{n}_item"] = SelectField(_("Antworten auf"), validate_choice=False)
        fields[f"pair{n}_by"] = SelectField(
            _("aufgeteilt nach"), [Paired(n)], validate_choice=False
        )
    return type("ResultsForm", (ResultsForm,), fields)
