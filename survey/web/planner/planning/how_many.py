"""How many answers the next edition needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.how_many_form import HowManyForm
from survey.planning.answers_needed import past_edition, past_editions, prospects
from survey.statistics.precision import Turnout
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.planning.answers_needed import Prospects
    from survey.web.workplace.desk import Desk


def show_how_many(desk: Desk) -> Response:
    """Which change could be seen next time: with as many answers as last time, or as many as are typed."""
    from exports.how_many_words import HowManyWords  # noqa: PLC0415 -- needed here only

    series = desk.series()
    base = past_edition(series, desk.asked("mit"))
    query = desk.visit.request.query_params
    typed = {name: tuple(query.getlist(name)) for name in query if name != "sprache"}
    turnout = base.turnout
    form = HowManyForm.typed(
        typed,
        antworten=str(turnout.answered),
        personen="" if turnout.eligible is None else str(turnout.eligible),
        mit=base.name,
    )
    form.offer((past.name, past.title) for past in past_editions(series))
    is_asked = "antworten" in typed
    found: Prospects | None = None
    if not is_asked:
        found = prospects(base, turnout)
    elif form.validate():
        found = prospects(base, Turnout(form.answers(), form.people()))
    return desk.draw(
        "workplace/planning/how_many.html",
        series=series,
        status=200 if found else 422,
        form=form,
        found=found,
        told=HowManyWords(desk.language),
        invitations=[(language, HowManyWords(language)) for language in ("de", "en")],
        back=series_address(series, "planung"),
    )
