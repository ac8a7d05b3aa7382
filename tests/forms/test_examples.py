from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from forms.edition_file import read_edition_file, write_edition_file
from forms.registration_list import read_registration_list
from survey.model.duration import minutes_to_answer
from survey.model.event import EditionKind
from survey.model.personal_form import largest_response, personal_form
from survey.urn.sealing import capacity

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
LISTS = {
    "kk2018": ("kk2018.csv", 388),
    "kk2019": ("kk2019.csv", 407),
    "kk2020": ("kk2020.xlsx", 420),
    "ikone-1": ("ikone-1.csv", 19),
    "ikone-2": ("ikone-2.csv", 21),
    "ikone-3": ("ikone-3.csv", 22),
    "ikone-4": ("ikone-4.csv", 23),
}


@pytest.mark.parametrize("name", LISTS)
def test_example_edition_is_made_up_and_reads_back_as_written(name: str) -> None:
    edition = read_edition_file(EXAMPLES / f"{name}.toml")

    assert (edition.name, edition.is_made_up) == (name, True)
    assert read_edition_file(write_edition_file(edition).encode(), name) == edition


@pytest.mark.parametrize(("name", "file", "size"), [(n, *f) for n, f in LISTS.items()], ids=LISTS)
def test_example_list_has_no_faulty_line_and_example_addresses_only(
    name: str, file: str, size: int
) -> None:
    edition = read_edition_file(EXAMPLES / f"{name}.toml")

    found = read_registration_list((EXAMPLES / file).read_bytes(), file, edition)

    assert (len(found.registrations), found.faults) == (size, ())
    assert [r.address for r in found.registrations if not r.address.endswith(".example")] == []


@pytest.mark.parametrize("name", ["kk2018", "kk2019", "kk2020"])
def test_several_people_share_the_mailbox_of_their_town_hall(name: str) -> None:
    file = LISTS[name][0]
    edition = read_edition_file(EXAMPLES / f"{name}.toml")

    found = read_registration_list((EXAMPLES / file).read_bytes(), file, edition)

    shared = Counter(r.address for r in found.registrations if r.address.startswith("poststelle@"))
    assert max(shared.values()) >= 2


def test_congress_of_2020_has_twelve_workshops_in_two_rounds() -> None:
    programme = read_edition_file(EXAMPLES / "kk2020.toml").programme

    assert [len(programme.of_round(r.code)) for r in programme.rounds] == [6, 6]
    assert programme.most_sessions_per_person == 2
    assert [s.code for s in programme.sessions if not s.is_rated] == ["greeting", "interview"]


@pytest.mark.parametrize("name", LISTS)
def test_form_is_short_and_fits_a_small_box(name: str) -> None:
    edition = read_edition_file(EXAMPLES / f"{name}.toml")
    booked = frozenset(edition.programme.of_round(r.code)[0].code for r in edition.programme.rounds)

    takes = minutes_to_answer(personal_form(edition, booked))

    assert takes <= {EditionKind.CONGRESS: 4, EditionKind.NETWORK_CALL: 2}[edition.kind]
    assert largest_response(edition) <= capacity(16384)
