from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.storage import participants
from survey.web.page_guards import MOST_BYTES

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import AccessibleClient
    from tests.people import Invited


@pytest.mark.proves("S35")
def test_a_new_link_is_promised_to_everybody_alike(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    known = client.post("/link", {"edition": "kk2020", "address": anna.participant.address})
    unknown = client.post("/link", {"edition": "kk2020", "address": "niemand@example.org"})

    queued = inst.database.read().execute("SELECT campaign FROM outbox").fetchall()
    assert (known.status, known.html) == (200, unknown.html)
    assert [row["campaign"] for row in queued] == ["link_request"]


@pytest.mark.parametrize("address", ["", "anna", "@", "@example.org"])
def test_an_address_that_is_none_is_sent_back_with_a_hint(
    client: AccessibleClient, open_congress: EditionRecord, address: str
) -> None:
    refused = client.post("/link", {"edition": open_congress.name, "address": address})

    assert refused.status == 422
    assert "Geben Sie Ihre E-Mail-Adresse so an: name@example.org" in refused.text()


def test_an_edition_that_is_not_open_cannot_be_asked_for(
    client: AccessibleClient, open_congress: EditionRecord, open_call: EditionRecord
) -> None:
    refused = client.post("/link", {"edition": "kk1999", "address": "anna@example.org"})

    assert {open_congress.name, open_call.name} == {"kk2020", "ikone2"}
    assert refused.status == 422
    assert "Wählen Sie aus, um welche Veranstaltung es geht." in refused.text()


def test_opting_out_takes_a_button_or_one_click_without_cookie_or_redirect(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    path = f"/abmelden/{inst.links.opt_out_token('kk2020', anna.id)}"

    asked = client.get(path)
    before = participants.find(inst.database.read(), open_congress.id, anna.id)
    done = client.post(path, {"List-Unsubscribe": "One-Click"})
    after = participants.find(inst.database.read(), open_congress.id, anna.id)

    assert before is not None
    assert after is not None
    assert (asked.heading, before.has_opted_out) == ("Von weiteren Mails abmelden", False)
    assert (done.status, done.heading, after.has_opted_out) == (200, "Sie sind abgemeldet", True)
    assert "set-cookie" not in done.headers


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
        ),
        ("text/plain", b""),
    ],
    ids=["urlencoded", "multipart", "empty"],
)
def test_mail_programs_opt_out_with_whatever_form_they_send(  # noqa: PLR0917 -- the cast
    client: AccessibleClient,
    inst: Installation,
    anna: Invited,
    open_congress: EditionRecord,
    kind: str,
    body: bytes,
) -> None:
    path = f"/abmelden/{inst.links.opt_out_token('kk2020', anna.id)}"

    done = client.request("POST", path, body, {"Content-Type": kind})

    person = participants.find(inst.database.read(), open_congress.id, anna.id)
    assert person is not None
    assert (done.status, person.has_opted_out) == (200, True)


@pytest.mark.proves("S29")
def test_opting_out_has_a_largest_size_too(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    path = f"/abmelden/{inst.links.opt_out_token('kk2020', anna.id)}"

    assert client.request("POST", path, b"x" * (MOST_BYTES + 1)).status == 413


def test_a_forged_opt_out_link_is_a_page(client: AccessibleClient) -> None:
    assert client.get("/abmelden/x.y.z").status == 404
    assert client.post("/abmelden/x.y.z", {"List-Unsubscribe": "One-Click"}).status == 404
