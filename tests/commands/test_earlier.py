"""Earlier editions on the command line: proposed, tried, imported, listed, deleted; and the examples that ship."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forms.earlier_mapping_file import read_mapping
from forms.edition_file import read_edition_file
from survey.comparing.series import find_series
from survey.model.workplace import MAIN_ORGANISATION
from survey.preparing import create_edition

if TYPE_CHECKING:
    from click.testing import Result

    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition
    from tests.commands.conftest import Typing

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SERIES = "kommunalkongress-rheinland-pfalz"
FACTS_2016 = ("--date", "2016-09-16", "--format", "on_site", "--source", "LimeSurvey, erfunden")
FACTS_2017 = ("--date", "2017-09-15", "--format", "on_site", "--source", "Tabelle, erfunden")


@pytest.fixture(autouse=True)
def congress_2018(inst: Installation) -> None:
    """The congress of 2018 as the examples describe it."""
    create_edition(inst, read_edition_file(EXAMPLES / "kk2018.toml", "kk2018"))


def earlier(inst: Installation) -> tuple[EarlierEdition, ...]:
    """Those of the series."""
    return find_series(inst, MAIN_ORGANISATION, SERIES).earlier


def import_2017(run: Typing, *more: object) -> Result:
    """What importing the example of 2017 says."""
    return run(
        "earlier",
        "import",
        SERIES,
        EXAMPLES / "kk2017-haeufigkeiten.xlsx",
        "--mapping",
        EXAMPLES / "kk2017-zuordnung.toml",
        "--title",
        "Kommunalkongress 2017",
        *FACTS_2017,
        *more,
    )


def test_a_workbook_of_frequencies_comes_in_as_2017(run: Typing, inst: Installation) -> None:
    told = import_2017(run, "--invited", "379", "--answered", "153", "--made-up")

    assert told.exit_code == 0, told.output
    (edition,) = earlier(inst)
    assert (edition.invited, edition.answered, edition.is_made_up) == (379, 153, True)
    counts = {q.item.code: dict(q.counts)["_n"] for q in edition.questions}
    assert counts == {
        "overall": 152,
        "recommendation": 147,
        "content": 150,
        "organisation": 151,
        "technology": 149,
        "length": 150,
    }
    assert [q.item.code for q in edition.questions if not q.has_same_scale] == ["technology"]


def test_a_limesurvey_export_with_its_structure_comes_in_as_2016(
    run: Typing, inst: Installation
) -> None:
    told = run(
        "earlier",
        "import",
        SERIES,
        EXAMPLES / "kk2016-limesurvey.csv",
        "--structure",
        EXAMPLES / "kk2016-limesurvey.lss",
        "--mapping",
        EXAMPLES / "kk2016-zuordnung.toml",
        "--title",
        "Kommunalkongress 2016",
        *FACTS_2016,
        "--invited",
        "362",
        "--made-up",
    )

    assert told.exit_code == 0, told.output
    (edition,) = earlier(inst)
    assert edition.answered == 146
    counts = {q.item.code: dict(q.counts)["_n"] for q in edition.questions}
    assert (counts["overall"], counts["recommendation"], counts["length"]) == (135, 131, 140)
    assert [q.item.code for q in edition.questions if not q.has_same_scale] == ["topics_wanted"]


def test_a_trial_changes_nothing(run: Typing, inst: Installation) -> None:
    told = import_2017(run, "--dry-run")

    assert told.exit_code == 0, told.output
    assert earlier(inst) == ()


def test_what_cannot_be_is_refused_as_a_whole(run: Typing, inst: Installation) -> None:
    told = import_2017(run, "--invited", "150")

    assert told.exit_code == 1
    assert "379" in told.output
    assert earlier(inst) == ()


def test_the_examples_map_as_is_proposed(run: Typing, tmp_path: Path) -> None:
    out = tmp_path / "zuordnung.toml"

    told = run(
        "earlier",
        "mapping",
        SERIES,
        EXAMPLES / "kk2016-limesurvey.csv",
        "--structure",
        EXAMPLES / "kk2016-limesurvey.lss",
        "--out",
        out,
    )

    assert told.exit_code == 0, told.output
    kept = (EXAMPLES / "kk2016-zuordnung.toml").read_bytes()
    assert read_mapping(out.read_bytes(), "x") == read_mapping(kept, "x")


def test_questions_that_are_not_recognised_stand_in_the_mapping_to_be_filled_in(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    file, out = tmp_path / "evasys.csv", tmp_path / "zuordnung.toml"
    file.write_text("1.1 Eindruck\n" + "1\n" * 12 + "2\n" * 20 + "5\n" * 6, encoding="utf-8")
    run("earlier", "mapping", SERIES, file, "--out", out)
    proposed = out.read_text(encoding="utf-8")
    theirs = proposed[proposed.index("# [[questions]]") :].replace("# ", "")
    filled = theirs.replace('ours = ""', 'ours = "overall"')
    for value, code in (("1", "5"), ("2", "4"), ("5", "1")):
        filled = filled.replace(f'"{value}" = ""', f'"{value}" = "{code}"')
    out.write_text(filled, encoding="utf-8")

    told = run("earlier", "import", SERIES, file, "--mapping", out, "--title", "2016", *FACTS_2016)

    assert told.exit_code == 0, told.output
    assert "#   overall: Wie bewerten Sie die Veranstaltung insgesamt? (5 = Sehr gut, " in proposed
    assert dict(earlier(inst)[0].questions[0].counts) == {"_n": 38, "1": 6, "4": 20, "5": 12}


def test_a_day_typed_otherwise_is_refused_with_how_to_type_it(run: Typing) -> None:
    told = import_2017(run, "--date", "15.9.2017")

    assert told.exit_code == 2
    assert "2017-09-15" in told.output
    assert "%Y" not in told.output


def test_an_edition_is_listed_and_deleted(run: Typing, inst: Installation) -> None:
    import_2017(run, "--invited", "379")
    (edition,) = earlier(inst)

    listed = run("earlier", "list", SERIES)
    deleted = run("earlier", "delete", SERIES, edition.id, "--yes")
    again = run("earlier", "delete", SERIES, edition.id, "--yes")

    assert edition.id in listed.output
    assert "Tabelle, erfunden" in listed.output
    assert (deleted.exit_code, again.exit_code) == (0, 1)
    assert edition.id in again.output
    assert earlier(inst) == ()


def test_the_examples_are_what_their_script_makes(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    script = folder / "make_earlier.py"
    script.write_text((EXAMPLES / "make_earlier.py").read_text(encoding="utf-8"), encoding="utf-8")

    subprocess.run([sys.executable, str(script)], check=True, cwd=ROOT)

    made = {file.name: file.read_bytes() for file in folder.iterdir() if file != script}
    assert sorted(made) == [
        "kk2016-limesurvey.csv",
        "kk2016-limesurvey.lss",
        "kk2017-haeufigkeiten.xlsx",
    ]
    assert [name for name, data in made.items() if data != (EXAMPLES / name).read_bytes()] == []
