"""The page about mails that did not arrive."""

from __future__ import annotations

import pytest

from survey.installation import Installation
from survey.inviting import invite
from survey.language.catalogue import catalogue
from survey.model.event import EditionRecord
from survey.model.invitation import Campaign
from survey.storage import bounces, outbox
from survey.web.organiser.participants.bounce_words import bounce_words
from tests.people import Invited
from tests.workplace import Workplace

PEOPLE = "/arbeit/ausgaben/kk2020/teilnehmende"
PAGE = f"{PEOPLE}/unzustellbar"


def came_back(inst: Installation, person: Invited, reason: str) -> None:
    """The person's invitation left, and came back."""
    edition = person.participant.edition
    invite(inst, "kk2020", (person.id,))
    sent = dict(outbox.message_ids(inst.database.read(), edition, person.id))
    mark = sent[Campaign.INVITATION].lstrip("<")[:12]
    inst.database.write(
        lambda c: c.execute(
            "UPDATE outbox SET state = 'handed_over' WHERE participant = :id", {"id": person.id}
        )
    )
    mail = bounces.find_mail(inst.database.read(), edition, begins=mark)
    assert mail is not None
    inst.database.write(lambda c: bounces.mark_failed(c, mail, reason=reason))


def test_the_page_is_there_for_organisers_only(
    workplace: Workplace, open_congress: EditionRecord
) -> None:
    assert open_congress.name == "kk2020"
    assert "sind angekommen" in workplace.olga.get(PAGE).text()
    assert workplace.paul.get(PAGE).status == 404
    assert workplace.frieda.get(PAGE).status == 404
    assert workplace.stranger.get(PAGE).status == 303
    assert workplace.olga.request("DELETE", PAGE).status == 405


def test_it_says_who_why_and_what_to_do(
    workplace: Workplace, inst: Installation, anna: Invited, bernd: Invited
) -> None:
    came_back(inst, anna, "5.1.1")
    came_back(inst, bernd, "552 5.2.2")

    page = workplace.olga.get(PAGE)

    assert "Diese Adresse gibt es dort nicht." in page.text()
    assert "Das Postfach ist voll." in page.text()
    assert "Code des Mailservers: 552 5.2.2" in page.text()
    assert "2 Personen haben eine Mail nicht bekommen." in workplace.olga.get(PEOPLE).text()
    assert "There is no such address there." in workplace.olga.get(f"{PAGE}?sprache=en").text()


def test_who_is_dealt_with_disappears(
    workplace: Workplace, inst: Installation, anna: Invited, bernd: Invited
) -> None:
    came_back(inst, anna, "5.1.1")
    came_back(inst, bernd, "5.2.2")
    here = f"{PEOPLE}/{anna.id}"

    workplace.olga.press(
        workplace.olga.get(here), here, "Angaben speichern", {"address": "a.albrecht@example.org"}
    )
    sent = workplace.olga.press(
        workplace.olga.get(PAGE),
        f"{PEOPLE}/{bernd.id}/einladen",
        "Noch einmal senden Bernd Becker",
    )

    assert sent.location == PAGE
    assert "sind angekommen" in workplace.olga.get(PAGE).text()
    assert ("Einladung senden", "", "") in workplace.olga.get(here).buttons()


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("550 5.1.1", "Diese Adresse gibt es dort nicht."),
        ("5.1.10", "Diese Adresse nimmt keine Mails an."),
        ("5.1.77", "Mit dieser Adresse stimmt etwas nicht."),
        ("4.2.2", "Das Postfach ist voll."),
        ("4.4.1", "Der Mailserver war zu lange nicht zu erreichen."),
        ("paused 550 5.7.1", "Der Mailserver nimmt von uns keine Mails an."),
        ("5.9.9", "Der Mailserver hat die Mail abgelehnt und nicht gesagt, warum."),
        ("550", "Der Mailserver hat die Mail abgelehnt und nicht gesagt, warum."),
        ("", "Der Mailserver hat die Mail abgelehnt und nicht gesagt, warum."),
    ],
    ids=lambda value: value or "nothing",
)
def test_codes_become_sentences(reason: str, why: str) -> None:
    words = bounce_words(reason)

    assert words.why == why
    for text in (words.why, words.what_to_do):
        assert catalogue("en").gettext(text) != text
