"""What each deed of the log says, as a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from forms.workplace_form import marked as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from survey.language.catalogue import Catalogue
    from survey.logbook import LogEntry

SENTENCES: Mapping[str, str] = {
    "account disabled": _("Das Konto von %(colleague)s wurde gesperrt."),
    "account enabled": _("Das Konto von %(colleague)s wurde entsperrt."),
    "attendance noted": _("Anwesende wurden eingetragen."),
    "backup restored": _("Eine Sicherung wurde zurückgespielt: %(backup)s."),
    "backup ordered": _("Eine Sicherung wurde angestoßen."),
    "backup made": _("Eine Sicherung wurde gemacht: %(backup)s."),
    "colleague invited": _("%(address)s wurde eingeladen, hier zu arbeiten (%(role)s)."),
    "colleague removed": _("%(colleague)s arbeitet nicht mehr hier."),
    "count ordered": _("Die Auszählung wurde in Auftrag gegeben."),
    "deadline extended": _("Die Frist wurde verlängert bis %(deadline)s."),
    "decision planned": _("Für die nächste Ausgabe wurde entschieden: %(subject)s (%(course)s)."),
    "decision taken back": _("Eine Entscheidung für die nächste Ausgabe wurde zurückgenommen: %(subject)s."),
    "decisions told": _("„Das machen wir daraus“ wurde geschrieben (Einträge: %(decisions)s)."),
    "earlier edition deleted": _("Die frühere Ausgabe „%(title)s“ wurde gelöscht."),
    "earlier edition imported": _(
        "Die frühere Ausgabe „%(title)s“ wurde eingelesen (Fragen: %(questions)s, Quelle: %(source)s)."
    ),
    "edition changed": _("Die Ausgabe wurde geändert: %(parts)s."),
    "edition closed": _("Die Befragung wurde geschlossen."),
    "urn opened": _("Die Umschläge wurden geöffnet und gezählt. Danach werden sie gelöscht."),
    "urn counted": _("Ausgezählt: %(opened)s von %(boxes)s Umschlägen geöffnet."),
    "edition created": _("Die Ausgabe wurde angelegt."),
    "edition deleted": _("Die Ausgabe „%(name)s“ wurde gelöscht."),
    "edition opened": _("Die Befragung wurde geöffnet."),
    "edition reopened": _("Die Befragung wurde wieder geöffnet, bis %(deadline)s."),
    "failed mails queued again": _("Fehlgeschlagene Mails wurden noch einmal eingereiht: %(campaign)s."),
    "first account made": _("Das erste Konto wurde angelegt."),
    "house sign-in pinned": _("Ein Konto wurde mit der Anmeldung des Hauses verbunden."),
    "house sign-in lifted": _(
        "Das Konto von %(colleague)s wurde von der Anmeldung des Hauses gelöst."
    ),
    "interface token made": _("Ein Schlüssel für ein Programm wurde gemacht: %(purpose)s."),
    "interface token revoked": _("Ein Schlüssel für ein Programm wurde widerrufen: %(purpose)s."),
    "invitation accepted": _("%(colleague)s hat die Einladung angenommen (%(role)s)."),
    "invitation sent again": _("Einer Person wurde die Einladung noch einmal geschickt."),
    "invitation taken back": _("Die Einladung an %(address)s wurde zurückgenommen."),
    "invitations queued": _("Einladungen wurden eingereiht (Mails: %(mails)s)."),
    "key destroyed": _("Der Schlüssel der Urne wurde vernichtet. Sicherung davor: %(backup)s."),
    "logo changed": _("Das Logo wurde geändert."),
    "logo removed": _("Das Logo wurde entfernt."),
    "mail text changed": _("Der Text einer Mail wurde geändert: %(campaign)s."),
    "mail text restored": _("Der Text einer Mail ist wieder der übliche: %(campaign)s."),
    "no-show noted": _("Für eine Person wurde eingetragen, dass sie nicht da war."),
    "open link ended": _("Der offene Link wurde beendet."),
    "opt-out noted": _("Für eine Person wurde eingetragen, dass sie keine Mails möchte."),
    "organisation made": _("Die Organisation wurde angelegt."),
    "other browsers signed out": _("Alle anderen Geräte wurden abgemeldet."),
    "participant corrected": _("Die Angaben einer Person wurden berichtigt."),
    "participant deleted": _("Die Daten einer Person wurden gelöscht."),
    "participant registered again": _("Eine Person wurde wieder angemeldet."),
    "participant withdrawn": _("Eine Person wurde abgemeldet."),
    "participants imported": _(
        "Eine Anmeldeliste wurde eingelesen (neu: %(added)s, geändert: %(changed)s, abgemeldet: %(withdrawn)s)."
    ),
    "password changed": _("Das Passwort wurde geändert."),
    "people deleted": _("Adressen, Namen, Links und Mails wurden gelöscht."),
    "public decision planned": _("Für die nächste Ausgabe wurde öffentlich entschieden: %(subject)s (%(course)s)."),
    "public page planned": _("Eine öffentliche Ergebnisseite wurde vorgesehen."),
    "public page withdrawn": _("Die öffentliche Ergebnisseite wurde zurückgezogen."),
    "recovery codes made": _("Neue Ersatzcodes wurden gemacht."),
    "reminder queued": _("Eine Erinnerung wurde eingereiht (Mails: %(mails)s)."),
    "results mails queued": _("Mails zu den Ergebnissen wurden eingereiht (Mails: %(mails)s)."),
    "role changed": _("%(colleague)s hat eine andere Rolle: %(role)s."),
    "schedule changed": _("Der Ablauf wurde geändert: %(act)s, %(due)s."),
    "schedule released": _("Der Ablauf wurde freigegeben."),
    "schedule withdrawn": _("Die Freigabe des Ablaufs wurde zurückgenommen."),
    "second factor chosen": _("Ein zweiter Nachweis beim Anmelden wurde gewählt."),
    "second factor reset": _("Der zweite Nachweis von %(colleague)s wurde zurückgesetzt."),
    "sending paused": _("Der Versand wurde angehalten: %(campaign)s."),
    "sending resumed": _("Der Versand wurde fortgesetzt."),
    "sending without mail check": _("Entschieden: ohne bestandene Mailprüfung versenden."),
    "session share withdrawn": _("Der Link für Vortragende wurde zurückgezogen: %(session)s."),
    "session shared": _("Ein Ergebnis wurde mit Vortragenden geteilt: %(session)s, für %(days)s Tage."),
    "sessions sorted": _("Reihe „%(series)s“: Programmpunkte wurden Themenfeldern zugeordnet (Zahl: %(sessions)s)."),
    "settings changed": _("Die Einstellungen wurden geändert: %(parts)s."),
    "signed in": _("Hat sich angemeldet."),
    "summary published": _("Die Auswertung wurde herausgegeben, Fassung %(version)s."),
    "text released": _("Ein freier Text wurde als Zitat freigegeben."),
    "text withdrawn": _("Ein Zitat wurde zurückgezogen."),
    "thanks queued": _("Dankmails wurden eingereiht (Mails: %(mails)s)."),
    "theme added": _("Ein Thema wurde angelegt: %(theme)s."),
    "theme changed": _("Ein Thema wurde geändert: %(theme)s."),
    "theme deleted": _("Ein Thema wurde gelöscht: %(theme)s."),
    "topic added": _("Reihe „%(series)s“: Ein Themenfeld für Programmpunkte wurde angelegt: %(topic)s."),
    "topic changed": _("Reihe „%(series)s“: Ein Themenfeld für Programmpunkte wurde umbenannt: %(topic)s."),
    "topic deleted": _("Reihe „%(series)s“: Ein Themenfeld für Programmpunkte wurde gelöscht: %(topic)s."),
    "unopenable boxes left out": _("Entschieden: ohne %(boxes)s Umschläge zählen, die nicht zu öffnen sind."),
    "unreleased texts deleted": _("Freie Texte, die nicht freigegeben sind, wurden gelöscht (Texte: %(texts)s)."),
    "urn confirmed": _("Die Urne wurde geprüft und bestätigt (Umschläge: %(boxes)s)."),
    "warnings read": _("Vor dem Versand gelesen (Hinweise: %(warnings)s)."),
    "wording decided": _("Ein geänderter Wortlaut wurde eingeordnet: %(item)s (%(decision)s)."),
    "ways in chosen": _("Weitere Zugänge wurden festgelegt."),
}  # fmt: skip
PARTS: Mapping[str, str] = {
    "accent": _("Farbe"),
    "box_size": _("Größe der Umschläge"),
    "breakdown": _("Aufteilung"),
    "cell_threshold": _("Mindestzahl für Aufteilungen und Zitate"),
    "contact": _("Adresse für Fragen"),
    "contact_name": _("Name für Fragen"),
    "data_protection_contact": _("Datenschutzbeauftragte"),
    "deadline": _("Frist"),
    "disclosure_threshold": _("Mindestzahl für Ergebnisse"),
    "ends": _("Ende der Veranstaltung"),
    "format": _("Format"),
    "legal_basis": _("Rechtsgrundlage"),
    "name": _("Name"),
    "next_edition": _("nächste Ausgabe"),
    "organisation": _("Organisation"),
    "pairs": _("Verknüpfte Fragen"),
    "processors": _("Auftragsverarbeiter"),
    "programme": _("Programm"),
    "questionnaire": _("Fragebogen"),
    "retention_days": _("Aufbewahrung"),
    "sender": _("Adresse des Absenders"),
    "sender_name": _("Name des Absenders"),
    "series": _("Reihe"),
    "sign_language_video": _("Video in Gebärdensprache"),
    "starts": _("Beginn der Veranstaltung"),
    "text_readers": _("Wer freie Texte liest"),
    "title": _("Titel"),
}
NAMES: Mapping[str, Mapping[str, str]] = {
    "act": {
        "invitation": _("Einladung"),
        "reminder_1": _("erste Erinnerung"),
        "reminder_2": _("zweite Erinnerung"),
        "closing": _("Ende der Befragung"),
        "thanks": _("Dank"),
        "count": _("Auszählung"),
        "results": _("Ergebnisse"),
        "deletion": _("Löschung"),
        "link_request": _("neuer Link"),
    },
    "course": {"keep": _("beibehalten"), "change": _("ändern"), "drop": _("weglassen")},
    "decision": {"typo": _("dieselbe Frage"), "new_version": _("eine neue Frage")},
    "role": {"organiser": _("organisiert"), "planner": _("plant")},
}
_MOMENTS = frozenset({"deadline", "due"})


def sentence(entry: LogEntry, words: Catalogue, *, zone: ZoneInfo) -> str:
    """What was done."""
    known = SENTENCES.get(entry.deed)
    if known is None:  # made by a newer release, or by a fork
        return entry.deed
    facts = {name: _fact(name, str(fact), entry, words, zone) for name, fact in entry.facts.items()}
    return words.gettext(known) % _Facts(facts)


class _Facts(dict[str, str]):
    """Facts that older entries do not have are told as a dash."""

    def __missing__(self, _name: str) -> str:
        return "–"


def _fact(name: str, fact: str, entry: LogEntry, words: Catalogue, zone: ZoneInfo) -> str:
    say = words.gettext
    if name in _MOMENTS:
        if fact == "off":
            return say("entfällt")
        return words.moment(datetime.fromisoformat(fact), zone)
    if name == "colleague":
        return entry.people.get(fact, say("ein gelöschtes Konto"))
    if name == "parts":
        parts = dict.fromkeys(part.partition(".")[0] for part in fact.split(", "))
        return ", ".join(say(PARTS[part]) if part in PARTS else part for part in parts)
    named = NAMES.get("act" if name == "campaign" else name, {}).get(fact)
    return say(named) if named else fact
