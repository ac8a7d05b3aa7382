"""The pages about the people of an edition."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from survey.installation import Installation
from survey.inviting import invite
from survey.keeping.retention import delete_expired
from survey.model.event import EditionRecord
from survey.model.invitation import Campaign, Delivery
from survey.sending import send_mails
from survey.storage import outbox, participants
from tests.events import congress
from tests.people import Invited, StoppedClock, add_person, store_edition
from tests.workplace import OLGA, Workplace, signed_in_client

PEOPLE = "/arbeit/ausgaben/kk2020/teilnehmende"


def answer(inst: Installation, person: Invited) -> None:
    """The person has answered, as far as lists of people can know."""
    edition = person.participant.edition
    inst.database.write(lambda c: participants.mark_answered(c, edition, person.id))


def stored(inst: Installation, person: Invited) -> object:
    return participants.find(inst.database.read(), person.participant.edition, person.id)


def addresses(anna: Invited) -> list[str]:
    here = f"{PEOPLE}/{anna.id}"
    steps = ("abmelden", "anmelden", "nicht-da", "doch-da", "keine-mails", "loeschen")
    return [
        PEOPLE,
        f"{PEOPLE}/neu",
        f"{PEOPLE}/auskunft",
        here,
        f"{here}/auskunft",
        *(f"{here}/{step}" for step in steps),
    ]


def test_pages_are_there_for_organisers_and_for_nobody_else(
    workplace: Workplace, anna: Invited
) -> None:
    for address in addresses(anna):
        assert workplace.olga.get(address).status == 200, address
        assert workplace.paul.get(address).status == 404, address
        assert workplace.frieda.get(address).status == 404, address
        assert workplace.stranger.get(address).status == 303, address


def test_pages_speak_english_too(workplace: Workplace, anna: Invited) -> None:
    for address in addresses(anna):
        assert workplace.olga.get(f"{address}?sprache=en").status == 200


@pytest.mark.proves("S39")
def test_somebody_of_another_edition_is_not_found(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    other = add_person(inst, store_edition(inst, congress("kk2021")), "Otto Ohlsen")

    assert workplace.olga.get(f"/arbeit/ausgaben/kk2021/teilnehmende/{other.id}").status == 200
    assert workplace.olga.get(f"{PEOPLE}/{other.id}").status == 404
    assert workplace.olga.get(f"{PEOPLE}/{anna.id}").status == 200


def test_steps_take_no_other_method(workplace: Workplace, anna: Invited) -> None:
    assert workplace.olga.post(f"{PEOPLE}/{anna.id}/auskunft", {}).status == 405
    assert workplace.olga.get(f"{PEOPLE}/{anna.id}/einladen").status == 405


@pytest.mark.proves("A78")
def test_the_list_counts_searches_and_turns_pages(
    workplace: Workplace, inst: Installation, open_congress: EditionRecord
) -> None:
    for number in range(60):
        add_person(
            inst, open_congress, f"Person{number:02} Probe", address=f"p{number}@example.org"
        )

    page = workplace.olga.get(PEOPLE)

    assert "Personen 1 bis 50 von 60" in page.text()
    assert "Angemeldet60" in page.text()
    assert "Person55 Probe" in workplace.olga.get(f"{PEOPLE}?seite=2").text()
    found = workplace.olga.get(f"{PEOPLE}?suche=PERSON07").text()
    assert "Eine Person passt" in found
    assert "p7@example.org" in found
    assert "p8@example.org" not in found
    assert "passt niemand" in workplace.olga.get(f"{PEOPLE}?suche=xyz").text()


@pytest.mark.proves("D20")
def test_a_person_is_corrected(workplace: Workplace, inst: Installation, anna: Invited) -> None:
    page = workplace.olga.get(f"{PEOPLE}/{anna.id}")

    reply = workplace.olga.press(
        page,
        f"{PEOPLE}/{anna.id}",
        "Angaben speichern",
        {"address": "anna.neu@example.org", "language": "easy", "round-round1": "ws02"},
    )

    assert reply.status == 303
    person = participants.find(inst.database.read(), anna.participant.edition, anna.id)
    assert person is not None
    assert (person.address, person.name, person.language, person.sessions) == (
        "anna.neu@example.org",
        "Anna Albrecht",
        "easy",
        ("ws02", "ws03"),
    )


def test_wrong_details_are_refused_with_everything_typed(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    page = workplace.olga.get(f"{PEOPLE}/{anna.id}")

    reply = workplace.olga.press(
        page,
        f"{PEOPLE}/{anna.id}",
        "Angaben speichern",
        {"address": "anna(at)example.org", "name": "Anna Anders"},
    )

    assert reply.status == 422
    assert "keine gültige E-Mail-Adresse" in reply.text()
    assert reply.fields()["address"] == ("anna(at)example.org",)
    assert reply.fields()["name"] == ("Anna Anders",)
    assert stored(inst, anna) == anna.participant


@pytest.mark.proves("D20")
@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"address": ""}, id="no address"),
        pytest.param({"address": "a@example.org, b@example.org"}, id="two addresses"),
        pytest.param({"language": "fr"}, id="unknown language"),
        pytest.param({"round-round1": "ws03"}, id="session of another round"),
        pytest.param({"round-round1": "nirgends"}, id="unknown session"),
        pytest.param({"name": "x" * 201}, id="endless name"),
    ],
)
def test_the_law_of_lists_holds_for_what_is_typed(
    workplace: Workplace, inst: Installation, anna: Invited, typed: dict[str, str]
) -> None:
    page = workplace.olga.get(f"{PEOPLE}/{anna.id}")

    reply = workplace.olga.press(page, f"{PEOPLE}/{anna.id}", "Angaben speichern", typed)

    assert reply.status == 422
    assert stored(inst, anna) == anna.participant


def test_two_who_correct_the_same_person_do_not_overwrite_each_other(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    here = f"{PEOPLE}/{anna.id}"
    seen_by_both = workplace.olga.get(here)
    workplace.olga.press(seen_by_both, here, "Angaben speichern", {"name": "Anna Erste"})

    reply = workplace.olga.press(seen_by_both, here, "Angaben speichern", {"name": "Anna Zweite"})

    assert reply.status == 409
    assert reply.fields()["name"] == ("Anna Zweite",)
    person = participants.find(inst.database.read(), anna.participant.edition, anna.id)
    assert person is not None
    assert person.name == "Anna Erste"
    assert workplace.olga.press(reply, here, "Angaben speichern").status == 303


def test_nobody_becomes_somebody_who_is_there_already(
    workplace: Workplace, inst: Installation, anna: Invited, bernd: Invited
) -> None:
    page = workplace.olga.get(f"{PEOPLE}/{anna.id}")

    reply = workplace.olga.press(
        page,
        f"{PEOPLE}/{anna.id}",
        "Angaben speichern",
        {"name": bernd.participant.name, "address": bernd.participant.address},
    )

    assert reply.status == 409
    assert "schon angemeldet" in reply.text()
    assert stored(inst, anna) == anna.participant


def test_somebody_who_comes_in_late_is_invited_alone(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    page = workplace.olga.get(f"{PEOPLE}/neu")

    reply = workplace.olga.press(
        page,
        f"{PEOPLE}/neu",
        "Person anmelden",
        {"name": "Lena Late", "address": "lena@example.org", "round-round2": "ws04"},
    )

    assert reply.status == 303
    late = reply.location.rpartition("/")[2]
    states = outbox.states(inst.database.read(), anna.participant.edition, Campaign.INVITATION)
    assert states == {late: Delivery.QUEUED}


def test_somebody_who_is_registered_does_not_come_in_late(
    workplace: Workplace, anna: Invited
) -> None:
    page = workplace.olga.get(f"{PEOPLE}/neu")

    reply = workplace.olga.press(
        page,
        f"{PEOPLE}/neu",
        "Person anmelden",
        {"name": anna.participant.name, "address": anna.participant.address},
    )

    assert reply.status == 422
    assert "schon angemeldet" in reply.text()
    assert reply.fields()["name"] == (anna.participant.name,)


@pytest.mark.usefixtures("open_congress")
def test_whoever_was_not_invited_yet_is_not_invited_again(
    workplace: Workplace, anna: Invited
) -> None:
    here = f"{PEOPLE}/{anna.id}"
    page = workplace.olga.get(here)
    assert "Noch nicht eingeladen." in page.text()

    workplace.olga.press(page, f"{here}/einladen", "Einladung senden")

    assert "noch einmal" not in page.text()


def test_an_invitation_is_sent_again_with_a_new_link(
    workplace: Workplace, inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    invite(inst, open_congress.name)
    send_mails(inst, progress=lambda _done, _of: None)
    here = f"{PEOPLE}/{anna.id}"

    reply = workplace.olga.press(
        workplace.olga.get(here), f"{here}/einladen", "Einladung noch einmal senden"
    )
    report = send_mails(inst, progress=lambda _done, _of: None)

    assert (reply.status, report.sent) == (303, 1)
    count = inst.database.read().execute(
        "SELECT COUNT(*) AS n FROM link WHERE campaign = 'invitation' AND participant = :id",
        {"id": anna.id},
    )
    assert count.fetchone()["n"] == 3  # the fixture's, the first mail's, and this one's


@pytest.mark.proves("A79")
@pytest.mark.parametrize(
    ("field", "there", "back"),
    [
        ("is_withdrawn", ("abmelden", "Person abmelden"), ("anmelden", "Wieder anmelden")),
        (
            "is_no_show",
            ("nicht-da", "Als nicht erschienen vermerken"),
            ("doch-da", "Als erschienen vermerken"),
        ),
    ],
    ids=["withdrawn", "no-show"],
)
def test_a_step_about_a_person_is_confirmed_done_and_taken_back(  # noqa: PLR0917 -- fixtures and a table
    workplace: Workplace,
    inst: Installation,
    anna: Invited,
    field: str,
    there: tuple[str, str],
    back: tuple[str, str],
) -> None:
    here = f"{PEOPLE}/{anna.id}"
    after = []

    for step, button in (there, back):
        workplace.olga.press(workplace.olga.get(f"{here}/{step}"), f"{here}/{step}", button)
        after.append(stored(inst, anna))

    assert getattr(after[0], field) is True
    assert after[1] == anna.participant


def test_who_wants_no_mails_gets_none(workplace: Workplace, anna: Invited) -> None:
    here = f"{PEOPLE}/{anna.id}"

    workplace.olga.press(
        workplace.olga.get(f"{here}/keine-mails"), f"{here}/keine-mails", "Keine Mails mehr senden"
    )

    page = workplace.olga.get(here)
    assert "will keine Mails" in page.text()
    assert "Einladung noch einmal senden" not in page.text()


def test_a_deleted_person_is_gone_and_never_written_to_again(
    workplace: Workplace, anna: Invited
) -> None:
    here = f"{PEOPLE}/{anna.id}"

    reply = workplace.olga.press(
        workplace.olga.get(f"{here}/loeschen"),
        f"{here}/loeschen",
        "Person löschen",
        {"never_again": "y"},
    )

    assert (reply.status, reply.location) == (303, PEOPLE)
    assert workplace.olga.get(here).status == 404
    late = workplace.olga.press(
        workplace.olga.get(f"{PEOPLE}/neu"),
        f"{PEOPLE}/neu",
        "Person anmelden",
        {"name": anna.participant.name, "address": anna.participant.address},
    )
    assert "keine Mails mehr" in workplace.olga.get(late.location).text()


@pytest.mark.proves("D13", "D14")
def test_information_is_handed_over_as_page_text_and_json(
    workplace: Workplace, anna: Invited
) -> None:
    here = f"{PEOPLE}/{anna.id}/auskunft"

    page = workplace.olga.get(here)
    text = workplace.olga.get(f"{here}.txt")
    data = workplace.olga.get(f"{here}.json")

    for told in (page.text(), text.html, data.html):
        assert "anna@example.org" in told
        assert "Artikel 11 Absatz 2" in told
        assert "Digitale Stadt; Digitale Dörfer" in told
    assert text.headers["content-disposition"] == 'attachment; filename="auskunft.txt"'
    assert "sandbox" in data.headers["content-security-policy"]
    facts = json.loads(data.html)["editions"][0]["facts"]
    assert facts["E-Mail-Adresse"] == "anna@example.org"


@pytest.mark.proves("D15")
def test_an_address_is_found_and_deleted_in_all_editions_of_the_organisation(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    other = store_edition(inst, congress("kk2021"))
    add_person(inst, other, anna.participant.name)
    search = f"{PEOPLE}/auskunft?adresse=ANNA%40example.org"
    deletion = f"{PEOPLE}/auskunft/loeschen?adresse=anna%40example.org"

    found = workplace.olga.get(search)
    nobody = workplace.olga.get(f"{PEOPLE}/auskunft?adresse=niemand%40example.org")
    workplace.olga.press(workplace.olga.get(deletion), deletion, "Überall löschen")

    assert found.text().count("anna@example.org") == 2
    assert "in keiner Ausgabe" in nobody.text()
    assert "in keiner Ausgabe" in workplace.olga.get(search).text()
    assert workplace.olga.get(deletion).status == 404


def everything_shown(workplace: Workplace, person: Invited) -> list[str]:
    """Every page about the person, without what differs from one request to the next."""
    here = f"{PEOPLE}/{person.id}"
    pages = [*addresses(person), f"{here}/auskunft.txt", f"{here}/auskunft.json"]
    pages.append(f"{PEOPLE}/auskunft?adresse={person.participant.address}")
    return [workplace.olga.get(address).html for address in pages]


@pytest.mark.proves("D14")
def test_no_page_tells_whether_a_person_has_answered(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    before = everything_shown(workplace, anna)

    answer(inst, anna)

    person = participants.find(inst.database.read(), anna.participant.edition, anna.id)
    assert person is not None
    assert person.has_answered
    assert everything_shown(workplace, anna) == before


@pytest.mark.parametrize("what", ["silent", "answered"])
def test_steps_go_the_same_way_whether_a_person_has_answered_or_not(
    workplace: Workplace,
    inst: Installation,
    anna: Invited,
    what: str,
) -> None:
    if what == "answered":
        answer(inst, anna)
    here = f"{PEOPLE}/{anna.id}"
    proof = workplace.olga.get(here).fields("Angaben speichern")["_proof"]

    replies = [
        workplace.olga.post(f"{here}/{step}", {"_proof": proof}).status
        for step in ("einladen", "einladen", "nicht-da", "einladen", "doch-da", "abmelden")
    ]
    gone = workplace.olga.post(f"{here}/loeschen", {"_proof": proof})
    late = workplace.olga.post(
        f"{PEOPLE}/neu",
        {"_proof": proof, "name": "Anna Albrecht", "address": "anna@example.org", "language": "de"},
    )

    assert replies == [303, 409, 303, 409, 303, 303]
    assert (gone.status, late.status) == (303, 303)
    page = workplace.olga.get(late.location)
    assert "Die Einladung ist auf dem Weg." in page.text()


def test_after_the_deletion_nobody_is_shown(
    workplace: Workplace, inst: Installation, anna: Invited, clock: StoppedClock
) -> None:
    for _ in range(3):
        clock.pass_by(timedelta(days=29))
        delete_expired(inst)

    olga = signed_in_client(workplace.inst, OLGA)
    assert "sind gelöscht" in olga.get(PEOPLE).text()
    assert olga.get(f"{PEOPLE}/{anna.id}").status == 404
