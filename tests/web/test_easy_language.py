from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.storage import boxes

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import AccessibleClient, Page
    from tests.people import Invited


def easy(person: Invited) -> str:
    return f"/f/{person.token}?sprache=easy"


def place(page: Page) -> str:
    return next(e.text for e in page.markup.all("p") if e.get("class") == "place") or ""


def question(page: Page) -> str:
    return page.fields()["_step"][0]


@pytest.mark.proves("A62", "A72")
def test_easy_language_asks_one_question_a_page_and_carries_the_answers_to_the_urn(
    client: AccessibleClient, inst: Installation, anna: Invited, open_congress: EditionRecord
) -> None:
    page = client.get(easy(anna))
    first = place(page)
    asked = []
    while page.heading == "Wie war es für Sie?":
        asked.append(question(page))
        chosen = {"overall": "good", "change": "Mehr Licht"}.get(asked[-1])
        page = client.press(
            page,
            easy(anna),
            "Antworten noch einmal lesen" if asked[-1] == "change" else "Weiter",
            {asked[-1]: chosen} if chosen else {},
        )
    sent = client.press(page, easy(anna), "Absenden")

    assert first == "Frage 1 von 12"
    assert asked == [
        "ws01--rating", "ws01--remark", "ws03--rating", "ws03--remark", "overall",
        "recommendation", "next_format", "size", "heard", "technology", "topics", "change",
    ]  # fmt: skip
    assert page.heading == "Lesen Sie Ihre Antworten noch einmal"
    assert "Mehr Licht" in page.text()
    assert (sent.status, boxes.count(inst.database.read(), open_congress.id)) == (303, 1)


def test_whoever_was_absent_is_asked_for_another_workshop_and_not_for_a_rating(
    client: AccessibleClient, anna: Invited
) -> None:
    page = client.get(easy(anna))

    absent = client.press(page, easy(anna), "Weiter", {"ws01--rating": "na_not_attended"})
    other = client.press(absent, easy(anna), "Weiter", {"elsewhere--round1": "ws02"})

    assert (question(absent), place(absent)) == ("elsewhere--round1", "Frage 2 von 12")
    assert (question(other), place(other)) == ("elsewhere--round1--rating", "Frage 3 von 14")


def test_going_back_keeps_the_answer_and_shows_it(client: AccessibleClient, anna: Invited) -> None:
    second = client.press(client.get(easy(anna)), easy(anna), "Weiter", {"ws01--rating": "good"})

    first = client.press(second, easy(anna), "Zurück", {"ws01--remark": "Gut"})

    fields = first.fields()
    assert (question(first), fields["ws01--rating"]) == ("ws01--rating", ("good",))
    assert fields["ws01--remark"] == ("Gut",)


def test_a_refused_answer_keeps_its_page(client: AccessibleClient, anna: Invited) -> None:
    page = client.press(client.get(easy(anna)), easy(anna), "Weiter", {"ws01--rating": "good"})

    refused = client.press(page, easy(anna), "Weiter", {"ws01--remark": "x" * 201})

    assert (refused.status, question(refused)) == (422, "ws01--remark")
    assert "Ihr Text ist zu lang" in refused.text()


def test_what_a_later_choice_took_the_ground_from_is_not_sent(
    client: AccessibleClient, anna: Invited
) -> None:
    fields = {
        "ws01--rating": "na_not_attended",
        "ws01--remark": "war ich da?",
        "_step": "ws01--rating",
    }

    page = client.post(easy(anna), {**fields, "_spoken": "easy", "_action": "next"})

    assert "ws01--remark" not in page.fields()


@pytest.mark.proves("A71", "A75")
def test_easy_language_is_marked_as_german_and_stays_light(
    client: AccessibleClient, anna: Invited
) -> None:
    page = client.get(easy(anna))

    assert page.markup.root.get("lang") == "de"
    assert '<meta name="color-scheme" content="light">' in page.html


def test_whoever_booked_nothing_is_asked_where_they_were(
    client: AccessibleClient, clara: Invited
) -> None:
    page = client.get(easy(clara))

    assert (question(page), place(page)) == ("elsewhere--round1", "Frage 1 von 10")
    assert "In welchem Workshop waren Sie?" in page.text()


def test_the_check_page_counts_no_pages(client: AccessibleClient, anna: Invited) -> None:
    sent = {"overall": "good", "_action": "check"}

    german = client.post(easy(anna), {**sent, "_spoken": "de"})
    checked = client.post(easy(anna), {**sent, "_spoken": "easy"})

    assert "<title>Seite 2 von 2 – " in german.html
    assert "<title>Lesen Sie Ihre Antworten noch einmal – " in checked.html


def test_a_draft_goes_on_after_the_last_answer(client: AccessibleClient, anna: Invited) -> None:
    kept = client.post(
        easy(anna), {"overall": "good", "_spoken": "easy", "_step": "overall", "_action": "draft"}
    )
    link = next(str(e.get("value")) for e in kept.markup.all("input") if e.get("id") == "link")

    resumed = client.get(link.removeprefix("https://feedback.example.org"))

    assert (question(resumed), resumed.fields()["overall"]) == ("recommendation", ("good",))


def test_a_field_of_no_question_is_told_once_and_keeps_nobody_from_going_on(
    client: AccessibleClient, anna: Invited
) -> None:
    sent = {"overall": "good", "ws99--rating": "good", "_spoken": "easy", "_action": "check"}

    told = client.post(easy(anna), sent)
    checked = client.post(easy(anna), {**told.fields(), "_action": "check"})

    assert (told.status, checked.status) == (422, 200)
    assert "Die Fragen sind jetzt etwas anders." in told.text()
    assert checked.heading == "Lesen Sie Ihre Antworten noch einmal"


def test_one_answer_is_changed_from_the_check_page_and_back(
    client: AccessibleClient, anna: Invited
) -> None:
    sent = {"ws01--rating": "good", "overall": "good", "_spoken": "easy"}
    checked = client.post(easy(anna), {**sent, "_action": "check"})

    opened = client.press(checked, easy(anna), "Ändern: Wie war der Kongress?")
    kept = client.press(opened, easy(anna), "Zurück")
    changed = client.press(
        opened, easy(anna), "Antworten noch einmal lesen", {"overall": "very_poor"}
    )

    assert (question(opened), opened.fields()["overall"]) == ("overall", ("good",))
    assert (kept.heading, changed.heading) == (checked.heading, checked.heading)
    assert (kept.fields()["overall"], changed.fields()["overall"]) == (("good",), ("very_poor",))
    assert changed.fields()["ws01--rating"] == ("good",)


def test_a_change_that_is_refused_still_leads_back_to_the_check_page(
    client: AccessibleClient, anna: Invited
) -> None:
    sent = {"ws01--rating": "good", "change": "Licht", "_spoken": "easy"}
    checked = client.post(easy(anna), {**sent, "_action": "check"})
    opened = client.press(checked, easy(anna), "Ändern: Was sollen wir ändern?")
    again = "Antworten noch einmal lesen"

    refused = client.press(opened, easy(anna), again, {"change": "x" * 251})
    mended = client.press(refused, easy(anna), again, {"change": "Mehr Licht"})

    assert (refused.status, question(refused)) == (422, "change")
    assert mended.heading == checked.heading
