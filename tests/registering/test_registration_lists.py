from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from survey.errors import NotAllowed, NotFound
from survey.inviting import invite
from survey.keeping.deletions import read_deletions
from survey.model.invitation import Registration
from survey.registering import (
    apply_import,
    delete,
    delete_and_suppress,
    find_participants,
    list_participants,
    plan_import,
    withdraw,
)
from survey.storage import boxes, deeds, editions, participants
from tests.events import DEADLINE, congress
from tests.people import store_edition, stored_record
from tests.registering.lists import (
    ANNA,
    BERND,
    CLARA,
    EVERYBODY,
    load,
    named,
    send_all,
    sized,
    sizes,
)

if TYPE_CHECKING:
    from survey.installation import Installation


@pytest.fixture
def name(inst: Installation) -> str:
    """The congress with its three people."""
    store_edition(inst, congress())
    load(inst, EVERYBODY)
    return "kk2020"


def test_first_list_adds_everybody_with_bookings(inst: Installation, name: str) -> None:
    people = list_participants(inst, name)

    assert [(p.address, p.name, p.sessions) for p in people] == [
        ("anna@example.org", "Anna Albrecht", ("ws01", "ws03")),
        ("bernd@example.org", "Bernd Becker", ("ws02",)),
        ("clara@example.org", "Clara Conrad", ()),
    ]


def test_same_list_again_changes_nothing(inst: Installation, name: str) -> None:
    before = list_participants(inst, name)

    plan = load(inst, EVERYBODY)

    assert sizes(plan) == sized(unchanged=3)
    assert list_participants(inst, name) == before


def test_plan_alone_stores_nothing(inst: Installation, name: str) -> None:
    before = list_participants(inst, name)

    plan = plan_import(inst, name, [], add_only=False)

    assert sizes(plan) == sized(withdrawn=3)
    assert list_participants(inst, name) == before


@pytest.mark.parametrize(
    "change",
    [
        {"sessions": ("ws04",)},
        {"language": "en"},
        {"name": "ANNA Albrecht"},
        {"address": "Anna@example.org"},
        {"number": "4711"},
        {"attended": False},
    ],
)
def test_what_a_list_says_anew_is_changed_on_the_same_person(
    inst: Installation, name: str, change: dict[str, Any]
) -> None:
    before = named(inst, "anna")

    plan = load(inst, (replace(ANNA, **change), BERND, CLARA))

    assert sizes(plan) == sized(changed=1, unchanged=2)
    after = named(inst, "anna")
    attended = change.pop("attended", None)
    assert after == replace(before, is_no_show=attended is False, **change)
    assert name


def test_person_is_recognised_by_number_under_a_new_name_and_address(
    inst: Installation, name: str
) -> None:
    numbered = [replace(p, number=str(n)) for n, p in enumerate(EVERYBODY)]
    load(inst, numbered)
    before = named(inst, "anna")
    married = replace(numbered[0], name="Anna Zander", address="zander@example.org")

    plan = load(inst, [married, *numbered[1:]])

    assert sizes(plan) == sized(changed=1, unchanged=2)
    assert named(inst, "zander").id == before.id
    assert name


def test_list_that_lost_its_numbers_still_knows_the_people(inst: Installation, name: str) -> None:
    load(inst, [replace(p, number=str(n)) for n, p in enumerate(EVERYBODY)])

    plan = load(inst, EVERYBODY)

    assert sizes(plan) == sized(unchanged=3)
    assert [p.number for p in list_participants(inst, name)] == ["0", "1", "2"]


def test_list_of_who_came_leaves_the_rest_as_it_was(inst: Installation, name: str) -> None:
    numbered = [replace(p, number=str(n), language="en") for n, p in enumerate(EVERYBODY)]
    load(inst, numbered)
    before = named(inst, "anna")
    came = [
        Registration(
            p.address,
            number=p.number,
            attended=p.address != ANNA.address,
            tells_language=False,
            tells_sessions=False,
        )
        for p in numbered
    ]

    plan = load(inst, came)

    assert sizes(plan) == sized(changed=1, unchanged=2)
    assert named(inst, "anna") == replace(before, is_no_show=True)
    assert (before.language, before.sessions) == ("en", ("ws01", "ws03"))
    assert name


def test_two_people_of_one_name_and_mailbox_are_told_apart_by_number(
    inst: Installation, name: str
) -> None:
    twins = [Registration("post@example.org", "Anna", number=n, line=9) for n in ("1", "2")]
    load(inst, (*EVERYBODY, *twins))

    plan = load(inst, (*EVERYBODY, *twins))

    assert sizes(plan) == sized(unchanged=5)
    assert len(list_participants(inst, name)) == 5


def test_five_people_share_a_mailbox_under_their_names(inst: Installation, name: str) -> None:
    five = [Registration("post@example.org", f"Person {n}", line=n) for n in range(5)]

    plan = load(inst, five, add_only=True)

    assert sizes(plan) == sized(added=5)
    assert len(list_participants(inst, name)) == 8


def test_line_that_repeats_another_is_refused_with_both_lines(
    inst: Installation, name: str
) -> None:
    again = replace(ANNA, address="ANNA@example.org", line=7)

    plan = plan_import(inst, name, (*EVERYBODY, again), add_only=False)

    (refused,) = plan.refused
    assert (refused.line, refused.values()) == (7, {"first": 2})


def test_person_missing_from_the_list_is_withdrawn_unless_it_only_adds(
    inst: Installation, name: str
) -> None:
    adding = load(inst, (ANNA, BERND), add_only=True)
    assert not named(inst, "clara").is_withdrawn

    plan = load(inst, (ANNA, BERND))

    assert (sizes(adding), sizes(plan)) == (
        sized(unchanged=2),
        sized(unchanged=2, withdrawn=1),
    )
    assert named(inst, "clara").is_withdrawn
    assert sizes(plan_import(inst, name, (ANNA, BERND), add_only=False)) == sized(unchanged=2)


def test_withdrawn_person_comes_back_with_the_next_list(inst: Installation, name: str) -> None:
    withdraw(inst, name, named(inst, "clara").id)

    plan = load(inst, EVERYBODY)

    assert sizes(plan) == sized(changed=1, unchanged=2)
    assert not named(inst, "clara").is_withdrawn


def test_list_without_attendance_leaves_a_no_show_as_it_was(inst: Installation, name: str) -> None:
    load(inst, (replace(ANNA, attended=False), BERND, CLARA))

    load(inst, EVERYBODY)

    assert named(inst, "anna").is_no_show
    load(inst, (replace(ANNA, attended=True), BERND, CLARA))
    assert not named(inst, "anna").is_no_show
    assert name


def test_opt_out_outlives_every_list(inst: Installation, name: str) -> None:
    anna = named(inst, "anna")
    inst.database.write(lambda c: participants.set_opted_out(c, anna.edition, anna.id))

    load(inst, (replace(ANNA, sessions=()), BERND, CLARA))

    assert named(inst, "anna").has_opted_out
    assert name


@pytest.mark.proves("S15")
def test_plan_that_others_overtook_is_refused_as_a_whole(inst: Installation, name: str) -> None:
    plan = plan_import(inst, name, (replace(ANNA, language="en"), BERND, CLARA), add_only=False)
    load(inst, (replace(ANNA, sessions=()), BERND, CLARA))
    before = list_participants(inst, name)

    with pytest.raises(NotAllowed):
        apply_import(inst, name, plan)

    assert list_participants(inst, name) == before


def test_plan_applied_twice_is_refused_the_second_time(inst: Installation, name: str) -> None:
    new = Registration("dora@example.org", "Dora", line=5)
    plan = plan_import(inst, name, (*EVERYBODY, new), add_only=False)
    apply_import(inst, name, plan)

    with pytest.raises(NotAllowed):
        apply_import(inst, name, plan)

    assert len(list_participants(inst, name)) == 4


def test_nothing_is_imported_once_the_count_has_started(inst: Installation, name: str) -> None:
    plan = plan_import(inst, name, EVERYBODY, add_only=False)
    record = stored_record(inst, name)
    inst.database.write(lambda c: editions.start_count(c, record.id, DEADLINE))

    with pytest.raises(NotAllowed):
        plan_import(inst, name, EVERYBODY, add_only=False)
    with pytest.raises(NotAllowed):
        apply_import(inst, name, plan)
    with pytest.raises(NotAllowed):
        withdraw(inst, name, named(inst, "anna").id)


def test_import_sends_nobody_anything(inst: Installation, name: str) -> None:
    invite(inst, name)
    assert send_all(inst) == 3

    load(inst, (replace(ANNA, sessions=()), BERND, CLARA))

    assert send_all(inst) == 0


@pytest.mark.proves("S45")
def test_import_is_on_record_without_a_word_about_people(inst: Installation, name: str) -> None:
    (deed,) = [
        d for d in deeds.all_deeds(inst.database.read()) if d.deed == "participants imported"
    ]

    assert deed.edition == stored_record(inst, name).id
    assert deed.facts == '{"added": 3, "changed": 0, "withdrawn": 0}'


@pytest.mark.parametrize("act", [withdraw, delete, delete_and_suppress])
def test_unknown_person_and_unknown_edition_are_not_found(
    inst: Installation, name: str, act: Any
) -> None:
    with pytest.raises(NotFound):
        act(inst, name, "nobody")
    with pytest.raises(NotFound):
        act(inst, "nowhere", "nobody")


def test_deleted_person_is_nowhere(inst: Installation, name: str) -> None:
    invite(inst, name)
    send_all(inst)
    anna = named(inst, "anna")
    folder = inst.settings.mail_folder
    assert folder is not None
    assert sum(b"anna@example.org" in f.read_bytes() for f in folder.iterdir()) == 1

    delete(inst, name, anna.id)

    assert [p.name for p in list_participants(inst, name)] == ["Bernd Becker", "Clara Conrad"]
    assert [f.name for f in folder.iterdir() if b"anna@example.org" in f.read_bytes()] == []
    assert read_deletions(inst.settings.data / "deletions") == ((anna.edition, anna.id),)


@pytest.mark.proves("U16")
def test_deleted_person_who_is_registered_again_has_answered_still(
    inst: Installation, name: str
) -> None:
    anna = named(inst, "anna")
    inst.database.write(lambda c: participants.mark_answered(c, anna.edition, anna.id))
    delete(inst, name, anna.id)
    remembered = boxes.state(inst.database.read(), anna.edition)

    load(inst, EVERYBODY)

    again = boxes.state(inst.database.read(), anna.edition)
    assert named(inst, "anna").has_answered
    assert named(inst, "anna").id != anna.id
    assert (remembered.has_answered, remembered.remembered) == (0, 1)
    assert (again.has_answered, again.remembered) == (1, 0)


def test_suppressed_person_gets_no_mail_however_often_registered(
    inst: Installation, name: str
) -> None:
    delete_and_suppress(inst, name, named(inst, "anna").id)
    load(inst, EVERYBODY)
    invite(inst, name)

    assert send_all(inst) == 2


def test_person_deleted_without_suppression_gets_mail_when_registered_again(
    inst: Installation, name: str
) -> None:
    delete(inst, name, named(inst, "anna").id)
    load(inst, EVERYBODY)
    invite(inst, name)

    assert send_all(inst) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ALBRECHT", ["Anna Albrecht"]),
        ("example.org", 3),
        ("4711", []),
        ("bernd@", ["Bernd Becker"]),
    ],
)
def test_people_are_found_by_part_of_what_is_known(
    inst: Installation, name: str, text: str, found: Any
) -> None:
    names = [p.name for p in find_participants(inst, name, text)]

    assert (len(names) if isinstance(found, int) else names) == found


def test_who_opts_out_between_plan_and_import_has_opted_out(inst: Installation, name: str) -> None:
    anna = named(inst, "anna")
    plan = plan_import(inst, name, (replace(ANNA, language="en"),), add_only=True)
    inst.database.write(lambda c: participants.set_opted_out(c, anna.edition, anna.id))

    apply_import(inst, name, plan)

    after = named(inst, "anna")
    assert (after.language, after.has_opted_out) == ("en", True)
