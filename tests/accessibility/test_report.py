"""The report on accessibility is what the checks look at now, and the statement shows it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.language.wording import LANGUAGES
from survey.web.participant.accessibility_report import read_report
from tests.accessibility.client import AccessibleClient
from tests.accessibility.gate import Form, checked
from tests.accessibility.report import (
    DOCUMENT,
    PLACE,
    VISIT,
    WALKS,
    missing_visits,
    numbers,
    report_now,
    written,
)
from tests.proofs.documents import block_of
from tests.proofs.requirements import read_subjects

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation


def test_the_report_is_of_what_is_looked_at_now() -> None:
    kept = read_report()

    now = dataclasses.replace(report_now(kept.day), is_whole=kept.is_whole)
    assert kept == now, "python -m tests.accessibility.report renews it"
    assert PLACE.read_text(encoding="utf-8") == written(kept)
    assert block_of(DOCUMENT.read_text(encoding="utf-8"), "numbers") == numbers()


def test_a_report_of_fewer_pages_would_be_noticed() -> None:
    kept = read_report()

    now = dataclasses.replace(report_now(kept.day), is_whole=kept.is_whole)
    assert dataclasses.replace(now, pages=now.pages - 1) != now
    assert not report_now(kept.day).is_whole


def test_the_gate_looks_at_nothing_that_the_list_does_not_know() -> None:
    (subject,) = [one for one in read_subjects() if one.name == "accessibility"]

    assert checked(Form.LONG) <= {one.id for one in subject.requirements}


@pytest.mark.parametrize("lacks", ["nothing", "a visit", "a pass"])
def test_a_report_is_written_of_a_whole_run_only(tmp_path: Path, lacks: str) -> None:
    visits = [
        ["A1", "passed", f"{file}::{VISIT}[{number}]"]
        for file, wanted in WALKS.items()
        for number in range(wanted)
    ]
    rows = {
        "nothing": visits,
        "a visit": visits[1:],
        "a pass": [*visits[1:], ["A1", "failed", visits[0][2]], ["A2", "passed", visits[0][2]]],
    }[lacks]
    ledger = tmp_path / "ledger"
    ledger.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    first, wanted = next(iter(WALKS.items()))
    assert missing_visits(ledger) == (
        [] if lacks == "nothing" else [f"{first}: {wanted - 1} of {wanted} visits passed"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_shows_the_report(inst: Installation, language: str) -> None:
    report = read_report()
    client = AccessibleClient(make_application(inst))

    text = client.get(f"/barrierefreiheit?sprache={language}").text()

    wanted = [report.norm, str(report.pages), str(report.states), str(report.checks)]
    wanted += [f"{engine.name} {engine.version}" for engine in report.engines]
    wanted += [", ".join(report.criteria), ", ".join(report.clauses)]
    assert {"1.4.10", "3.3.8"} <= set(report.criteria)
    assert {"9.1.4.10", "11.7", "12.1.1"} <= set(report.clauses)
    assert [one for one in wanted if one not in text] == []
