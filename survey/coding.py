"""Use case: texts are coded by hand, with a codebook that lasts over the editions of a series."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.model.items import Shape, shape
from survey.model.theme import Theme, theme_code
from survey.reporting.quotes import texts_to_read
from survey.storage import themes
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.installation import Installation
    from survey.language.wording import Wording
    from survey.model.event import EditionRecord
    from survey.model.items import Item
    from survey.storage.connection import Connection


def codebook(inst: Installation, record: EditionRecord) -> tuple[Theme, ...]:
    """The themes of the edition's series, by name."""
    with foreign_errors():
        return themes.of_series(inst.database.read(), record.owner, record.edition.series)


def theme_of(inst: Installation, record: EditionRecord, code: str) -> Theme:
    """The theme with that code; NotFound if the series has none."""
    for theme in codebook(inst, record):
        if theme.code == code:
            return theme
    raise NotFound("theme", code)


def uses_of(inst: Installation, record: EditionRecord, code: str) -> int:
    """How many texts, of all editions of the series, speak of it."""
    with foreign_errors():
        return themes.uses(inst.database.read(), record.owner, record.edition.series, code=code)


def add_theme(
    inst: Installation, record: EditionRecord, *, name: Wording, description: str, item: str = ""
) -> Theme:
    """A new theme of the series; NotAllowed if one is called so, NotFound if the edition asks no such question."""
    series = record.edition.series
    _require_item(record, item)

    def work(connection: Connection) -> Theme:
        known = themes.of_series(connection, record.owner, series)
        _require_new_name(known, name)
        code = theme_code(name.de, taken=[theme.code for theme in known])
        theme = Theme(code, name, description, item)
        themes.insert(connection, record.owner, series, theme)
        _write_deed(inst, connection, record, "theme added", code)
        return theme

    return inst.database.write(work)


def change_theme(
    inst: Installation,
    record: EditionRecord,
    code: str,
    *,
    name: Wording,
    description: str,
    item: str | None = None,
) -> Theme:
    """The theme under its new name; what it was used for stays. NotAllowed if another one is called so.

    `item`: the question it says more about, empty for none; None leaves it as it is.
    """
    series = record.edition.series

    def work(connection: Connection) -> Theme:
        known = themes.of_series(connection, record.owner, series)
        theme = next((t for t in known if t.code == code), None)
        if theme is None:
            raise NotFound("theme", code)
        _require_new_name([t for t in known if t.code != code], name)
        about = theme.item if item is None else item
        if about != theme.item:
            _require_item(record, about)
        changed = replace(theme, name=name, description=description, item=about)
        themes.update(connection, record.owner, series, changed)
        _write_deed(inst, connection, record, "theme changed", code)
        return changed

    return inst.database.write(work)


def delete_theme(inst: Installation, record: EditionRecord, code: str) -> None:
    """The theme is gone from the codebook; NotAllowed while texts speak of it."""
    series = record.edition.series

    def work(connection: Connection) -> None:
        used = themes.uses(connection, record.owner, series, code=code)
        if used:
            raise NotAllowed(
                problem(
                    "Das Thema ist noch %(n)d Texten zugeordnet. Nehmen Sie es dort zuerst weg.",
                    n=used,
                )
            )
        if not themes.delete(connection, record.owner, series, code=code):
            raise NotFound("theme", code)
        _write_deed(inst, connection, record, "theme deleted", code)

    inst.database.write(work)


def coding_of(inst: Installation, record: EditionRecord) -> Mapping[str, frozenset[str]]:
    """Which themes each text of the edition speaks of."""
    with foreign_errors():
        return themes.coding(inst.database.read(), record.id)


def questions_for_themes(record: EditionRecord) -> tuple[Item, ...]:
    """The closed questions of the edition that a theme can say more about: those asked once."""
    asked = record.edition.questionnaire.general_items()
    return tuple(item for item in asked if shape(item) is not Shape.TEXTS)


def code_text(
    inst: Installation, record: EditionRecord, text_id: str, *, codes: Iterable[str]
) -> None:
    """The text speaks of these themes and no others; NotFound if the text or a theme is unknown."""
    wanted = frozenset(codes)
    _require_texts(inst, record, [text_id])
    _require_themes(inst, record, wanted)

    def work(connection: Connection) -> None:
        themes.code_text(connection, record.id, text_id, themes=wanted)

    inst.database.write(work)


def add_theme_to_texts(
    inst: Installation, record: EditionRecord, code: str, *, text_ids: Iterable[str]
) -> int:
    """How many of these texts speak of the theme that did not before."""
    wanted = tuple(dict.fromkeys(text_ids))
    _require_texts(inst, record, wanted)
    _require_themes(inst, record, frozenset({code}))

    def work(connection: Connection) -> int:
        known = themes.coding(connection, record.id)
        new = [text for text in wanted if code not in known.get(text, frozenset())]
        for text in new:
            themes.code_text(
                connection, record.id, text, themes=known.get(text, frozenset()) | {code}
            )
        return len(new)

    return inst.database.write(work)


def _require_texts(inst: Installation, record: EditionRecord, wanted: Iterable[str]) -> None:
    known = {text.id for text in texts_to_read(inst, record.name)}
    for text in wanted:
        if text not in known:
            raise NotFound("text", text)


def _require_themes(inst: Installation, record: EditionRecord, wanted: frozenset[str]) -> None:
    known = {theme.code for theme in codebook(inst, record)}
    for code in sorted(wanted - known):
        raise NotFound("theme", code)


def _require_item(record: EditionRecord, code: str) -> None:
    if code and code not in {item.code for item in questions_for_themes(record)}:
        raise NotFound("question", code)


def _require_new_name(known: Iterable[Theme], name: Wording) -> None:
    if name.de.casefold() in {theme.name.de.casefold() for theme in known}:
        raise NotAllowed(problem("Ein Thema „%(name)s“ gibt es schon.", name=name.de))


def _write_deed(
    inst: Installation, connection: Connection, record: EditionRecord, deed: str, code: str
) -> None:
    write_deed(connection, deed, at=inst.clock(), edition=record.id, facts={"theme": code})
