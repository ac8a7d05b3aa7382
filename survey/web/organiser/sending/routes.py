"""The mails of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.sending import mail_check, now, plan, standing, texts
from survey.web.workplace.desk import receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

SENDING = "/arbeit/ausgaben/{edition}/versand"


def sending_routes() -> list[Route]:
    """Every page about what is sent and when."""
    return [
        show(mail_check.HERE, mail_check.show_checks),
        receive_proven(mail_check.HERE, mail_check.send_check),
        receive(f"{mail_check.HERE}/kopfzeilen", mail_check.read_headers),
        show(SENDING, plan.show_plan),
        show(f"{SENDING}/freigabe", plan.ask_release),
        receive_proven(f"{SENDING}/freigabe", plan.release),
        receive(f"{SENDING}/ruhe", plan.withdraw),
        show(f"{SENDING}/termin/{{act}}", plan.ask_moment),
        receive_proven(f"{SENDING}/termin/{{act}}", plan.change_moment),
        show(f"{SENDING}/einladung", now.ask_invitation),
        receive_proven(f"{SENDING}/einladung", now.invite),
        show(f"{SENDING}/erinnerung", now.ask_reminder),
        receive_proven(f"{SENDING}/erinnerung", now.remind),
        show(f"{SENDING}/dank", now.ask_thanks),
        receive_proven(f"{SENDING}/dank", now.thank),
        show(f"{SENDING}/ergebnisse", now.ask_results),
        receive_proven(f"{SENDING}/ergebnisse", now.tell_results),
        show(f"{SENDING}/stand", standing.show_standing),
        receive_proven(f"{SENDING}/stand/fortsetzen", standing.resume),
        receive(f"{SENDING}/stand/{{campaign}}/anhalten", standing.pause),
        receive_proven(f"{SENDING}/stand/{{campaign}}/erneut", standing.send_again),
        show(f"{SENDING}/texte", texts.list_texts),
        show(f"{SENDING}/texte/{{campaign}}", texts.show_text),
        receive(f"{SENDING}/texte/{{campaign}}", texts.receive_text),
        receive(f"{SENDING}/testmail/{{campaign}}", texts.send_test),
    ]
