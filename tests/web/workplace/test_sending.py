"""The schedule, sending now, how far the mails are, and the mail check, in the browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.checking import confirm_warnings, send_off_check, warnings_digest
from survey.inviting import invite, remind
from survey.mail.delivery import SmtpDelivery
from survey.mail.outbox import send_due
from survey.mail_standing import sending_status
from survey.model.event import EditionState
from survey.model.invitation import Campaign
from survey.model.schedule import Act, EntryState
from survey.preparing import find_edition
from survey.scheduling import release, schedule_of
from survey.sending import send_mails
from survey.storage import campaigns
from survey.storage.deeds import all_deeds
from tests.events import DEADLINE, congress, network_call
from tests.mail.queued import register
from tests.mail.relay import Relay, relay
from tests.mail_checking.test_mail_check import SENDER, sent
from tests.people import open_edition, store_edition
from tests.prepared import prepared
from tests.workplace import OLGA, Workplace, signed_in_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import AccessibleClient
    from tests.people import StoppedClock

HERE = "/arbeit/ausgaben/ikone2/versand"
OPEN = "/arbeit/ausgaben/kk2020/versand"
CHECK = "/arbeit/mailpruefung"


@pytest.fixture
def server() -> Iterator[Relay]:
    with relay() as running:
        yield running


@pytest.fixture
def call(inst: Installation) -> EditionRecord:
    """The network call, with 21 people, checked."""
    record = store_edition(inst, network_call())
    register(inst, "ikone2", 21)
    read_warnings(inst, record)
    return record


@prepared
def sent_congress(inst: Installation, _: StoppedClock) -> EditionRecord:
    """The congress, whose 40 invitations have left."""
    store_edition(inst, congress())
    register(inst, "kk2020", 40)
    invite(inst, "kk2020")
    send_mails(inst, progress=lambda _done, _of: None)
    return find_edition(inst, "kk2020")


def read_warnings(inst: Installation, record: EditionRecord) -> None:
    assert confirm_warnings(inst, record, digest=warnings_digest(send_off_check(inst, record)))


def with_relay(workplace: Workplace, server: Relay) -> AccessibleClient:
    """Olga at an installation that sends by a real relay."""
    settings = replace(workplace.inst.settings, smtp=server.smtp())
    return signed_in_client(replace(workplace.inst, settings=settings), OLGA)


def typed(day: int, month: int, year: int, at: str) -> dict[str, str]:
    return {
        "moment-day": str(day),
        "moment-month": str(month),
        "moment-year": str(year),
        "moment-time": at,
    }


# --- the schedule


def test_the_timeline_says_what_happens_when_and_that_nothing_leaves_by_itself(
    workplace: Workplace, call: EditionRecord
) -> None:
    page = workplace.olga.get(HERE)

    assert call.name == "ikone2"
    assert page.heading == "Versand"
    for said in (
        "Noch geht nichts von selbst hinaus.",
        "als Nächstes: gleich nach der Freigabe",
        "26. September 2020, 09:00 Uhr (Vorschlag)",
        "12. Oktober 2020, 18:00 Uhr",
        "ausgeschaltet",
    ):
        assert said in page.text()


def test_releasing_lets_the_mails_leave_and_resting_stops_them(
    workplace: Workplace, call: EditionRecord, inst: Installation
) -> None:
    asked = workplace.olga.get(f"{HERE}/freigabe")
    reply = workplace.olga.press(asked, f"{HERE}/freigabe", "Zeitplan freigeben")

    assert (reply.status, reply.location) == (303, HERE)
    assert schedule_of(inst, call).is_released
    page = workplace.olga.get(HERE)
    assert "Der Zeitplan gilt." in page.text()

    workplace.olga.press(page, f"{HERE}/ruhe", "Zeitplan ruhen lassen")

    assert not schedule_of(inst, call).is_released


def test_what_the_check_found_is_said_and_holds_the_release_back(
    workplace: Workplace, inst: Installation
) -> None:
    record = store_edition(inst, network_call())

    page = workplace.olga.get(HERE)
    asked = workplace.olga.get(f"{HERE}/freigabe")
    reply = workplace.olga.press(asked, f"{HERE}/freigabe", "Zeitplan freigeben")

    assert "Vorher zu klären" in page.text()
    assert reply.status == 422
    assert "Die Prüfung vor dem Versand hat etwas gefunden" in reply.text()
    assert not schedule_of(inst, record).is_released


def test_a_moment_is_changed_and_said_back(
    workplace: Workplace, call: EditionRecord, inst: Installation
) -> None:
    address = f"{HERE}/termin/dank"
    page = workplace.olga.get(address)
    assert page.fields()["moment-time"] == ("10:00",)

    reply = workplace.olga.press(page, address, "Termin speichern", typed(30, 9, 2020, "8:30"))

    assert reply.location == HERE
    moment = schedule_of(inst, call).entry(Act.THANKS).moment
    assert moment.astimezone(inst.settings.zone).isoformat() == "2020-09-30T08:30:00+02:00"
    assert "Dank: 30. September 2020, 08:30 Uhr" in workplace.olga.get(HERE).text()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (typed(31, 9, 2020, "8:30"), "Diesen Tag oder diese Uhrzeit gibt es nicht."),
        (typed(30, 9, 2020, ""), "Diesen Tag oder diese Uhrzeit gibt es nicht."),
        (
            {f"moment-{part}": "" for part in ("day", "month", "year", "time")},
            "Geben Sie Tag und Uhrzeit ein.",
        ),
        (typed(20, 9, 2020, "8:30"), "Danken können Sie erst"),
        (typed(13, 10, 2020, "8:30"), "Die Adressen werden am 12. Oktober 2020"),
        (typed(1, 9, 2020, "8:30"), "Dieser Zeitpunkt liegt in der Vergangenheit."),
    ],
)
@pytest.mark.usefixtures("call")
def test_a_moment_that_cannot_be_is_refused_with_everything_typed(
    workplace: Workplace, fields: dict[str, str], said: str
) -> None:
    address = f"{HERE}/termin/dank"
    page = workplace.olga.get(address)

    reply = workplace.olga.press(page, address, "Termin speichern", fields)

    assert reply.status == 422
    assert said in reply.text()
    kept = reply.fields()
    assert {name: kept[name][0] for name in fields} == fields


def test_results_say_that_the_addresses_stay_longer(
    workplace: Workplace, call: EditionRecord, inst: Installation
) -> None:
    address = f"{HERE}/termin/ergebnisse"
    page = workplace.olga.get(address)
    assert "bleiben die Adressen entsprechend länger" in page.text()

    reply = workplace.olga.press(page, address, "Einschalten", typed(20, 10, 2020, "10:00"))

    assert reply.status == 303
    assert find_edition(inst, call.name).edition.retention_days == 22
    assert "Die Adressen bleiben dafür länger: 22 Tage" in workplace.olga.get(HERE).text()


def test_a_mail_is_switched_off(
    workplace: Workplace, call: EditionRecord, inst: Installation
) -> None:
    address = f"{HERE}/termin/erste-erinnerung"
    page = workplace.olga.get(address)

    workplace.olga.press(page, address, "Ausschalten")

    schedule = schedule_of(inst, call)
    assert schedule.entry(Act.REMINDER_1).state is EntryState.OFF
    assert schedule.entry(Act.REMINDER_2).state is EntryState.OFF


def test_what_has_happened_or_follows_by_itself_has_no_form(
    workplace: Workplace, sent_congress: EditionRecord
) -> None:
    assert sent_congress.opens is not None

    assert workplace.olga.get(f"{OPEN}/termin/einladung").status == 409
    assert workplace.olga.get(f"{OPEN}/termin/auszaehlung").status == 409
    assert workplace.olga.get(f"{OPEN}/termin/irgendwas").status == 404


# --- sending now


def test_inviting_opens_the_form_and_releases_the_rest(
    workplace: Workplace, call: EditionRecord, inst: Installation, clock: StoppedClock
) -> None:
    page = workplace.olga.get(f"{HERE}/einladung")
    assert "21 Mails gehen hinaus, von ikone@example.org." in page.text()
    assert "Es ist kein Mailserver eingestellt" in page.text()

    reply = workplace.olga.press(page, f"{HERE}/einladung", "Jetzt einladen")

    assert (reply.status, reply.location) == (303, f"{HERE}/stand")
    assert find_edition(inst, call.name).state(clock()) is EditionState.OPEN
    assert schedule_of(inst, call).is_released
    deed = next(d for d in all_deeds(inst.database.read()) if d.deed == "invitations queued")
    assert deed.actor == OLGA.id


def test_the_check_before_the_first_mail_blocks_inviting(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, network_call())
    register(inst, "ikone2", 21)
    page = workplace.olga.get(f"{HERE}/einladung")

    reply = workplace.olga.press(page, f"{HERE}/einladung", "Jetzt einladen")

    assert reply.status == 422
    assert "Lesen Sie zuerst die Hinweise der Prüfung vor dem Versand." in reply.text()
    assert find_edition(inst, "ikone2").opens is None


def test_without_people_there_is_nothing_to_press(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, network_call())

    page = workplace.olga.get(f"{HERE}/einladung")

    assert "niemanden, der noch eine Einladung bekommt" in page.text()
    assert "Jetzt einladen" not in [text for text, _, _ in page.buttons()]


def test_many_invitations_ask_for_a_mail_check_or_a_name(
    workplace: Workplace, inst: Installation, server: Relay
) -> None:
    record = store_edition(inst, network_call())
    register(inst, "ikone2", 101)
    settings = replace(inst.settings, smtp=server.smtp())
    read_warnings(replace(inst, settings=settings), record)
    olga = with_relay(workplace, server)
    page = olga.get(f"{HERE}/einladung")

    refused = olga.press(page, f"{HERE}/einladung", "Jetzt einladen")
    sent_away = olga.press(page, f"{HERE}/einladung", "Jetzt einladen", {"without_check": "y"})

    assert refused.status == 422
    assert "Bestätigen Sie, dass Sie ohne bestandene Mailprüfung senden." in refused.text()
    assert sent_away.status == 303
    deed = next(d for d in all_deeds(inst.database.read()) if "mail check" in d.deed)
    assert (deed.actor, deed.edition) == (OLGA.id, record.id)


def test_addresses_asked_this_week_are_only_a_number(
    workplace: Workplace, sent_congress: EditionRecord, call: EditionRecord
) -> None:
    assert (sent_congress.name, call.name) == ("kk2020", "ikone2")

    for page in ("einladung", "freigabe"):
        text = workplace.olga.get(f"{HERE}/{page}").text()

        assert "21 dieser Adressen haben in den letzten sieben Tagen" in text
        assert "Kommunalkongress" not in text
        assert "person0" not in text


@pytest.mark.usefixtures("workplace", "call")
def test_only_a_release_that_invites_counts_whom_others_asked(
    sent_congress: EditionRecord, inst: Installation
) -> None:
    assert "dieser Adressen" in signed_in_client(inst, OLGA).get(f"{HERE}/freigabe").text()
    assert sent_congress.opens is not None

    assert "dieser Adressen" not in signed_in_client(inst, OLGA).get(f"{OPEN}/freigabe").text()


@pytest.mark.usefixtures("workplace", "sent_congress")
def test_reminding_says_nothing_of_how_many(inst: Installation, clock: StoppedClock) -> None:
    clock.pass_by(timedelta(days=2))
    olga = signed_in_client(inst, OLGA)
    page = olga.get(f"{OPEN}/erinnerung")

    reply = olga.press(page, f"{OPEN}/erinnerung", "Jetzt erinnern")

    assert "Wer das ist, erfährt niemand." in page.text()
    told = page.text().partition("Das geschieht dann")[2].partition("48 Stunden")[0]
    assert told
    assert not any(character.isdigit() for character in told)
    assert reply.location == f"{OPEN}/stand"
    assert Campaign.REMINDER_1 in campaigns.of_edition(
        inst.database.read(), find_edition(inst, "kk2020").id
    )


@pytest.mark.usefixtures("sent_congress")
def test_a_reminder_too_soon_is_refused_with_the_rule(workplace: Workplace) -> None:
    page = workplace.olga.get(f"{OPEN}/erinnerung")

    reply = workplace.olga.press(page, f"{OPEN}/erinnerung", "Jetzt erinnern")

    assert reply.status == 422
    assert "Zwischen zwei Mails liegen mindestens 48 Stunden." in reply.text()


@pytest.mark.usefixtures("sent_congress")
def test_thanks_wait_for_the_closing_and_then_leave(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    page = workplace.olga.get(f"{OPEN}/dank")
    refused = workplace.olga.press(page, f"{OPEN}/dank", "Jetzt danken")
    clock.set(DEADLINE + timedelta(hours=2))
    olga = signed_in_client(inst, OLGA)

    reply = olga.press(olga.get(f"{OPEN}/dank"), f"{OPEN}/dank", "Jetzt danken")

    assert refused.status == 422
    assert reply.status == 303
    assert "Dank" in olga.get(f"{OPEN}/stand").text()


@pytest.mark.usefixtures("sent_congress")
def test_results_that_are_not_published_are_not_told(workplace: Workplace) -> None:
    page = workplace.olga.get(f"{OPEN}/ergebnisse")

    reply = workplace.olga.press(page, f"{OPEN}/ergebnisse", "Jetzt schreiben")

    assert reply.status == 422
    assert "wenn sie veröffentlicht sind" in reply.text()


# --- how far it is


@pytest.mark.usefixtures("call")
def test_progress_is_told_while_mails_leave_and_can_be_paused(
    workplace: Workplace, inst: Installation
) -> None:
    invite(inst, "ikone2")
    page = workplace.olga.get(f"{HERE}/stand")
    assert "0 von 21 gesendet. 21 warten noch." in page.text()

    workplace.olga.press(page, f"{HERE}/stand/einladung/anhalten", "Einladung anhalten")
    paused = workplace.olga.get(f"{HERE}/stand")
    send_mails(inst, progress=lambda _done, _of: None)
    still = workplace.olga.get(f"{HERE}/stand")
    workplace.olga.press(paused, f"{HERE}/stand/fortsetzen", "Versand fortsetzen")
    send_mails(inst, progress=lambda _done, _of: None)

    assert "Jemand von Ihnen hat den Versand angehalten." in paused.text()
    assert "0 von 21 gesendet." in still.text()
    assert "21 von 21 gesendet." in workplace.olga.get(f"{HERE}/stand").text()
    assert [d.actor for d in all_deeds(inst.database.read()) if d.deed == "sending paused"] == [
        OLGA.id
    ]


@pytest.mark.usefixtures("workplace", "sent_congress")
def test_numbers_of_reminders_are_rounded(inst: Installation, clock: StoppedClock) -> None:
    clock.pass_by(timedelta(days=2))
    remind(inst, "kk2020")
    record = find_edition(inst, "kk2020")
    inst.database.write(
        lambda c: c.execute(
            "UPDATE participant SET has_answered = 1 WHERE edition = :e AND id IN "
            "(SELECT id FROM participant WHERE edition = :e LIMIT 7)",
            {"e": record.id},
        )
    )
    send_mails(inst, progress=lambda _done, _of: None)

    text = signed_in_client(inst, OLGA).get(f"{OPEN}/stand").text()

    assert "Rund 30 gesendet, rund 0 warten noch." in text
    assert "33" not in text


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ("failures", "Zu viele Mails sind gescheitert"),
        ("554 5.7.1", "Der Mailserver nimmt von uns keine Mails an."),
        ("person", "Jemand von Ihnen hat den Versand angehalten."),
    ],
)
def test_what_stopped_the_mails_is_said_with_what_to_do(
    workplace: Workplace, call: EditionRecord, inst: Installation, because: str, said: str
) -> None:
    invite(inst, "ikone2")
    inst.database.write(
        lambda c: campaigns.pause(c, call.id, kind=Campaign.INVITATION, because=because)
    )

    page = workplace.olga.get(f"{HERE}/stand")

    assert said in page.text()
    assert "Versand fortsetzen" in [text for text, _, _ in page.buttons()]


@pytest.mark.usefixtures("call")
def test_what_failed_is_tried_again(
    workplace: Workplace, inst: Installation, server: Relay
) -> None:
    server.at_recipient["*"] = ["554 5.6.0 No"] * 2
    invite(inst, "ikone2")
    send_due(inst, SmtpDelivery(server.smtp()), progress=lambda _done, _of: None)
    page = workplace.olga.get(f"{HERE}/stand")
    assert "2 Mails sind gescheitert." in page.text()

    workplace.olga.press(page, f"{HERE}/stand/einladung/erneut", "Gescheiterte noch einmal senden")
    send_due(inst, SmtpDelivery(server.smtp()), progress=lambda _done, _of: None)

    assert len(server.received) == 21
    assert "21 von 21 gesendet." in workplace.olga.get(f"{HERE}/stand").text()


# --- the mail check


@pytest.mark.usefixtures("sent_congress")
def test_the_mail_check_goes_from_never_to_passed(workplace: Workplace, server: Relay) -> None:
    olga = with_relay(workplace, server)
    page = olga.get(CHECK)
    assert "noch nie geprüft" in page.text()

    reply = olga.press(page, CHECK, f"Prüfmail von {SENDER} senden")
    waiting = olga.get(CHECK)
    read = olga.press(
        waiting,
        f"{CHECK}/kopfzeilen",
        "Kopfzeilen prüfen",
        {"headers": sent(server).decode().partition("\n\n")[0]},
    )

    assert (reply.status, server.addresses) == (303, [OLGA.address])
    assert "unterwegs" in waiting.text()
    assert read.status == 303
    text = olga.get(CHECK).text()
    assert "bestanden" in text
    assert "nicht bestanden" not in text


@pytest.mark.usefixtures("sent_congress")
def test_each_failure_says_what_to_tell_the_it(workplace: Workplace, server: Relay) -> None:
    olga = with_relay(workplace, server)
    olga.press(olga.get(CHECK), CHECK, f"Prüfmail von {SENDER} senden")
    headers = sent(
        server, results="mx; dkim=fail; spf=none; dmarc=fail", way="from a by b with SMTP;"
    )

    olga.press(
        olga.get(CHECK),
        f"{CHECK}/kopfzeilen",
        "Kopfzeilen prüfen",
        {"headers": headers.decode().partition("\n\n")[0]},
    )

    text = olga.get(CHECK).text()
    for said in ("mit DKIM unterschreiben", "um einen SPF-Eintrag", "passen nicht zusammen", "TLS"):
        assert said in text


@pytest.mark.usefixtures("sent_congress")
def test_other_headers_are_refused_and_kept(workplace: Workplace, server: Relay) -> None:
    olga = with_relay(workplace, server)
    olga.press(olga.get(CHECK), CHECK, f"Prüfmail von {SENDER} senden")
    pasted = "Subject: etwas anderes <b>\nMessage-ID: <x@y>"

    reply = olga.press(
        olga.get(CHECK), f"{CHECK}/kopfzeilen", "Kopfzeilen prüfen", {"headers": pasted}
    )
    empty = olga.press(olga.get(CHECK), f"{CHECK}/kopfzeilen", "Kopfzeilen prüfen")

    assert (reply.status, empty.status) == (422, 422)
    assert reply.fields()["headers"] == (pasted,)
    assert "Das sind nicht die Kopfzeilen der letzten Prüfmail." in reply.text()


@pytest.mark.usefixtures("sent_congress")
def test_a_relay_that_does_not_take_the_mail_is_told(workplace: Workplace, server: Relay) -> None:
    server.at_recipient["*"] = ["550 5.7.1 No"]
    olga = with_relay(workplace, server)

    reply = olga.press(olga.get(CHECK), CHECK, f"Prüfmail von {SENDER} senden")

    assert reply.status == 503
    assert "Die Prüfmail ging nicht hinaus (550 5.7.1)." in reply.text()


def test_without_a_relay_there_is_nothing_to_check(
    workplace: Workplace, sent_congress: EditionRecord
) -> None:
    assert sent_congress.name == "kk2020"

    page = workplace.olga.get(CHECK)

    assert "Es ist kein Mailserver eingerichtet" in page.text()
    assert [text for text, _, _ in page.buttons() if "Prüfmail" in text] == []


# --- the ladder

PAGES = (
    "",
    "/freigabe",
    "/termin/dank",
    "/einladung",
    "/erinnerung",
    "/dank",
    "/ergebnisse",
    "/stand",
    "/texte",
    "/texte/einladung",
)


@pytest.mark.usefixtures("sent_congress")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_page_is_for_organisers_of_that_organisation_in_their_language(
    workplace: Workplace, page: str, language: str
) -> None:
    address = f"{OPEN}{page}?sprache={language}"

    shown = workplace.olga.get(address)

    assert shown.status == 200
    assert shown.markup.root.get("lang") == language
    assert workplace.paul.get(address).status == 404
    assert workplace.frieda.get(address).status == 404
    assert workplace.stranger.get(address).status == 303
    assert workplace.olga.get(address.replace("kk2020", "nirgends")).status == 404
    assert workplace.olga.request("PUT", address).status == 405


@pytest.mark.proves("S38")
@pytest.mark.usefixtures("sent_congress")
def test_what_leaves_asks_for_the_password_again(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    page = workplace.olga.get(f"{OPEN}/erinnerung")
    clock.pass_by(timedelta(minutes=16))

    for address in (f"{OPEN}/erinnerung", f"{OPEN}/dank", f"{OPEN}/einladung", f"{OPEN}/freigabe"):
        reply = workplace.olga.post(address, page.fields())
        assert reply.status in {200, 303, 401}
        assert "stand" not in reply.headers.get("location", "")
    found = {c.kind for c in sending_status(inst, "kk2020").campaigns}
    assert found == {Campaign.INVITATION}
    assert not schedule_of(inst, find_edition(inst, "kk2020")).is_released


def test_a_release_stays_when_the_page_of_an_open_edition_is_asked_again(
    workplace: Workplace, inst: Installation
) -> None:
    record = open_edition(inst, store_edition(inst, congress()))
    release(inst, record)

    assert "Der Zeitplan gilt" in workplace.olga.get(OPEN).text()
