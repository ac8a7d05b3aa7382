"""What a change would change, as people read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.workplace_form import marked as _
from survey.model.freezing import changed_parts
from survey.web.organiser.edition.fact_words import GROUPS, shown_facts

if TYPE_CHECKING:
    from survey.model.event import Edition, EditionRecord
    from survey.web.workplace.desk import Desk

OTHERS = {
    "name": _("Kurzname"),
    "box_size": _("Größe der Umschläge"),
    "programme.most_sessions_per_person": _("Wie viele Programmpunkte eine Person bucht"),
    "programme.sessions": _("Reihenfolge der Programmpunkte"),
    "programme.rounds": _("Reihenfolge der Runden"),
    "questionnaire.sections": _("Aufbau des Fragebogens"),
}
OF_SESSION = {
    "title": _("Titel"),
    "kind": _("Art"),
    "round": _("Runde"),
    "speakers": _("Vortragende"),
    "recording": _("Link zur Aufzeichnung"),
    "is_rated": _("ob er bewertet wird"),
    "is_cancelled": _("ob er ausgefallen ist"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One part that would change; without texts where they would be long."""

    label: str
    before: str = ""
    after: str = ""


def shown_changes(desk: Desk, record: EditionRecord, after: Edition) -> tuple[ShownChange, ...]:
    """Every part that would change, in words, once."""
    before = record.edition
    changed = replace(record, edition=after, closes=None)
    facts = {
        name: (label, old, new)
        for group in GROUPS
        for (name, label, old), new in _side_by_side(desk, record, changed, group.word)
    }
    parts = changed_parts(before, replace(after, box_size=before.box_size))
    found = [_shown(desk, path, before, after, facts) for path in parts]
    return tuple(dict.fromkeys(found))


def _side_by_side(
    desk: Desk, record: EditionRecord, changed: EditionRecord, word: str
) -> list[tuple[tuple[str, str, str], str]]:
    group = next(g for g in GROUPS if g.word == word)
    new = {name: text for name, _label, text in shown_facts(desk, changed, group)}
    return [
        (fact, new.get(fact[0], ""))
        for fact in shown_facts(desk, replace(record, closes=None), group)
    ]


def _shown(
    desk: Desk,
    path: str,
    before: Edition,
    after: Edition,
    facts: dict[str, tuple[str, str, str]],
) -> ShownChange:
    say, language = desk.words.gettext, desk.language
    if path in facts and path != "pairs":
        return ShownChange(*facts[path])
    if path in OTHERS:
        return ShownChange(say(OTHERS[path]))
    if path == "next_edition":
        return ShownChange(say("Nächster Termin"))
    if path == "pairs":
        return ShownChange(say("Fragen, die zusammen ausgezählt werden"))
    where, _dot, rest = path.partition(".")
    if where == "questionnaire":
        items = {
            i.code: i for e in (before, after) for s in e.questionnaire.sections for i in s.items
        }
        return ShownChange(
            say("Frage „%(question)s“") % {"question": items[rest].wording.in_language(language)}
        )
    kind, code, *field = rest.split(".")
    if kind == "rounds":
        rounds = {r.code: r for e in (before, after) for r in e.programme.rounds}
        return ShownChange(
            say("Runde „%(title)s“") % {"title": rounds[code].title.in_language(language)}
        )
    there = {s.code for s in before.programme.sessions}
    left = {s.code for s in after.programme.sessions}
    sessions = {s.code: s for e in (after, before) for s in e.programme.sessions}
    titled = say("Programmpunkt „%(title)s“") % {
        "title": sessions[code].title.in_language(language)
    }
    if code not in there:
        return ShownChange(say("%(what)s kommt dazu") % {"what": titled})
    if code not in left:
        return ShownChange(say("%(what)s fällt weg") % {"what": titled})
    return ShownChange(f"{titled}: {say(OF_SESSION[field[0]])}")
