"""How participants' pages look: the organisation's colour and picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.logo_file import read_logo
from forms.setting_forms import ColourForm, LogoForm
from survey import housekeeping
from survey.errors import FileRefused, NotAllowed, problem
from survey.model import colour
from survey.model.colour import accent, contrast, nearest_accent
from survey.web.organiser.settings.sections import START
from survey.web.page_guards import POLICY
from survey.web.style import dressed

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.colour import Accent
    from survey.model.profile import Profile
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class Measured:
    """How well the colour can be read on one background."""

    background: str
    light: str
    dark: str


def show_colour(desk: Desk) -> Response:
    """The colour in force; the page wears it."""
    profile = _profile(desk)
    form = ColourForm(data={"accent": profile.accent})
    return _draw_colour(desk, form, profile, _worn(profile.accent))


def save_colour(desk: Desk) -> Response:
    """The colour is tried on, or taken; refused with the nearest one that can be read."""
    form: ColourForm = ColourForm.typed(desk.fields)
    profile = _profile(desk)
    if not form.validate():
        return _draw_colour(desk, form, profile, None, status=422)
    chosen = _chosen(desk, form)
    if chosen and accent(chosen) is None:
        offered = nearest_accent(chosen)
        form.accent.errors = (
            problem(
                "%(colour)s ist auf hellen Seiten nicht gut genug zu lesen: Der Kontrast ist %(found)s zu 1, "
                "nötig sind 7 zu 1. Gut lesbar ist %(offered)s.",
                colour=chosen,
                found=desk.words.number(round(contrast(chosen, colour.LIGHT_PAGE), 1)),
                offered=offered.colour,
            ),
        )
        return _draw_colour(desk, form, profile, offered, status=422, offered=offered.colour)
    if desk.own.get("action") == "try":
        return _draw_colour(desk, form, profile, _worn(chosen), is_tried=True)
    try:
        housekeeping.change_profile(
            desk.inst,
            desk.organisation.id,
            lambda before: replace(before, accent=chosen),
            revision=profile.revision,
        )
    except NotAllowed as refused:
        return _draw_colour(desk, form, profile, None, status=422, others=(refused.why,))
    return desk.go(f"{START}/farbe", notice=desk.words.gettext("Die Farbe ist gespeichert."))


def show_logo(desk: Desk) -> Response:
    """The picture in force, to be replaced."""
    profile = _profile(desk)
    form = LogoForm(data={"alternative": profile.logo.alternative if profile.logo else ""})
    return _draw_logo(desk, form, profile)


def save_logo(desk: Desk) -> Response:
    """The picture, cleaned, stands at the head of participants' pages; without a new one only its words change."""
    form: LogoForm = LogoForm.typed(desk.fields)
    profile = _profile(desk)
    is_sound = form.validate()
    content = desk.upload.content if desk.upload else b""
    if content:
        assert desk.upload is not None  # noqa: S101 -- there is content
        try:
            read = read_logo(desk.upload.file_name, content)
        except FileRefused as refused:
            form.picture.errors = refused.problems
        else:
            if is_sound:
                housekeeping.set_logo(
                    desk.inst,
                    desk.organisation.id,
                    read.content,
                    kind=read.kind,
                    size=(read.width, read.height),
                    alternative=form.alternative.data,
                )
    elif profile.logo is None:
        form.picture.errors = (problem("Bitte wählen Sie ein Bild."),)
    elif is_sound:
        housekeeping.describe_logo(
            desk.inst, desk.organisation.id, alternative=form.alternative.data
        )
    if form.errors:
        return _draw_logo(desk, form, profile, status=422)
    return desk.go(f"{START}/logo", notice=desk.words.gettext("Das Logo ist gespeichert."))


def ask_before_removing(desk: Desk) -> Response:
    """What happens without the picture."""
    return desk.draw("workplace/settings/logo_removal.html", profile=_profile(desk), start=START)


def remove_logo(desk: Desk) -> Response:
    """Pages show no picture any more."""
    housekeeping.remove_logo(desk.inst, desk.organisation.id)
    return desk.go(START, notice=desk.words.gettext("Das Logo ist entfernt."))


def _profile(desk: Desk) -> Profile:
    return housekeeping.profile_of(desk.inst, desk.organisation.id)


def _chosen(desk: Desk, form: ColourForm) -> str:
    """What was typed, unless the button takes what was offered in its place."""
    offered = desk.own.get("action", "").removeprefix("take:")
    return offered if colour.is_colour(offered) else str(form.accent.data)


def _worn(chosen: str) -> Accent | None:
    return accent(chosen) if chosen else None


def _draw_colour(
    desk: Desk,
    form: ColourForm,
    profile: Profile,
    worn: Accent | None,
    *,
    status: int = 200,
    offered: str = "",
    is_tried: bool = False,
    others: tuple[Problem, ...] = (),
) -> Response:
    style = dressed(desk.visit.site.style, worn, None) if worn else desk.visit.site.style
    site = replace(desk.visit.site, style=style)
    reply = replace(desk, visit=replace(desk.visit, site=site)).draw(
        "workplace/settings/colour.html",
        status=status,
        form=form,
        profile=profile,
        worn=worn,
        offered=offered,
        is_tried=is_tried,
        measured=_measured(desk, worn) if worn else (),
        others=others,
        start=START,
    )
    reply.headers[POLICY] = style.policy
    return reply


def _measured(desk: Desk, worn: Accent) -> tuple[Measured, ...]:
    say = desk.words.gettext
    number = desk.words.number

    def on(background: str, light: str, dark: str) -> Measured:
        return Measured(
            background,
            number(round(contrast(worn.colour, light), 1)),
            number(round(contrast(worn.dark_colour, dark), 1)),
        )

    return (
        on(say("Seite"), colour.LIGHT_PAGE, colour.DARK_PAGE),
        on(say("Fragen und Felder"), colour.LIGHT_SHEET, colour.DARK_SHEET),
        on(say("Hinweise"), worn.tint, worn.dark_tint),
        on(say("Schrift auf Knöpfen"), colour.WHITE, colour.DARK_INK),
    )


def _draw_logo(desk: Desk, form: LogoForm, profile: Profile, *, status: int = 200) -> Response:
    form.picture.flags.required = profile.logo is None
    return desk.draw(
        "workplace/settings/logo.html", status=status, form=form, profile=profile, start=START
    )
