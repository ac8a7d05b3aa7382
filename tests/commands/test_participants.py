from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.registering import list_participants
from tests.counting.ballots import a_response

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.commands.conftest import Typing
    from tests.people import Invited

pytestmark = pytest.mark.usefixtures("open_congress")

HEADING = "E-Mail;Name;Workshop 1"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A list of three people."""
    return a_list(
        tmp_path, "anna@example.org;Anna;ws01", "bernd@example.org;Bernd;", "c@example.org;Clara;"
    )


def a_list(folder: Path, *lines: str) -> Path:
    file = folder / "liste.csv"
    file.write_text("\n".join((HEADING, *lines)), encoding="utf-8")
    return file


def names(inst: Installation) -> set[str]:
    return {p.name for p in list_participants(inst, "kk2020") if not p.is_withdrawn}


def test_a_trial_changes_nothing(run: Typing, inst: Installation, three: Path) -> None:
    told = run("participants", "import", "kk2020", three, "--dry-run")

    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[1].split() == ["3", "0", "0", "0", "0"]
    assert names(inst) == set()


def test_faulty_lines_stop_the_import(run: Typing, inst: Installation, tmp_path: Path) -> None:
    faulty = a_list(tmp_path, "anna@example.org;Anna;ws01", "bernd;Bernd;ws99")

    refused = run("participants", "import", "kk2020", faulty)

    assert refused.exit_code == 1
    assert refused.stderr.count("3") >= 2
    assert names(inst) == set()


def test_the_rest_comes_in_without_faulty_lines(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    faulty = a_list(tmp_path, "anna@example.org;Anna;ws01", "bernd;Bernd;ws99")
    left_out = tmp_path / "rest.csv"

    told = run("participants", "import", "kk2020", faulty, "--without-faulty", "--faulty", left_out)

    assert told.exit_code == 0, told.output
    assert names(inst) == {"Anna"}
    assert left_out.read_text(encoding="utf-8-sig").splitlines()[1].startswith("bernd;Bernd;ws99;")


@pytest.mark.proves("D18")
def test_an_unknown_column_comes_in_only_if_ignored_by_name(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("E-Mail;Name;Allergien\nanna@example.org;Anna;Nüsse\n", encoding="utf-8")

    refused = run("participants", "import", "kk2020", file)
    before = names(inst)
    taken = run("participants", "import", "kk2020", file, "--ignore", "Allergien")

    assert (refused.exit_code, taken.exit_code) == (1, 0)
    assert before == set()
    assert names(inst) == {"Anna"}


def test_an_import_that_withdraws_people_asks(
    run: Typing, inst: Installation, three: Path, tmp_path: Path
) -> None:
    run("participants", "import", "kk2020", three)
    shorter = a_list(tmp_path, "anna@example.org;Anna;ws01")
    words = ("participants", "import", "kk2020", shorter)

    declined = run(*words, typed="\n")
    after_no = names(inst)
    added_only = run(*words, "--add-only")
    after_adding = names(inst)
    agreed = run(*words, typed="ja\n")

    assert declined.exit_code == 1
    assert "2" in declined.stderr
    assert after_no == after_adding == {"Anna", "Bernd", "Clara"}
    assert (added_only.exit_code, agreed.exit_code) == (0, 0)
    assert names(inst) == {"Anna"}


@pytest.mark.usefixtures("bernd")
def test_who_has_answered_is_shown_to_nobody(
    run: Typing, inst: Installation, anna: Invited
) -> None:
    before = run("participants", "show", "kk2020").stdout

    submit(inst, anna.token, a_response(1))

    assert {p.has_answered for p in list_participants(inst, "kk2020")} == {True, False}
    assert run("participants", "show", "kk2020").stdout == before


@pytest.mark.usefixtures("anna", "bernd")
def test_show_finds_by_a_part_of_the_name(run: Typing) -> None:
    shown = run("participants", "show", "kk2020", "albr").stdout

    assert "Anna Albrecht" in shown
    assert "Bernd Becker" not in shown


@pytest.mark.usefixtures("anna")
def test_a_person_is_withdrawn_after_a_yes(run: Typing, inst: Installation) -> None:
    declined = run("participants", "withdraw", "kk2020", "anna@example.org", typed="n\n")
    after_no = names(inst)
    agreed = run("participants", "withdraw", "kk2020", "anna@example.org", typed="y\n")

    assert (declined.exit_code, agreed.exit_code) == (1, 0)
    assert after_no == {"Anna Albrecht"}
    assert names(inst) == set()


@pytest.mark.parametrize("more", [(), ("--never-again",)], ids=["deleted", "never again"])
def test_a_person_is_deleted(
    run: Typing, inst: Installation, anna: Invited, more: tuple[str, ...]
) -> None:
    told = run("participants", "delete", "kk2020", anna.participant.id, "--yes", *more)

    assert told.exit_code == 0, told.output
    assert list_participants(inst, "kk2020") == ()


def test_a_name_that_fits_several_deletes_nobody(
    run: Typing, inst: Installation, anna: Invited, bernd: Invited
) -> None:
    told = run("participants", "delete", "kk2020", "example.org", "--yes")

    assert told.exit_code == 1
    assert {anna.participant.id, bernd.participant.id} == {
        p.id for p in list_participants(inst, "kk2020") if p.id in told.stderr
    }
    assert len(list_participants(inst, "kk2020")) == 2


@pytest.mark.usefixtures("anna")
def test_nobody_fits(run: Typing) -> None:
    assert run("participants", "withdraw", "kk2020", "zoe", "--yes").exit_code == 1
