from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.collecting import MOST_DRAFTS_PER_PERSON
from survey.model.invitation import Campaign
from survey.storage import boxes
from tests.accessibility.rules import text
from tests.people import add_link, add_person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import AccessibleClient
    from tests.people import Invited

FILLED = {
    "ws01--rating": "good",
    "ws01--remark": "Mehr Zeit",
    "overall": "very_good",
    "recommendation": "9",
    "heard": ("office", "home"),
    "technology": "yes",
    "topics-1": "villages",
    "topics-2": "schools",
    "change": "Eine Pause\r\nam Mittag",
}


def form_of(person: Invited) -> str:
    return f"/f/{person.token}"


def typed(fields: Mapping[str, str | Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The fields as a page holds them: every value in a tuple, line breaks as browsers read them."""
    return {
        name: tuple(
            v.replace("\r\n", "\n") for v in ((values,) if isinstance(values, str) else values)
        )
        for name, values in fields.items()
    }


def stored(inst: Installation, record: EditionRecord) -> int:
    return boxes.count(inst.database.read(), record.id)


@pytest.mark.proves("A60")
@pytest.mark.proves("U19")
def test_an_answer_is_stored_after_check_and_send_and_not_before(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    form = client.get(form_of(anna))
    checked = client.press(form, form_of(anna), "Antworten prüfen", FILLED)
    before = stored(inst, open_congress)
    sent = client.press(checked, form_of(anna), "Absenden")
    thanks = client.get(sent.location)

    assert (form.status, checked.status, before) == (200, 200, 0)
    assert checked.heading == "Antworten prüfen und absenden"
    assert (sent.status, sent.location) == (303, f"{form_of(anna)}/danke")
    assert (thanks.heading, stored(inst, open_congress)) == ("Vielen Dank!", 1)


def test_the_check_page_shows_every_answer_and_carries_it(
    client: AccessibleClient, anna: Invited
) -> None:
    checked = client.post(form_of(anna), FILLED)

    carried = {n: v for n, v in checked.fields().items() if not n.startswith("_")}
    assert carried == typed(FILLED)
    for shown in (
        "Digitale Stadt",
        "gut",
        "Mehr Zeit",
        "9",
        "im Büro",
        "Ja",
        "Schulen",
        "am Mittag",
    ):
        assert shown in checked.text()


def test_the_form_has_exactly_the_persons_sessions_booked_ones_first(
    client: AccessibleClient, anna: Invited
) -> None:
    form = client.get(form_of(anna))

    titles = [e.text for e in form.markup.all("h3")]
    assert titles == ["Digitale Stadt", "Digitale Dörfer"]
    assert form.text().count("Ich war in einem anderen Workshop") == 2
    assert 'name="ws01--rating" value="na_not_attended"' in form.html


@pytest.mark.proves("A56")
def test_nothing_is_chosen_beforehand(client: AccessibleClient, anna: Invited) -> None:
    form = client.get(form_of(anna))

    assert [n for n, values in form.fields().items() if any(values)] == ["_spoken"]


@pytest.mark.proves("U20")
def test_people_with_the_same_sessions_get_the_same_bytes(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    twin = add_person(inst, open_congress, "Zoe Zwilling", sessions=("ws01", "ws03"))
    other = add_person(inst, open_congress, "Otto Ohne", sessions=("ws02",))

    pages = [client.get(form_of(p)).html for p in (anna, twin, other)]

    assert pages[0] == pages[1] != pages[2]
    assert anna.token not in pages[0]
    assert "Anna" not in pages[0]


@pytest.mark.proves("S13", "U19")
def test_an_empty_answer_is_refused_with_a_summary(client: AccessibleClient, anna: Invited) -> None:
    refused = client.post(form_of(anna), {"_action": "check"})

    assert refused.status == 422
    assert refused.html.count("<title>Fehler: ") == 1
    assert "Sie haben noch keine Frage beantwortet." in refused.text()


@pytest.mark.proves("A53")
def test_a_refused_answer_keeps_everything_typed(client: AccessibleClient, anna: Invited) -> None:
    wrong = FILLED | {"topics-2": "villages", "change": "x" * 301, "heard": ("not", "home")}

    refused = client.post(form_of(anna), wrong)

    kept = {n: v for n, v in refused.fields().items() if not n.startswith("_") and any(v)}
    expected = typed(wrong | {"heard": ("home", "not")})
    assert (refused.status, kept) == (422, expected)
    assert "Wählen Sie jedes nur einmal" in refused.text()
    assert "Ihr Text hat 301 Zeichen" in refused.text()


def test_another_workshop_opens_with_what_was_typed(
    client: AccessibleClient, anna: Invited
) -> None:
    elsewhere = {"elsewhere--round1--rating": "good"}

    refused = client.post(form_of(anna), elsewhere)
    kept = client.post(form_of(anna), elsewhere | {"elsewhere--round1": "ws02"})

    opened = [e.get("open") is not None for e in refused.markup.all("details")]
    assert (refused.status, opened) == (422, [True, False])
    assert "Wählen Sie aus, in welchem Workshop Sie waren." in refused.text()
    assert (kept.status, "Homeoffice" in kept.text()) == (200, True)


@pytest.mark.proves("A53")
def test_changing_from_the_check_page_brings_the_form_back_filled(
    client: AccessibleClient, anna: Invited
) -> None:
    checked = client.post(form_of(anna), FILLED)

    form = client.press(checked, form_of(anna), "Ändern")

    assert form.heading == "Wie war es für Sie?"
    assert form.fields()["overall"] == ("very_good",)
    assert form.fields()["change"] == ("Eine Pause\nam Mittag",)


@pytest.mark.proves("A72")
@pytest.mark.parametrize(
    ("language", "heading"), [("en", "How was it for you?"), ("easy", "Wie war es für Sie?")]
)
def test_switching_the_language_loses_nothing(
    client: AccessibleClient, anna: Invited, language: str, heading: str
) -> None:
    switched = client.post(form_of(anna), FILLED | {"_spoken": "de", "_language": language})
    back = client.post(
        form_of(anna),
        {**switched.fields(), "_language": "de"},
    )

    assert switched.heading == heading
    kept = {n: v for n, v in back.fields().items() if not n.startswith("_") and any(v)}
    assert typed(kept) == typed(FILLED)


def test_switching_on_the_check_page_stays_there(client: AccessibleClient, anna: Invited) -> None:
    checked = client.post(form_of(anna), FILLED)

    english = client.post(form_of(anna), {**checked.fields(), "_language": "en"})

    assert english.heading == "Review and send your answers"
    assert english.headers["content-language"] == "en"


@pytest.mark.proves("U9", "U12")
def test_answering_again_with_the_same_link_replaces_the_answer(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    client.post(form_of(anna), FILLED | {"_action": "submit"})
    again = client.get(form_of(anna))
    client.post(form_of(anna), {"overall": "poor", "_action": "submit"})

    assert "Sie haben schon geantwortet" in again.text()
    assert stored(inst, open_congress) == 1


@pytest.mark.proves("U10")
def test_the_link_of_another_mail_names_the_mail_that_can_change_the_answer(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    reminder = add_link(inst, open_congress, anna.participant, Campaign.REMINDER_1)
    client.post(form_of(anna), FILLED | {"_action": "submit"})

    shown = client.get(form_of(reminder))
    posted = client.post(form_of(reminder), FILLED | {"_action": "submit"})

    assert (shown.status, shown.heading) == (200, "Sie haben schon geantwortet")
    assert "Einladung" in shown.text()
    assert (posted.status, stored(inst, open_congress)) == (409, 1)


@pytest.mark.proves("U11")
def test_an_answer_can_be_taken_back(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    client.post(form_of(anna), FILLED | {"_action": "submit"})
    asked = client.get(f"{form_of(anna)}/zurueck")
    before = stored(inst, open_congress)
    gone = client.post(f"{form_of(anna)}/zurueck", {})

    assert (asked.heading, before) == ("Antworten zurücknehmen", 1)
    assert (gone.heading, stored(inst, open_congress)) == ("Ihre Antworten sind gelöscht", 0)


def test_the_form_leads_to_taking_back(client: AccessibleClient, anna: Invited) -> None:
    client.post(form_of(anna), FILLED | {"_action": "submit"})
    form = client.get(form_of(anna))

    led = client.press(form, form_of(anna), "Antworten zurücknehmen")

    assert (led.status, led.location) == (303, f"{form_of(anna)}/zurueck")


def test_a_draft_is_found_again_by_its_link_alone_and_gone_after_sending(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    form = client.get(form_of(anna))
    kept = client.press(form, form_of(anna), "Später weitermachen", FILLED)
    link = next(e.get("value") for e in kept.markup.all("input") if e.get("id") == "link")
    path = str(link).removeprefix("https://feedback.example.org")

    resumed = client.get(path)
    sent = client.post(path, {**resumed.fields(), "_action": "submit"})
    gone = client.get(path)

    assert kept.heading == "Ihr Zwischenstand ist gespeichert"
    assert resumed.fields()["topics-2"] == ("schools",)
    assert (sent.status, stored(inst, open_congress)) == (303, 1)
    assert (gone.status, gone.heading) == (404, "Diesen Zwischenstand gibt es nicht mehr")


@pytest.mark.proves("S45")
@pytest.mark.parametrize(
    "fields",
    [
        {"overall": ("good", "poor")},
        {"change": ("a", "b")},
        {"_action": ("check", "submit")},
    ],
    ids=["radio", "text", "own"],
)
def test_a_field_that_stands_alone_may_not_come_twice(
    client: AccessibleClient, anna: Invited, fields: dict[str, tuple[str, ...]]
) -> None:
    refused = client.post(form_of(anna), fields)

    assert (refused.status, refused.heading) == (
        400,
        "Diese Anfrage war unvollständig oder beschädigt",
    )


@pytest.mark.proves("S13")
def test_a_field_of_somebody_elses_form_is_refused(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    refused = client.post(form_of(anna), {"ws02--rating": "good", "_action": "submit"})

    assert (refused.status, stored(inst, open_congress)) == (422, 0)


@pytest.mark.proves("S26", "U19")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("place", ["", "/danke", "/zurueck", "/weiter/x"])
def test_looking_changes_nothing(
    client: AccessibleClient, inst: Installation, anna: Invited, place: str, method: str
) -> None:
    client.post(form_of(anna), FILLED | {"_action": "submit"})
    connection = inst.database.read()
    before = tuple(connection.execute("PRAGMA data_version").fetchone())

    client.request(method, form_of(anna) + place)

    assert tuple(connection.execute("PRAGMA data_version").fetchone()) == before
    answered = connection.execute("SELECT has_answered FROM participant").fetchall()
    assert [row["has_answered"] for row in answered] == [1]


def test_thanks_are_said_only_to_those_who_answered(
    client: AccessibleClient, anna: Invited
) -> None:
    for place in ("danke", "zurueck"):
        led = client.get(f"{form_of(anna)}/{place}?sprache=en")

        assert (led.status, led.location) == (303, f"{form_of(anna)}?sprache=en")


def test_another_mails_link_neither_takes_back_nor_resumes(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    reminder = add_link(inst, open_congress, anna.participant, Campaign.REMINDER_1)
    client.post(form_of(anna), FILLED | {"_action": "submit"})

    refused = client.post(f"{form_of(reminder)}/zurueck", {})
    resumed = client.get(f"{form_of(reminder)}/weiter/AAAA")

    assert (refused.status, stored(inst, open_congress)) == (409, 1)
    assert resumed.heading == "Sie haben schon geantwortet"


def test_taking_back_twice_is_friendly(client: AccessibleClient, anna: Invited) -> None:
    client.post(form_of(anna), FILLED | {"_action": "submit"})

    pages = [client.post(f"{form_of(anna)}/zurueck", {}) for _ in range(2)]

    assert {page.heading for page in pages} == {"Ihre Antworten sind gelöscht"}


def test_a_draft_that_is_too_long_says_so(client: AccessibleClient, anna: Invited) -> None:
    # Random letters, because drafts are kept compressed.
    long = {"change": "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(9000))}

    refused = client.post(form_of(anna), long | {"_action": "draft"})

    assert refused.status == 422
    assert "Ihre Texte sind zusammen zu lang." in refused.text()


def test_switching_the_language_keeps_the_link_that_is_shown_once(
    client: AccessibleClient, anna: Invited
) -> None:
    kept = client.post(form_of(anna), FILLED | {"_action": "draft"})

    english = client.press(kept, form_of(anna), "English")

    shown = [
        next(str(e.get("value")) for e in page.markup.all("input") if e.get("id") == "link")
        for page in (kept, english)
    ]
    assert english.heading == "Your draft is kept"
    assert shown[1] == f"{shown[0]}?sprache=en"


def test_a_link_nobody_was_given_is_not_shown(client: AccessibleClient, anna: Invited) -> None:
    kept = client.post(form_of(anna), FILLED | {"_action": "draft"})

    forged = client.press(kept, form_of(anna), "English", {"_code": "A" * 22})

    assert (forged.status, forged.heading) == (200, "How was it for you?")


def test_a_draft_that_cannot_be_kept_stays_on_the_form_and_is_not_sent_instead(
    client: AccessibleClient, anna: Invited
) -> None:
    for _ in range(MOST_DRAFTS_PER_PERSON):
        assert client.post(form_of(anna), FILLED | {"_action": "draft"}).status == 200

    failed = client.post(form_of(anna), FILLED | {"_action": "draft"})

    assert (failed.status, failed.headers["retry-after"]) == (503, "60")
    assert failed.heading == "Ihre Antworten sind noch nicht gespeichert"
    assert {n: v for n, v in failed.fields().items() if n in FILLED} == typed(FILLED)
    assert ("Später weitermachen", "_action", "draft") in failed.buttons()
    assert [value for _, _, value in failed.buttons() if value == "submit"] == []


def test_errors_survive_a_change_of_language(client: AccessibleClient, anna: Invited) -> None:
    refused = client.post(form_of(anna), FILLED | {"ws01--remark": "x" * 201})

    english = client.press(refused, form_of(anna), "English")
    mended = client.press(english, form_of(anna), "Deutsch", {"ws01--remark": "kurz"})

    assert (refused.status, english.status, mended.status) == (422, 422, 200)
    assert "Your text has 201 characters." in english.text()
    assert "Bitte sehen Sie sich" in refused.text()
    assert "Bitte sehen Sie sich" not in mended.text()


@pytest.mark.proves("A2")
def test_german_words_on_an_english_page_are_said_to_be_german(
    client: AccessibleClient, anna: Invited
) -> None:
    page = client.get(f"/f/{anna.token}?sprache=en")

    told = {text(e) for e in page.markup.all() if e.get("lang") == "de"}
    assert {"Digitale Stadt", "Wie haben Sie teilgenommen?", "gar nicht", "Schulen"} <= told
    assert "very good" not in told
    german = client.get(f"/f/{anna.token}").markup
    assert [text(e) for e in german.all("legend", "span") if e.get("lang")] == []
