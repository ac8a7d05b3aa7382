"""Use case: free texts are read, and quotes from them released or withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.preparing import find_edition
from survey.reporting.kept_files import forget_kept_files
from survey.storage import texts
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.installation import Installation
    from survey.model.tally import KeptText
    from survey.storage.connection import Connection

LEFT_OUT = "[…]"
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class ReleasedTogether:
    """What became of texts that were released at once."""

    released: int
    with_omissions: int
    """Of those: quoted without their marked stretches."""
    empty: int
    """Not released: without their marked stretches nothing is left."""


def texts_to_read(inst: Installation, name: str) -> tuple[KeptText, ...]:
    """The texts that the count has kept, question by question; NotAllowed before the count."""
    record = find_edition(inst, name)
    if record.counted is None:
        raise NotAllowed(problem("Diese Ausgabe ist noch nicht ausgezählt."))
    with foreign_errors():
        found = texts.of_edition(inst.database.read(), record.id)
    return tuple(sorted(found, key=lambda text: (text.session, text.item, text.id)))


def release_quote(
    inst: Installation, name: str, text_id: str, *, wording: str | None = None
) -> str:
    """The wording that may be quoted from now on: all of the text but its marks, or what is given.

    NotAllowed where a given wording is not the text with parts left out.
    """
    text = find_text(inst, name, text_id)
    quote = without_marks(text) if wording is None else wording.strip()
    if not is_quote(text.text, quote):
        raise NotAllowed(
            problem(
                "Ein Zitat besteht nur aus Teilen des Textes. Was fehlt, zeigt %(sign)s an.",
                sign=LEFT_OUT,
            )
        )
    release_text(inst, name, text_id, released=quote)
    return quote


def release_together(inst: Installation, name: str, text_ids: Iterable[str]) -> ReleasedTogether:
    """All these texts may be quoted, without their marks; NotFound if one is not there, then none is released."""
    record = find_edition(inst, name)
    found = {text.id: text for text in texts_to_read(inst, name)}
    chosen = [_require(found, text_id) for text_id in dict.fromkeys(text_ids)]
    quotes = [(text, without_marks(text)) for text in chosen]
    good = [(text, quote) for text, quote in quotes if is_quote(text.text, quote)]

    def work(connection: Connection) -> None:
        for text, quote in good:
            texts.release(connection, record.id, text.id, released=quote)
            facts = {"text": text.id}
            write_deed(connection, "text released", at=inst.clock(), edition=record.id, facts=facts)

    inst.database.write(work)
    return ReleasedTogether(
        len(good), sum(bool(text.marks) for text, _ in good), len(quotes) - len(good)
    )


def withdraw_together(inst: Installation, name: str, text_ids: Iterable[str]) -> int:
    """How many of these texts were released, and are no longer; NotFound if one is not there."""
    record = find_edition(inst, name)
    found = {text.id: text for text in texts_to_read(inst, name)}
    chosen = [_require(found, text_id) for text_id in dict.fromkeys(text_ids)]
    quoted = [text for text in chosen if text.released is not None]

    def work(connection: Connection) -> None:
        for text in quoted:
            texts.withdraw_release(connection, record.id, text.id)
            facts = {"text": text.id}
            write_deed(
                connection, "text withdrawn", at=inst.clock(), edition=record.id, facts=facts
            )

    inst.database.write(work)
    forget_kept_files(inst, record)
    return len(quoted)


def without_sentences(text: str, places: Iterable[int]) -> str:
    """The text with those of its sentences (counted from 0) left out."""
    left_out = frozenset(places)
    kept: list[str] = []
    for place, sentence in enumerate(sentences(text)):
        if place not in left_out:
            kept.append(sentence)
        elif not kept or kept[-1] != LEFT_OUT:
            kept.append(LEFT_OUT)
    return " ".join(kept)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text, in order."""
    return tuple(s for part in _SENTENCE_END.split(text) if (s := part.strip()))


def withdraw_quote(inst: Installation, name: str, text_id: str) -> None:
    """The text is quoted in no report from now on."""
    record = find_edition(inst, name)
    find_text(inst, name, text_id)

    def work(connection: Connection) -> None:
        texts.withdraw_release(connection, record.id, text_id)
        facts = {"text": text_id}
        write_deed(connection, "text withdrawn", at=inst.clock(), edition=record.id, facts=facts)

    inst.database.write(work)
    forget_kept_files(inst, record)


def without_marks(text: KeptText) -> str:
    """The text with every marked stretch left out."""
    kept: list[str] = []
    place = 0
    for mark in sorted(text.marks):
        if mark.start > place or not kept:
            kept.append(text.text[place : mark.start])
        place = max(place, mark.end)
    return LEFT_OUT.join([*kept, text.text[place:]]).strip()


def is_quote(text: str, quote: str) -> bool:
    """True if the quote is the text, with whatever is left out shown, at its ends, too."""
    whole = text.strip()
    parts = [part.strip() for part in quote.split(LEFT_OUT)]
    if not any(parts) or not whole.startswith(parts[0]) or not whole.endswith(parts[-1]):
        return False
    place = 0
    for part in parts[:-1]:
        found = whole.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return len(whole) - len(parts[-1]) >= place and (len(parts) > 1 or parts[0] == whole)


def find_text(inst: Installation, name: str, text_id: str) -> KeptText:
    """The text with that id; NotFound if the edition has none."""
    return _require({text.id: text for text in texts_to_read(inst, name)}, text_id)


def _require(found: Mapping[str, KeptText], text_id: str) -> KeptText:
    if text_id not in found:
        raise NotFound("text", text_id)
    return found[text_id]


def release_text(inst: Installation, name: str, text_id: str, *, released: str) -> None:
    """The text may be quoted in this wording; NotAllowed while a marked stretch is still in it."""
    record = find_edition(inst, name)
    found = {t.id: t for t in texts.of_edition(inst.database.read(), record.id)}.get(text_id)
    if found is None:
        raise NotAllowed(problem("Diesen Text gibt es nicht."))
    for mark in found.marks:
        marked = found.text[mark.start : mark.end]
        # As a word of its own: who strikes out "Lang" may keep "langsam".
        if re.search(rf"(?<!\w){re.escape(marked)}(?!\w)", released, re.IGNORECASE):
            raise NotAllowed(
                problem("Im Zitat steht noch „%(marked)s“. Streichen Sie das.", marked=marked)
            )

    def work(connection: Connection) -> None:
        texts.release(connection, record.id, text_id, released=released)
        write_deed(
            connection, "text released", at=inst.clock(), edition=record.id, facts={"text": text_id}
        )

    inst.database.write(work)
