from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms.edition_file import read_edition_file, write_edition_file
from survey.model.items import RatingScale
from survey.preparing import create_edition, find_edition, list_editions
from tests.events import DEADLINE, congress

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.commands.conftest import Typing
    from tests.people import StoppedClock


@pytest.mark.parametrize("kind", ["congress", "network_call", "workshop_series", "training"])
def test_a_starting_file_makes_an_edition(
    run: Typing, inst: Installation, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "anfang.toml"
    file.write_text(run("edition", "example", kind).stdout, encoding="utf-8")

    made = run("edition", "new", file)

    assert made.exit_code == 0, made.output
    assert [r.edition.kind.value for r in list_editions(inst)] == [kind]


def test_a_starting_congress_counts_every_rating_together_with_the_overall_one(
    run: Typing, tmp_path: Path
) -> None:
    file = tmp_path / "anfang.toml"
    file.write_text(run("edition", "example", "congress").stdout, encoding="utf-8")

    edition = read_edition_file(file)

    ratings = [
        item.code
        for item in edition.questionnaire.general_items()
        if isinstance(item, RatingScale) and item.code != "overall"
    ]
    assert [(pair.item, pair.by) for pair in edition.pairs] == [
        (code, "overall") for code in ratings
    ]
    assert len(ratings) >= 3


def test_a_bad_file_makes_nothing_and_names_every_line(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "falsch.toml"
    text = write_edition_file(congress())
    file.write_text(
        text.replace('kind = "congress"', 'kind = "ball"').replace("2020-09-28", "2020-09-01"),
        encoding="utf-8",
    )

    refused = run("edition", "new", file)

    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 3
    assert list_editions(inst) == ()


def test_a_name_is_taken_once(run: Typing, inst: Installation, tmp_path: Path) -> None:
    create_edition(inst, congress())
    file = tmp_path / "noch-einmal.toml"
    file.write_text(write_edition_file(congress()), encoding="utf-8")

    refused = run("edition", "new", file)

    assert refused.exit_code == 1
    assert len(list_editions(inst)) == 1


def test_show_writes_the_file_that_was_read(run: Typing, inst: Installation) -> None:
    record = create_edition(inst, congress())

    shown = run("edition", "show", "kk2020", "--toml")

    assert read_edition_file(shown.stdout.encode()) == record.edition


def test_list_and_show_name_what_there_is(run: Typing, inst: Installation) -> None:
    create_edition(inst, congress())

    listed = run("edition", "list")
    shown = run("edition", "show", "kk2020")

    assert "kk2020" in listed.stdout
    assert "Digitale Stadt" in shown.stdout


def test_titles_change_after_the_first_mail(
    run: Typing, inst: Installation, open_congress: EditionRecord, tmp_path: Path
) -> None:
    file = tmp_path / "neu.toml"
    text = write_edition_file(open_congress.edition)
    file.write_text(text.replace("Zukunfts-Check", "Zukunfts-Schau"), encoding="utf-8")

    changed = run("edition", "change", "kk2020", file)

    assert changed.exit_code == 0, changed.output
    assert "programme.sessions.ws04.title" in changed.stdout
    session = find_edition(inst, "kk2020").edition.programme.session("ws04")
    assert session.title.de == "Zukunfts-Schau"


def test_what_was_promised_is_frozen_after_the_first_mail(
    run: Typing, inst: Installation, open_congress: EditionRecord, tmp_path: Path
) -> None:
    file = tmp_path / "neu.toml"
    text = write_edition_file(open_congress.edition)
    file.write_text(
        text.replace('series = "kommunalkongress"', 'series = "anders"'), encoding="utf-8"
    )

    refused = run("edition", "change", "kk2020", file)

    assert refused.exit_code == 1
    assert "series" in refused.stderr
    assert find_edition(inst, "kk2020").edition == open_congress.edition


def test_a_file_changes_no_other_edition(
    run: Typing, inst: Installation, open_congress: EditionRecord, tmp_path: Path
) -> None:
    create_edition(inst, congress("kk2021"))
    file = tmp_path / "andere.toml"
    file.write_text(write_edition_file(congress("kk2021")), encoding="utf-8")

    refused = run("edition", "change", "kk2020", file)

    assert refused.exit_code == 1
    assert find_edition(inst, "kk2020").edition == open_congress.edition


@pytest.mark.usefixtures("open_congress")
def test_a_deadline_is_extended_in_local_time(run: Typing, inst: Installation) -> None:
    extended = run("edition", "change", "kk2020", "--deadline", "2020-09-30T18:00")

    assert extended.exit_code == 0, extended.output
    assert find_edition(inst, "kk2020").closes == DEADLINE.replace(day=30)


@pytest.mark.usefixtures("open_congress")
def test_reopening_asks_first(run: Typing, inst: Installation, clock: StoppedClock) -> None:
    clock.set(DEADLINE)
    words = ("edition", "reopen", "kk2020", "--deadline", "2020-10-05T18:00")

    declined = run(*words, typed="n\n")
    before = find_edition(inst, "kk2020").closes
    agreed = run(*words, typed="j\n")

    assert (declined.exit_code, agreed.exit_code) == (1, 0)
    assert before == DEADLINE
    assert find_edition(inst, "kk2020").takes_answers(clock())


@pytest.mark.parametrize(
    "words",
    [
        ("edition", "change", "kk2020"),
        ("edition", "change", "kk2020", "--deadline", "morgen"),
        ("edition", "new"),
        ("edition", "example", "hochzeit"),
        ("editions",),
    ],
    ids=["change what", "no moment", "no file", "no such kind", "no such command"],
)
def test_wrong_calls_end_with_two(run: Typing, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_an_unknown_edition_ends_with_one(run: Typing) -> None:
    told = run("edition", "show", "kk1999")

    assert told.exit_code == 1
    assert "kk1999" in told.stderr


def test_what_a_new_edition_lacks_is_said_and_holds_nothing_up(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "deutsch.toml"
    file.write_text(write_edition_file(congress()), encoding="utf-8")

    made = run("edition", "new", file)

    assert made.exit_code == 0
    assert [line for line in made.stdout.splitlines() if "remark, recommendation" in line]
    assert len(list_editions(inst)) == 1
