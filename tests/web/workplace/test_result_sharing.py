"""A session's results by a link: only that session, only published texts, no cookie, and not for ever."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from survey.notifying import send_staff_mails
from survey.reporting.publish import publish
from survey.reporting.quotes import release_quote, texts_to_read
from survey.sharing import links_of, share_session
from tests.people import stored_record
from tests.web.workplace.counted import CANARY, HERE, SESSION_CANARY, counted

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock
    from tests.workplace import Workplace

__all__ = ["counted"]
SHARE = f"{HERE}/punkte/ws01/teilen"
HOST = "https://feedback.example.org"
pytestmark = pytest.mark.usefixtures("counted")


def shared_path(inst: Installation, session: str = "ws01") -> str:
    record = stored_record(inst, "kk2020")
    return share_session(inst, record, session).address.removeprefix(HOST)


def test_a_link_shows_the_session_to_whoever_has_it(
    workplace: Workplace, inst: Installation
) -> None:
    page = workplace.olga.get(SHARE)
    done = workplace.olga.press(page, SHARE, "Link anlegen", {"days": "7"})
    (link,) = links_of(inst, stored_record(inst, "kk2020"), "ws01")

    shown = workplace.stranger.get(link.address.removeprefix(HOST))

    assert (done.status, done.location) == (303, SHARE)
    assert (shown.status, shown.heading) == (200, "Digitale Stadt")
    assert "Wie war dieser Workshop?" in shown.text()
    assert link.address in workplace.olga.get(SHARE).text()


@pytest.mark.proves("S19")
def test_the_link_leads_nowhere_else_and_brings_no_cookie(
    workplace: Workplace, inst: Installation
) -> None:
    shown = workplace.stranger.get(shared_path(inst))

    links = {e.get("href", "") for e in shown.markup.all("a")}
    assert "set-cookie" not in shown.headers
    assert [link for link in links if link.startswith(("/arbeit", "/geteilt", "/ergebnis"))] == []
    assert "Wie war der Kongress?" not in shown.text()
    assert "Homeoffice" not in shown.text()


def test_only_published_texts_of_that_session_are_shown(
    workplace: Workplace, inst: Installation
) -> None:
    texts = texts_to_read(inst, "kk2020")
    general = next(t for t in texts if CANARY in t.text)
    own = next(t for t in texts if SESSION_CANARY in t.text)
    path = shared_path(inst)
    before = workplace.stranger.get(path).html
    for text in (general, own):
        release_quote(inst, "kk2020", text.id)
    released = workplace.stranger.get(path).html

    publish(inst, "kk2020")

    after = workplace.stranger.get(path).html
    assert [page.count(CANARY) for page in (before, released, after)] == [0, 0, 0]
    assert [page.count(SESSION_CANARY) for page in (before, released, after)] == [0, 0, 1]
    assert own.text in after


def test_a_link_ends_at_its_moment(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    path = shared_path(inst)

    clock.pass_by(timedelta(days=30) - timedelta(seconds=1))
    assert workplace.stranger.get(path).status == 200

    clock.pass_by(timedelta(seconds=1))
    gone = workplace.stranger.get(path)
    assert (gone.status, gone.heading) == (410, "Dieser Link zeigt nichts mehr")


def test_a_link_is_taken_back(workplace: Workplace, inst: Installation) -> None:
    path = shared_path(inst)
    page = workplace.olga.get(SHARE)

    done = workplace.olga.press(page, SHARE, "Link 1 zurücknehmen")

    assert done.status == 303
    assert workplace.stranger.get(path).status == 410
    assert links_of(inst, stored_record(inst, "kk2020"), "ws01") == ()


@pytest.mark.parametrize("change", ["x", "kk2020.", ""])
def test_a_forged_link_shows_nothing(workplace: Workplace, inst: Installation, change: str) -> None:
    path = shared_path(inst)

    forged = path[:-1] + ("A" if path[-1] != "A" else "B") if not change else path + change

    assert workplace.stranger.get(path).status == 200
    assert workplace.stranger.get(forged).status == 404


def test_a_personal_link_opens_no_results_and_the_other_way_round(
    workplace: Workplace, inst: Installation
) -> None:
    path = shared_path(inst)
    personal = inst.links.personal_token("kk2020", bytes(16))

    assert workplace.stranger.get(f"/geteilt/{personal}").status == 404
    assert workplace.stranger.get(path.replace("/geteilt/", "/f/")).status == 404


def test_the_link_goes_by_mail_where_an_address_is_given(
    workplace: Workplace, inst: Installation
) -> None:
    page = workplace.olga.get(SHARE)

    workplace.olga.press(page, SHARE, "Link anlegen", {"address": "karla@example.org"})

    (link,) = links_of(inst, stored_record(inst, "kk2020"), "ws01")
    row = inst.database.read().execute("SELECT address, kind, facts FROM staff_mail").fetchone()
    assert (row["address"], row["kind"]) == ("karla@example.org", "session_shared")
    assert link.address in row["facts"]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"days": "0"}, "Geben Sie eine Zahl zwischen 1 und 90 ein."),
        ({"days": "91"}, "Geben Sie eine Zahl zwischen 1 und 90 ein."),
        ({"days": "bald"}, "Geben Sie eine Zahl zwischen 1 und 90 ein."),
        ({"days": "30", "address": "karla"}, "Das ist keine E-Mail-Adresse."),
    ],
)
def test_wrong_input_is_refused_and_kept(
    workplace: Workplace, inst: Installation, typed: dict[str, str], complaint: str
) -> None:
    page = workplace.olga.get(SHARE)

    again = workplace.olga.press(page, SHARE, "Link anlegen", typed)

    assert again.status == 422
    assert complaint in again.text()
    assert {name: again.fields()[name][0] for name in typed} == typed
    assert links_of(inst, stored_record(inst, "kk2020"), "ws01") == ()


def test_planners_and_others_share_nothing(workplace: Workplace) -> None:
    assert workplace.olga.get(SHARE).status == 200
    assert workplace.paul.get(SHARE).status == 404
    assert workplace.frieda.get(SHARE).status == 404
    assert workplace.olga.get(f"{HERE}/greeting/teilen").status == 404


@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_the_shared_page_speaks_every_language(
    workplace: Workplace, inst: Installation, language: str
) -> None:
    page = workplace.stranger.get(f"{shared_path(inst)}?sprache={language}")

    assert page.status == 200


def test_the_mail_to_a_speaker_says_what_and_until_when(
    workplace: Workplace, inst: Installation
) -> None:
    page = workplace.olga.get(SHARE)
    workplace.olga.press(page, SHARE, "Link anlegen", {"address": "karla@example.org"})
    (link,) = links_of(inst, stored_record(inst, "kk2020"), "ws01")

    send_staff_mails(inst)

    assert inst.settings.mail_folder is not None
    (file,) = [f for f in inst.settings.mail_folder.iterdir() if "session_shared" in f.name]
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["Subject"] == "Rückmeldungen zu „Digitale Stadt“"
    assert mail["To"] == "karla@example.org"
    assert link.address in body.get_content().replace("\n", "")
    assert "28. Oktober 2020" in body.get_content()
