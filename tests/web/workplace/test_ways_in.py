"""Other ways into the form: chosen before opening, shown, printed, typed in, and their limits said."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports import sheet_files
from exports.warm_printer import WARM_PRINTER
from survey.asking_openly import choose_ways, note_attendance, open_address, submit_openly
from survey.installation import Installation
from survey.model.event import EditionRecord
from survey.model.ways_in import OpenLink, WaysIn
from survey.storage import boxes, ways_in
from survey.storage.deeds import all_deeds
from survey.web.attachment import SANDBOX
from tests.accessibility.client import AccessibleClient, Page
from tests.counting.ballots import a_response, people_answer
from tests.events import congress
from tests.exports.pdf_checks import assert_accessible
from tests.people import open_edition, store_edition, stored_record
from tests.workplace import Workplace

HERE = "/arbeit/ausgaben/kk2020/zugaenge"
TYPING = f"{HERE}/eintippen"
BOTH = WaysIn(OpenLink.ON, takes_paper=True, typist="Frau Fröhlich", return_to="Box am Ausgang")
ANSWERS = {"overall": "good", "change": "Mehr Pausen."}


def planned(inst: Installation, ways: WaysIn | None = None) -> EditionRecord:
    record = store_edition(inst, congress())
    if ways is not None:
        choose_ways(inst, record.name, ways)
    return record


def opened(inst: Installation, ways: WaysIn = BOTH) -> EditionRecord:
    planned(inst, ways)
    return open_edition(inst, stored_record(inst, "kk2020"))


def chosen(inst: Installation) -> WaysIn:
    return ways_in.of_edition(inst.database.read(), stored_record(inst, "kk2020").id)


def urn(inst: Installation) -> tuple[int, int, bool]:
    found = boxes.state(inst.database.read(), stored_record(inst, "kk2020").id)
    return found.boxes, found.open_boxes, found.agrees


def test_ways_are_chosen_before_opening(workplace: Workplace) -> None:
    planned(workplace.inst)
    page = workplace.olga.get(HERE)
    assert "Rücklaufquote" in page.text()

    fields = {
        "ways": ("link", "paper"),
        "typist": "Frau Fröhlich",
        "return_to": "Box am\n Ausgang",
    }
    done = workplace.olga.press(page, HERE, "Zugänge speichern", fields)

    assert (done.status, done.location) == (303, HERE)
    assert chosen(workplace.inst) == BOTH
    page = workplace.olga.get(HERE)
    assert open_address(workplace.inst, stored_record(workplace.inst, "kk2020")) in page.text()
    ticked = [e.get("value") for e in page.markup.all("input") if e.get("checked") is not None]
    assert ticked == ["link", "paper"]


def test_ways_are_taken_off_again(workplace: Workplace) -> None:
    planned(workplace.inst, BOTH)
    page = workplace.olga.get(HERE)

    fields = {k: v for k, v in page.fields().items() if k != "ways"}
    workplace.olga.post(HERE, fields)

    assert not chosen(workplace.inst).is_any


def test_paper_needs_somebody_who_types_it_in_and_a_place_to_return_it(
    workplace: Workplace,
) -> None:
    planned(workplace.inst)
    page = workplace.olga.get(HERE)

    refused = workplace.olga.press(
        page, HERE, "Zugänge speichern", {"ways": "paper", "return_to": "x" * 301}
    )

    assert refused.status == 422
    assert "Nennen Sie, wer die Bogen eintippt." in refused.text()
    assert "Höchstens 300 Zeichen." in refused.text()
    assert refused.fields()["return_to"] == ("x" * 301,)
    assert refused.fields()["ways"] == ("paper",)
    assert not chosen(workplace.inst).is_any


def test_after_opening_only_the_words_on_the_sheet_change(workplace: Workplace) -> None:
    opened(workplace.inst, WaysIn(takes_paper=True, typist="A", return_to="B"))
    page = workplace.olga.get(HERE)
    assert not [e for e in page.markup.all("input") if e.get("name") == "ways"]

    workplace.olga.press(page, HERE, "Zugänge speichern", {"typist": "Herr Klein", "ways": "link"})

    assert chosen(workplace.inst) == WaysIn(takes_paper=True, typist="Herr Klein", return_to="B")


def test_other_ways_make_everybody_be_reminded(workplace: Workplace) -> None:
    plain = open_edition(workplace.inst, store_edition(workplace.inst, congress("plain")))

    assert plain.size_class == "large"
    assert opened(workplace.inst).size_class == "small"


def test_the_open_link_is_closed_for_good(workplace: Workplace) -> None:
    opened(workplace.inst)
    there = f"{HERE}/link-schliessen"
    page = workplace.olga.get(there)
    assert workplace.stranger.get(address_path(workplace)).status == 200

    done = workplace.olga.press(page, there, "Offenen Link schließen")

    assert done.location == HERE
    assert workplace.stranger.get(address_path(workplace)).status == 404
    assert workplace.olga.get(there).status == 409
    assert "beendet" in workplace.olga.get(HERE).text()


def address_path(workplace: Workplace) -> str:
    return f"/o/{workplace.inst.links.open_token('kk2020')}"


@pytest.mark.parametrize(("typed", "kept"), [("250", 250), ("1.250", 1250), ("", None), (" 7 ", 7)])
def test_the_organiser_enters_how_many_were_there(
    workplace: Workplace, typed: str, kept: int | None
) -> None:
    opened(workplace.inst)
    note_attendance(workplace.inst, "kk2020", 3)
    page = workplace.olga.get(f"{HERE}/anwesend")

    done = workplace.olga.press(page, f"{HERE}/anwesend", "Zahl speichern", {"attended": typed})

    assert done.location == HERE
    assert chosen(workplace.inst).attended == kept


@pytest.mark.parametrize("typed", ["0", "-1", "viele", "1,5", "100001", "²"])
def test_what_is_no_number_of_people_is_refused_and_kept(workplace: Workplace, typed: str) -> None:
    opened(workplace.inst)
    page = workplace.olga.get(f"{HERE}/anwesend")

    refused = workplace.olga.press(page, f"{HERE}/anwesend", "Zahl speichern", {"attended": typed})

    assert (refused.status, refused.fields()["attended"]) == (422, (typed,))
    assert chosen(workplace.inst).attended is None


@pytest.mark.parametrize(("attended", "is_flagged"), [(4, True), (5, False), (9, False)])
def test_more_answers_than_people_are_flagged(
    workplace: Workplace, attended: int, *, is_flagged: bool
) -> None:
    people_answer(workplace.inst, opened(workplace.inst), 9)
    note_attendance(workplace.inst, "kk2020", attended)

    page = workplace.olga.get(HERE)

    assert ("Mehr Antworten als Menschen" in page.text()) is is_flagged
    overview = workplace.olga.get("/arbeit/ausgaben/kk2020")
    assert ("Menschen, die da waren" in overview.text()) is is_flagged


@pytest.mark.proves("S18", "S7")
def test_the_code_is_an_image_of_its_own_that_runs_nothing(workplace: Workplace) -> None:
    opened(workplace.inst)
    wall = workplace.olga.get(f"{HERE}/projizieren")
    (source,) = [e.get("src") for e in wall.markup.all("img")]

    image = workplace.olga.get(source)

    assert (image.status, image.headers["content-type"]) == (200, "image/svg+xml")
    assert image.headers["content-security-policy"] == SANDBOX
    assert image.html.startswith("<svg")
    assert "style=" not in image.html


@pytest.mark.parametrize("colour", ["", "?farbe=dunkel"])
def test_the_wall_shows_the_address_to_type(workplace: Workplace, colour: str) -> None:
    record = opened(workplace.inst)

    page = workplace.olga.get(f"{HERE}/projizieren{colour}")

    shown = "".join(page.text().split())
    assert open_address(workplace.inst, record).partition("://")[2] in shown


@pytest.mark.parametrize(
    "place", ["projizieren", "code.svg", "blatt.pdf", "papier.pdf", "eintippen"]
)
def test_without_its_way_a_page_says_so(workplace: Workplace, place: str) -> None:
    open_edition(workplace.inst, planned(workplace.inst))

    assert workplace.olga.get(f"{HERE}/{place}").status == 409


@pytest.mark.parametrize("place", ["blatt.pdf", "papier.pdf"])
@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_sheets_are_accessible_files_to_take_along(
    workplace: Workplace, tmp_path: Path, place: str, language: str
) -> None:
    opened(workplace.inst)

    reply = workplace.olga._client.get(f"{HERE}/{place}?fassung={language}")

    name = "link" if place == "blatt.pdf" else "bogen"
    disposition = f'attachment; filename="kk2020-{name}-{language}.pdf"'
    assert (reply.status_code, reply.headers["content-disposition"]) == (200, disposition)
    target = tmp_path / "sheet.pdf"
    target.write_bytes(reply.content)
    assert_accessible(target)


def test_a_sheet_in_a_language_nobody_speaks_is_not_found(workplace: Workplace) -> None:
    opened(workplace.inst)

    assert workplace.olga.get(f"{HERE}/papier.pdf?fassung=xx").status == 404


def test_while_others_print_a_page_asks_to_come_back(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(workplace.inst)
    monkeypatch.setattr(sheet_files, "_WAIT_SECONDS", 0.01)

    with WARM_PRINTER.lent(wait_seconds=1):
        page = workplace.olga.get(f"{HERE}/papier.pdf?fassung=easy")

    assert (page.status, page.headers["retry-after"]) == (503, "20")
    again = [e.get("href") for e in page.markup.all("a") if "first" in e.get("class", "")]
    assert again == [f"{HERE}/papier.pdf?fassung=easy"]


def type_sheet(client: AccessibleClient, page: Page, **fields: str) -> Page:
    check = client.press(page, TYPING, "Bogen prüfen", ANSWERS | fields)
    assert check.status == 200
    return client.press(check, TYPING, "In die Urne legen")


def test_sheets_are_typed_in_one_after_another(workplace: Workplace) -> None:
    opened(workplace.inst)
    secrets: list[str] = []
    page = workplace.olga.get(TYPING)

    for number in range(1, 4):
        assert page.heading == f"Bogen {number} eintippen"
        assert page.fields()["change"] == ("",)
        secrets += page.fields()["_secret"]
        done = type_sheet(workplace.olga, page)
        page = workplace.olga.press(done, TYPING, "Nächster Bogen")

    assert "In dieser Sitzung sind 3 Bogen eingetippt." in page.text()
    assert len(set(secrets)) == 3
    assert urn(workplace.inst) == (3, 3, True)
    assert "noch kein Bogen eingetippt" in workplace.olga.get(TYPING).text()


def test_one_sheet_sent_twice_is_one_box_and_one_number(workplace: Workplace) -> None:
    opened(workplace.inst)
    page = workplace.olga.get(TYPING)
    check = workplace.olga.press(page, TYPING, "Bogen prüfen", ANSWERS)

    replies = [workplace.olga.press(check, TYPING, "In die Urne legen") for _ in range(3)]

    assert {reply.fields()["_typed"] for reply in replies} == {("1",)}
    assert urn(workplace.inst) == (1, 1, True)


def test_a_sheet_is_taken_back(workplace: Workplace) -> None:
    opened(workplace.inst)
    done = type_sheet(workplace.olga, workplace.olga.get(TYPING))

    back = workplace.olga.press(done, TYPING, "Diesen Bogen zurücknehmen")

    assert back.heading == "Der Bogen ist zurückgenommen"
    assert (back.fields()["_typed"], urn(workplace.inst)) == (("0",), (0, 0, True))


def test_what_is_wrong_on_a_sheet_is_said_and_everything_kept(workplace: Workplace) -> None:
    opened(workplace.inst)
    page = workplace.olga.get(TYPING)

    refused = workplace.olga.press(
        page, TYPING, "Bogen prüfen", {"change": "x" * 251, "overall": "good"}
    )

    assert (refused.status, refused.fields()["change"]) == (422, ("x" * 251,))
    assert refused.fields()["_secret"] == page.fields()["_secret"]
    assert workplace.olga.press(page, TYPING, "Bogen prüfen").status == 422


def test_what_cannot_be_stored_stays_in_the_page(workplace: Workplace) -> None:
    record = opened(workplace.inst)
    page = workplace.olga.get(TYPING)
    check = workplace.olga.press(page, TYPING, "Bogen prüfen", ANSWERS)
    alarm = workplace.inst.settings.witnesses / f"{record.id}.alarm"
    alarm.touch()

    failed = workplace.olga.press(check, TYPING, "In die Urne legen")

    assert (failed.status, failed.fields()["change"]) == (503, ("Mehr Pausen.",))
    assert urn(workplace.inst) == (0, 0, True)
    alarm.unlink()
    done = workplace.olga.press(failed, TYPING, "In die Urne legen")
    assert (done.fields()["_typed"], urn(workplace.inst)) == (("1",), (1, 1, True))


def test_what_was_typed_stays_in_the_page_while_the_key_is_away(workplace: Workplace) -> None:
    record = opened(workplace.inst)
    page = workplace.olga.get(TYPING)
    key = workplace.inst.keys.keys_directory / f"{record.id}.key"
    away = key.rename(key.with_suffix(".away"))
    assert workplace.olga.get(TYPING).status == 503

    check = workplace.olga.press(page, TYPING, "Bogen prüfen", ANSWERS)
    failed = workplace.olga.press(check, TYPING, "In die Urne legen")

    assert (failed.status, failed.fields()["change"]) == (503, ("Mehr Pausen.",))
    assert len(failed.html.encode()) == len(check.html.encode())
    assert urn(workplace.inst) == (0, 0, True)
    away.rename(key)
    done = workplace.olga.press(failed, TYPING, "In die Urne legen")
    assert (done.fields()["_typed"], urn(workplace.inst)) == (("1",), (1, 1, True))


def test_typed_answers_lie_nowhere_but_in_the_urn(workplace: Workplace) -> None:
    opened(workplace.inst)
    canary = "Kanarienvogel im Papier"
    deeds = len(all_deeds(workplace.inst.database.read()))

    done = type_sheet(workplace.olga, workplace.olga.get(TYPING), change=canary)

    assert canary not in done.html
    assert len(all_deeds(workplace.inst.database.read())) == deeds
    holders = [
        file
        for file in workplace.inst.settings.data.parent.rglob("*")
        if file.is_file() and canary.encode() in file.read_bytes()
    ]
    assert holders == []


def test_no_size_of_a_typing_page_tells_how_much_was_typed(workplace: Workplace) -> None:
    opened(workplace.inst)
    page = workplace.olga.get(TYPING)

    sizes = {
        workplace.olga.press(page, TYPING, "Bogen prüfen", {"change": '"' * n}).size
        for n in (1, 40, 250)
    }
    sizes.add(page.size)
    sizes.add(type_sheet(workplace.olga, page).size)

    assert len(sizes) == 1


@pytest.mark.parametrize("fields", [{}, {"_secret": "x"}, {"_secret": "A" * 21}])
def test_a_sheet_without_a_proper_secret_is_refused(
    workplace: Workplace, fields: dict[str, str]
) -> None:
    opened(workplace.inst)
    proof = workplace.olga.get(TYPING).fields()["_proof"][0]

    page = workplace.olga.post(TYPING, ANSWERS | fields | {"_proof": proof, "_action": "submit"})

    assert (page.status, urn(workplace.inst)) == (400, (0, 0, True))


def test_the_open_link_takes_no_paper_and_paper_no_link(workplace: Workplace) -> None:
    opened(workplace.inst, WaysIn(link=OpenLink.ON))
    inst = workplace.inst
    token = inst.links.open_token("kk2020")

    submit_openly(inst, token, "A" * 22, a_response(1))

    assert workplace.olga.get(TYPING).status == 409
    assert urn(inst) == (1, 1, True)


PAGES = ("", "/link-schliessen", "/anwesend", "/projizieren", "/code.svg", "/eintippen")


@pytest.mark.parametrize("place", PAGES)
def test_planners_and_others_find_none_of_it(workplace: Workplace, place: str) -> None:
    opened(workplace.inst)

    assert workplace.olga.get(HERE + place).status == 200
    assert workplace.paul.get(HERE + place).status == 404
    assert workplace.frieda.get(HERE + place).status == 404


@pytest.mark.parametrize("place", ["/projizieren", "/code.svg", "/blatt.pdf", "/papier.pdf"])
def test_pages_to_read_take_nothing(workplace: Workplace, place: str) -> None:
    opened(workplace.inst)

    assert workplace.olga.post(HERE + place, {}).status == 405
