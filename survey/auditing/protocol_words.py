"""The protocol in words: for data-protection officers and staff councils, to be printed and filed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.auditing.guessing import TOO_UNLIKELY
from survey.auditing.protocol import seen_in
from survey.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from survey.auditing.findings import Finding
    from survey.auditing.protocol import AuditProtocol
    from survey.language.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the protocol: what is said, a table, and points."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, str] = ("", "")
    rows: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()


def protocol_text(protocol: AuditProtocol, words: Catalogue, *, zone: ZoneInfo) -> str:
    """The protocol as plain text; its last line is the result."""
    title = words.gettext("Protokoll des Angriffs auf die Anonymität")
    lines = [title, "=" * len(title), ""]
    for part in protocol_parts(protocol, words, zone=zone):
        if part.heading:
            lines += [part.heading, "-" * len(part.heading)]
        lines += [*part.paragraphs]
        lines += [f"- {what}: {found}" for what, found in part.rows]
        lines += [f"- {point}" for point in part.points]
        lines.append("")
    return "\n".join([*lines, protocol.last_line()]) + "\n"


def protocol_html(protocol: AuditProtocol, words: Catalogue, *, zone: ZoneInfo) -> str:
    """The same as a page of its own, to be read in a browser and printed."""
    return render(
        "audit/protocol.html",
        words.language,
        parts=protocol_parts(protocol, words, zone=zone),
        last_line=protocol.last_line(),
    )


def protocol_parts(
    protocol: AuditProtocol, words: Catalogue, *, zone: ZoneInfo
) -> tuple[Part, ...]:
    """Everything the protocol says, in order."""
    return (
        _result(protocol, words, zone),
        _tried(protocol, words),
        _guessed(protocol, words),
        _controls(protocol, words),
        _unhidden(protocol, words),
        _who_learns_what(words),
        _limits(words),
    )


def _result(protocol: AuditProtocol, words: Catalogue, zone: ZoneInfo) -> Part:
    _ = words.gettext
    if protocol.holds:
        result = _(
            "Ergebnis: Der Angriff hat niemanden seiner Antwort zugeordnet. Geraten hat er nicht besser als "
            "jemand, der nichts weiß."
        )
    else:
        result = _(
            "Ergebnis: Die Anonymität ist nicht bewiesen. Ein Angriff oder eine Gegenprobe ist anders "
            "ausgegangen als versprochen. Nehmen Sie so keine Antworten an."
        )
    return Part(
        "",
        (
            _("%(moment)s, Nachklang %(version)s.")
            % {"moment": words.moment(protocol.held, zone), "version": protocol.version},
            result,
            words.ngettext(
                "Geprüft wurde auf diesem Rechner, mit den Einstellungen dieser Installation und ihrem Bauplan "
                "der Datenbank: %(people)s erfundene Menschen, eine eigens angelegte Befragung. Der Dienst lief "
                "als eigener Prozess hinter einem Proxy, der alles aufschrieb, was er sehen kann. Echte Daten "
                "blieben unberührt; alles Erfundene ist gelöscht.",
                "Geprüft wurde auf diesem Rechner, mit den Einstellungen dieser Installation und ihrem Bauplan "
                "der Datenbank: %(people)s erfundene Menschen, %(runs)s eigens angelegte Befragungen. Der Dienst "
                "lief als eigener Prozess hinter einem Proxy, der alles aufschrieb, was er sehen kann. Echte "
                "Daten blieben unberührt; alles Erfundene ist gelöscht.",
                len(protocol.runs),
            )
            % {
                "people": words.number(protocol.people),
                "runs": words.number(len(protocol.runs)),
            },
            _(
                "Die Menschen haben geantwortet, Fehler gemacht, Entwürfe aufgehoben, Antworten geändert und "
                "zurückgenommen. Der Angreifer hatte %(copies)s Kopien, jeweils nach einer Antwort: Datenbank, "
                "Datenbankprotokoll, Speicherabbild, Dateien auf Zeit, Sicherungen, Mails, Logs. Dazu das Log des "
                "Proxys über %(requests)s Aufrufe. Nur den Schlüssel hatte er nicht."
            )
            % {
                "copies": words.number(seen_in(protocol, lambda run: run.seen.copies)),
                "requests": words.number(seen_in(protocol, lambda run: run.seen.requests)),
            },
        ),
    )


def _tried(protocol: AuditProtocol, words: Catalogue) -> Part:
    _ = words.gettext
    faults = protocol.schema_faults
    schema = (
        _("Im Bauplan der Datenbank steht, was dort nicht stehen darf: %(faults)s")
        % {"faults": ", ".join(faults)}
        if faults
        else _(
            "Im Bauplan der Datenbank gibt es keine Spalte für den Zeitpunkt einer Antwort, und keine Tabelle "
            "merkt sich, in welcher Reihenfolge ihre Zeilen kamen."
        )
    )
    return Part(
        _("Was der Angreifer versucht hat"),
        (
            schema,
            _(
                "Jede Zeile nennt, wie viele Menschen dem Angriff ausgesetzt waren: Nicht alle hatten einen Entwurf, "
                "einen Link-Prüfer oder eine geänderte Antwort. Zugeordnet sein darf niemand. Ein Angriff, dem "
                "niemand ausgesetzt war, gilt als misslungene Probe."
            ),
        ),
        (_("Angriff"), _("Zugeordnet, von allen Ausgesetzten")),
        _rows(protocol.attacks, words),
    )


def _guessed(protocol: AuditProtocol, words: Catalogue) -> Part:
    _ = words.gettext
    if not protocol.guessed:
        return Part(
            _("Was er raten konnte"),
            (
                _(
                    "Nichts: Bei so wenigen Antworten bleiben nach der Auszählung keine Texte übrig, deren "
                    "Reihenfolge etwas verraten könnte."
                ),
            ),
        )
    told = [
        _(
            "Nach der Auszählung legt er die Texte in der Reihenfolge, in der er sie findet, neben die Reihenfolge "
            "der Antworten. So traf er %(hits)s von %(guessed)s. Wer blind rät, trifft im Mittel %(chance)s. So "
            "viele oder mehr trifft man blind mit einer Wahrscheinlichkeit von %(likelihood)s."
        )
        % {
            "hits": words.number(protocol.hits),
            "guessed": words.number(protocol.guessed),
            "chance": words.number(protocol.chance),
            "likelihood": words.number(round(protocol.likelihood, 3)),
        }
    ]
    if protocol.knowing_way:
        told.append(
            _(
                "Besser als Zufall, und damit ein Fehler des Dienstes, ist diese Art zu raten: %(way)s"
            )
            % {"way": protocol.knowing_way}
        )
    else:
        told.append(
            _(
                "Versucht hat er %(ways)s Arten zu raten, mit allen Seiten, Listen und Dateien, vorwärts, "
                "rückwärts und versetzt. Keine war besser als Zufall; blindes Raten fiele dabei in höchstens einer von "
                "%(audits)s Prüfungen auf."
            )
            % {
                "ways": words.number(protocol.ways),
                "audits": words.number(round(1 / TOO_UNLIKELY)),
            }
        )
    return Part(_("Was er raten konnte"), tuple(told))


def _controls(protocol: AuditProtocol, words: Catalogue) -> Part:
    _ = words.gettext
    return Part(
        _("Gegenproben: dieselben Angriffe, wo sie gelingen müssen"),
        (
            _(
                "Ein Angriff, der nichts findet, beweist nur etwas, wenn er sehen kann. Jede Gegenprobe muss alle "
                "zuordnen."
            ),
        ),
        (_("Gegenprobe"), _("Zugeordnet")),
        _rows(protocol.controls, words),
    )


def _unhidden(protocol: AuditProtocol, words: Catalogue) -> Part:
    _ = words.gettext
    return Part(
        _("Was sich nicht verbergen lässt"),
        (_("Das hat derselbe Angreifer erfahren, und der Dienst kann es nicht verhindern:"),),
        (_("Was er erfährt"), _("Von wem")),
        _rows(protocol.unhidden, words, text=_("%(n)s von %(of)s")),
        (
            _(
                "Deshalb schreibt der Dienst über Teilnehmende kein Log. Stellen Sie den Proxy davor so ein, dass "
                "er auf den Adressen /f/ und /o/ keine Pfade, keine Netzadressen und keine Größen aufschreibt."
            ),
            _(
                "Ebenso wenig zu verbergen: wie viele geantwortet haben, der Schreibstil, Einstimmigkeit, und was "
                "alle anderen zusammen wissen."
            ),
        ),
    )


def _who_learns_what(words: Catalogue) -> Part:
    _ = words.gettext
    return Part(
        _("Wer erfährt was"),
        (),
        (_("Wer"), _("Erfährt")),
        (
            (
                _("wer die Umfrage organisiert, mit allen Exporten"),
                _(
                    "Zahlen ab der Mindestgruppengröße, freigegebene Texte, und ab 10 Antworten die Texte selbst, "
                    "gemischt"
                ),
            ),
            (
                _(
                    "wer eine Kopie der Datenbank oder Sicherung stiehlt, solange offen ist, ohne Schlüssel"
                ),
                _("wer geantwortet hat; keine Antwort"),
            ),
            (
                _("wer den Link eines Menschen hat, solange offen ist"),
                _("kann in dessen Namen antworten, aber nichts lesen"),
            ),
            (
                _("wer nach der Auszählung alle Sicherungen, Logs und Mails hat"),
                _("wer geantwortet hat, und zwischen welchen Sicherungen; die Zahlen"),
            ),
            (
                _("wer vor der Auszählung Kopien und den Schlüssel hat"),
                _("alles. Das steht auch auf der Seite „So halten wir das Versprechen“"),
            ),
            (
                _("wer den laufenden Dienst heimlich verändert"),
                _("neue Antworten. Davor schützt nur, wem man den Betrieb anvertraut"),
            ),
        ),
    )


def _limits(words: Catalogue) -> Part:
    _ = words.gettext
    return Part(
        _("Grenzen dieser Prüfung"),
        points=(
            _(
                "Sie prüft das Programm, das hier installiert ist, nicht den Rechner. Wer den Rechner verwaltet, "
                "kann Programm und Schlüssel kopieren."
            ),
            _(
                "Kopien des Schlüssels, die jemand außerhalb des Dienstes macht, heben das Versprechen auf."
            ),
            _(
                "Der Proxy und das Netz vor Ihrem Dienst wurden nicht geprüft, sondern durch einen Proxy ersetzt, "
                "der mehr aufschreibt als nötig."
            ),
            _("Die Fragen waren eigens gestellt: zwei Bewertungen und zwei freie Texte je Mensch."),
        ),
    )


def _rows(
    findings: Iterable[Finding], words: Catalogue, *, text: str = ""
) -> tuple[tuple[str, str], ...]:
    said = text or words.gettext("%(n)s von %(of)s zugeordnet")
    return tuple(
        (
            words.problem(finding.what),
            said % {"n": words.number(finding.linked), "of": words.number(finding.of)},
        )
        for finding in findings
    )
