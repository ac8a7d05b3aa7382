"""What a list would change, in sentences and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.language.catalogue import Catalogue
    from survey.model.event import EditionRecord
    from survey.model.import_plan import Change, ImportPlan
    from survey.model.invitation import Participant, Registration

MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Names:
    """People of one kind: how many, and who, as far as they are shown."""

    title: str
    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PlanInWords:
    """A plan, to be read before it is done."""

    added: int
    changed: int
    unchanged: int
    withdrawn: int
    names: tuple[Names, ...]
    consequences: tuple[str, ...]
    is_suspicious: bool
    """True if so many are missing that it may be the wrong list."""


def plan_in_words(
    words: Catalogue, record: EditionRecord, plan: ImportPlan, *, is_open: bool
) -> PlanInWords:
    """The plan in the person's language."""
    say = words.gettext
    added, changed, withdrawn = len(plan.added), len(plan.changed), len(plan.withdrawn)
    known = changed + len(plan.unchanged) + withdrawn
    names = (
        (say("Neu"), [_who(r) for r in plan.added]),
        (say("Geändert"), [_change(words, record, change) for change in plan.changed]),
        (say("Fehlen in der Liste"), [_who(p) for p in plan.withdrawn]),
    )
    return PlanInWords(
        added,
        changed,
        len(plan.unchanged),
        withdrawn,
        tuple(
            Names(title, tuple(lines[:MOST_NAMES]), max(0, len(lines) - MOST_NAMES))
            for title, lines in names
            if lines
        ),
        tuple(_consequences(words, plan, is_open=is_open)),
        withdrawn * 2 > known,
    )


def _consequences(words: Catalogue, plan: ImportPlan, *, is_open: bool) -> Iterator[str]:
    say = words.gettext

    def counted(one: str, many: str, n: int) -> str:
        return words.ngettext(one, many, n) % {"n": words.number(n)}

    if plan.added:
        yield counted(
            "%(n)s Person kommt neu auf die Liste.",
            "%(n)s Personen kommen neu auf die Liste.",
            len(plan.added),
        )
    if plan.changed:
        yield counted(
            "Bei %(n)s Person ändern sich Angaben.",
            "Bei %(n)s Personen ändern sich Angaben.",
            len(plan.changed),
        )
    absent = sum(r.attended is False for r in plan.added) + sum(
        change.after.is_no_show and not change.before.is_no_show for change in plan.changed
    )
    if absent:
        yield counted(
            "%(n)s Person war nicht da: Sie bekommt keine Mails und zählt nicht zu den Befragten.",
            "%(n)s Personen waren nicht da: Sie bekommen keine Mails und zählen nicht zu den Befragten.",
            absent,
        )
    if plan.withdrawn:
        yield counted(
            "%(n)s Person fehlt in der Liste und wird abgemeldet: Sie bekommt keine Mails mehr und zählt nicht zu "
            "den Befragten.",
            "%(n)s Personen fehlen in der Liste und werden abgemeldet: Sie bekommen keine Mails mehr und zählen nicht "
            "zu den Befragten.",
            len(plan.withdrawn),
        )
    if is_open and plan.added:
        yield say("Eingeladen werden die neuen Personen erst, wenn Sie das unter „Versand“ sagen.")
    yield say("Mails gehen dadurch keine hinaus.")


def _change(words: Catalogue, record: EditionRecord, change: Change) -> str:
    say = words.gettext
    before, after = change.before, change.after

    def titles(codes: Iterable[str]) -> str:
        known = {
            s.code: s.title.in_language(words.language) for s in record.edition.programme.sessions
        }
        return ", ".join(known.get(code, code) for code in codes) or "–"

    pairs = (
        (say("Adresse"), before.address, after.address),
        (say("Name"), before.name or "–", after.name or "–"),
        (say("Sprache"), before.language, after.language),
        (say("Anmeldenummer"), before.number or "–", after.number or "–"),
        (say("Programmpunkte"), titles(before.sessions), titles(after.sessions)),
    )
    told = [f"{what}: {old} → {new}" for what, old, new in pairs if old != new]
    if before.is_withdrawn and not after.is_withdrawn:
        told.append(say("wieder angemeldet"))
    if before.is_no_show != after.is_no_show:
        told.append(say("war nicht da") if after.is_no_show else say("war da"))
    return f"{_who(before)} ({'; '.join(told)})"


def _who(person: Participant | Registration) -> str:
    return f"{person.name}, {person.address}" if person.name else person.address
