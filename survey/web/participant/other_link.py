"""Already answered, with the link of another mail: said at once, with that mail's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.catalogue import Catalogue, catalogue
from survey.model.invitation import Campaign
from survey.web.drawing import draw, page_reply

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.collecting import OpenForm
    from survey.web.site import Visit


def answered_with_other_link(visit: Visit, opened: OpenForm, *, status: int = 200) -> Response:
    """Which mail's link can change the answers."""
    words = catalogue(visit.language)
    html = draw(
        visit.site.style,
        "participant/other_link.html",
        language=visit.language,
        edition=opened.record.edition,
        mails=tuple(mail_name(campaign, words) for campaign in opened.other_campaigns),
    )
    return page_reply(html, status, language=visit.language)


def mail_name(campaign: Campaign, words: Catalogue) -> str:
    """What people call that mail."""
    names = {
        Campaign.INVITATION: words.gettext("Einladung"),
        Campaign.REMINDER_1: words.gettext("Erste Erinnerung"),
        Campaign.REMINDER_2: words.gettext("Zweite Erinnerung"),
        Campaign.THANKS: words.gettext("Dank"),
        Campaign.LINK_REQUEST: words.gettext("Mail mit einem neu angeforderten Link"),
        Campaign.RESULTS: words.gettext("Ergebnisse"),
    }
    return names[campaign]
