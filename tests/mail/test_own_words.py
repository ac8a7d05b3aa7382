"""Mails in the organiser's own words: what they may change, and what stays whatever they write."""

from __future__ import annotations

import pytest

from survey.language.wording import LANGUAGES, Language
from survey.mail.compose import compose, starting_words
from survey.mail.reading import Block, read_mail
from survey.model.invitation import Campaign
from survey.model.mail_words import EDITABLE, OwnWords, what_is_wrong
from tests.mail.letters import (
    AFTER_CLOSING,
    FORM_LINK,
    OPT_OUT_LINK,
    PRIVACY_LINK,
    RESULTS_LINK,
    letter,
    part,
    written,
)

PROMISE = "Nach der Auszählung kann niemand mehr feststellen, wer was geantwortet hat."
OWN = OwnWords(
    "{titel}: Ihre Meinung bis {fristtag}",
    "{anrede}\n\nerste Zeile\nzweite Zeile <b>fett</b>\n\n{{7*7}} & {organisation}",
)


@pytest.mark.parametrize("campaign", EDITABLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_to_start_from_can_be_sent_as_they_are(
    campaign: Campaign, language: Language
) -> None:
    words = starting_words(campaign, language)

    assert what_is_wrong(words, campaign) == ()
    assert words.text.startswith("{anrede}\n\n")
    message = written(campaign, language=language, own_words=words)
    assert "{" not in message["Subject"] + part(message, "plain")


@pytest.mark.parametrize("campaign", EDITABLE)
def test_the_shipped_subject_is_the_one_to_start_from(campaign: Campaign) -> None:
    shipped = written(campaign)
    restarted = written(campaign, own_words=starting_words(campaign, "de"))

    assert "Kommunalkongress 2020" in restarted["Subject"]
    if campaign is not Campaign.THANKS:  # whose shipped subject tells of recordings
        assert restarted["Subject"] == shipped["Subject"]


def test_own_words_stand_in_both_parts_as_they_were_typed() -> None:
    message = written(Campaign.INVITATION, own_words=OWN)

    plain, html = part(message, "plain"), part(message, "html")
    assert message["Subject"] == "Kommunalkongress 2020: Ihre Meinung bis 28. September"
    assert plain.startswith(
        "Guten Tag Erika Muster,\n\nerste Zeile\nzweite Zeile <b>fett</b>\n\n"
        "{{7*7}} & Ministerium des Innern und für Sport\n\n"
    )
    assert "<p>erste Zeile<br>\nzweite Zeile &lt;b&gt;fett&lt;/b&gt;</p>" in html
    assert "<p>{{7*7}} &amp; Ministerium des Innern und für Sport</p>" in html


@pytest.mark.parametrize("campaign", EDITABLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_law_needs_stays_whatever_is_written(
    campaign: Campaign, language: Language
) -> None:
    message = written(campaign, language=language, own_words=OwnWords("x", "y"))

    for text in (part(message, "plain"), part(message, "html")):
        assert f"{OPT_OUT_LINK}?sprache={language}" in text
        assert f"{PRIVACY_LINK}?sprache={language}" in text
        assert "fragen@example.org" in text
        assert "Ministerium des Innern und für Sport" in text
        if campaign not in AFTER_CLOSING:
            assert f"{FORM_LINK}?sprache={language}" in text
            assert f"{FORM_LINK}?sprache=easy" in text
        if campaign is Campaign.RESULTS:
            assert f"{RESULTS_LINK}?sprache={language}" in text
    assert message["List-Unsubscribe"] == f"<{OPT_OUT_LINK}>"


@pytest.mark.parametrize("campaign", [c for c in EDITABLE if c not in AFTER_CLOSING])
def test_the_promise_stays(campaign: Campaign) -> None:
    text = part(written(campaign, own_words=OWN), "plain")

    assert PROMISE in text
    assert "zwei Personen im Ministerium" in text


@pytest.mark.parametrize("campaign", [Campaign.REMINDER_1, Campaign.REMINDER_2])
def test_a_reminder_still_says_that_those_who_answered_need_do_nothing(campaign: Campaign) -> None:
    text = part(written(campaign, own_words=OWN), "plain")

    assert "Wenn Sie schon geantwortet haben, ist nichts zu tun." in text


@pytest.mark.parametrize("campaign", sorted(AFTER_CLOSING))
def test_mails_after_the_closing_still_say_that_they_go_to_everybody(campaign: Campaign) -> None:
    own = OwnWords("Danke", "Danke!")

    text = part(written(campaign, own_words=own), "plain")

    assert "an alle Eingeladenen, ob sie geantwortet haben oder nicht" in text


def test_thanks_in_own_words_keep_recordings_and_the_next_date() -> None:
    message = written(Campaign.THANKS, own_words=OwnWords("Danke", "Danke!"))

    assert "https://video.example.org/grusswort" in part(message, "plain")
    assert "Kommunalkongress 2021" in part(message, "plain")
    assert [a.get_filename() for a in message.iter_attachments()] == ["naechster-termin.ics"]


@pytest.mark.proves("S9")
@pytest.mark.parametrize("subject", ["a\r\nBcc: b@example.org", "a\nBcc: b", "a\u2028Bcc: b"])
def test_a_subject_makes_no_header(subject: str) -> None:
    message = written(Campaign.INVITATION, own_words=OwnWords(subject, "y"))

    assert message["Bcc"] is None
    assert str(message["Subject"]).startswith("a Bcc: b")


@pytest.mark.proves("S6")
def test_a_value_makes_no_paragraph_and_no_place() -> None:
    message = written(
        Campaign.INVITATION, name="Erika\n\n{titel}", own_words=OwnWords("x", "{anrede} Hallo")
    )

    assert part(message, "plain").startswith("Guten Tag Erika {titel}, Hallo\n\n")


def test_a_test_mail_says_so_in_subject_and_text() -> None:
    shipped = written(Campaign.INVITATION, is_test=True)
    own = written(Campaign.INVITATION, is_test=True, own_words=OWN)

    for message in (shipped, own):
        assert str(message["Subject"]).startswith("TEST – ")
        assert part(message, "plain").startswith("TEST: Diese Mail ging nur an Sie.")


def test_a_finished_mail_can_be_read_block_by_block() -> None:
    read = read_mail(compose(letter(Campaign.INVITATION, own_words=OWN)).content)

    assert read.subject == "Kommunalkongress 2020: Ihre Meinung bis 28. September"
    assert read.blocks[:5] == (
        Block("h1", ("Kommunalkongress 2020: Ihre Meinung bis 28. September",)),
        Block("p", ("Guten Tag Erika Muster,",)),
        Block("p", ("erste Zeile", "zweite Zeile <b>fett</b>")),
        Block("p", ("{{7*7}} & Ministerium des Innern und für Sport",)),
        Block("button", ("Fragebogen öffnen (3 Minuten)",), is_link=True),
    )
    assert "color-scheme" not in str(read.blocks)
