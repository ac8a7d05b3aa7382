"""What the kinds of question are called on the pages, and what each is good for."""

from __future__ import annotations

from forms.item_file import ItemKind
from forms.workplace_form import marked as _

KIND_NAMES = {
    ItemKind.RATING: _("Bewertung"),
    ItemKind.RECOMMENDATION: _("Weiterempfehlung von 0 bis 10"),
    ItemKind.SINGLE_CHOICE: _("Eine Antwort auswählen"),
    ItemKind.MULTIPLE_CHOICE: _("Mehrere Antworten auswählen"),
    ItemKind.YES_NO: _("Ja oder nein"),
    ItemKind.TOP_THREE: _("Die drei wichtigsten"),
    ItemKind.SHORT_TEXT: _("Kurzer Text"),
    ItemKind.LONG_TEXT: _("Langer Text"),
}
KIND_USES = {
    ItemKind.RATING: _("Von „sehr gut“ bis „sehr schlecht“ oder mit eigenen Stufen."),
    ItemKind.RECOMMENDATION: _("Elf Zahlen, deren Enden Sie benennen."),
    ItemKind.SINGLE_CHOICE: _("Genau eine von mehreren Antworten, oder „Keine Angabe“."),
    ItemKind.MULTIPLE_CHOICE: _("Beliebig viele Antworten, auf Wunsch mit „Sonstiges“."),
    ItemKind.YES_NO: _("Ja, nein oder „Weiß nicht“."),
    ItemKind.TOP_THREE: _("Aus mindestens vier Antworten bis zu drei in eine Reihenfolge bringen."),
    ItemKind.SHORT_TEXT: _("Ein Satz in eigenen Worten."),
    ItemKind.LONG_TEXT: _("Einige Sätze in eigenen Worten."),
}
