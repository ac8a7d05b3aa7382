"""The linkage attack of the product itself: it links nobody, and it can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.auditing.linkage import audit_linkage, audit_schema
from survey.language.catalogue import catalogue
from tests.people import START

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation


@pytest.mark.parametrize("people", [5, 21])
def test_the_attack_links_nobody_and_its_controls_succeed(
    inst: Installation, tmp_path: Path, people: int
) -> None:
    heard: list[tuple[int, int]] = []

    protocol = audit_linkage(
        inst.settings,
        tmp_path / "audit",
        people=people,
        now=START,
        progress=lambda done, of: heard.append((done, of)),
    )

    assert {a.what.key: a.linked for a in protocol.attacks if a.linked} == {}
    assert protocol.schema_faults == ()
    assert protocol.last_line() == f"linked: 0 of {people} (chance 1); controls: 3 of 3"
    assert protocol.holds
    assert protocol.text(catalogue("de")).endswith(protocol.last_line() + "\n")
    assert heard[-1] == (people, people)


def test_the_schema_keeps_no_time_of_what_a_person_did(inst: Installation) -> None:
    assert audit_schema(inst) == ()
