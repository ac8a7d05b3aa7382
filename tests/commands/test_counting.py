from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from survey.preparing import find_edition
from tests.counting.ballots import close, people_answer

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.commands.conftest import Typing
    from tests.people import StoppedClock

ANSWERS = 14


@pytest.fixture
def closed(inst: Installation, open_congress: EditionRecord, clock: StoppedClock) -> EditionRecord:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    return open_congress


@pytest.fixture
def counted(run: Typing, closed: EditionRecord) -> EditionRecord:
    told = run("count", "kk2020", "--yes")
    assert told.exit_code == 0, told.output
    return closed


@pytest.mark.parametrize(("answers", "told"), [(0, "0"), (4, "0"), (5, "5"), (14, "10")])
def test_before_the_count_responses_are_rounded_down_to_five(
    run: Typing, inst: Installation, open_congress: EditionRecord, answers: int, told: str
) -> None:
    people_answer(inst, open_congress, answers, silent=20 - answers)

    status = run("status", "kk2020")

    assert status.exit_code == 0, status.output
    assert status.stdout.splitlines()[-1].split()[-1] == told


@pytest.mark.usefixtures("counted")
def test_after_the_count_the_number_is_exact(run: Typing) -> None:
    assert run("status", "kk2020").stdout.splitlines()[8].split()[-1] == str(ANSWERS)


@pytest.mark.usefixtures("open_congress")
def test_an_open_edition_is_closed_after_a_yes(
    run: Typing, inst: Installation, clock: StoppedClock
) -> None:
    declined = run("close", "kk2020", typed="\n")
    before = find_edition(inst, "kk2020")
    agreed = run("close", "kk2020", typed="j\n")

    assert (declined.exit_code, agreed.exit_code) == (1, 0)
    assert before.closes != clock()
    assert find_edition(inst, "kk2020").closes == clock()


@pytest.mark.usefixtures("open_congress")
def test_an_open_edition_is_not_counted(run: Typing, inst: Installation) -> None:
    refused = run("count", "kk2020", "--yes")

    assert refused.exit_code == 1
    assert find_edition(inst, "kk2020").count_started is None


@pytest.mark.usefixtures("closed")
def test_the_count_asks_tells_and_files_its_protocol(run: Typing, inst: Installation) -> None:
    declined = run("count", "kk2020", typed="n\n")
    before = find_edition(inst, "kk2020").count_started
    agreed = run("count", "kk2020", typed="j\n")

    (protocol,) = inst.settings.reports.glob("kk2020-*.txt")
    assert (declined.exit_code, agreed.exit_code) == (1, 0)
    assert before is None
    assert find_edition(inst, "kk2020").answered == ANSWERS
    assert protocol.read_text(encoding="utf-8") in agreed.stdout


@pytest.mark.usefixtures("counted")
def test_a_second_count_asks_nothing_and_tells_the_first_again(run: Typing) -> None:
    again = run("count", "kk2020")

    assert again.exit_code == 0
    assert str(ANSWERS) in again.stdout


@pytest.mark.usefixtures("closed")
def test_before_the_count_nothing_is_handed_out(run: Typing) -> None:
    codes = {
        run(*words).exit_code
        for words in (
            ("report", "kk2020"),
            ("export", "kk2020", "--format", "json"),
            ("texts", "show", "kk2020"),
        )
    }

    assert codes == {1}


@pytest.mark.usefixtures("counted")
def test_every_format_is_exported(run: Typing, tmp_path: Path) -> None:
    words = [w for f in ("json", "xlsx", "csv", "codebook") for w in ("--format", f)]

    told = run("export", "kk2020", *words, "--language", "en", "--to", tmp_path / "out")

    assert told.exit_code == 0, told.output
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == [
        "kk2020-summary-codebook.csv",
        "kk2020-summary.csv",
        "kk2020-summary.json",
        "kk2020-summary.xlsx",
    ]
    summary = json.loads((tmp_path / "out" / "kk2020-summary.json").read_text(encoding="utf-8"))
    assert summary["answered"] == ANSWERS


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--session", "ws99"), 1),
        (("--sessions", "--pdf", "eins.pdf"), 2),
        (("--language", "fr"), 2),
    ],
    ids=["no such session", "one file for many", "no such language"],
)
def test_a_report_that_cannot_be_is_refused(
    run: Typing, inst: Installation, words: tuple[str, ...], code: int
) -> None:
    assert run("report", "kk2020", *words).exit_code == code
    assert list(inst.settings.reports.glob("*.pdf")) == []


@pytest.mark.usefixtures("counted")
def test_each_rated_session_gets_its_report(run: Typing, inst: Installation) -> None:
    told = run("report", "kk2020", "--sessions")

    assert told.exit_code == 0, told.output
    written = sorted(p.name for p in inst.settings.reports.glob("*.pdf"))
    assert written == [
        "kk2020-auswertung-ws01.pdf",
        "kk2020-auswertung-ws02.pdf",
        "kk2020-auswertung-ws03.pdf",
        "kk2020-auswertung-ws04.pdf",
    ]


@pytest.mark.usefixtures("counted")
def test_quotes_are_released_without_marks_and_withdrawn(run: Typing, tmp_path: Path) -> None:
    shown = run("texts", "show", "kk2020").stdout
    text_id = next(line.split()[0] for line in shown.splitlines() if "Kanarienvogel" in line)

    released = run("texts", "release", "kk2020", text_id)
    run("export", "kk2020", "--format", "json", "--to", tmp_path)
    withdrawn = run("texts", "withdraw", "kk2020", text_id)
    run("export", "kk2020", "--format", "json", "--to", tmp_path)

    assert (released.exit_code, withdrawn.exit_code) == (0, 0)
    versions = {
        p.name: json.loads(p.read_text(encoding="utf-8"))["version"]
        for p in tmp_path.glob("*.json")
    }
    assert versions == {
        "kk2020-auswertung-fassung-2.json": 2,
        "kk2020-auswertung-fassung-3.json": 3,
    }
