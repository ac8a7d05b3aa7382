from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from survey.language.wording import LANGUAGES
from survey.mail.compose import ascii_domain, compose, one_line
from survey.model.invitation import Campaign
from survey.rendering import environment
from tests.mail.letters import EDITION, FORM_LINK, NEXT, OPT_OUT_LINK, letter, part, read, written

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.programme import Programme

SNAPSHOTS = Path(__file__).parent / "snapshots"
KINDS = list(Campaign)
INJECTIONS = [
    "Erika\r\nBcc: everybody@example.org",
    "Erika\nBcc: everybody@example.org",
    "Erika\rBcc: everybody@example.org",
    "Erika\u2028Bcc: everybody@example.org",
    "Erika\x00\x85Bcc: everybody@example.org",
]


def _readable(message: EmailMessage) -> str:
    """The same mail with its letters as they are, so that a snapshot can be read and opened."""
    readable = policy.SMTPUTF8.clone(linesep="\n", max_line_length=998)
    copy = EmailMessage(readable)
    for name, value in message.items():
        if name not in {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}:
            copy[name] = str(value)
    language = copy["Content-Language"]
    del copy["Content-Language"]
    copy.set_content(part(message, "plain"), cte="8bit")
    copy.add_alternative(part(message, "html"), subtype="html", cte="8bit")
    copy.set_boundary("--alternative--")
    for attachment in message.iter_attachments():
        copy.add_attachment(
            attachment.get_content().replace("\r\n", "\n"),
            subtype=attachment.get_content_subtype(),
            filename=attachment.get_filename(),
            cte="8bit",
        )
        copy.set_boundary("--mixed--")
    copy["Content-Language"] = language
    return copy.as_bytes(policy=readable).decode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("campaign", KINDS)
def test_mail_reads_as_its_snapshot(campaign: Campaign, language: Language) -> None:
    """``python -m tests.mail.test_compose`` writes the snapshots anew, to be read before they are kept."""
    path = SNAPSHOTS / f"{campaign}-{language}.eml"

    readable = _readable(written(campaign, language=language))

    assert readable == path.read_text(encoding="utf-8")


def test_same_letter_is_the_same_bytes() -> None:
    one = compose(letter(Campaign.THANKS))
    other = compose(letter(Campaign.THANKS))

    assert one == other


def test_envelope_and_headers_say_who_and_that_a_machine_wrote() -> None:
    mail = compose(letter(Campaign.INVITATION))

    message = read(mail)

    assert (mail.sender, mail.recipient) == ("kongress@example.org", "poststelle@example.org")
    assert {
        name: message[name].strip()
        for name in (
            "From",
            "To",
            "Reply-To",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "Content-Language",
        )
    } == {
        "From": "Kommunalkongress-Team <kongress@example.org>",
        "To": "Erika Muster <poststelle@example.org>",
        "Reply-To": "Frau Fröhlich <fragen@example.org>",
        "Date": "Mon, 14 Sep 2020 07:00:00 +0000",
        "Message-ID": "<0123456789abcdef@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{OPT_OUT_LINK}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Language": "de",
    }


def _with(where: str, text: str) -> Edition:
    changes: dict[str, Any] = {where: text}
    return replace(EDITION, **changes)


@pytest.mark.proves("S9")
@pytest.mark.parametrize("injection", INJECTIONS)
@pytest.mark.parametrize("where", ["name", "title", "organisation", "sender_name", "contact_name"])
def test_line_break_in_a_value_makes_no_header_and_no_line(where: str, injection: str) -> None:
    if where == "name":
        honest, forged = (letter(Campaign.INVITATION, name=n) for n in ("Erika", injection))
    else:
        honest, forged = (
            letter(Campaign.INVITATION, edition=_with(where, n)) for n in ("Erika", injection)
        )

    message = read(compose(forged))

    assert message.keys() == read(compose(honest)).keys()
    assert "everybody@example.org" in str(message)  # it could have leaked
    assert not any(line.startswith("Bcc:") for line in part(message, "plain").splitlines())


@pytest.mark.proves("S9")
@pytest.mark.parametrize(
    "injection", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nX: y"]
)
def test_line_break_in_an_address_is_refused(injection: str) -> None:
    with pytest.raises(ValueError, match="CR or LF"):
        compose(letter(Campaign.INVITATION, address=injection))


@pytest.mark.proves("S2")
def test_markup_in_a_name_stays_text() -> None:
    message = written(Campaign.INVITATION, name="<b>{{7*7}}</b> ${7*7}")

    assert "Guten Tag <b>{{7*7}}</b> ${7*7}," in part(message, "plain")
    assert "Guten Tag &lt;b&gt;{{7*7}}&lt;/b&gt; ${7*7}," in part(message, "html")


def test_person_without_a_name_is_greeted_all_the_same() -> None:
    message = written(Campaign.INVITATION, name="")

    assert part(message, "plain").startswith("Guten Tag,\n")
    assert message["To"] == "poststelle@example.org"


@pytest.mark.parametrize("campaign", KINDS)
def test_made_up_edition_says_so_first(campaign: Campaign) -> None:
    edition = replace(EDITION, is_made_up=True)

    message = written(campaign, edition=edition)

    assert message["Subject"].startswith("Vorführung – ")
    first_line = part(message, "plain").splitlines()[0]
    assert first_line == "Das ist eine Vorführung. Personen und Antworten sind erfunden."
    assert first_line in part(message, "html")


def test_only_the_second_reminder_is_called_the_last() -> None:
    last = "Das ist die letzte Erinnerung."

    said = {c: last in part(written(c), "plain") for c in KINDS}

    assert said == dict.fromkeys(KINDS, False) | {Campaign.REMINDER_2: True}


def test_thanks_bring_no_link_to_the_form() -> None:
    assert FORM_LINK in part(written(Campaign.REMINDER_1), "plain")

    message = written(Campaign.THANKS)

    assert "/f/" not in part(message, "plain") + part(message, "html")


def test_thanks_list_the_recordings_of_what_took_place() -> None:
    text = part(written(Campaign.THANKS), "plain")

    assert [line for line in text.splitlines() if "video.example.org" in line] == [
        "https://video.example.org/grusswort",
        "https://video.example.org/keynote",
    ]


def test_thanks_without_recordings_and_next_date_have_neither_heading() -> None:
    edition = replace(EDITION, programme=_without_recordings(), next_edition=None)

    message = written(Campaign.THANKS, edition=edition)

    text = part(message, "plain")
    assert ("Aufzeichnungen" in text, "Nächster Termin" in text) == (False, False)
    assert message["Subject"] == "Danke: Kommunalkongress 2020 – Kommunalkongress-Team"
    assert list(message.iter_attachments()) == []


def _without_recordings() -> Programme:
    sessions = tuple(replace(s, recording=None) for s in EDITION.programme.sessions)
    return replace(EDITION.programme, sessions=sessions)


def test_thanks_bring_the_next_date_as_a_calendar_file() -> None:
    (attachment,) = written(Campaign.THANKS).iter_attachments()

    calendar = Calendar.from_ical(attachment.get_content())
    (event,) = calendar.walk("VEVENT")
    assert attachment.get_content_type() == "text/calendar"
    assert attachment.get_filename() == "naechster-termin.ics"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (NEXT.starts, NEXT.ends)
    assert (event["summary"], event["location"]) == ("Kommunalkongress 2021", "Mainz")
    assert event["uid"] == "kk2020-next@example.org"


def test_deadline_is_told_in_the_people_s_time() -> None:
    winter = datetime(2020, 12, 1, 17, 0, tzinfo=UTC)

    text = part(written(Campaign.INVITATION, closes=winter), "plain")

    assert "Der Fragebogen ist offen bis 1. Dezember 2020, 18:00 Uhr." in text


def test_international_domain_is_written_as_relays_take_it() -> None:
    mail = compose(letter(Campaign.INVITATION, address="a@münster.example.org"))

    assert mail.recipient == "a@xn--mnster-3ya.example.org"
    assert ascii_domain("a@example.org") == "a@example.org"


def test_local_part_outside_ascii_is_refused() -> None:
    with pytest.raises(ValueError, match="non-ASCII"):
        compose(letter(Campaign.INVITATION, address="jörg@example.org"))


@pytest.mark.parametrize("text", ["a\tb", "a \n b", " a\x0bb ", "a\u202e b", "a\x1b b"], ids=ascii)
def test_text_is_brought_on_one_line(text: str) -> None:
    assert one_line(text) == "a b"


def test_a_letter_shown_in_a_log_keeps_its_link() -> None:
    assert (FORM_LINK in repr(letter(Campaign.INVITATION))) is False
    assert FORM_LINK.encode() not in repr(compose(letter(Campaign.INVITATION))).encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_opting_out_is_asked_in_the_language_of_the_mail(language: Language) -> None:
    mail = written(Campaign.INVITATION, language=language)

    assert f"\n{OPT_OUT_LINK}?sprache={language}\n" in part(mail, "plain")
    assert mail["List-Unsubscribe"] == f"<{OPT_OUT_LINK}>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_promise_of_a_mail_is_that_of_the_form(language: Language) -> None:
    components: Any = environment(language).get_template("components/answering.html").module
    on_the_form = components.promise_sentences().striptags()
    mail = written(Campaign.INVITATION, language=language)

    assert on_the_form.count(". ") >= 1
    assert on_the_form in " ".join(part(mail, "plain").split())


def test_long_opt_out_link_stays_whole_in_its_header() -> None:
    link = "https://feedback.example.org/abmelden/" + "a" * 180

    mail = compose(letter(Campaign.INVITATION, opt_out_link=link))

    assert f"List-Unsubscribe: <{link}>".encode() in mail.content.splitlines()


def test_no_line_of_a_mail_is_longer_than_relays_take() -> None:
    mail = compose(letter(Campaign.INVITATION, name="Ä" * 400))

    assert max(len(line) for line in mail.content.splitlines()) <= 998
    assert mail.content.isascii()


if __name__ == "__main__":  # pragma: no cover -- writes the snapshots
    for _campaign in KINDS:
        for _language in LANGUAGES:
            _path = SNAPSHOTS / f"{_campaign}-{_language}.eml"
            _path.write_text(_readable(written(_campaign, language=_language)), encoding="utf-8")
