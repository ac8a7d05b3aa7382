"""The facts of an edition in groups, as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms import fact_forms
from forms.results_form import results_form
from forms.workplace_form import marked as _
from survey.web.workplace.edition_words import FORMATS, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.event import Edition, EditionRecord
    from survey.web.workplace.desk import Desk

Shown = tuple[tuple[str, str, str], ...]
"""Name of the field, its label, and what it says now."""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that are changed together."""

    word: str
    """Its part of the address."""
    title: str
    change: str
    """What the link to its form says."""
    text: str
    """What the group is about."""
    form: Callable[[Edition], type[fact_forms.FactForm]]
    changes_though_open: bool
    """True if something of it may still change after the first mail."""


GROUPS = (
    FactGroup(
        "veranstaltung",
        _("Veranstaltung"),
        _("Veranstaltung ändern"),
        _("Wie die Veranstaltung heißt, und was sie ist."),
        lambda _edition: fact_forms.EventForm,
        changes_though_open=True,
    ),
    FactGroup(
        "tage",
        _("Tage und Frist"),
        _("Tage und Frist ändern"),
        _("Wann die Veranstaltung war oder ist, und bis wann Menschen antworten."),
        lambda _edition: fact_forms.DaysForm,
        changes_though_open=False,
    ),
    FactGroup(
        "absender",
        _("Absender und Kontakt"),
        _("Absender und Kontakt ändern"),
        _("Wer fragt, von wo die Mails kommen, und wer antwortet und liest."),
        lambda _edition: fact_forms.SenderForm,
        changes_though_open=True,
    ),
    FactGroup(
        "datenschutz",
        _("Datenschutz"),
        _("Datenschutzangaben ändern"),
        _("Was in den Datenschutzhinweisen steht, und wie lange Adressen bleiben."),
        lambda _edition: fact_forms.PrivacyForm,
        changes_though_open=True,
    ),
    FactGroup(
        "auswertung",
        _("Auswertung"),
        _("Auswertung ändern"),
        _("Was zusammen ausgezählt wird, und ab wie vielen Menschen etwas gezeigt wird."),
        results_form,
        changes_though_open=False,
    ),
    FactGroup(
        "naechste",
        _("Nächster Termin"),
        _("Nächsten Termin eintragen oder ändern"),
        _("Die Dankesmail bringt ihn als Kalenderdatei mit."),
        lambda _edition: fact_forms.NextForm,
        changes_though_open=True,
    ),
)


def shown_facts(desk: Desk, record: EditionRecord, group: FactGroup) -> Shown:
    """What the group says now, in the person's language."""
    edition, words, zone = record.edition, desk.words, desk.inst.settings.zone
    say = words.gettext
    match group.word:
        case "veranstaltung":
            made_up = say("Beispiel mit erfundenen Daten") if edition.is_made_up else say("echt")
            return (
                ("title", say("Titel"), edition.title),
                ("name", say("Kurzname"), edition.name),
                ("series", say("Veranstaltungsreihe"), edition.series),
                ("kind", say("Art"), say(KINDS[edition.kind])),
                ("format", say("Form"), say(FORMATS[edition.format])),
                ("is_made_up", say("Echt oder Beispiel"), made_up),
            )
        case "tage":
            deadline = words.moment(record.closes or edition.deadline, zone)
            return (
                ("starts", say("Erster Tag"), words.weekday(edition.starts)),
                ("ends", say("Letzter Tag"), words.weekday(edition.ends)),
                ("deadline", say("Frist zum Antworten"), deadline),
            )
        case "absender":
            return (
                ("organisation", say("Wer fragt"), edition.organisation),
                ("sender", say("Absender der Mails"), edition.sender),
                ("sender_name", say("Name des Absenders"), edition.sender_name),
                ("contact", say("Adresse für Fragen"), edition.contact),
                ("contact_name", say("Wer Fragen beantwortet"), edition.contact_name),
                ("text_readers", say("Wer die freien Texte liest"), edition.text_readers),
            )
        case "datenschutz":
            kept = words.ngettext("%(num)d Tag", "%(num)d Tage", edition.retention_days)
            return (
                ("legal_basis", say("Rechtsgrundlage"), edition.legal_basis),
                ("processors", say("Wer Daten in Ihrem Auftrag verarbeitet"), edition.processors),
                (
                    "data_protection_contact",
                    say("Datenschutzbeauftragte Person"),
                    edition.data_protection_contact,
                ),
                (
                    "retention_days",
                    say("Adressen werden gelöscht"),
                    say("%(days)s nach dem Ende der Befragung")
                    % {"days": kept % {"num": edition.retention_days}},
                ),
            )
        case "auswertung":
            return _results(desk, edition)
        case _:
            return _next(desk, edition)


def _results(desk: Desk, edition: Edition) -> Shown:
    say, language = desk.words.gettext, desk.language

    def question(code: str) -> str:
        return edition.questionnaire.item(code).wording.in_language(language)

    pairs = tuple(
        ("pairs", say("Zusammen ausgezählt"), f"{question(p.item)} – {question(p.by)}")
        for p in edition.pairs
    )
    return (
        (
            "breakdown",
            say("Ergebnisse aufteilen nach"),
            question(edition.breakdown.item) if edition.breakdown else say("Keine Aufteilung"),
        ),
        *pairs,
        (
            "disclosure_threshold",
            say("Mindestgröße einer Gruppe"),
            say("%(n)s Menschen") % {"n": edition.disclosure_threshold},
        ),
        (
            "cell_threshold",
            say("Mindestgröße bei Aufteilungen und Zitaten"),
            say("%(n)s Menschen") % {"n": edition.cell_threshold},
        ),
    )


def _next(desk: Desk, edition: Edition) -> Shown:
    say, coming = desk.words.gettext, edition.next_edition
    if coming is None:
        return (("next_title", say("Nächster Termin"), ""),)
    zone = desk.inst.settings.zone
    return (
        ("next_title", say("Titel des nächsten Termins"), coming.title),
        ("next_starts", say("Beginn"), desk.words.moment(coming.starts, zone)),
        ("next_ends", say("Ende"), desk.words.moment(coming.ends, zone)),
        ("next_place", say("Ort"), coming.place),
    )
