"""The protocol: what it takes for linked, and what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from survey.auditing.__main__ import main, sizes
from survey.auditing.findings import Attempt, Finding, Guess, RunResult, Seen
from survey.auditing.linkage import DECLARED
from survey.auditing.protocol import AuditProtocol
from survey.auditing.protocol_words import protocol_html, protocol_parts, protocol_text
from survey.errors import problem
from survey.language.catalogue import catalogue
from tests.people import START, settings_below

ZONE = settings_below(Path()).zone
ATTACK = problem("Zwei Texte eines Menschen in einer Zeile")
UNTRIED = problem("Link-Prüfer, die jeden Link einer Mail abrufen")
CONTROL = problem("eine Spalte mit Zeiten")
GOOD = RunResult(
    people=21,
    attacks=(Finding(ATTACK, 0, 21),),
    linked=0,
    guesses={DECLARED: Guess(1, 17), "JSON / links / backwards": Guess(0, 17)},
    controls=(Finding(CONTROL, 21, 21),),
    unhidden=(Finding(problem("wer geantwortet hat; keine Antwort"), 21, 21),),
    seen=Seen(copies=47, requests=186),
)


def _protocol(*runs: RunResult) -> AuditProtocol:
    return AuditProtocol(runs, START, "1.2")


def test_rehearsals_are_added_up() -> None:
    few = replace(GOOD, people=5, guesses={DECLARED: Guess(0, 0)})

    found = _protocol(GOOD, GOOD, few)

    assert found.last_line() == "linked: 2 of 47 (chance 2); controls: 1 of 1"
    assert found.attacks == (Finding(ATTACK, 0, 63),)
    assert found.holds


@pytest.mark.parametrize(
    ("run", "last_line"),
    [
        (replace(GOOD, linked=3), "linked: 4 of 21 (chance 1); controls: 1 of 1"),
        (
            replace(GOOD, controls=(Finding(CONTROL, 20, 21),)),
            "linked: 1 of 21 (chance 1); controls: 0 of 1",
        ),
        (
            replace(GOOD, controls=(Finding(CONTROL, 0, 0),)),
            "linked: 1 of 21 (chance 1); controls: 0 of 1",
        ),
        (
            replace(GOOD, guesses={DECLARED: Guess(17, 17)}),
            "linked: 17 of 21 (chance 1); controls: 1 of 1",
        ),
        (
            replace(
                GOOD, guesses={DECLARED: Guess(0, 17), "PDF / links / backwards": Guess(17, 17)}
            ),
            "linked: 17 of 21 (chance 1); controls: 1 of 1",
        ),
        (
            replace(GOOD, schema_faults=("urn.created",)),
            "linked: 1 of 21 (chance 1); controls: 1 of 1",
        ),
        (
            replace(GOOD, attacks=(*GOOD.attacks, Finding(UNTRIED, 0, 0))),
            "linked: 1 of 21 (chance 1); controls: 1 of 1",
        ),
    ],
    ids=["linked", "blind", "not-tried", "in-order", "another-order", "schema", "nobody-exposed"],
)
def test_what_does_not_hold_is_said(run: RunResult, last_line: str) -> None:
    found = _protocol(run)

    assert not found.holds
    assert found.last_line() == last_line
    for language in ("de", "en"):
        text = protocol_text(found, catalogue(language), zone=ZONE)
        assert text.endswith(last_line + "\n")
        assert ("nicht bewiesen" in text) is (language == "de")


def test_what_was_never_tried_does_not_hold() -> None:
    assert not _protocol().holds
    assert not _protocol(replace(GOOD, controls=())).holds
    assert not _protocol(replace(GOOD, attacks=())).holds


@pytest.mark.proves("U6")
def test_an_attack_to_which_nobody_was_exposed_in_any_rehearsal_fails() -> None:
    nobody = replace(GOOD, attacks=(Finding(ATTACK, 0, 0),))

    assert not _protocol(nobody).holds
    assert _protocol(nobody, GOOD).holds


def test_whoever_is_linked_was_exposed() -> None:
    assert Attempt(ATTACK, frozenset({1, 2}), frozenset({2, 3})).finding == Finding(ATTACK, 2, 3)


def test_no_rehearsal_at_all_is_no_audit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["0"]) == 1
    assert capsys.readouterr().out.endswith("linked: 0 of 0 (chance 0); controls: 0 of 0\n")


def test_a_weak_order_shows_over_many_rehearsals_only() -> None:
    weak = replace(GOOD, guesses={DECLARED: Guess(3, 17)})

    assert _protocol(weak).holds
    assert _protocol(*[weak] * 40).knowing_way == DECLARED


@pytest.mark.proves("U45")
def test_the_protocol_is_said_in_german_and_english() -> None:
    german, english = (
        protocol_parts(_protocol(GOOD), catalogue(language), zone=ZONE) for language in ("de", "en")
    )

    assert len(german) == len(english) == 7
    for one, other in zip(german, english, strict=True):
        assert len(one.rows) == len(other.rows)
        for a, b in zip(
            (*one.paragraphs, *one.points, *(row[0] for row in one.rows)),
            (*other.paragraphs, *other.points, *(row[0] for row in other.rows)),
            strict=True,
        ):
            assert a != b


@pytest.mark.proves("U45")
def test_the_page_to_be_printed_says_the_same() -> None:
    found = _protocol(GOOD)

    page = protocol_html(found, catalogue("en"), zone=ZONE)

    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert found.last_line() in page
    assert page.count("<table>") == 4


def test_so_few_answers_leave_nothing_to_guess() -> None:
    text = protocol_text(
        _protocol(replace(GOOD, guesses={DECLARED: Guess(0, 0)})), catalogue("de"), zone=ZONE
    )

    assert "keine Texte übrig" in text


def test_the_long_form_mixes_sizes() -> None:
    mixed = sizes(200)

    assert {people: mixed.count(people) for people in set(mixed)} == {5: 120, 21: 76, 200: 4}
    assert sum(mixed) == 2996
