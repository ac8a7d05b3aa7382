"""The open link: the same form for a person without bookings, whose secret only its own page knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from forms.fullest_answers import LONGEST_CHARACTER
from survey.access.links import text_to_secret
from survey.asking_openly import choose_ways, end_link
from survey.collecting import submit
from survey.counting import count_edition
from survey.installation import Installation
from survey.language.wording import LANGUAGES, Wording
from survey.model.event import EditionRecord
from survey.model.items import YesNo
from survey.model.questionnaire import Condition, Questionnaire, Section
from survey.model.ways_in import OpenLink, WaysIn
from survey.storage import boxes, participants
from survey.storage.deeds import all_deeds
from tests.accessibility.client import AccessibleClient, Page
from tests.counting.ballots import a_response, be_silent, close
from tests.events import DEADLINE, congress, network_call
from tests.people import (
    Invited,
    StoppedClock,
    add_person,
    open_edition,
    store_edition,
    stored_record,
)

ANSWERS = {"overall": "good", "change": "Mehr Pausen."}


def opened(inst: Installation, *, is_call: bool = False) -> EditionRecord:
    """An edition with an open link that takes answers."""
    record = store_edition(inst, network_call("kk2020") if is_call else congress())
    choose_ways(inst, record.name, WaysIn(link=OpenLink.ON))
    return open_edition(inst, stored_record(inst, record.name))


def address(inst: Installation) -> str:
    return f"/o/{inst.links.open_token('kk2020')}"


def state(inst: Installation) -> tuple[int, int, bool]:
    """Boxes, open boxes, and whether the urn's numbers agree."""
    found = boxes.state(inst.database.read(), stored_record(inst, "kk2020").id)
    return found.boxes, found.open_boxes, found.agrees


def answer(client: AccessibleClient, inst: Installation, **fields: str) -> Page:
    """Thanks, after a form was filled in, checked and sent."""
    here = address(inst)
    check = client.press(client.get(here), here, "Antworten prüfen", ANSWERS | fields)
    assert check.status == 200, check.text()
    return client.press(check, here, "Absenden")


@pytest.mark.proves("U18")
def test_an_answer_without_a_personal_link_lies_in_the_urn(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)

    thanks = answer(client, inst)

    assert (thanks.status, thanks.heading) == (200, "Vielen Dank!")
    assert state(inst) == (1, 1, True)


def test_every_form_has_a_secret_of_its_own_though_the_page_is_kept(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)

    pages = [client.get(address(inst)) for _ in range(5)]

    secrets = {page.fields()["_secret"][0] for page in pages}
    assert len(secrets) == 5
    assert all(len(text_to_secret(secret)) == 16 for secret in secrets)
    assert len({page.html.replace(page.fields()["_secret"][0], "") for page in pages}) == 1
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}
    assert not [name for page in pages for name in page.headers if name == "set-cookie"]
    assert state(inst) == (0, 0, True)


@pytest.mark.proves("S44")
def test_no_address_holds_the_secret(client: AccessibleClient, inst: Installation) -> None:
    opened(inst)
    page = client.get(address(inst))
    secret = page.fields()["_secret"][0]
    assert secret in page.html

    thanks = answer(client, inst)

    links = [e.get("href") for e in thanks.markup.all("a")]
    assert thanks.fields()["_secret"][0] not in " ".join(links)
    assert "location" not in thanks.headers


def test_sending_twice_is_answering_once(client: AccessibleClient, inst: Installation) -> None:
    opened(inst)
    here = address(inst)
    check = client.press(client.get(here), here, "Antworten prüfen", ANSWERS)

    for _ in range(3):
        assert client.press(check, here, "Absenden").heading == "Vielen Dank!"

    assert state(inst) == (1, 1, True)


def test_what_cannot_be_stored_stays_in_the_page(
    client: AccessibleClient, inst: Installation
) -> None:
    record = opened(inst)
    here = address(inst)
    check = client.press(client.get(here), here, "Antworten prüfen", ANSWERS)
    alarm = inst.settings.witnesses / f"{record.id}.alarm"
    alarm.touch()

    failed = client.press(check, here, "Absenden")

    assert (failed.status, failed.headers["retry-after"]) == (503, "60")
    assert failed.fields()["change"] == ("Mehr Pausen.",)
    alarm.unlink()
    assert client.press(failed, here, "Noch einmal absenden").heading == "Vielen Dank!"
    assert state(inst) == (1, 1, True)


def test_the_same_form_changes_what_it_sent_and_another_adds(
    client: AccessibleClient, inst: Installation, clock: StoppedClock
) -> None:
    opened(inst)
    here = address(inst)
    thanks = answer(client, inst)
    again = client.press(thanks, here, "Antworten ändern")
    assert "Sie haben schon geantwortet" in again.text()
    check = client.press(again, here, "Antworten prüfen", {"overall": "poor"})
    client.press(check, here, "Absenden")
    assert state(inst) == (1, 1, True)

    answer(client, inst)
    for _ in range(4):
        answer(client, inst)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    record = stored_record(inst, "kk2020")
    assert (record.answered, record.open_boxes, record.invited) == (6, 6, 0)


def test_an_answer_is_taken_back_by_its_own_form_only(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)
    here = address(inst)
    thanks = answer(client, inst)
    answer(client, inst)
    ask = client.press(thanks, here, "Antworten zurücknehmen")
    assert state(inst) == (2, 2, True)

    gone = client.press(ask, here, "Antworten jetzt zurücknehmen")

    assert gone.heading == "Ihre Antworten sind gelöscht"
    assert state(inst) == (1, 1, True)
    client.press(ask, here, "Antworten jetzt zurücknehmen")
    assert state(inst) == (1, 1, True)


def test_workshops_are_asked_for_and_calls_ask_about_every_talk(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)
    page = client.get(address(inst))

    assert page.text().count("Ich war in einem Workshop") == 2
    assert not [name for name in page.fields() if name.startswith("ws0")]


def test_a_call_asks_everybody_about_every_talk(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst, is_call=True)
    page = client.get(address(inst))

    names = {e.get("name") for e in page.markup.all("input")}
    assert {"mainz--rating", "vg--rating"} <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_its_limits_and_offers_no_draft(
    client: AccessibleClient, inst: Installation, language: str
) -> None:
    opened(inst)
    personal = add_person(inst, stored_record(inst, "kk2020"), "Anna Albrecht")

    page = client.get(f"{address(inst)}?sprache={language}")

    assert "draft" in [value for _, _, value in client.get(f"/f/{personal.token}").buttons()]
    assert "draft" not in [value for _, _, value in page.buttons()]
    said = {
        "de": "bitte nur einmal",
        "easy": "Sonst antworten Sie bitte hier ein Mal.",
        "en": "please only once",
    }
    assert said[language] in page.text()


def test_an_answer_may_open_more_questions(client: AccessibleClient, inst: Installation) -> None:
    only = Section(
        "online_only",
        Wording("Ihre Technik zu Hause"),
        (YesNo(code="sound", wording=Wording("War der Ton gut?")),),
        condition=Condition("next_format", ("online",)),
    )
    sections = (*congress().questionnaire.sections, only)
    store_edition(inst, replace(congress(), questionnaire=Questionnaire(sections)))
    choose_ways(inst, "kk2020", WaysIn(link=OpenLink.ON))
    open_edition(inst, stored_record(inst, "kk2020"))
    here = address(inst)
    page = client.get(here)
    assert "sound" not in {e.get("name") for e in page.markup.all("input")}

    more = client.press(page, here, "Antworten prüfen", {"next_format": "online"})
    assert "sound" in {e.get("name") for e in more.markup.all("input")}
    check = client.press(more, here, "Antworten prüfen", {"sound": "yes"})
    thanks = client.press(check, here, "Absenden")

    assert (thanks.heading, state(inst)) == ("Vielen Dank!", (1, 1, True))


def test_the_language_can_be_changed_on_every_page(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)
    here = address(inst)
    page = client.get(here)
    secret = page.fields()["_secret"]

    in_english = client.press(page, here, "English", {"change": "Mehr Pausen."})
    check = client.post(here, in_english.fields() | {"_action": "check"})
    check = client.press(check, here, "Einfache Sprache")
    thanks = client.post(here, check.fields() | {"_action": "submit"})
    thanks = client.press(thanks, here, "English")

    assert [p.fields()["_secret"] for p in (in_english, check, thanks)] == [secret] * 3
    assert thanks.heading == "Thank you!"
    assert state(inst) == (1, 1, True)


def test_an_easy_form_is_answered_one_question_at_a_time(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)
    here = address(inst)
    page = client.get(f"{here}?sprache=easy")
    chosen = {"elsewhere--round1": "ws02", "elsewhere--round1--rating": "good"}

    for _ in range(40):
        if "_step" not in page.fields():
            break
        names = {e.get("name") for e in page.markup.all("input")}
        page = client.post(
            here,
            page.fields() | {k: v for k, v in chosen.items() if k in names} | {"_action": "next"},
        )
        assert page.status == 200, page.text()
    thanks = client.post(here, page.fields() | {"_action": "submit"})

    assert (thanks.heading, state(inst)) == ("Vielen Dank!", (1, 1, True))


@pytest.mark.parametrize("is_call", [False, True])
@pytest.mark.proves("U3")
def test_pages_that_echo_are_of_one_length(
    client: AccessibleClient, inst: Installation, *, is_call: bool
) -> None:
    record = opened(inst, is_call=is_call)
    here = address(inst)
    text = "focus" if is_call else "change"
    limit = 1000 if is_call else 250
    blank = client.get(here)
    sizes = {
        client.press(blank, here, "Antworten prüfen", {text: LONGEST_CHARACTER * n}).size
        for n in (1, 100, limit)
    }
    refused = client.press(blank, here, "Antworten prüfen", {text: ""})
    person = add_person(inst, record, "Anna Albrecht")
    own = client.get(f"/f/{person.token}")
    sizes.add(client.press(own, f"/f/{person.token}", "Antworten prüfen", {text: "x"}).size)

    assert refused.status == 422
    assert sizes == {refused.size}


def test_the_page_with_everything_filled_in_is_no_longer_than_any_other(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)
    here = address(inst)
    full = {
        "elsewhere--round1": "ws02",
        "elsewhere--round2": "ws04",
        "change": LONGEST_CHARACTER * 250,
        "heard": ("office", "home", "other"),
        "heard-text": LONGEST_CHARACTER * 200,
        **{f"elsewhere--round{n}--remark": LONGEST_CHARACTER * 200 for n in (1, 2)},
    }
    page = client.get(here)
    short = client.press(page, here, "Antworten prüfen", ANSWERS)

    long = client.press(page, here, "Antworten prüfen", full)
    again = client.press(long, here, "Ändern")

    assert (long.status, long.size, again.size) == (200, short.size, short.size)


@pytest.mark.parametrize("secret", ["", "x", "AAAAAAAAAAAAAAAAAAAAAA=", "€" * 22])
def test_a_form_without_a_proper_secret_is_refused(
    client: AccessibleClient, inst: Installation, secret: str
) -> None:
    opened(inst)

    page = client.post(address(inst), ANSWERS | {"_secret": secret, "_action": "submit"})

    assert (page.status, state(inst)) == (400, (0, 0, True))


def test_a_form_sent_without_any_secret_is_refused(
    client: AccessibleClient, inst: Installation
) -> None:
    opened(inst)

    page = client.post(address(inst), ANSWERS | {"_action": "submit"})

    assert (page.status, state(inst)) == (400, (0, 0, True))


def test_the_secret_of_a_personal_link_leads_nowhere_here(
    client: AccessibleClient, inst: Installation
) -> None:
    record = opened(inst)
    anna = add_person(inst, record, "Anna Albrecht")
    submit(inst, anna.token, a_response(1))
    own_secret = anna.token.split(".")[1]
    before = boxes.of_edition(inst.database.read(), record.id)

    client.post(address(inst), ANSWERS | {"_secret": own_secret, "_action": "submit"})

    assert set(before) < set(boxes.of_edition(inst.database.read(), record.id))
    assert state(inst) == (2, 1, True)


@pytest.mark.parametrize("way", ["off", "unknown", "forged", "ended", "other"])
def test_an_address_that_is_no_open_link_says_so(
    client: AccessibleClient, inst: Installation, way: str
) -> None:
    here = address(inst)
    if way == "off":
        open_edition(inst, store_edition(inst, congress()))
    elif way == "forged":
        opened(inst)
        here = re.sub(r"\w$", lambda m: "a" if m[0] != "a" else "b", here)
    elif way == "ended":
        opened(inst)
        end_link(inst, "kk2020")
    elif way == "other":
        opened(inst)
        here = f"/o/{inst.links.open_token('kk2019')}"

    page = client.get(here)
    sent = client.post(here, ANSWERS | {"_secret": "A" * 22, "_action": "submit"})

    assert (page.status, page.heading) == (404, "Dieser Link führt zu keinem Fragebogen")
    assert sent.status == 404


def test_the_address_may_be_typed_in_capitals(client: AccessibleClient, inst: Installation) -> None:
    opened(inst)

    token = inst.links.open_token("kk2020").upper()

    assert client.get(f"/o/{token}").heading == "Wie war es für Sie?"


def test_before_and_after_its_time_the_form_is_closed(
    client: AccessibleClient, inst: Installation, clock: StoppedClock
) -> None:
    record = store_edition(inst, congress())
    choose_ways(inst, record.name, WaysIn(link=OpenLink.ON))
    here = address(inst)
    assert client.get(here).status == 403
    open_edition(inst, record)
    page = client.get(here)
    clock.set(DEADLINE + timedelta(minutes=30))

    late = client.press(page, here, "Antworten prüfen", ANSWERS)

    assert client.get(here).status == 410
    assert client.press(late, here, "Absenden").heading == "Vielen Dank!"
    clock.set(DEADLINE + timedelta(minutes=60))
    assert client.press(late, here, "Absenden").status == 410
    assert state(inst) == (1, 1, True)


@pytest.mark.proves("S45", "U18")
def test_answering_openly_leaves_no_deed_and_no_row_of_a_person(
    client: AccessibleClient, inst: Installation
) -> None:
    record = opened(inst)
    before = len(all_deeds(inst.database.read()))

    answer(client, inst)

    assert len(all_deeds(inst.database.read())) == before
    assert participants.count(inst.database.read(), record.id) == 0


@pytest.mark.proves("S28")
def test_only_get_and_post_are_taken(client: AccessibleClient, inst: Installation) -> None:
    opened(inst)

    assert client.request("PUT", address(inst)).status == 405


def test_a_personal_link_still_works_beside_it(
    client: AccessibleClient, inst: Installation
) -> None:
    record = opened(inst)
    anna: Invited = add_person(inst, record, "Anna Albrecht", sessions=("ws01",))
    submit(inst, anna.token, a_response(1))

    answer(client, inst)

    assert state(inst) == (2, 1, True)
