"""Results, texts, themes, versions, speakers' links and the public page."""

from __future__ import annotations

_OF = "/arbeit/ausgaben/kk2019/ergebnisse"

PAGES = {
    "results": _OF,
    "results before the count": "/arbeit/ausgaben/kk2020/ergebnisse",
    "results of one session": f"{_OF}/punkte/ws01",
    "results to download": f"{_OF}/herunterladen",
    "protocols": f"{_OF}/protokolle",
    "protocols while open": "/arbeit/ausgaben/kk2020/ergebnisse/protokolle",
    "information for the staff council": f"{_OF}/personalrat",
    "texts": f"{_OF}/texte",
    "all texts": f"{_OF}/texte?zeigen=alle",
    "themes": f"{_OF}/themen",
    "new version": f"{_OF}/fassung",
    "public page to be planned": f"{_OF}/veroeffentlichen",
    "what comes of the findings": f"{_OF}/veroeffentlichen/daraus",
    "public page to be taken back": f"{_OF}/veroeffentlichen/zuruecknehmen",
    "public page": f"{_OF}/veroeffentlichen/vorschau",
    "public page in easy language": f"{_OF}/veroeffentlichen/vorschau?sprache=easy",
    "session to be shared": f"{_OF}/punkte/ws01/teilen",
}
