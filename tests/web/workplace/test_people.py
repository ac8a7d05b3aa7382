"""Who works here: invited, given a role, helped back in, removed; and the page for a successor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.employing import colleagues
from survey.model.workplace import Role
from survey.notifying import send_staff_mails
from survey.scheduling import release
from survey.storage import accounts, credentials, house_subjects
from survey.storage.deeds import all_deeds
from tests.accessibility.client import HOST, AccessibleClient
from tests.employing.credentials import has_app, has_password
from tests.events import congress
from tests.mail.letters import part
from tests.mail.test_staff_mail import written_mails
from tests.people import open_edition, store_edition
from tests.web.workplace.test_signing_in import (
    PASSWORD,
    SET_UP,
    choose_mail,
    is_in,
    last_link,
    sign_in,
)
from tests.workplace import FRIEDA, OLGA, PAUL, signed_in_client

if TYPE_CHECKING:
    from survey.storage.invitations import Invitation
    from tests.accessibility.client import Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

PEOPLE = "/arbeit/menschen"
INVITE = f"{PEOPLE}/einladen"
NEW = "neu@stadt.example.org"
TYPED = {"address": NEW, "role": "planner", "language": "de"}


def invite(workplace: Workplace, **typed: str) -> Page:
    """Olga sends an invitation."""
    page = workplace.olga.get(INVITE)
    return workplace.olga.press(page, INVITE, "Einladung senden", TYPED | typed)


def pending(workplace: Workplace, organisation: str = "main") -> tuple[Invitation, ...]:
    """Who is invited and has not come."""
    return colleagues.people(workplace.inst, organisation).invitations


def deeds(workplace: Workplace) -> list[tuple[str, str, str]]:
    """What the log says was done, and by whom."""
    return [(d.deed, d.facts, d.actor) for d in all_deeds(workplace.inst.database.read())]


def test_a_colleague_is_invited_chooses_a_password_and_is_in(workplace: Workplace) -> None:
    sent = invite(workplace)
    listed = workplace.olga.get(PEOPLE).text()
    link = last_link(workplace.inst)

    shown = workplace.stranger.get(link)
    weak = workplace.stranger.press(
        shown, link, "Konto anlegen", {"name": "Nele Neu", "new_password": "NeleNeu12345"}
    )
    done = workplace.stranger.press(
        weak, link, "Konto anlegen", {"name": "Nele Neu", "new_password": PASSWORD}
    )

    assert (sent.location, NEW in listed) == (PEOPLE, True)
    assert (shown.heading, weak.status) == ("Einladung: Stadt Musterstadt", 422)
    assert weak.fields()["name"] == ("Nele Neu",)
    assert (done.location, is_in(workplace.stranger)) == ("/arbeit", True)
    assert workplace.stranger.get(PEOPLE).status == 404  # plans, and organises nothing
    assert pending(workplace) == ()
    assert workplace.stranger.get(link).status == 410
    account = accounts.find_by_address(workplace.inst.database.read(), NEW)
    assert account is not None
    assert deeds(workplace) == [
        ("colleague invited", f'{{"address": "{NEW}", "role": "planner"}}', OLGA.id),
        (
            "invitation accepted",
            f'{{"colleague": "{account.id}", "role": "planner"}}',
            account.id,
        ),
    ]


@pytest.mark.proves("S34")
def test_an_organiser_who_comes_is_led_to_a_second_factor(workplace: Workplace) -> None:
    invite(workplace, role="organiser")
    link = last_link(workplace.inst)

    done = workplace.stranger.post(link, {"name": "Nele Neu", "new_password": PASSWORD})

    held = workplace.stranger.get(PEOPLE)
    choose_mail(workplace.stranger)

    assert (done.location, held.location) == (SET_UP, SET_UP)
    assert workplace.stranger.get(PEOPLE).status == 200


def test_the_invitation_speaks_the_language_that_was_chosen(workplace: Workplace) -> None:
    invite(workplace, language="en")

    send_staff_mails(workplace.inst)

    (mail,) = written_mails(workplace.inst)
    assert mail["Subject"] == "Invitation to work with us: Stadt Musterstadt"
    assert "The link works for seven days." in part(mail, "plain")


@pytest.mark.parametrize(
    "typed",
    [{"address": "neu"}, {"address": ""}, {"role": ""}, {"role": "king"}, {"language": "fr"}],
    ids=str,
)
def test_a_faulty_invitation_is_not_sent_and_nothing_is_lost(
    workplace: Workplace, typed: dict[str, str]
) -> None:
    page = invite(workplace, **typed)

    assert (page.status, pending(workplace)) == (422, ())
    assert page.fields("Einladung senden").get("address") == ((TYPED | typed)["address"],)


def test_who_works_here_already_is_not_invited_again(workplace: Workplace) -> None:
    page = invite(workplace, address=PAUL.address.upper())

    assert page.status == 422
    assert f"{PAUL.address} arbeitet schon für diese Organisation." in page.text()


@pytest.mark.proves("S35")
def test_inviting_does_not_tell_who_works_for_others(workplace: Workplace) -> None:
    known, unknown = invite(workplace, address=FRIEDA.address), invite(workplace)

    assert (known.status, known.location) == (unknown.status, unknown.location) == (303, PEOPLE)
    assert "Frieda" not in workplace.olga.get(PEOPLE).text()


def test_somebody_with_an_account_signs_in_and_works_here_too(workplace: Workplace) -> None:
    invite(workplace, address=FRIEDA.address)
    link = last_link(workplace.inst)

    shown = workplace.stranger.get(link)
    alone = workplace.stranger.post(link, {"name": "X", "new_password": PASSWORD})
    wrong = workplace.paul.post(link, {"name": "X", "new_password": PASSWORD})
    page = workplace.frieda.get(link)
    done = workplace.frieda.press(page, link, "Einladung annehmen")

    assert "gibt es schon ein Konto" in shown.text()
    assert [alone.status, wrong.status, done.status] == [422, 422, 303]
    assert "Stadt Musterstadt" in workplace.frieda.get("/arbeit").text()
    roles = [
        accounts.role(workplace.inst.database.read(), FRIEDA.id, organisation=name)
        for name in ("main", "fern")
    ]
    assert roles == [Role.PLANNER, Role.ORGANISER]


def test_an_invitation_ends_after_seven_days_and_can_be_sent_again(
    workplace: Workplace, clock: StoppedClock
) -> None:
    invite(workplace)
    first = last_link(workplace.inst)
    clock.pass_by(timedelta(days=7))
    ended = workplace.stranger.get(first).status
    olga = signed_in_client(workplace.inst, OLGA)
    place = f"{PEOPLE}/einladungen/{pending(workplace)[0].id}/erneut"

    again = olga.post(place, {"_proof": olga.get(INVITE).fields()["_proof"]})

    assert (ended, again.status) == (410, 303)
    assert workplace.stranger.get(last_link(workplace.inst, 2)).status == 200


def test_an_invitation_can_be_taken_back(workplace: Workplace) -> None:
    invite(workplace)
    link = last_link(workplace.inst)
    place = f"{PEOPLE}/einladungen/{pending(workplace)[0].id}/zuruecknehmen"

    page = workplace.olga.get(place)
    still = workplace.stranger.get(link).status
    workplace.olga.press(page, place, "Einladung zurücknehmen")

    assert (still, workplace.stranger.get(link).status, pending(workplace)) == (200, 410, ())


@pytest.mark.proves("S39")
def test_invitations_of_others_are_not_found(workplace: Workplace) -> None:
    invite(workplace)
    start = f"{PEOPLE}/einladungen/{pending(workplace)[0].id}"
    proof = {"_proof": workplace.frieda.get(INVITE).fields()["_proof"]}

    assert workplace.frieda.get(f"{start}/zuruecknehmen").status == 404
    assert workplace.frieda.post(f"{start}/zuruecknehmen", proof).status == 404
    assert workplace.frieda.post(f"{start}/erneut", proof).status == 404
    assert len(pending(workplace)) == 1


def test_a_role_is_changed_and_counts_at_once(workplace: Workplace) -> None:
    place = f"{PEOPLE}/{PAUL.id}"

    page = workplace.olga.press(
        workplace.olga.get(place), place, "Rolle speichern", {"role": "organiser"}
    )

    assert page.status == 303
    choose_mail(workplace.paul)
    assert workplace.paul.get(PEOPLE).status == 200


def test_the_last_organiser_stays(workplace: Workplace) -> None:
    place = f"{PEOPLE}/{OLGA.id}"

    role = workplace.olga.press(
        workplace.olga.get(place), place, "Rolle speichern", {"role": "planner"}
    )
    removed = workplace.olga.press(
        workplace.olga.get(f"{place}/entfernen"), f"{place}/entfernen", "Endgültig entfernen"
    )

    assert (role.status, removed.status, is_in(workplace.olga)) == (422, 409, True)
    assert "muss bleiben" in role.text()
    assert "muss bleiben" in removed.text()


def test_a_locked_organiser_does_not_count_as_another_one(workplace: Workplace) -> None:
    connection = workplace.inst.database
    connection.write(
        lambda c: accounts.set_role(c, PAUL.id, organisation="main", role=Role.ORGANISER)
    )
    connection.write(lambda c: accounts.set_disabled(c, PAUL.id, is_disabled=True))
    place = f"{PEOPLE}/{OLGA.id}/entfernen"

    page = workplace.olga.press(workplace.olga.get(place), place, "Endgültig entfernen")

    assert page.status == 409


def test_who_is_removed_is_out_at_once(workplace: Workplace) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)
    place = f"{PEOPLE}/{PAUL.id}/entfernen"
    page = workplace.olga.get(place)
    was_in = is_in(workplace.paul)

    done = workplace.olga.press(page, place, "Endgültig entfernen")

    assert (was_in, done.status, is_in(workplace.paul)) == (True, 303, False)
    assert "Paul Pohl" not in workplace.olga.get(PEOPLE).html.replace("Paul Pohl arbeitet", "")
    assert sign_in(workplace.stranger, PAUL.address).status == 422
    assert deeds(workplace)[-1] == ("colleague removed", f'{{"colleague": "{PAUL.id}"}}', OLGA.id)


def test_who_was_removed_can_come_again_as_somebody_new(workplace: Workplace) -> None:
    has_password(workplace.inst, PAUL, "ein ganz altes Passwort")
    has_app(workplace.inst, PAUL)
    colleagues.remove(workplace.inst, "main", PAUL.id)
    invite(workplace, address=PAUL.address)
    link = last_link(workplace.inst)

    done = workplace.stranger.post(link, {"name": "Paul Pohl", "new_password": PASSWORD})

    assert (done.status, is_in(workplace.stranger)) == (303, True)
    other = AccessibleClient(make_application(workplace.inst))
    assert sign_in(other, PAUL.address).location == "/arbeit"


def test_a_second_factor_is_reset_told_and_logged(workplace: Workplace) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)
    has_app(workplace.inst, PAUL)
    place = f"{PEOPLE}/{PAUL.id}/zweiter-faktor"
    before = sign_in(workplace.stranger, PAUL.address).heading

    page = workplace.olga.press(workplace.olga.get(place), place, "Zurücksetzen")

    send_staff_mails(workplace.inst)
    (mail,) = written_mails(workplace.inst)
    assert (before, page.status, is_in(workplace.paul)) == ("Noch ein Schritt", 303, False)
    assert (mail["To"], mail["Subject"]) == (
        "Paul Pohl <paul@stadt.example>",
        "Ihr zweiter Nachweis wurde zurückgesetzt",
    )
    assert f"{HOST}/arbeit/anmelden\n" in part(mail, "plain")
    assert deeds(workplace)[-1] == ("second factor reset", f'{{"colleague": "{PAUL.id}"}}', OLGA.id)
    assert credentials.find(workplace.inst.database.read(), PAUL.id).app_secret == ""
    assert sign_in(workplace.stranger, PAUL.address).location == "/arbeit"


def test_who_works_for_others_too_is_let_in_anew_by_the_technicians_only(
    workplace: Workplace,
) -> None:
    has_app(workplace.inst, PAUL)
    workplace.inst.database.write(
        lambda connection: accounts.set_role(
            connection, PAUL.id, organisation="fern", role=Role.PLANNER
        )
    )
    place = f"{PEOPLE}/{PAUL.id}/zweiter-faktor"

    page = workplace.olga.press(workplace.olga.get(place), place, "Zurücksetzen")

    assert page.status == 409
    assert credentials.find(workplace.inst.database.read(), PAUL.id).app_secret != ""


@pytest.mark.proves("S39")
@pytest.mark.parametrize("end", ["", "/entfernen", "/zweiter-faktor"])
def test_colleagues_of_others_are_not_found(workplace: Workplace, end: str) -> None:
    place = f"{PEOPLE}/{PAUL.id}{end}"
    proof = {"_proof": workplace.frieda.get(INVITE).fields()["_proof"], "role": "planner"}

    assert workplace.olga.get(place).status == 200
    assert workplace.frieda.get(place).status == 404
    assert workplace.frieda.post(place, proof).status == 404
    assert workplace.paul.get(place).status == 404


def test_only_a_pinned_colleague_of_ones_own_is_parted_from_the_house(workplace: Workplace) -> None:
    place = f"{PEOPLE}/{PAUL.id}/anmeldung-des-hauses"
    assert workplace.olga.get(place).status == 404
    workplace.inst.database.write(
        lambda connection: house_subjects.pin(
            connection, "https://haus.example", subject="sub-paul", account=PAUL.id
        )
    )
    proof = {"_proof": workplace.frieda.get(INVITE).fields()["_proof"]}

    assert workplace.frieda.get(place).status == 404
    assert workplace.frieda.post(place, proof).status == 404
    assert workplace.paul.get(place).status == 404
    assert house_subjects.is_pinned(workplace.inst.database.read(), PAUL.id)
    page = workplace.olga.get(place)
    assert workplace.olga.press(page, place, "Verbindung lösen").status == 303
    assert not house_subjects.is_pinned(workplace.inst.database.read(), PAUL.id)
    assert workplace.olga.press(page, place, "Verbindung lösen").status == 404


@pytest.mark.parametrize("end", ["", "/einladen", "/uebergabe", "/paul"])
def test_pages_about_people_are_for_organisers(workplace: Workplace, end: str) -> None:
    assert workplace.olga.get(PEOPLE + end).status == 200
    assert workplace.paul.get(PEOPLE + end).status == 404
    assert workplace.olga.request("PUT", PEOPLE + end).status == 405


def test_one_organiser_alone_is_advised_to_invite_another(workplace: Workplace) -> None:
    alone = "Laden Sie eine zweite ein" in workplace.olga.get(PEOPLE).text()
    workplace.inst.database.write(
        lambda c: accounts.set_role(c, PAUL.id, organisation="main", role=Role.ORGANISER)
    )

    assert alone
    assert "Laden Sie eine zweite ein" not in workplace.olga.get(PEOPLE).text()


def test_the_handover_says_what_there_is_and_where_the_keys_lie(workplace: Workplace) -> None:
    open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    settings = workplace.inst.settings

    text = workplace.olga.get(f"{PEOPLE}/uebergabe").text()

    for expected in (
        "Kommunalkongress 2020",
        "Versand: Kommunalkongress 2020",
        "Olga Ohm",
        "In der ersten Woche",
        str(settings.secret_directory),
        str(settings.backup_directory),
    ):
        assert expected in text


def test_the_handover_says_whose_mails_wait_for_a_release(workplace: Workplace) -> None:
    record = open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    said = "Versand: Kommunalkongress 2020 – Zeitplan nicht freigegeben"
    assert said in workplace.olga.get(f"{PEOPLE}/uebergabe").text()

    release(workplace.inst, record)

    assert said not in workplace.olga.get(f"{PEOPLE}/uebergabe").text()


def test_the_handover_of_a_tenant_names_no_folders_and_nothing_of_others(
    workplace: Workplace,
) -> None:
    store_edition(workplace.inst, congress())

    text = workplace.frieda.get(f"{PEOPLE}/uebergabe").text()

    assert "Frieda Fern" in text
    for hidden in ("Kommunalkongress", "Olga", str(workplace.inst.settings.data)):
        assert hidden not in text


def test_everything_speaks_english(workplace: Workplace) -> None:
    headings = [
        workplace.olga.get(f"{PEOPLE}{end}?sprache=en").heading
        for end in ("", "/einladen", "/uebergabe", "/paul/entfernen", "/paul/zweiter-faktor")
    ]

    assert headings == [
        "People and roles",
        "Invite somebody",
        "Handover",
        "Remove Paul Pohl",
        "Reset the second proof of Paul Pohl",
    ]
