"""What is held on a person, in sentences: the same for the page and for the file that is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.correcting import has_arrived
from survey.model.invitation import Campaign
from survey.web.organiser.participants.remarks import invitation_sentence

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from survey.informing import HeldOnPerson
    from survey.language.catalogue import Catalogue


def _(text: str) -> str:
    return text


_LANGUAGES = {"de": _("Deutsch"), "easy": _("Leichte Sprache"), "en": _("Englisch")}
_MAILS = {
    Campaign.INVITATION: _("Einladung"),
    Campaign.REMINDER_1: _("erste Erinnerung"),
    Campaign.REMINDER_2: _("zweite Erinnerung"),
    Campaign.THANKS: _("Dank"),
    Campaign.LINK_REQUEST: _("neuer Link auf Wunsch"),
    Campaign.RESULTS: _("Ergebnisse"),
}
_STOPS = {
    "opt_out": _("Ein Fingerabdruck von Adresse und Name: Diese Person will keine Mails mehr."),
    "bounce": _("Ein Fingerabdruck der Adresse: Mails dorthin kamen als unzustellbar zurück."),
}


@dataclass(frozen=True, slots=True)
class Held:
    """One edition's part: its title, and what it holds as names and values."""

    title: str
    facts: tuple[tuple[str, str], ...]


def held_in_words(held: HeldOnPerson, words: Catalogue, zone: ZoneInfo) -> Held:
    """Everything of one edition, readably."""
    say = words.gettext
    person, edition = held.person, held.record.edition
    yes, no = say("ja"), say("nein")
    titles = [
        s.title.in_language(words.language)
        for s in edition.programme.sessions
        if s.code in person.sessions
    ]
    mails = ", ".join(say(_MAILS[mail]) for mail in held.mails)
    return Held(
        edition.title,
        (
            (say("E-Mail-Adresse"), person.address),
            (say("Name"), person.name or "–"),
            (say("Sprache der Mails"), say(_LANGUAGES[person.language])),
            (say("Anmeldenummer"), person.number or "–"),
            (say("Programmpunkte"), "; ".join(titles) or "–"),
            (say("Abgemeldet"), yes if person.is_withdrawn else no),
            (say("War nicht da"), yes if person.is_no_show else no),
            (say("Will keine Mails"), yes if person.has_opted_out else no),
            (say("Mails, die für Sie vorgesehen sind oder waren"), mails or "–"),
            (say("Einladung"), invitation_sentence(words, person)),
            (
                say("Prüfsummen Ihrer Links"),
                say("Zu jeder Mail mit Link eine; der Link selbst ist nicht gespeichert."),
            ),
            (say("Angeforderte neue Links"), words.number(held.links_asked_for)),
            (say("Sperrvermerk"), _stop(held, words)),
            (say("Wird gelöscht ab"), words.moment(held.expires, zone)),
        ),
    )


def _stop(held: HeldOnPerson, words: Catalogue) -> str:
    if held.stop is not None:
        return words.gettext(_STOPS[held.stop])
    if has_arrived(held.person):
        return words.gettext(
            "Auf Ihren Wunsch keiner. Ob später Mails zurückkamen, steht hier nicht: Es könnte verraten, ob "
            "geantwortet wurde."
        )
    return "–"


def why_no_answers(words: Catalogue) -> tuple[str, ...]:
    """Why answers are not in it, and where the person learns whether there are any."""
    say = words.gettext
    return (
        say(
            "Antworten stehen hier nicht. Sie liegen verschlüsselt und ohne Namen in einer Urne; nach der Auszählung "
            "gibt es nur noch Summen. Niemand kann sagen, welche Antwort von Ihnen ist. Deshalb kann darüber keine "
            "Auskunft erteilt werden (Artikel 11 Absatz 2 DSGVO)."
        ),
        say(
            "Gespeichert ist auch, ob mit einem Ihrer Links geantwortet wurde. Das zeigt der Dienst nur Ihnen selbst: "
            "Öffnen Sie dafür Ihren persönlichen Link. Auch die Organisation erfährt es nicht."
        ),
    )
