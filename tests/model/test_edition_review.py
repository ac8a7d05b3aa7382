"""What should be known about a questionnaire: each rule by itself, and real editions that need no word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from forms.edition_file import read_edition_file
from survey.language.wording import Wording
from survey.model.comparability import WordingChange, WordingDecision, spoken
from survey.model.edition_review import missing_languages, review
from survey.model.event import Breakdown, Edition, EditionKind, Pair
from survey.model.items import Choice, Item, LongText, SingleChoice, YesNo
from survey.model.questionnaire import Questionnaire, Section

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SERIES = (("kk2018", "kk2019", "kk2020"), ("ikone-1", "ikone-2", "ikone-3", "ikone-4"))


def told(text: str) -> Wording:
    """The same in every language."""
    return Wording(text, text, text)


def single(code: str, text: str, number: int = 2) -> SingleChoice:
    """A question with that many answers."""
    choices = tuple(Choice(f"c{n}", told(f"Antwort {n}")) for n in range(number))
    return SingleChoice(code=code, wording=told(text), choices=choices)


def yes_no(code: str, text: str = "Kommen Sie wieder?") -> YesNo:
    """A question with a yes."""
    return YesNo(code=code, wording=told(text))


def edition(
    *items: Item,
    year: int = 2020,
    kind: EditionKind = EditionKind.CONGRESS,
    breakdown: str = "",
    pairs: tuple[Pair, ...] = (),
) -> Edition:
    """An edition of the call's series that asks these questions, and of which nothing else is to be said."""
    made = read_edition_file(EXAMPLES / "ikone-1.toml")
    return replace(
        made,
        name=f"e{year}",
        title=f"Ausgabe {year}",
        starts=made.starts.replace(year=year),
        kind=kind,
        questionnaire=Questionnaire((Section("all", told("Alles"), items),)),
        programme=replace(made.programme, sessions=(), rounds=()),
        breakdown=Breakdown(breakdown) if breakdown else None,
        pairs=pairs,
    )


def errors(found: Edition, *earlier: Edition) -> list[str]:
    """Where errors stand."""
    return [p.place for p in review(found, earlier).errors]


def warnings(found: Edition, *earlier: Edition, people: int = 0) -> list[str]:
    """Where warnings stand."""
    return [p.place for p in review(found, earlier, people=people).warnings]


@pytest.mark.parametrize(
    ("name", "before"), [(name, names[:n]) for names in SERIES for n, name in enumerate(names)]
)
def test_the_examples_need_no_word(name: str, before: Sequence[str]) -> None:
    found = review(
        read_edition_file(EXAMPLES / f"{name}.toml"),
        [read_edition_file(EXAMPLES / f"{earlier}.toml") for earlier in before],
        people=21 if name.startswith("ikone") else 400,
    )

    assert (found.errors, found.warnings) == ((), ())
    assert len(found.passed) == 11


def test_a_problem_takes_the_place_of_what_is_in_order() -> None:
    found = review(edition(LongText(code="q", wording=Wording("Nur Deutsch?"))), ())

    assert len(found.warnings) == 2
    assert len(found.passed) == 10


@pytest.mark.proves("A83")
@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ((), ()),
        ((told("a"),), ()),
        ((Wording(""),), ()),
        ((told("a"), Wording("b", en="b")), ("easy",)),
        ((Wording("b", easy="b"), Wording("b", en="b")), ("easy", "en")),
    ],
)
def test_a_language_is_missing_where_one_text_lacks_it(
    texts: tuple[Wording, ...], missing: tuple[str, ...]
) -> None:
    assert missing_languages(texts) == missing


def test_other_answers_or_another_kind_under_an_old_code_are_errors() -> None:
    before = edition(single("q", "Was?"), year=2019)

    assert errors(edition(single("q", "Was?")), before) == []
    assert errors(edition(single("q", "Was?", 3)), before) == ["questionnaire.q"]
    assert errors(edition(replace(single("q", "Was?", 3), scale_version=2)), before) == []
    assert errors(edition(yes_no("q")), before) == ["questionnaire.q"]


def test_another_wording_is_a_warning_until_somebody_has_decided() -> None:
    before = edition(yes_no("q", "Kommen Sie wider?"), year=2019)
    now = edition(yes_no("q", "Kommen Sie wieder?"))
    decision = WordingDecision("q", spoken(yes_no("q")), WordingChange.TYPO)

    assert warnings(now, before) == ["questionnaire.q"]
    assert review(now, (before,), decisions={"q": decision}).warnings == ()
    versioned = edition(replace(yes_no("q"), wording_version=2))
    assert warnings(versioned, before) == []


def test_a_question_the_last_edition_asked_is_missed_but_not_older_ones() -> None:
    oldest = edition(yes_no("a"), yes_no("b"), year=2018)
    last = edition(yes_no("a"), yes_no("c"), year=2019)

    found = review(edition(yes_no("a")), (oldest, last)).warnings

    assert [p.values()["codes"] for p in found] == ["c"]


def test_more_than_four_minutes_are_a_warning() -> None:
    thirty = tuple(yes_no(f"q{n}") for n in range(30))  # eight seconds each

    assert warnings(edition(*thirty)) == []
    assert warnings(edition(*thirty, yes_no("more"))) == ["questionnaire"]


@pytest.mark.proves("A83")
def test_more_than_ten_answers_are_a_warning() -> None:
    assert warnings(edition(single("q", "Was?", 10))) == []
    assert warnings(edition(single("q", "Was?", 11))) == ["questionnaire.q"]


TOWN = single("town", "In welcher Kommune arbeiten Sie?")
ROLE = single("role", "Was ist Ihre Funktion?")
FORMAT = single("format", "Vor Ort oder im Netz?")


@pytest.mark.parametrize(
    ("items", "people", "places"),
    [
        ((TOWN, ROLE), 21, ["questionnaire.role"]),
        ((TOWN, ROLE), 29, ["questionnaire.role"]),
        ((TOWN, ROLE), 30, []),
        ((TOWN, ROLE), 0, ["questionnaire.role"]),
        ((TOWN, FORMAT), 21, []),
        ((ROLE,), 21, []),
    ],
)
def test_town_and_role_give_people_away_in_a_small_call(
    items: tuple[Item, ...], people: int, places: list[str]
) -> None:
    assert warnings(edition(*items, kind=EditionKind.NETWORK_CALL), people=people) == places


def test_a_congress_of_unknown_size_is_taken_to_be_large() -> None:
    assert warnings(edition(TOWN, ROLE)) == []
    assert warnings(edition(TOWN, ROLE), people=20) == ["questionnaire.role"]


def test_what_results_are_grouped_by_says_something_about_people_too() -> None:
    format_again = single("again", "Wie das nächste Mal?")
    grouped = edition(
        FORMAT,
        format_again,
        kind=EditionKind.NETWORK_CALL,
        breakdown="format",
        pairs=(Pair("again", "format"),),
    )

    assert warnings(grouped, people=21) == ["questionnaire.again"]
    assert warnings(grouped, people=100) == []


def test_groups_rest_on_questions_that_are_asked() -> None:
    assert errors(edition(TOWN, breakdown="town")) == []
    assert errors(edition(ROLE, breakdown="town")) == ["breakdown"]
    assert errors(edition(yes_no("town"), breakdown="town")) == ["breakdown"]
    assert errors(edition(TOWN, pairs=(Pair("gone", "town"),))) == ["breakdown"]
