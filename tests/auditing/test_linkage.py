"""The linkage attack over HTTP, through a logging proxy, against the real service: it links nobody, and it can see."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from survey.auditing.linkage import audit_once
from survey.auditing.protocol import AuditProtocol
from tests.people import START, settings_below

FEW, SOME = 5, 21


@pytest.fixture(scope="module")
def protocol() -> AuditProtocol:
    """Two rehearsals, of few and of some."""
    runs = []
    heard: list[tuple[int, int]] = []
    for people in (FEW, SOME):
        with TemporaryDirectory() as directory:
            below = Path(directory)
            runs.append(
                audit_once(
                    settings_below(below / "own"),
                    below / "audit",
                    people=people,
                    now=START,
                    chance=Random(people),  # noqa: S311 -- who does what when
                    progress=lambda done, of: heard.append((done, of)),
                )
            )
    assert heard[-1] == (SOME, SOME)
    return AuditProtocol(tuple(runs), START, "0")


@pytest.mark.proves("U1", "U2", "U3", "U4", "U18", "U19", "U27", "U29")
def test_nobody_is_linked(protocol: AuditProtocol) -> None:
    assert {attack.what.key: attack.linked for attack in protocol.attacks if attack.linked} == {}
    assert protocol.schema_faults == ()
    assert protocol.holds


@pytest.mark.proves("U6")
def test_every_attack_says_how_many_were_exposed_to_it(protocol: AuditProtocol) -> None:
    exposed = {attack.what.key: attack.of for attack in protocol.attacks}

    assert all(0 < of <= FEW + SOME for of in exposed.values())
    assert exposed["Link-Prüfer, die jeden Link einer Mail abrufen"] == 2 + 7
    assert exposed["Text aus einem Programmpunkt mit nur einer Antwort"] == 2
    assert exposed["Überschriebene und zurückgenommene Antworten"] == 2 + 8
    # Five leave no texts at all; whoever is alone in a session leaves only one.
    assert exposed["Zwei Texte eines Menschen in einer Zeile"] < SOME


@pytest.mark.proves("U5")
def test_no_guess_is_better_than_chance(protocol: AuditProtocol) -> None:
    assert protocol.ways > 500
    assert protocol.guessed > 10
    assert protocol.knowing_way == ""


@pytest.mark.proves("U6")
def test_every_control_links_everybody(protocol: AuditProtocol) -> None:
    assert [(c.what.key, c.linked, c.of) for c in protocol.controls if not c.is_complete] == []
    assert len(protocol.controls) == 18


@pytest.mark.proves("U7")
def test_what_copies_do_tell_is_who_has_answered(protocol: AuditProtocol) -> None:
    known = [(run.seen.boxes_known, run.seen.boxes_in_log) for run in protocol.runs]

    assert known == [(FEW, FEW), (SOME, SOME)]


def test_everything_was_looked_at(protocol: AuditProtocol) -> None:
    few, some = (run.seen for run in protocol.runs)

    assert few.copies > 2 * FEW
    assert some.copies > 2 * SOME
    assert some.sources >= 20
    assert all(finding.linked == finding.of > 0 for finding in protocol.unhidden)


def test_the_last_line_tells_the_result(protocol: AuditProtocol) -> None:
    people = FEW + SOME

    assert protocol.last_line() == (
        f"linked: {protocol.hits} of {people} (chance 1); controls: 18 of 18"
    )
