"""The protocol of a count: what the urn held, what is left of it, and when the key went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.language.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class CountProtocol:
    """What happened at the count of one edition; it names nobody."""

    edition: str
    title: str
    closed: datetime
    counted: datetime
    key_destroyed: datetime
    invited: int
    boxes: int
    opened: int
    tallies: int
    """Numbers that are left."""
    texts: int
    withheld_texts: int
    """Not kept: fewer answers than texts need."""
    withheld_sessions: tuple[str, ...]
    """Titles of sessions of which only the number of answers is kept."""
    backup: str
    """Name of the backup that was proven before the key went."""
    open_boxes: int = 0
    """Of the boxes: those that came without a personal link."""
    unreached_key_copies: tuple[str, ...] = ()
    """Places that keys were copied to and that could not be reached."""

    @property
    def unopenable(self) -> int:
        """Boxes left out because they did not open, as somebody decided."""
        return self.boxes - self.opened

    def text(self, words: Catalogue, zone: ZoneInfo) -> str:
        """The protocol, to be printed and filed."""
        _ = words.gettext
        lines = [
            _("Protokoll der Auszählung"),
            "",
            _("Ausgabe: %(title)s (%(name)s)") % {"title": self.title, "name": self.edition},
            _("Geschlossen: %(moment)s") % {"moment": words.moment(self.closed, zone)},
            _("Ausgezählt: %(moment)s") % {"moment": words.moment(self.counted, zone)},
            "",
            _("Eingeladen: %(n)s Personen") % {"n": words.number(self.invited)},
            _("In der Urne: %(n)s Umschläge") % {"n": words.number(self.boxes)},
            *(
                [
                    _("Davon über einen offenen Link oder auf Papier: %(n)s Umschläge")
                    % {"n": words.number(self.open_boxes)}
                ]
                if self.open_boxes
                else []
            ),
            _("Geöffnet und ausgezählt: %(n)s Umschläge") % {"n": words.number(self.opened)},
        ]
        if self.unopenable:
            lines.append(
                _("Nicht zu öffnen, auf Entscheidung weggelassen: %(n)s Umschläge")
                % {"n": words.number(self.unopenable)}
            )
        lines += [
            _("Daraus bleiben: %(n)s Zahlen je Frage und Antwort")
            % {"n": words.number(self.tallies)},
            _("Daraus bleiben: %(n)s Texte, einzeln und gemischt")
            % {"n": words.number(self.texts)},
        ]
        if self.withheld_texts:
            lines.append(
                _("Nicht aufbewahrt, weil zu wenige geantwortet haben: %(n)s Texte")
                % {"n": words.number(self.withheld_texts)}
            )
        lines += [
            _("Zu wenige Antworten, nur deren Anzahl bleibt: %(title)s") % {"title": title}
            for title in self.withheld_sessions
        ]
        lines += [
            "",
            _("Die Umschläge sind gelöscht, und auch, wer geantwortet hat."),
            _("Sicherung vor dem Vernichten des Schlüssels, zur Probe zurückgespielt: %(name)s")
            % {"name": self.backup},
            _("Schlüssel vernichtet: %(moment)s")
            % {"moment": words.moment(self.key_destroyed, zone)},
        ]
        lines += [
            _(
                "Achtung, diese Kopie des Schlüssels war nicht erreichbar. Löschen Sie sie: %(place)s"
            )
            % {"place": place}
            for place in self.unreached_key_copies
        ]
        lines.append(
            _(
                "Kopien des Schlüssels, die jemand außerhalb des Dienstes angelegt hat, kennt er nicht."
            )
        )
        return "\n".join(lines) + "\n"
