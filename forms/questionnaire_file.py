"""Questionnaires as organisers write them: their own sections, or a standard one with items left out and added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.item_file import read_item, read_items
from survey.language.wording import Wording
from survey.model.conditions import wrong_conditions
from survey.model.programme import SessionKind
from survey.model.question_law import INTRODUCTION_LIMIT, MOST_ITEMS
from survey.model.questionnaire import Condition, Questionnaire, Section

if TYPE_CHECKING:
    from forms.item_file import Library
    from forms.toml_keys import Keys
    from survey.model.items import Item


def read_questionnaire(keys: Keys, library: Library) -> Questionnaire:
    """The questionnaire in that table: its own sections, or a standard one with items left out and added."""
    given = Questionnaire(())
    if keys.has("from"):
        name = keys.text("from")
        if name in library.questionnaires:
            given = _with_changes(keys, library.questionnaires[name], library)
        elif keys.is_sound("from"):
            keys.refuse(
                "Einen Fragebogen „%(value)s“ gibt es nicht. Möglich sind: %(known)s.",
                "from",
                value=name[:60],
                known=", ".join(library.questionnaires),
            )
    elif keys.has("leave_out") or keys.has("add"):
        keys.refuse(
            "„leave_out“ und „add“ gehören zu „from“: Nennen Sie dort den Fragebogen, den Sie ändern."
        )
    sections = (*given.sections, *(_section(each, library) for each in keys.tables("sections")))
    layout = keys.number("layout_version", given.layout_version, least=1, most=1000)
    keys.finish()
    _check_codes(keys, sections)
    questionnaire = Questionnaire(sections, layout)
    for found in wrong_conditions(questionnaire):
        keys.note(found)
    return questionnaire


def _check_codes(keys: Keys, sections: tuple[Section, ...]) -> None:
    items = [item.code for section in sections for item in section.items if item.code]
    codes = [section.code for section in sections if section.code]
    for code in dict.fromkeys(items):
        if items.count(code) > 1:
            keys.refuse(
                "Die Frage „%(code)s“ kommt mehrmals vor. Jeder Code darf nur einmal vorkommen.",
                code=code,
            )
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            keys.refuse(
                "Den Abschnitt „%(code)s“ gibt es mehrmals. Jeder Code darf nur einmal vorkommen.",
                code=code,
            )
    if not sections and keys.is_sound("from"):
        keys.refuse("Der Fragebogen hat keine Fragen.")
    elif len(items) > MOST_ITEMS:
        keys.refuse(
            "Der Fragebogen hat %(count)s Fragen. Erlaubt sind höchstens %(limit)s.",
            count=len(items),
            limit=MOST_ITEMS,
        )


def _with_changes(keys: Keys, given: Questionnaire, library: Library) -> Questionnaire:
    left_out = keys.texts("leave_out")
    known = {s.code for s in given.sections} | {i.code for s in given.sections for i in s.items}
    for code in left_out:
        if code not in known:
            keys.refuse(
                "„%(value)s“ kann nicht wegfallen: Im Fragebogen gibt es nur %(known)s.",
                "leave_out",
                value=code[:60],
                known=", ".join(sorted(known)),
            )
    items = {
        s.code: [i for i in s.items if i.code not in left_out]
        for s in given.sections
        if s.code not in left_out
    }
    for each in keys.tables("add"):
        _add(each, items, library)
    return replace(
        given,
        sections=tuple(
            replace(s, items=tuple(items[s.code])) for s in given.sections if items.get(s.code)
        ),
    )


def _add(keys: Keys, items: dict[str, list[Item]], library: Library) -> None:
    section = keys.text("section")
    after = keys.text_or("after", "")
    item = read_item(keys, library)
    if section not in items:
        if keys.is_sound("section"):
            keys.refuse(
                "Einen Abschnitt „%(value)s“ gibt es nicht. Möglich sind: %(known)s.",
                "section",
                value=section[:60],
                known=", ".join(items),
            )
        return
    there = [i.code for i in items[section]]
    if after and after not in there:
        keys.refuse(
            "Die Frage „%(value)s“ gibt es in diesem Abschnitt nicht. Möglich sind: %(known)s.",
            "after",
            value=after[:60],
            known=", ".join(there),
        )
        return
    items[section].insert(there.index(after) + 1 if after else len(there), item)


def _section(keys: Keys, library: Library) -> Section:
    code = keys.code("code")
    heading = keys.wording("heading")
    introduction = keys.wording_or_none("introduction", limit=INTRODUCTION_LIMIT) or Wording("")
    items = read_items(keys, library)
    if not items and keys.is_sound("items"):
        keys.refuse("Der Abschnitt „%(code)s“ hat keine Fragen.", code=code)
    kinds: list[SessionKind] = []
    for name in keys.texts("for_each"):
        if name in list(SessionKind):
            kinds.append(SessionKind(name))
        else:
            keys.refuse(
                "„%(value)s“ gibt es hier nicht. Möglich sind: %(known)s.",
                "for_each",
                value=name[:60],
                known=", ".join(SessionKind),
            )
    condition = _condition(keys)
    keys.finish()
    return Section(code, heading, items, introduction, tuple(dict.fromkeys(kinds)), condition)


def _condition(keys: Keys) -> Condition | None:
    inner = keys.table("only_if")
    if inner is None:
        return None
    item = inner.text("question")
    taken = inner.texts("choices")
    if not taken and inner.is_sound("choices"):
        inner.refuse("Nennen Sie unter „choices“ mindestens eine Antwort.")
    inner.finish()
    return Condition(item, tuple(dict.fromkeys(taken)))
