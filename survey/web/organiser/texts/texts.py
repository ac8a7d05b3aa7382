"""Free texts: read, shuffled and marked; released, withdrawn and given themes, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.typed_number import typed_number
from survey import coding
from survey.errors import NotAllowed, NotFound, problem
from survey.model.summary import TextsFinding
from survey.model.tally import MarkKind
from survey.reporting.published import next_version, published_summary, versions_by_text
from survey.reporting.quotes import release_together, texts_to_read, withdraw_together
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.language.catalogue import Catalogue
    from survey.language.wording import Language
    from survey.model.event import Edition, EditionRecord
    from survey.model.summary import EditionSummary
    from survey.model.tally import KeptText
    from survey.model.theme import Theme
    from survey.web.workplace.desk import Desk

PAGE = 50
UNPROCESSABLE = 422
_SHOWN = ("offen", "freigegeben", "alle")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `kind` says why it is marked, or is empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text as the page shows it."""

    number: int
    id: str
    pieces: tuple[Piece, ...]
    released: str
    is_shortened: bool
    versions: tuple[int, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The texts to one question."""

    key: str
    wording: str
    texts: tuple[ShownText, ...]
    is_never_quoted: bool
    """True if so few wrote something that no report quotes any of it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all texts: versions and themes of each, and what themes are called."""

    versions: Mapping[str, tuple[int, ...]]
    codes: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    withheld: frozenset[tuple[str, str]]
    """Session and item of the questions whose texts no report quotes."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the texts."""

    address: str
    text: str
    is_current: bool


def show_texts(desk: Desk) -> Response:
    """The texts, fifty a page."""
    return _draw(desk, desk.edition())


def change_texts(desk: Desk) -> Response:
    """What was chosen is done to the chosen texts; nothing chosen is said, and nothing is done."""
    record = desk.edition()
    chosen = desk.fields.get("text", ())
    if not chosen:
        return _draw(
            desk,
            record,
            (problem("Wählen Sie zuerst mindestens einen Text aus."),),
            status=UNPROCESSABLE,
        )
    doing = {"release": _release, "withdraw": _withdraw, "theme": _give_theme}.get(
        desk.own.get("action", "")
    )
    if doing is None:
        raise NotFound("action", desk.own.get("action", ""))
    try:
        notice = doing(desk, record, chosen)
    except NotAllowed as refused:
        return _draw(desk, record, (refused.why,), status=UNPROCESSABLE)
    address = edition_address(record, "ergebnisse", "texte")
    query = desk.visit.request.url.query
    return desk.go(f"{address}?{query}" if query else address, notice=notice)


def pieces(text: KeptText, words: Catalogue) -> tuple[Piece, ...]:
    """The text cut at its marks."""
    found: list[Piece] = []
    place = 0
    for mark in sorted(text.marks):
        start = max(place, mark.start)
        if mark.end <= start:
            continue
        if start > place:
            found.append(Piece(text.text[place:start]))
        found.append(Piece(text.text[start : mark.end], _kinds(words.gettext)[mark.kind]))
        place = mark.end
    if place < len(text.text):
        found.append(Piece(text.text[place:]))
    return tuple(found)


def question_of(edition: Edition, text: KeptText, language: Language) -> str:
    """What the text answers, with its session."""
    if not text.session:
        return edition.questionnaire.item(text.item).wording.in_language(language)
    session = edition.programme.session(text.session)
    asked = {item.code: item for item in edition.questionnaire.session_items(session.kind)}
    title = session.title.in_language(language)
    return f"{title}: {asked[text.item].wording.in_language(language)}"


def _release(desk: Desk, record: EditionRecord, chosen: tuple[str, ...]) -> str:
    done = release_together(desk.inst, record.name, chosen)
    say, some = desk.words.gettext, desk.words.ngettext
    told = [
        some("%(n)d Text ist freigegeben.", "%(n)d Texte sind freigegeben.", done.released)
        % {"n": done.released}
    ]
    if done.with_omissions:
        told.append(say("Markierte Stellen sind durch […] ersetzt."))
    if done.empty:
        told.append(
            some(
                "%(n)d Text besteht nur aus markierten Stellen und ist nicht freigegeben.",
                "%(n)d Texte bestehen nur aus markierten Stellen und sind nicht freigegeben.",
                done.empty,
            )
            % {"n": done.empty}
        )
    return " ".join(told)


def _withdraw(desk: Desk, record: EditionRecord, chosen: tuple[str, ...]) -> str:
    done = withdraw_together(desk.inst, record.name, chosen)
    return desk.words.ngettext(
        "Die Freigabe von %(n)d Text ist zurückgenommen. Er wird ab sofort nirgends mehr gezeigt.",
        "Die Freigabe von %(n)d Texten ist zurückgenommen. Sie werden ab sofort nirgends mehr gezeigt.",
        done,
    ) % {"n": done}


def _give_theme(desk: Desk, record: EditionRecord, chosen: tuple[str, ...]) -> str:
    code = next(iter(desk.fields.get("theme", ())), "")
    if not code:
        raise NotAllowed(problem("Wählen Sie ein Thema aus."))
    theme = coding.theme_of(desk.inst, record, code)
    done = coding.add_theme_to_texts(desk.inst, record, code, text_ids=chosen)
    return desk.words.ngettext(
        "%(n)d Text hat jetzt das Thema „%(theme)s“.",
        "%(n)d Texte haben jetzt das Thema „%(theme)s“.",
        done,
    ) % {"n": done, "theme": theme.name.in_language(desk.language)}


def _draw(
    desk: Desk, record: EditionRecord, others: tuple[Problem, ...] = (), *, status: int = 200
) -> Response:
    kept = texts_to_read(desk.inst, record.name)
    news = next_version(desk.inst, record.name)
    asked = desk.asked("zeigen")
    showing = asked if asked in _SHOWN else "offen"
    wanted = [t for t in kept if showing == "alle" or (t.released is None) == (showing == "offen")]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(typed_number(desk.asked("seite")) or 1, pages)
    themes = coding.codebook(desk.inst, record)
    return desk.draw(
        "workplace/texts/texts.html",
        status=status,
        edition=record,
        others=others,
        questions=_questions(desk, record, wanted[(page - 1) * PAGE : page * PAGE], kept, themes),
        chosen=desk.fields.get("text", ()),
        tabs=_tabs(desk, record, kept, showing),
        showing=showing,
        page_number=page,
        pages=pages,
        themes=themes,
        news=news,
        has_texts=bool(kept),
    )


def _questions(
    desk: Desk,
    record: EditionRecord,
    wanted: Iterable[KeptText],
    kept: tuple[KeptText, ...],
    themes: tuple[Theme, ...],
) -> tuple[Question, ...]:
    known = _Known(
        versions_by_text(desk.inst, record.name),
        coding.coding_of(desk.inst, record),
        {theme.code: theme.name.in_language(desk.language) for theme in themes},
        _withheld(published_summary(desk.inst, record.name)),
    )
    numbers = {text.id: number for number, text in enumerate(kept, 1)}
    by_question: dict[tuple[str, str], list[KeptText]] = {}
    for text in wanted:
        by_question.setdefault((text.session, text.item), []).append(text)
    return tuple(
        Question(
            f"{session}-{item}".strip("-"),
            question_of(record.edition, found[0], desk.language),
            tuple(_shown(desk, text, numbers[text.id], known) for text in found),
            (session, item) in known.withheld,
        )
        for (session, item), found in by_question.items()
    )


def _withheld(summary: EditionSummary) -> frozenset[tuple[str, str]]:
    general = [("", finding) for section in summary.sections for finding in section.findings]
    about_sessions = [(s.session.code, finding) for s in summary.sessions for finding in s.findings]
    return frozenset(
        (session, finding.code)
        for session, finding in (*general, *about_sessions)
        if isinstance(finding, TextsFinding) and finding.suppressed is not None
    )


def _shown(desk: Desk, text: KeptText, number: int, known: _Known) -> ShownText:
    codes = known.codes.get(text.id, frozenset())
    return ShownText(
        number,
        text.id,
        pieces(text, desk.words),
        text.released or "",
        text.released is not None and text.released != text.text,
        known.versions.get(text.id, ()),
        tuple(sorted(known.names[code] for code in codes if code in known.names)),
    )


def _tabs(
    desk: Desk, record: EditionRecord, kept: tuple[KeptText, ...], showing: str
) -> tuple[Tab, ...]:
    released = sum(text.released is not None for text in kept)
    say = desk.words.gettext
    names = (
        say("Noch nicht entschieden (%(n)s)") % {"n": len(kept) - released},
        say("Freigegeben (%(n)s)") % {"n": released},
        say("Alle (%(n)s)") % {"n": len(kept)},
    )
    return tuple(
        Tab(edition_address(record, "ergebnisse", "texte", zeigen=key), name, key == showing)
        for key, name in zip(_SHOWN, names, strict=True)
    )


def _kinds(say: Callable[[str], str]) -> dict[MarkKind, str]:
    return {
        MarkKind.MAIL: say("E-Mail-Adresse"),
        MarkKind.WEB: say("Internet-Adresse"),
        MarkKind.IBAN: say("Kontonummer"),
        MarkKind.PHONE: say("Telefonnummer"),
        MarkKind.ACCOUNT: say("Benutzername"),
        MarkKind.SALUTATION: say("Person"),
        MarkKind.NAME: say("Name"),
    }
