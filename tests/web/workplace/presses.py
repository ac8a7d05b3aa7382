"""Every address of the workplace that takes a form, in one of three tables.

It asks first, it needs one press for a reason that is written down, or it keeps what somebody typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.housekeeping import set_logo
from survey.model.event import GRACE
from survey.model.workplace import MAIN_ORGANISATION
from survey.publishing import plan_page
from survey.reporting.publish import publish
from survey.storage import house_subjects
from tests.accessibility.rules import text
from tests.events import DEADLINE, congress
from tests.people import open_edition, store_edition, stored_record
from tests.web.workplace import test_earlier, test_participant_lists
from tests.web.workplace.test_participant_lists import press
from tests.web.workplace.test_running import typed
from tests.workplace import COUNTED, OLGA, PAUL, signed_in_client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient
    from tests.people import StoppedClock

EDITION = "/arbeit/ausgaben/{edition}"
PERSON = f"{EDITION}/teilnehmende/{{person}}"
RESULTS = f"{EDITION}/ergebnisse"
SERIES = "/arbeit/reihen/{series}"
PLANNED = "/arbeit/ausgaben/ikone2"
OPEN = "/arbeit/ausgaben/kk2020"
DONE = f"/arbeit/ausgaben/{COUNTED}"
CONGRESSES = "/arbeit/reihen/kommunalkongress"
CALLS = "/arbeit/reihen/ikone"
EMIL = "emil@example.org"
CONSEQUENCES = "Das geschieht dann"
TAKES_AWAY = (
    *("/abmelden", "/anhalten", "/auszaehlen", "/entfernen", "/loeschen", "/schliessen"),
    *("/verwerfen", "/widerrufen", "/zuruecknehmen", "/link-schliessen", "/einlesen"),
)
"""How addresses end that take something away, or that nothing takes back."""


@dataclass(frozen=True, slots=True)
class Day:
    """A town that has something of everything, and somebody who works there."""

    inst: Installation
    clock: StoppedClock

    @property
    def olga(self) -> AccessibleClient:
        """A browser in which she has just signed in."""
        return signed_in_client(self.inst, OLGA)


def _nothing(_day: Day) -> None:
    """It is there already."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How one address asks."""

    start: str
    """A page with a link to the question; the question itself where the address takes only forms."""
    button: str
    says: str
    """One of the consequences."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What has to be typed before the button does anything."""
    prepare: Callable[[Day], None] = _nothing


def _read_the_hints(day: Day) -> None:
    press(day.olga, f"{PLANNED}/pruefung", "Hinweise gelesen")


def _close(day: Day) -> None:
    press(day.olga, f"{OPEN}/schliessen", "Jetzt schließen")


def _let_the_deadline_pass(day: Day) -> None:
    day.clock.set(DEADLINE + GRACE)


def _plan_a_congress(day: Day) -> None:
    store_edition(day.inst, congress("kk2021"))


def emil(day: Day) -> str:
    """The page about him."""
    page = day.olga.get(f"{PLANNED}/teilnehmende")
    link = next(e for e in page.markup.all("a") if "Emil Ernst" in text(e))
    return link.get("href") or ""


def _withdraw_emil(day: Day) -> None:
    press(day.olga, f"{emil(day)}/abmelden", "Person abmelden")


def _miss_emil(day: Day) -> None:
    press(day.olga, f"{emil(day)}/nicht-da", "Als nicht erschienen vermerken")


def _open_the_call(day: Day) -> None:
    open_edition(day.inst, stored_record(day.inst, "ikone2"))


def _release_a_text(day: Day) -> None:
    publish(day.inst, COUNTED)
    page = day.olga.get(f"{DONE}/ergebnisse/texte")
    chosen = next(e for e in page.markup.all("input") if e.get("name") == "text")
    press(
        day.olga,
        f"{DONE}/ergebnisse/texte",
        "Ausgewählte freigeben",
        {"text": chosen.get("value") or ""},
    )


def _publish(day: Day) -> None:
    plan_page(
        day.inst,
        stored_record(day.inst, COUNTED),
        visible_from=day.clock(),
        has_sessions=False,
        named_sessions=(),
    )


def _hang_up_a_logo(day: Day) -> None:
    set_logo(
        day.inst,
        MAIN_ORGANISATION,
        content=b"a picture",
        kind="png",
        alternative="Wappen",
        size=(40, 20),
    )


def _pin_paul(day: Day) -> None:
    day.inst.database.write(
        lambda connection: house_subjects.pin(
            connection, "https://haus.example", subject="sub-paul", account=PAUL.id
        )
    )


def _bring_a_list(day: Day) -> None:
    olga = day.olga
    test_participant_lists.upload(olga, test_participant_lists.GOOD)
    press(olga, f"{test_participant_lists.LIST}/spalten", "Weiter")


def _bring_an_earlier_edition(day: Day) -> None:
    olga = day.olga
    test_earlier.begin(olga, f"{CALLS}/frueher")
    press(olga, f"{CALLS}/frueher/neu/fragen", "Weiter zur Prüfung")


ASKING = {
    f"{EDITION}/schliessen": Asking(OPEN, "Jetzt schließen", "Erinnerungen gehen nicht mehr"),
    f"{EDITION}/oeffnen": Asking(
        OPEN, "Wieder öffnen", "Frist", typed=typed(5, 10, 2020), prepare=_close
    ),
    f"{EDITION}/auszaehlen": Asking(
        OPEN, "Jetzt auszählen", "Schlüssel", prepare=_let_the_deadline_pass
    ),
    f"{EDITION}/frist": Asking(
        OPEN, "Frist verlängern", "Alle Links gelten bis zur neuen Frist", typed=typed(5, 10, 2020)
    ),
    f"{EDITION}/angaben/loeschen": Asking(
        f"{PLANNED}/angaben",
        "Ausgabe löschen",
        "Der Schlüssel der Urne wird vernichtet",
        typed={"name": "ikone2"},
    ),
    f"{EDITION}/programm/punkte/{{session}}/entfernen": Asking(
        f"{PLANNED}/programm/punkte/mainz", "Entfernen", "verschwindet aus Programm"
    ),
    f"{EDITION}/programm/punkte/{{session}}/ausgefallen": Asking(
        f"{OPEN}/programm/punkte/ws01", "Als ausgefallen kennzeichnen", "Fragebogen fragt ab sofort"
    ),
    f"{EDITION}/programm/runden/{{round}}/entfernen": Asking(
        "/arbeit/ausgaben/kk2021/programm/runden/round2",
        "Entfernen",
        "verschwinden aus Programm",
        prepare=_plan_a_congress,
    ),
    f"{EDITION}/fragebogen/abschnitt/{{section}}/entfernen": Asking(
        f"{PLANNED}/fragebogen/abschnitt/call", "Abschnitt entfernen", "wird nicht gefragt"
    ),
    f"{EDITION}/fragebogen/frage/{{item}}/entfernen": Asking(
        f"{PLANNED}/fragebogen/frage/focus", "Frage entfernen", "wird nicht gefragt"
    ),
    f"{EDITION}/teilnehmende/liste/einlesen": Asking(
        f"{OPEN}/teilnehmende/liste/pruefen",
        "Liste einlesen",
        "fehlen in der Liste und werden abgemeldet",
        prepare=_bring_a_list,
    ),
    f"{EDITION}/teilnehmende/auskunft/loeschen": Asking(
        f"{PLANNED}/teilnehmende/auskunft?adresse={EMIL}", "Überall löschen", "in allen Ausgaben"
    ),
    f"{PERSON}/abmelden": Asking("emil", "Person abmelden", "bekommt keine Mails mehr"),
    f"{PERSON}/anmelden": Asking(
        "emil", "Wieder anmelden", "zählt wieder zu den Befragten", prepare=_withdraw_emil
    ),
    f"{PERSON}/nicht-da": Asking("emil", "Als nicht erschienen vermerken", "zählt nicht mehr"),
    f"{PERSON}/doch-da": Asking(
        "emil", "Als erschienen vermerken", "zählt wieder zu den Befragten", prepare=_miss_emil
    ),
    f"{PERSON}/keine-mails": Asking("emil", "Keine Mails mehr senden", "Rückgängig machen"),
    f"{PERSON}/loeschen": Asking("emil", "Person löschen", "lässt sich nicht rückgängig machen"),
    f"{EDITION}/versand/freigabe": Asking(
        f"{PLANNED}/versand",
        "Zeitplan freigeben",
        "Mit der ersten Einladung öffnet",
        prepare=_read_the_hints,
    ),
    f"{EDITION}/versand/einladung": Asking(
        f"{PLANNED}/versand", "Jetzt einladen", "3 Mails gehen", prepare=_read_the_hints
    ),
    f"{EDITION}/versand/erinnerung": Asking(
        f"{OPEN}/versand", "Jetzt erinnern", "Die Erinnerung geht an alle"
    ),
    f"{EDITION}/versand/dank": Asking(f"{DONE}/versand", "Jetzt danken", "Die Mail geht an alle"),
    f"{EDITION}/versand/ergebnisse": Asking(
        f"{DONE}/versand", "Jetzt schreiben", "Die Mail geht an alle", prepare=_publish
    ),
    f"{EDITION}/zugaenge/link-schliessen": Asking(
        f"{PLANNED}/zugaenge",
        "Offenen Link schließen",
        "Wieder einschalten lässt sich der Link",
        prepare=_open_the_call,
    ),
    f"{RESULTS}/fassung": Asking(
        f"{DONE}/ergebnisse/texte",
        "Fassung 2 veröffentlichen",
        "zeigen ab sofort diese Fassung",
        prepare=_release_a_text,
    ),
    f"{RESULTS}/veroeffentlichen": Asking(
        f"{DONE}/ergebnisse", "Veröffentlichen", "kann jeder die Seite lesen"
    ),
    f"{RESULTS}/veroeffentlichen/zuruecknehmen": Asking(
        f"{DONE}/ergebnisse/veroeffentlichen",
        "Veröffentlichung zurücknehmen",
        "gibt es ab sofort nicht mehr",
        prepare=_publish,
    ),
    f"{SERIES}/planung/entscheidungen/{{edition}}/{{subject}}/zuruecknehmen": Asking(
        f"{CONGRESSES}/planung/entscheidungen/{COUNTED}/overall",
        "Entscheidung zurücknehmen",
        "nicht mehr auf dem Planungsblatt",
    ),
    f"{SERIES}/frueher/neu/einlesen": Asking(
        f"{CALLS}/frueher/neu/pruefen",
        "Frühere Ausgabe einlesen",
        "Sie können die Ausgabe wieder löschen",
        prepare=_bring_an_earlier_edition,
    ),
    f"{SERIES}/frueher/zuordnungen/{{mapping}}/loeschen": Asking(
        f"{CONGRESSES}/frueher", "Zuordnung löschen", "lässt sich danach nicht mehr auswählen"
    ),
    f"{SERIES}/frueher/{{earlier}}/loeschen": Asking(
        f"{CONGRESSES}/frueher/00000000000e2017", "Frühere Ausgabe löschen", "Alle Summen"
    ),
    f"{SERIES}/themen/{{topic}}/loeschen": Asking(
        f"{CONGRESSES}/themen/digitale-verwaltung", "Themenfeld löschen", "kein Themenfeld mehr"
    ),
    "/arbeit/einstellungen/logo/entfernen": Asking(
        "/arbeit/einstellungen/logo",
        "Logo entfernen",
        "Das Bild wird gelöscht",
        prepare=_hang_up_a_logo,
    ),
    "/arbeit/einstellungen/zugang/{token}/widerrufen": Asking(
        "/arbeit/einstellungen/zugang", "Schlüssel widerrufen", "sofort nichts mehr lesen"
    ),
    "/arbeit/menschen/einladungen/{invitation}/zuruecknehmen": Asking(
        "/arbeit/menschen", "Einladung zurücknehmen", "gilt nicht mehr"
    ),
    "/arbeit/menschen/{colleague}/entfernen": Asking(
        "/arbeit/menschen/paul", "Endgültig entfernen", "in allen Browsern abgemeldet"
    ),
    "/arbeit/menschen/{colleague}/zweiter-faktor": Asking(
        "/arbeit/menschen/paul", "Zurücksetzen", "App und Notfallcodes gelten nicht mehr"
    ),
    "/arbeit/menschen/{colleague}/anmeldung-des-hauses": Asking(
        "/arbeit/menschen/paul",
        "Verbindung lösen",
        "Alle Browser der Person werden abgemeldet",
        prepare=_pin_paul,
    ),
    "/arbeit/konto/notfallcodes": Asking(
        "/arbeit/konto", "Neue Codes zeigen", "Frühere Codes gelten nicht mehr"
    ),
}
"""By address: where it asks, and what it says."""

ONE_PRESS = {
    "/arbeit/abmelden": "ends this browser's own sign-in and nothing else",
    "/arbeit/konto/browser": "ends one's own sign-ins, by somebody who may be in a hurry to",
    f"{EDITION}/teilnehmende/neu": "a form about one person that says whether a mail leaves",
    f"{EDITION}/teilnehmende/liste/verwerfen": "a copy that is deleted after an hour anyway",
    f"{PERSON}/einladen": "one mail to the one person whose page it stands on",
    f"{EDITION}/versand/ruhe": "keeps mails from leaving; releasing them again asks",
    f"{EDITION}/versand/termin/{{act}}": "nothing leaves at once; it can be changed until it is due",
    f"{EDITION}/versand/stand/{{campaign}}/anhalten": "keeps mails from leaving; they can go on",
    f"{EDITION}/versand/stand/fortsetzen": "goes on with mails that were asked about as they began",
    f"{EDITION}/versand/stand/{{campaign}}/erneut": "only to those whom mails that were asked about did not reach",
    f"{EDITION}/versand/testmail/{{campaign}}": "one mail to whoever presses",
    "/arbeit/mailpruefung": "one mail, about nobody",
    f"{RESULTS}/punkte/{{session}}/teilen": "one link: to be seen by who is given it, and made anew when taken back",
    f"{RESULTS}/texte": "nobody reads what is released before a version, which asks; taking back is urgent",
    f"{RESULTS}/texte/{{text}}": "the same, for one text",
    f"{RESULTS}/themen/{{theme}}": "only a theme that no text has can be deleted",
    "/arbeit/menschen/einladen": "a form whose one mail it names, to the address that is typed",
    "/arbeit/menschen/einladungen/{invitation}/erneut": "the same mail to the same address",
    f"{SERIES}/frueher/neu/verwerfen": "a copy that is deleted after a while anyway",
}
"""What sends, ends or takes something away in one press, and why that is enough."""

KEEPS_WHAT_IS_TYPED = {
    *("/arbeit/konto", "/arbeit/konto/app", "/arbeit/konto/organisation"),
    *("/arbeit/konto/passwort", "/arbeit/konto/zweiter-faktor"),
    *("/arbeit/einstellungen/farbe", "/arbeit/einstellungen/logo", "/arbeit/einstellungen/{place}"),
    *("/arbeit/einstellungen/sicherung", "/arbeit/einstellungen/zugang"),
    *("/arbeit/mailpruefung/kopfzeilen", "/arbeit/menschen/{colleague}"),
    *("/arbeit/ausgaben/neu/aus/{edition}", "/arbeit/ausgaben/neu/datei"),
    *(
        f"/arbeit/ausgaben/neu/vorlage/{name}"
        for name in ("kongress", "netzwerktreffen", "schulung", "workshop-reihe")
    ),
    *(
        f"{EDITION}/angaben/{part}"
        for part in ("absender", "auswertung", "datenschutz", "naechste", "tage", "veranstaltung")
    ),
    f"{EDITION}/angaben/einlesen",  # shows what would change before it changes anything
    *(f"{EDITION}/programm", f"{EDITION}/programm/buchung", f"{EDITION}/programm/neuer-punkt"),
    *(f"{EDITION}/programm/punkte/{{session}}", f"{EDITION}/programm/runden/{{round}}"),
    *(f"{EDITION}/fragebogen", f"{EDITION}/fragebogen/hinzufuegen"),
    *(f"{EDITION}/fragebogen/neue-frage", f"{EDITION}/fragebogen/neuer-abschnitt"),
    *(f"{EDITION}/fragebogen/abschnitt/{{section}}", f"{EDITION}/fragebogen/frage/{{item}}"),
    *(
        f"{EDITION}/fragebogen/frage/{{item}}/verschieben",
        f"{EDITION}/fragebogen/vorschau/formular",
    ),
    f"{EDITION}/pruefung",
    *(f"{EDITION}/teilnehmende/liste", f"{EDITION}/teilnehmende/liste/spalten"),
    *(f"{EDITION}/teilnehmende/liste/programmpunkte", f"{EDITION}/teilnehmende/liste/pruefen"),
    PERSON,
    f"{EDITION}/versand/texte/{{campaign}}",
    *(f"{EDITION}/zugaenge", f"{EDITION}/zugaenge/anwesend", f"{EDITION}/zugaenge/eintippen"),
    *(f"{RESULTS}/themen", f"{RESULTS}/veroeffentlichen/daraus"),
    f"{SERIES}/planung/entscheidungen/{{edition}}/{{subject}}",
    *(
        f"{SERIES}/frueher/neu{place}"
        for place in ("", "/angaben", "/aufbau", "/aufbewahrte", "/fragen", "/fragen/{number}")
    ),
    f"{SERIES}/frueher/neu/zuordnung",
    *(f"{SERIES}/themen", f"{SERIES}/themen/{{topic}}"),
}
"""What is kept here can be typed or chosen anew; nobody outside sees or gets anything because of it."""
