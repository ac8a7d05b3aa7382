"""Made-up people: how they feel about an edition and what they choose and write, from a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_SCALE = ("5", "4", "3", "2", "1")
_NUMBERS = {str(n) for n in range(11)}
_ALONE = {"no_wish"}
_SPREAD = 0.85
_USUAL = 3.9
_ABSENT = 0.06
_SILENT = 0.03
_WRITES = 0.22


@dataclass(frozen=True, slots=True)
class Temper:
    """How people of one edition feel: means of the five-point questions, weights of choices, response rates."""

    ratings: dict[str, float] = field(default_factory=dict)
    """Mean from 1 to 5 by item code or by ``session--item``; 3.9 where nothing is said."""
    choices: dict[str, dict[str, float]] = field(default_factory=dict)
    """Weights by item code and choice; 1 where nothing is said."""
    silent: dict[str, float] = field(default_factory=lambda: {"municipality_size": 0.08})
    """Share that gives no answer by item code; 3 % where nothing is said."""
    recommends: float = 7.8
    answers_invitation: float = 0.36
    answers_reminder: float = 0.24


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form as it stands in the page."""

    name: str
    kind: str
    """``radio``, ``checkbox``, ``select`` or ``text``."""
    options: tuple[str, ...] = ()


def answers(fields: Sequence[Field], temper: Temper, chance: Random) -> dict[str, list[str]]:
    """What one made-up person sends, by field name."""
    person = _Person(temper, chance, chance.gauss(0, 0.45))
    sent: dict[str, list[str]] = {}
    absent = {
        f.name.split("--")[0]
        for f in fields
        if "na_not_attended" in f.options and chance.random() < _ABSENT
    }
    for shown in fields:
        session, _, code = shown.name.rpartition("--")
        if session.startswith("elsewhere") or shown.name.startswith("elsewhere"):
            continue
        if session in absent:
            if "na_not_attended" in shown.options:
                sent[shown.name] = ["na_not_attended"]
            continue
        chosen = _chosen(shown, code, person)
        if chosen:
            sent[shown.name] = chosen
    return sent


@dataclass(frozen=True, slots=True)
class _Person:
    temper: Temper
    chance: Random
    mood: float
    """Added to every mean: people are kind or strict throughout."""
    ranked: set[tuple[str, str]] = field(default_factory=set)
    """Questions and choices already given a rank."""


def _chosen(shown: Field, code: str, person: _Person) -> list[str]:
    temper, chance = person.temper, person.chance
    if shown.kind == "text":
        writes = code in MADE_UP_TEXTS and chance.random() < _WRITES
        return [chance.choice(MADE_UP_TEXTS[code])] if writes else []
    if chance.random() < temper.silent.get(code, _SILENT):
        return ["na_no_answer"] if "na_no_answer" in shown.options else []
    offered = [o for o in shown.options if o and not o.startswith("na_")]
    if set(offered) == set(_SCALE):
        mean = temper.ratings.get(shown.name, temper.ratings.get(code, _USUAL))
        return [_on_scale(chance.gauss(mean + person.mood, _SPREAD), 1, highest=5)]
    if set(offered) == _NUMBERS:
        return [_on_scale(chance.gauss(temper.recommends + 1.4 * person.mood, 1.8), 0, highest=10)]
    if shown.kind == "checkbox":
        several = [o for o in offered if o not in _ALONE and o != "other"]
        return [o for o in several if chance.random() < 0.4 * _weight(temper, code, o)]
    if shown.kind == "select":
        question = code.rpartition("-")[0]
        offered = [o for o in offered if (question, o) not in person.ranked]
        picked = _pick(question, offered, person)
        person.ranked.add((question, picked))
        return [picked]
    return [_pick(code, offered, person)]


def _on_scale(value: float, lowest: int, *, highest: int) -> str:
    return str(min(highest, max(lowest, round(value))))


def _weight(temper: Temper, code: str, option: str) -> float:
    return temper.choices.get(code, {}).get(option, 1.0)


def _pick(code: str, options: Sequence[str], person: _Person) -> str:
    weights = [_weight(person.temper, code, o) for o in options]
    return person.chance.choices(options, weights)[0]


MADE_UP_TEXTS: dict[str, tuple[str, ...]] = {
    "keep": (
        "Die Workshops in kleinen Gruppen. Dort kamen alle zu Wort.",
        "Die Beispiele aus anderen Gemeinden waren sehr hilfreich.",
        "Der Zeitplan wurde eingehalten. Bitte so lassen.",
        "Die kurze, klare Begrüßung und der pünktliche Beginn.",
        "Dass die Aufzeichnungen hinterher zur Verfügung stehen.",
        "Die Mischung aus Vortrag und Praxis.",
    ),
    "change": (
        "Mehr Zeit für Gespräche zwischen den Runden.",
        "Unterlagen bitte vorher verschicken.",
        "Die Technik sollte vorher mit allen getestet werden.",
        "Bitte auch Themen für kleine Ortsgemeinden mit Ehrenamt.",
        "Zwei Runden am Stück sind lang. Eine größere Pause täte gut.",
        "Mehr Raum für Fragen am Ende der Workshops.",
        "Weniger Grußworte, mehr Praxis.",
        "Ich hätte gern mehr Menschen aus anderen Gemeinden kennengelernt.",
        "Es fehlte Zeit, sich auszutauschen.",
    ),
    "message": (
        "Danke für die offenen Antworten auf unsere Fragen.",
        "Mehr Beispiele aus kleinen Verwaltungen wären schön.",
        "Sehr praxisnah, davon nehme ich viel mit.",
        "Etwas zu schnell für den Einstieg.",
        "Die Folien hätte ich gern vorab gehabt.",
        "Gern beim nächsten Mal wieder.",
    ),
}
"""What people write, by the code of the question."""
