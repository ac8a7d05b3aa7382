"""Every answer that the law allows fits into the edition's boxes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from survey.errors import NotAllowed
from survey.language.wording import Wording
from survey.model import items
from survey.model.answering import read_response
from survey.model.personal_form import largest_response, personal_form
from survey.model.programme import SessionKind
from survey.preparing import create_edition
from survey.storage import editions
from survey.urn.sealing import capacity
from tests.events import congress, network_call

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.model.personal_form import PersonalForm, Question

EMOJI = "\U0001f600"


def with_long_codes() -> Edition:
    """A congress whose second workshops have the longer codes and the first the longer texts."""
    edition = congress()
    sessions = tuple(
        replace(s, code=f"{s.code}_{'x' * 40}") if s.code in {"ws02", "ws04"} else s
        for s in edition.programme.sessions
    )
    keynote = replace(edition.questionnaire.sections[0], for_each=(SessionKind.KEYNOTE,))
    talks = tuple(replace(i, code=f"talk_{i.code}") for i in keynote.items)
    return replace(
        edition,
        programme=replace(edition.programme, sessions=sessions),
        questionnaire=replace(
            edition.questionnaire,
            sections=(
                *edition.questionnaire.sections,
                replace(keynote, code="talks", items=talks),
            ),
        ),
    )


def fullest(form: PersonalForm, elsewhere: tuple[str | None, ...]) -> dict[str, tuple[str, ...]]:
    """Everything said at the greatest length."""
    chosen = dict(zip([o.name for o in form.elsewhere()], elsewhere, strict=True))
    gone = {o.booked.code for o in form.elsewhere() if o.booked and chosen[o.name]}
    fields: dict[str, tuple[str, ...]] = {n: (c,) for n, c in chosen.items() if c}
    for question in form.questions():
        prefix = "--".join(question.name.split("--")[:2])
        is_elsewhere = question.name.startswith("elsewhere--")
        if is_elsewhere and not chosen[prefix]:
            continue
        if question.session is not None and question.session.code in gone:
            continue
        fields |= _fullest_answer(question)
    return fields


def _fullest_answer(question: Question) -> dict[str, tuple[str, ...]]:
    item, name = question.item, question.name
    codes = sorted((c.code for c in items.choices(item)), key=len, reverse=True)
    match item:
        case items.ShortText() | items.LongText():
            return {name: (EMOJI * item.limit,)}
        case items.MultipleChoice():
            ticked = tuple(c.code for c in items.choices(item) if not c.is_exclusive)
            return {name: ticked, f"{name}-text": (EMOJI * items.OTHER_TEXT_LIMIT,)}
        case items.TopThree():
            return {f"{name}-{n}": (code,) for n, code in enumerate(codes[:3], 1)}
        case _:
            return {name: (codes[0],)}


@pytest.mark.parametrize("edition", [congress(), with_long_codes()], ids=["congress", "long"])
@pytest.mark.proves("U26")
def test_no_answer_is_larger_than_the_largest(edition: Edition) -> None:
    rounds = [[None, *edition.programme.of_round(r.code)] for r in edition.programme.rounds]
    sizes = []
    for booking in product(*rounds):
        form = personal_form(edition, frozenset(s.code for s in booking if s))
        places = [(None, *(s.code for s in other.sessions)) for other in form.elsewhere()]
        sizes += [
            len(read_response(form, fullest(form, elsewhere)).encode())
            for elsewhere in product(*places)
        ]

    assert len(sizes) == 49
    assert max(sizes) <= largest_response(edition) <= max(sizes) + 200


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(300, 4096, id="short texts"),
        pytest.param(1000, 16384, id="longer texts"),
        pytest.param(10_000, 65536, id="essays"),
    ],
)
def test_smallest_box_that_holds_every_answer_is_chosen(
    inst: Installation, limit: int, expected: int
) -> None:
    record = create_edition(inst, _call_with_text(limit))

    assert record.edition.box_size == expected
    assert capacity(expected) >= largest_response(record.edition)
    assert editions.find(inst.database.read(), record.name) == record


def test_larger_box_than_needed_is_taken_as_wished(inst: Installation) -> None:
    record = create_edition(inst, replace(_call_with_text(300), box_size=16384))

    assert record.edition.box_size == 16384


@pytest.mark.parametrize(
    ("limit", "wish"),
    [
        pytest.param(1000, 4096, id="too small"),
        pytest.param(300, 5000, id="no size of boxes"),
        pytest.param(20_000, 0, id="no box is large enough"),
    ],
)
@pytest.mark.proves("U26")
def test_box_that_would_not_hold_every_answer_is_refused_with_the_facts(
    inst: Installation, limit: int, wish: int
) -> None:
    edition = replace(_call_with_text(limit), box_size=wish)

    with pytest.raises(NotAllowed) as refusal:
        create_edition(inst, edition)

    assert refusal.value.why.values()["needed"] == largest_response(edition)
    assert editions.all_editions(inst.database.read()) == ()
    assert list(inst.keys.keys_directory.iterdir()) == []


def _call_with_text(limit: int) -> Edition:
    call = network_call()
    section = call.questionnaire.sections[0]
    text = items.LongText(code="focus", wording=Wording("Worum?"), limit=limit)
    sections = (replace(section, items=(section.items[0], text)), call.questionnaire.sections[1])
    return replace(call, questionnaire=replace(call.questionnaire, sections=sections))
