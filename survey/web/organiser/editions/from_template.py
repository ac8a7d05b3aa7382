"""A new edition from a template of its kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from forms.beginning_form import TemplateForm, typed_beginning
from forms.edition_file import read_edition_file
from forms.workplace_form import marked as _
from survey import editing
from survey.model.copying import copied_edition, proposed_beginning
from survey.model.event import EditionKind
from survey.rendering import TEMPLATES
from survey.web.organiser.editions.creating import create_and_look_through

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import Edition
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class TemplateOfEdition:
    """A kind of event with a starting point of its own."""

    kind: EditionKind
    word: str
    """Its part of the address."""
    name: str
    text: str


TEMPLATES_OF_EDITIONS = (
    TemplateOfEdition(
        EditionKind.CONGRESS,
        "kongress",
        _("Kongress"),
        _("Vorträge und Workshops in Runden. Der Fragebogen dauert drei bis vier Minuten."),
    ),
    TemplateOfEdition(
        EditionKind.NETWORK_CALL,
        "netzwerktreffen",
        _("Netzwerktreffen"),
        _("Ein Treffen mit Beiträgen und Gastvorträgen. Der Fragebogen dauert zwei Minuten."),
    ),
    TemplateOfEdition(
        EditionKind.WORKSHOP_SERIES,
        "workshop-reihe",
        _("Workshop-Reihe"),
        _("Ein Workshop von mehreren an verschiedenen Tagen. Der Fragebogen dauert drei Minuten."),
    ),
    TemplateOfEdition(
        EditionKind.TRAINING,
        "schulung",
        _("Schulung"),
        _("Lernen in Teilen oder an mehreren Tagen. Der Fragebogen dauert drei Minuten."),
    ),
)


def show_template(desk: Desk, *, template: TemplateOfEdition) -> Response:
    """The form with the organisation's own settings; who asks and what is held is left to say."""
    begun = editing.begun_edition(
        desk.inst, _starting_point(template.kind), owner=desk.organisation.id
    )
    zone = desk.inst.settings.zone
    proposal = proposed_beginning(begun, today=desk.inst.clock().astimezone(zone).date(), zone=zone)
    typed = typed_beginning(proposal, zone=zone) | {
        "title": "",
        "name": "",
        "starts": None,
        "ends": None,
        "deadline": None,
        "organisation": desk.organisation.name,
        "sender": _unless_example(begun.sender),
        "contact": _unless_example(begun.contact),
    }
    return _draw(desk, template, TemplateForm(data=typed))


def receive_template(desk: Desk, *, template: TemplateOfEdition) -> Response:
    """The new edition is there, planned."""
    form = TemplateForm.typed(desk.fields)
    form.name_formats(desk.words)
    if not form.validate():
        return _draw(desk, template, form, status=422)
    begun = editing.begun_edition(
        desk.inst, _starting_point(template.kind), owner=desk.organisation.id
    )
    edition = replace(
        copied_edition(begun, form.beginning(zone=desk.inst.settings.zone)),
        series=form.series.data.strip(),
        organisation=form.organisation.data.strip(),
        sender=form.sender.data,
        contact=form.contact.data,
    )
    return create_and_look_through(
        desk,
        edition,
        otherwise=lambda others: _draw(desk, template, form, others=others, status=422),
    )


def _draw(
    desk: Desk,
    template: TemplateOfEdition,
    form: TemplateForm,
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    form.name_formats(desk.words)
    return desk.draw(
        "workplace/editions/template.html",
        status=status,
        origin=template,
        form=form,
        others=others,
        all_series=editing.series_of(desk.inst, desk.organisation.id),
    )


@cache
def _starting_point(kind: EditionKind) -> Edition:
    """The template without the names it makes up: what an organisation leaves open stays open."""
    made = read_edition_file(TEMPLATES / "editions" / f"{kind.value}.toml")
    programme = replace(
        made.programme, sessions=tuple(replace(s, speakers=()) for s in made.programme.sessions)
    )
    return replace(made, programme=programme, sender_name="", contact_name="", text_readers="")


def _unless_example(address: str) -> str:
    return "" if address.endswith(".example") else address
