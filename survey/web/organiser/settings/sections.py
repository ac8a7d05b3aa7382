"""The settings that are words and numbers: one page for each thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from forms.setting_forms import (
    DataProtectionForm,
    LimitsForm,
    NameForm,
    SenderForm,
    SignLanguageForm,
)
from forms.workplace_form import marked as _
from survey import housekeeping
from survey.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from forms.workplace_form import WorkplaceForm
    from survey.errors import Problem
    from survey.model.profile import Profile
    from survey.web.workplace.desk import Desk

START = "/arbeit/einstellungen"


@dataclass(frozen=True, slots=True)
class Section:
    """One page of settings; its fields are called as those of the profile."""

    place: str
    heading: str
    form: type[WorkplaceForm]
    lines: tuple[str, ...]
    saved: str


SECTIONS: Mapping[str, Section] = {
    section.place: section
    for section in (
        Section(
            "name",
            _("Name"),
            NameForm,
            (_("Bestehende Ausgaben behalten ihren Namen. Neue beginnen mit diesem."),),
            _("Der Name ist gespeichert."),
        ),
        Section(
            "absender",
            _("Absender und Kontakt"),
            SenderForm,
            (_("Neue Ausgaben beginnen mit diesen Angaben. Dort können Sie sie ändern."),),
            _("Absender und Kontakt sind gespeichert."),
        ),
        Section(
            "datenschutz",
            _("Datenschutz"),
            DataProtectionForm,
            (
                _(
                    "Aus diesen Angaben und den Fristen entstehen die Texte zum Datenschutz. "
                    "Lassen Sie sie einmal von der oder dem Datenschutzbeauftragten lesen."
                ),
            ),
            _("Die Angaben zum Datenschutz sind gespeichert."),
        ),
        Section(
            "gebaerdensprache",
            _("Video in Gebärdensprache"),
            SignLanguageForm,
            (
                _(
                    "Haben Sie ein eigenes Video, das die Befragung in Gebärdensprache erklärt? "
                    "Es steht dann auf der Hilfeseite Ihrer Ausgaben."
                ),
            ),
            _("Das Video ist gespeichert."),
        ),
        Section(
            "fristen",
            _("Fristen und Mindestzahlen"),
            LimitsForm,
            (
                _(
                    "Neue Ausgaben beginnen damit. Kleinere Mindestzahlen nimmt danach keine neue Ausgabe mehr an."
                ),
            ),
            _("Fristen und Mindestzahlen sind gespeichert."),
        ),
    )
}


def show_section(desk: Desk) -> Response:
    """What is set now, to be changed."""
    section = _section(desk)
    profile = housekeeping.profile_of(desk.inst, desk.organisation.id)
    form = section.form(data={name: getattr(profile, name) for name in section.form()._fields})
    return _draw(desk, section, form, profile)


def save_section(desk: Desk) -> Response:
    """What was typed holds from now on; else the page again, with everything typed."""
    section = _section(desk)
    form: WorkplaceForm = section.form.typed(desk.fields)
    profile = housekeeping.profile_of(desk.inst, desk.organisation.id)
    if not form.validate():
        return _draw(desk, section, form, profile, status=422)
    try:
        housekeeping.change_profile(
            desk.inst,
            desk.organisation.id,
            lambda before: replace(before, **_values(form, before)),
            revision=_revision(desk),
        )
    except NotAllowed as refused:
        return _draw(desk, section, form, profile, status=422, others=(refused.why,))
    return desk.go(START, notice=desk.words.gettext(section.saved))


def _section(desk: Desk) -> Section:
    place = desk.part("place")
    if place not in SECTIONS:
        raise NotFound("settings", place)
    return SECTIONS[place]


def _values(form: WorkplaceForm, before: Profile) -> dict[str, Any]:
    return {
        name: int(typed) if isinstance(getattr(before, name), int) else typed
        for name, typed in form.data.items()
    }


def _revision(desk: Desk) -> int:
    sent = desk.own.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1  # noqa: PLR2004 -- nobody changes settings that often


def _draw(
    desk: Desk,
    section: Section,
    form: WorkplaceForm,
    profile: Profile,
    *,
    status: int = 200,
    others: tuple[Problem, ...] = (),
) -> Response:
    # Where somebody was faster, the page says what holds now beside what was typed.
    in_force = tuple(
        (field.label.text, getattr(profile, field.name))
        for field in form
        if others and str(getattr(profile, field.name)) != str(field.data)
    )
    return desk.draw(
        "workplace/settings/section.html",
        status=status,
        section=section,
        form=form,
        profile=profile,
        others=others,
        in_force=in_force,
        start=START,
    )
