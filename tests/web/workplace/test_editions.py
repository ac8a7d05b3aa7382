"""The list of editions, and the ways to a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from forms.edition_file import write_edition_file
from survey import housekeeping
from survey.installation import Installation
from survey.model.event import EditionKind
from survey.preparing import edition_of, editions_of
from survey.storage import editions
from tests.events import congress, network_call
from tests.people import StoppedClock, open_edition, store_edition
from tests.workplace import Workplace, furnish

COPY = "/arbeit/ausgaben/neu/aus/kk2020"
TEMPLATES = {
    "kongress": EditionKind.CONGRESS,
    "netzwerktreffen": EditionKind.NETWORK_CALL,
    "workshop-reihe": EditionKind.WORKSHOP_SERIES,
    "schulung": EditionKind.TRAINING,
}
TYPED = {
    "series": "Digitaltag",
    "title": "Digitaltag 2021",
    "starts-day": "18",
    "starts-month": "6",
    "starts-year": "2021",
    "ends-day": "",
    "ends-month": "",
    "ends-year": "",
    "deadline-day": "2",
    "deadline-month": "7",
    "deadline-year": "21",
    "deadline-time": "18 Uhr",
    "format": "on_site",
    "name": "digitaltag2021",
    "organisation": "Stadt Musterstadt",
    "sender": "digital@stadt.example",
    "contact": "fragen@stadt.example",
}


def test_editions_stand_by_state_for_organisers_and_planners(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)

    page = workplace.olga.get("/arbeit/ausgaben")
    planners = workplace.paul.get("/arbeit/ausgaben")

    assert page.heading == "Ausgaben"
    order = ["Offen", "In Vorbereitung", "Ausgezählt"]
    assert [h for h in page.markup.all("h2") if h.text in order] == page.markup.all("h2")
    assert [h.text for h in page.markup.all("h2")] == order
    assert "Neue Ausgabe" in page.text()
    assert "Neue Ausgabe" not in planners.text()
    assert "Ergebnisse von „Kommunalkongress 2019“" in planners.text()


def test_editions_of_one_series_are_found(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)

    page = workplace.olga.get("/arbeit/ausgaben?reihe=kommunalkongress")
    nothing = workplace.olga.get("/arbeit/ausgaben?reihe=gibtesnicht")

    assert "2 Ausgaben dieser Reihe." in page.text()
    assert "IKONE" not in " ".join(h.text or "" for h in page.markup.all("h3"))
    assert nothing.status == 200


def test_an_empty_list_says_what_an_edition_is(workplace: Workplace) -> None:
    assert "Es gibt noch keine Ausgabe." in workplace.olga.get("/arbeit/ausgaben").text()


def test_the_latest_of_each_series_is_offered_first_and_nothing_foreign(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)

    page = workplace.olga.get("/arbeit/ausgaben/neu")
    foreign = workplace.frieda.get("/arbeit/ausgaben/neu")

    links = [e.get("href") for e in page.markup.all("a") if "/neu/aus/" in e.get("href")]
    assert links == [f"/arbeit/ausgaben/neu/aus/{name}" for name in ("kk2020", "ikone2", "kk2019")]
    assert "Kommunalkongress" not in foreign.text()


def test_a_congress_is_copied_in_a_minute(workplace: Workplace, inst: Installation) -> None:
    open_edition(inst, store_edition(inst, congress()))

    page = workplace.olga.get(f"{COPY}?jahr=2022")
    done = workplace.olga.press(page, COPY, "Ausgabe anlegen")

    assert (done.status, done.location) == (303, "/arbeit/ausgaben/kk2022/angaben/durchsehen")
    made = edition_of(inst, "main", "kk2022")
    source = congress()
    assert made.edition == replace(
        source,
        name="kk2022",
        title="Kommunalkongress 2022",
        starts=date(2022, 9, 9),
        ends=date(2022, 9, 9),
        deadline=datetime(2022, 9, 26, 16, tzinfo=UTC),
        box_size=made.edition.box_size,
    )
    assert (made.opens, made.id != source.name) == (None, True)
    followed = workplace.olga.get(done.location)
    assert "Die Ausgabe „Kommunalkongress 2022“ ist angelegt." in followed.text()


def test_a_name_that_is_taken_is_said_and_everything_typed_stays(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    page = workplace.olga.get(COPY)

    refused = workplace.olga.press(
        page, COPY, "Ausgabe anlegen", {"name": "kk2020", "title": "Ganz anders"}
    )

    assert refused.status == 422
    assert "Eine Ausgabe „kk2020“ gibt es schon." in refused.text()
    assert refused.fields()["title"] == ("Ganz anders",)
    assert len(editions_of(inst, "main")) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "Geben Sie der Ausgabe einen Titel."),
        ({"starts-day": "31", "starts-month": "2"}, "Den ersten Tag gibt es so nicht."),
        ({"starts-day": "", "starts-month": "", "starts-year": ""}, "Geben Sie den ersten Tag"),
        ({"ends-day": "1", "ends-month": "1", "ends-year": "2020"}, "Der letzte Tag liegt vor"),
        ({"deadline-time": "25:00"}, "Die Frist gibt es so nicht."),
        ({"deadline-day": "1", "deadline-month": "1"}, "Die Frist muss nach dem letzten Tag"),
        ({"name": "Kongress 2022"}, "Der Kurzname darf nur kleine Buchstaben"),
        ({"name": "neu"}, "Dieser Kurzname ist vergeben."),
        ({"format": "moon"}, "Wählen Sie, ob die Veranstaltung vor Ort"),
        ({"title": "x" * 301}, "Erlaubt sind höchstens 300 Zeichen."),
    ],
)
def test_what_cannot_be_is_named_and_kept(
    workplace: Workplace, inst: Installation, typed: dict[str, str], said: str
) -> None:
    store_edition(inst, congress())
    page = workplace.olga.get(COPY)

    refused = workplace.olga.press(page, COPY, "Ausgabe anlegen", typed)

    assert refused.status == 422
    assert said in refused.text()
    kept = {name: refused.fields()[name][0] for name in typed if name != "format"}
    assert kept == {name: value for name, value in typed.items() if name != "format"}
    assert len(editions_of(inst, "main")) == 1


@pytest.mark.parametrize("word", TEMPLATES)
def test_every_template_makes_an_edition(
    workplace: Workplace, inst: Installation, word: str
) -> None:
    address = f"/arbeit/ausgaben/neu/vorlage/{word}"

    page = workplace.olga.get(address)
    done = workplace.olga.press(page, address, "Ausgabe anlegen", TYPED)

    assert done.status == 303
    made = edition_of(inst, "main", "digitaltag2021").edition
    assert (made.kind, made.series, made.sender) == (
        TEMPLATES[word],
        "Digitaltag",
        "digital@stadt.example",
    )
    assert (made.starts, made.ends) == (date(2021, 6, 18), date(2021, 6, 18))
    assert made.deadline == datetime(2021, 7, 2, 16, tzinfo=UTC)
    assert [s.speakers for s in made.programme.sessions if s.speakers] == []


def test_a_template_says_what_is_missing_and_keeps_the_rest(workplace: Workplace) -> None:
    address = "/arbeit/ausgaben/neu/vorlage/schulung"
    page = workplace.olga.get(address)

    refused = workplace.olga.press(
        page, address, "Ausgabe anlegen", TYPED | {"sender": "nirgends", "series": ""}
    )

    assert refused.status == 422
    assert "„nirgends“ ist keine gültige E-Mail-Adresse." in refused.text()
    assert "Nennen Sie die Veranstaltungsreihe." in refused.text()
    assert refused.fields()["title"] == ("Digitaltag 2021",)


def test_an_unknown_template_is_not_found(workplace: Workplace) -> None:
    assert workplace.olga.get("/arbeit/ausgaben/neu/vorlage/party").status == 404


def test_an_edition_comes_from_its_file(workplace: Workplace, inst: Installation) -> None:
    address = "/arbeit/ausgaben/neu/datei"
    page = workplace.olga.get(address)
    proof = {name: values[0] for name, values in page.fields().items()}

    done = workplace.olga.send_file(
        address,
        proof | {"text": ""},
        name="file",
        file_name="kk2020.toml",
        content=write_edition_file(congress()).encode(),
    )

    assert done.location == "/arbeit/ausgaben/kk2020/angaben/durchsehen"
    made = edition_of(inst, "main", "kk2020").edition
    assert made == replace(congress(), box_size=made.box_size)


def test_a_pasted_file_with_faults_names_every_line_and_stays_to_be_mended(
    workplace: Workplace, inst: Installation
) -> None:
    address = "/arbeit/ausgaben/neu/datei"
    page = workplace.olga.get(address)
    text = write_edition_file(congress()).replace('kind = "congress"', 'kind = "ball"')

    refused = workplace.olga.press(page, address, "Ausgabe anlegen", {"text": text})

    assert refused.status == 422
    assert "Zeile 4: „ball“ gibt es hier nicht." in refused.text()
    assert refused.fields()["text"] == (text,)
    assert editions_of(inst, "main") == ()


def test_an_uploaded_file_with_faults_can_be_mended_in_the_page(workplace: Workplace) -> None:
    address = "/arbeit/ausgaben/neu/datei"
    page = workplace.olga.get(address)
    proof = {name: values[0] for name, values in page.fields().items()}

    refused = workplace.olga.send_file(
        address, proof, name="file", file_name="a.toml", content=b'name = "x\n'
    )
    picture = workplace.olga.send_file(
        address, proof, name="file", file_name="a.png", content=b"\x89PNG\x00\xff"
    )

    assert (refused.status, refused.fields()["text"]) == (422, ('name = "x\n',))
    assert (picture.status, picture.fields()["text"]) == (422, ("",))


def test_a_file_below_the_thresholds_of_the_house_is_refused(
    workplace: Workplace, inst: Installation
) -> None:
    housekeeping.change_profile(
        inst,
        "main",
        lambda profile: replace(profile, disclosure_threshold=8, cell_threshold=12),
        revision=housekeeping.profile_of(inst, "main").revision,
    )
    address = "/arbeit/ausgaben/neu/datei"
    page = workplace.olga.get(address)

    refused = workplace.olga.press(
        page, address, "Ausgabe anlegen", {"text": write_edition_file(congress())}
    )

    assert refused.status == 422
    assert "nicht unter denen Ihrer Organisation liegen: 8 und 12." in refused.text()
    assert editions_of(inst, "main") == ()


@pytest.mark.parametrize("fields", [{}, {"text": " \n"}], ids=["nothing", "blank"])
def test_no_file_is_said(workplace: Workplace, fields: dict[str, str]) -> None:
    address = "/arbeit/ausgaben/neu/datei"
    page = workplace.olga.get(address)

    refused = workplace.olga.press(page, address, "Ausgabe anlegen", fields)

    assert refused.status == 422
    assert "Wählen Sie eine Datei aus" in refused.text()


def test_a_new_edition_belongs_to_the_organisation_that_made_it(
    workplace: Workplace, inst: Installation
) -> None:
    address = "/arbeit/ausgaben/neu/vorlage/netzwerktreffen"

    workplace.frieda.press(workplace.frieda.get(address), address, "Ausgabe anlegen", TYPED)

    assert [r.name for r in editions_of(inst, "fern")] == ["digitaltag2021"]
    assert workplace.olga.get("/arbeit/ausgaben/digitaltag2021/angaben/durchsehen").status == 404


def test_an_edition_of_another_organisation_is_no_beginning(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())

    assert workplace.olga.get(COPY).status == 200
    assert workplace.frieda.get(COPY).status == 404
    assert workplace.paul.get(COPY).status == 404
    assert editions.find(inst.database.read(), "kk2020") is not None


def test_what_to_look_at_names_texts_of_another_year(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, replace(network_call(), title="Treffen 2019"))

    page = workplace.olga.get("/arbeit/ausgaben/ikone2/angaben/durchsehen")

    assert page.heading == "Bitte einmal durchsehen"
    assert "Im Text „Treffen 2019“ steht ein anderes Jahr." in page.text()
    assert "Das Programm" not in page.text()
