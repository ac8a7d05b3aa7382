"""The programme editor: order, sessions, rounds, what leaves, and what is frozen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.installation import Installation
from survey.language.wording import Wording
from survey.model.programme import Programme, Session, SessionKind
from survey.preparing import edition_of
from tests.accessibility.client import AccessibleClient, Page
from tests.events import congress, network_call
from tests.people import add_person, open_edition, store_edition
from tests.workplace import Workplace

START = "/arbeit/ausgaben/kk2020/programm"


@pytest.fixture
def planned(workplace: Workplace, inst: Installation) -> Workplace:
    """With the congress planned."""
    store_edition(inst, congress())
    return workplace


@pytest.fixture
def opened(workplace: Workplace, inst: Installation) -> Workplace:
    """With the congress open."""
    open_edition(inst, store_edition(inst, congress()))
    return workplace


def programme(inst: Installation) -> Programme:
    """The programme as it is stored."""
    return edition_of(inst, "main", "kk2020").edition.programme


def codes(inst: Installation) -> list[str]:
    """The sessions in order."""
    return [s.code for s in programme(inst).sessions]


def move(client: AccessibleClient, page: Page, what: str) -> Page:
    """Press the button with that value."""
    own = {name: values[0] for name, values in page.fields().items()}
    return client.post(START, own | {"_move": what})


def test_the_programme_stands_in_order_with_what_is_missing(planned: Workplace) -> None:
    page = planned.olga.get(START)

    headings = [h.text for h in page.markup.all("h2")]
    assert headings == ["Für alle", "Runde 1", "Runde 2", "Anmeldung"]
    assert "Der Titel in Einfacher Sprache fehlt." in page.text()
    assert "Der Fragebogen hat keine Frage zu dieser Art." in page.text()
    assert planned.paul.get(START).status == 404
    assert planned.frieda.get(START).status == 404


@pytest.mark.parametrize(
    ("what", "expected", "anchor"),
    [
        ("down session ws01", "greeting keynote ws02 ws01 ws03 ws04", "p-ws01"),
        ("up session keynote", "keynote greeting ws01 ws02 ws03 ws04", "p-keynote"),
        ("up round round2", "greeting keynote ws03 ws04 ws01 ws02", "r-round2"),
    ],
)
def test_parts_move_one_place_with_a_button(
    planned: Workplace, inst: Installation, what: str, expected: str, anchor: str
) -> None:
    page = planned.olga.get(START)
    assert what in [value for _text, _name, value in page.buttons()]

    done = move(planned.olga, page, what)

    assert (done.status, done.location) == (303, f"{START}#{anchor}")
    assert codes(inst) == expected.split()


def test_at_the_edge_there_is_no_button(planned: Workplace) -> None:
    values = [value for _text, _name, value in planned.olga.get(START).buttons()]

    assert "up session greeting" not in values
    assert "up session ws01" not in values
    assert "down session ws02" not in values
    assert "down round round2" not in values


@pytest.mark.parametrize(
    "what", ["", "up", "up session", "up session ws99", "left session ws01", "up keynote keynote"]
)
def test_a_move_nobody_offered_moves_nothing(
    planned: Workplace, inst: Installation, what: str
) -> None:
    refused = move(planned.olga, planned.olga.get(START), what)

    assert refused.status == 422
    assert codes(inst) == [s.code for s in congress().programme.sessions]


def test_a_move_of_an_outdated_page_is_refused(planned: Workplace, inst: Installation) -> None:
    page = planned.olga.get(START)
    move(planned.olga, page, "down session ws01")

    refused = move(planned.olga, page, "down session ws03")

    assert refused.status == 409
    assert codes(inst) == ["greeting", "keynote", "ws02", "ws01", "ws03", "ws04"]


def test_a_session_is_added_at_the_end_of_its_round(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/neuer-punkt"
    page = planned.olga.get(f"{address}?runde=round1")
    assert page.fields()["round"] == ("round1",)

    done = planned.olga.press(
        page,
        address,
        "Programmpunkt hinzufügen",
        {
            "title_de": " IT-Sicherheit ",
            "title_easy": "Sichere Computer",
            "title_en": "IT security",
            "kind": "workshop",
            "is_rated": "yes",
            "speakers": "Anna Albrecht\r\n\r\n Bernd Becker \r\n",
            "recording": "https://video.example/1",
        },
    )

    assert (done.status, done.location) == (303, f"{START}#p-ws05")
    assert codes(inst) == ["greeting", "keynote", "ws01", "ws02", "ws05", "ws03", "ws04"]
    assert programme(inst).session("ws05") == Session(
        "ws05",
        Wording("IT-Sicherheit", "Sichere Computer", "IT security"),
        SessionKind.WORKSHOP,
        round="round1",
        speakers=("Anna Albrecht", "Bernd Becker"),
        recording="https://video.example/1",
    )


def test_a_session_with_a_round_of_its_own_is_added(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/neuer-punkt"
    page = planned.olga.get(f"{address}?runde=neu")

    planned.olga.press(
        page,
        address,
        "Programmpunkt hinzufügen",
        {"title_de": "Ausblick", "new_round": "Runde 3", "code": "outlook", "is_rated": "no"},
    )

    made = programme(inst)
    assert [(r.code, r.title.de) for r in made.rounds][-1] == ("round3", "Runde 3")
    assert made.session("outlook").round == "round3"
    assert (made.session("outlook").is_rated, made.most_sessions_per_person) == (False, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_de": ""}, "Geben Sie den Titel auf Deutsch ein."),
        ({"kind": "party"}, "Wählen Sie, was für ein Programmpunkt es ist."),
        ({"round": "round9"}, "Wählen Sie eine Runde aus der Liste."),
        ({"round": "_new"}, "Geben Sie der neuen Runde einen Titel."),
        ({"recording": "http://video.example"}, "mit https:// beginnen."),
        ({"recording": "javascript:alert(1)"}, "mit https:// beginnen."),
        ({"code": "WS 5"}, "Der Code darf nur kleine Buchstaben"),
        ({"code": "ws01"}, "Den Code „ws01“ gibt es schon."),
        ({"speakers": "x" * 301}, "Eine Zeile bei den Vortragenden ist zu lang."),
        ({"title_de": "x" * 301}, "Das ist zu lang."),
        ({"speakers": "a\u200fb"}, "unsichtbare Zeichen"),
    ],
)
def test_a_session_that_cannot_be_is_named_and_kept(
    planned: Workplace, inst: Installation, typed: dict[str, str], said: str
) -> None:
    address = f"{START}/neuer-punkt"
    page = planned.olga.get(address)
    whole = {"title_de": "IT", "speakers": "Anna", "recording": "https://a.example"} | typed

    refused = planned.olga.press(page, address, "Programmpunkt hinzufügen", whole)

    assert refused.status == 422
    assert said in refused.text()
    texts = {"title_de", "speakers", "recording", "code"} & set(whole)
    assert {n: refused.fields()[n][0] for n in texts} == {n: whole[n] for n in texts}
    assert programme(inst) == congress().programme


def test_a_session_is_changed(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/punkte/keynote"
    page = planned.olga.get(address)
    assert "code" not in page.fields()

    planned.olga.press(page, address, "Speichern", {"title_en": "Chances", "speakers": ""})

    changed = programme(inst).session("keynote")
    assert (changed.title, changed.speakers) == (
        Wording("Chancen der Digitalisierung", "", "Chances"),
        (),
    )


def test_a_round_left_empty_goes_and_it_is_said(planned: Workplace, inst: Installation) -> None:
    for code in ("ws03", "ws04"):
        address = f"{START}/punkte/{code}"
        page = planned.olga.get(address)
        planned.olga.press(page, address, "Speichern", {"round": "round1"})

    assert [r.code for r in programme(inst).rounds] == ["round1"]
    assert "Die Runde „Runde 2“ war leer und ist weg." in planned.olga.get(START).text()


@pytest.mark.parametrize(
    "path", ["punkte/ws99", "punkte/ws99/entfernen", "punkte/ws99/ausgefallen", "runden/round9"]
)
def test_what_is_not_in_the_programme_is_not_found(planned: Workplace, path: str) -> None:
    assert planned.olga.get(f"{START}/punkte/ws01").status == 200
    assert planned.olga.get(f"{START}/{path}").status == 404


def test_a_session_is_removed_after_a_question(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/punkte/ws01/entfernen"
    page = planned.olga.get(address)
    assert "Der Programmpunkt verschwindet" in page.text()

    planned.olga.press(page, address, "Entfernen")

    assert codes(inst) == ["greeting", "keynote", "ws02", "ws03", "ws04"]


def test_a_booked_session_stays_and_the_page_says_what_to_do(
    planned: Workplace, inst: Installation
) -> None:
    record = edition_of(inst, "main", "kk2020")
    add_person(inst, record, "Anna Albrecht", sessions=("ws01",))
    address = f"{START}/punkte/ws01/entfernen"
    own = {k: v[0] for k, v in planned.olga.get(START).fields().items()}

    page = planned.olga.get(address)
    refused = planned.olga.post(address, own)

    assert page.buttons() == []
    assert "Menschen haben das schon gebucht." in page.text()
    assert refused.status == 422
    assert "ws01" in codes(inst)
    assert "1 Mal gebucht" in planned.olga.get(START).text()


def test_a_round_is_removed_with_its_sessions(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/runden/round2/entfernen"
    page = planned.olga.get(address)
    assert "Zukunfts-Check" in page.text()

    planned.olga.press(page, address, "Entfernen")

    assert codes(inst) == ["greeting", "keynote", "ws01", "ws02"]


def test_a_round_gets_titles_in_three_languages(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/runden/round1"
    page = planned.olga.get(address)

    refused = planned.olga.press(page, address, "Speichern", {"title_de": ""})
    planned.olga.press(
        page, address, "Speichern", {"title_de": "Erste Runde", "title_easy": "Runde 1"}
    )

    assert refused.status == 422
    assert programme(inst).rounds[0].title == Wording("Erste Runde", "Runde 1", "Round 1")


@pytest.mark.parametrize(("typed", "status"), [("1", 303), ("2", 303), ("3", 422), ("x", 422)])
def test_nobody_books_more_than_one_session_in_each_round(
    planned: Workplace, inst: Installation, typed: str, status: int
) -> None:
    address = f"{START}/buchung"
    page = planned.olga.get(address)

    done = planned.olga.press(page, address, "Speichern", {"most": typed})

    assert done.status == status
    expected = int(typed) if status == 303 else 2
    assert programme(inst).most_sessions_per_person == expected


def test_before_the_first_mail_a_cancelled_session_can_take_place_again(
    planned: Workplace, inst: Installation
) -> None:
    address = f"{START}/punkte/ws01/ausgefallen"

    planned.olga.press(planned.olga.get(address), address, "Als ausgefallen kennzeichnen")
    assert programme(inst).session("ws01").is_cancelled
    planned.olga.press(planned.olga.get(address), address, "Findet statt")

    assert not programme(inst).session("ws01").is_cancelled


def test_after_the_first_mail_a_session_can_be_cancelled_for_good(
    opened: Workplace, inst: Installation
) -> None:
    address = f"{START}/punkte/ws01/ausgefallen"
    page = opened.olga.get(address)
    own = {k: v[0] for k, v in page.fields().items()}
    assert "Das lässt sich nicht zurücknehmen." in page.text()

    opened.olga.press(page, address, "Als ausgefallen kennzeichnen")
    back = opened.olga.post(
        address, own | {"_revision": str(edition_of(inst, "main", "kk2020").revision)}
    )

    assert programme(inst).session("ws01").is_cancelled
    assert back.status == 422
    assert opened.olga.get(address).buttons() == []


def test_after_the_first_mail_only_what_is_free_can_be_typed(
    opened: Workplace, inst: Installation
) -> None:
    address = f"{START}/punkte/ws01"
    page = opened.olga.get(address)
    assert set(page.fields()) == {
        "_proof",
        "_spoken",
        "_revision",
        "title_de",
        "title_easy",
        "title_en",
        "speakers",
        "recording",
    }

    opened.olga.press(
        page, address, "Speichern", {"speakers": "Anna", "kind": "keynote", "is_rated": "no"}
    )

    assert programme(inst).session("ws01") == replace(
        congress().programme.session("ws01"), speakers=("Anna",)
    )


@pytest.mark.parametrize("path", ["neuer-punkt", "buchung", "punkte/ws01/entfernen"])
def test_after_the_first_mail_the_programme_neither_grows_nor_shrinks(
    opened: Workplace, inst: Installation, path: str
) -> None:
    before = edition_of(inst, "main", "kk2020")
    own = {k: v[0] for k, v in opened.olga.get(f"{START}/punkte/ws02").fields().items()}
    typed = {"kind": "workshop", "round": "round1", "is_rated": "yes", "new_round": "", "code": ""}

    refused = opened.olga.post(f"{START}/{path}", own | typed | {"most": "1"})

    assert refused.status in {409, 422}
    assert edition_of(inst, "main", "kk2020") == before
    assert "Nach oben" not in opened.olga.get(START).text()


def test_an_empty_programme_invites_to_fill_it(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, replace(network_call("leer"), programme=Programme()))

    page = workplace.olga.get("/arbeit/ausgaben/leer/programm")

    assert "Das Programm ist noch leer." in page.text()
