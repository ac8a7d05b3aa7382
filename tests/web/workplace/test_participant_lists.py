"""A registration list on its way from a file to registrations, in the browser."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter

from survey.holding_lists import delete_expired_lists
from survey.installation import Installation
from survey.model.event import EditionRecord
from survey.storage import participants
from tests.accessibility.client import AccessibleClient, Page
from tests.events import congress
from tests.people import Invited, StoppedClock, add_person, store_edition
from tests.workplace import Workplace

LIST = "/arbeit/ausgaben/kk2020/teilnehmende/liste"
GOOD = (
    "E-Mail;Name;Workshop 1\nlena@example.org;Lena Lang;Digitale Stadt\nmax@example.org;Max Mai;\n"
)
THREE_FAULTY = (
    "E-Mail;Name;Runde 1;Bemerkung\n"
    "lena@example.org;Lena Lang;Digitale Stadt;vegetarisch\n"
    "max(at)example.org;Max Mai;ws02;\n"
    ";Nora Noll;;kommt später\n"
    "otto@example.org;Otto Ohm;Digitale Dörfer;\n"
)


def upload(client: AccessibleClient, content: str | bytes, name: str = "liste.csv") -> Page:
    """The reply to the uploaded file."""
    proof = client.get(LIST).fields("Liste hochladen")["_proof"][0]
    data = content.encode("utf-8-sig") if isinstance(content, str) else content
    return client.send_file(LIST, {"_proof": proof}, name="list", file_name=name, content=data)


def press(
    client: AccessibleClient, address: str, button: str, fields: dict[str, str] | None = None
) -> Page:
    """The reply to that button of the page at the address, where its form leads."""
    page = client.get(address)
    pressed = next(b for b in page.markup.all("button") if "".join(b.itertext()) == button)
    form = next(e for e in page.markup.above(pressed) if e.tag == "form")
    return client.press(page, form.get("action") or address, button, fields)


def people(inst: Installation, record: EditionRecord) -> list[tuple[str, str, tuple[str, ...]]]:
    found = participants.of_edition(inst.database.read(), record.id)
    return [(p.address, p.name, p.sessions) for p in found if not p.is_withdrawn]


def held(inst: Installation) -> int:
    row = inst.database.read().execute("SELECT COUNT(*) AS n FROM held_list").fetchone()
    return int(row["n"])


@pytest.fixture
def planned(inst: Installation) -> EditionRecord:
    """The congress, before its first mail."""
    return store_edition(inst, congress())


@pytest.mark.usefixtures("planned")
def test_pages_of_a_list_are_there_for_organisers_only(workplace: Workplace) -> None:
    upload(workplace.olga, GOOD)
    press(workplace.olga, f"{LIST}/spalten", "Weiter")

    for step in ("", "/spalten", "/programmpunkte", "/pruefen"):
        assert workplace.olga.get(LIST + step).status == 200
        assert workplace.olga.get(f"{LIST}{step}?sprache=en").status == 200
        assert workplace.paul.get(LIST + step).status == 404
        assert workplace.frieda.get(LIST + step).status == 404
    assert workplace.olga.get(f"{LIST}/einlesen").status == 405


def test_a_good_list_is_read_in_three_steps(
    workplace: Workplace, inst: Installation, planned: EditionRecord
) -> None:
    uploaded = upload(workplace.olga, GOOD)
    chosen = press(workplace.olga, uploaded.location, "Weiter")
    preview = workplace.olga.get(chosen.location)
    done = press(workplace.olga, chosen.location, "Liste einlesen")

    assert uploaded.location == f"{LIST}/spalten"
    assert chosen.location == f"{LIST}/pruefen"
    assert "2 Personen kommen neu auf die Liste." in preview.text()
    assert done.location == "/arbeit/ausgaben/kk2020/teilnehmende"
    assert people(inst, planned) == [
        ("lena@example.org", "Lena Lang", ("ws01",)),
        ("max@example.org", "Max Mai", ()),
    ]
    assert held(inst) == 0


@pytest.mark.proves("S31")
@pytest.mark.usefixtures("planned")
def test_a_file_name_is_only_shown(workplace: Workplace) -> None:
    upload(workplace.olga, GOOD, "../../<b>\u202egpj.csv" + "x" * 200)

    shown = workplace.olga.get(f"{LIST}/spalten")

    assert "\u202e" not in shown.html
    assert "<b>" not in shown.html
    assert "x" * 120 in shown.text()
    assert "x" * 121 not in shown.text()


@pytest.mark.usefixtures("planned")
def test_an_excel_list_is_read_too(workplace: Workplace) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["E-Mail", "Name"])
    sheet.write_row(1, 0, ["lena@example.org", "Lena Lang"])
    book.close()

    assert upload(workplace.olga, file.getvalue(), "liste.xlsx").location == f"{LIST}/spalten"


@pytest.mark.proves("A80")
def test_three_faulty_lines_are_mended_in_the_browser(
    workplace: Workplace, inst: Installation, planned: EditionRecord
) -> None:
    upload(workplace.olga, THREE_FAULTY)
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    faulty = workplace.olga.get(f"{LIST}/pruefen")

    half = press(
        workplace.olga,
        f"{LIST}/pruefen",
        "Zeilen prüfen",
        {"cell-3-0": "max@example.org", "cell-4-0": "nora(at)example.org", "cell-5-2": "ws01"},
    )
    still = workplace.olga.get(half.location)
    press(workplace.olga, f"{LIST}/pruefen", "Zeilen prüfen", {"left_out": "4"})
    preview = workplace.olga.get(f"{LIST}/pruefen")
    press(workplace.olga, f"{LIST}/pruefen", "Liste einlesen")

    assert "3 Zeilen lassen sich so nicht einlesen" in faulty.text()
    assert "Zeile 4: Die E-Mail-Adresse fehlt." in faulty.text()
    assert "Eine Zeile lässt sich so nicht einlesen" in still.text()
    assert still.fields("Zeilen prüfen")["cell-4-0"] == ("nora(at)example.org",)
    assert "Eine Zeile ist weggelassen: 4" in preview.text()
    assert people(inst, planned) == [
        ("lena@example.org", "Lena Lang", ("ws01",)),
        ("max@example.org", "Max Mai", ("ws02",)),
        ("otto@example.org", "Otto Ohm", ("ws01",)),
    ]


@pytest.mark.usefixtures("planned")
def test_what_is_not_read_is_never_kept_and_left_out_lines_come_back(
    workplace: Workplace, inst: Installation
) -> None:
    upload(workplace.olga, THREE_FAULTY)
    columns = workplace.olga.get(f"{LIST}/spalten")
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    press(workplace.olga, f"{LIST}/pruefen", "Alle 3 Zeilen weglassen")
    file = workplace.olga.get(f"{LIST}/ausgelassen.csv")
    press(workplace.olga, f"{LIST}/pruefen", "Weggelassene Zeilen zurückholen")
    again = workplace.olga.get(f"{LIST}/pruefen")

    assert columns.fields("Weiter")["column-3"] == ("nothing",)
    assert "vegetarisch" not in workplace.olga.get(f"{LIST}/pruefen").text()
    assert "Nora Noll" in file.html
    assert "kommt später" not in file.html
    assert "3 Zeilen lassen sich so nicht einlesen" in again.text()
    assert held(inst) == 1


def test_columns_and_sessions_under_foreign_names_are_matched(
    workplace: Workplace, inst: Installation, planned: EditionRecord
) -> None:
    upload(workplace.olga, "Kontakt;Wer;Was\nlena@example.org;Lena Lang;Stadt von morgen\n")
    columns = workplace.olga.get(f"{LIST}/spalten")
    chosen = press(
        workplace.olga,
        f"{LIST}/spalten",
        "Weiter",
        {"column-1": "name", "column-2": "sessions"},
    )
    press(workplace.olga, chosen.location, "Weiter", {"session-0": "ws01"})
    press(workplace.olga, f"{LIST}/pruefen", "Liste einlesen")

    assert columns.fields("Weiter")["column-0"] == ("address",)
    assert chosen.location == f"{LIST}/programmpunkte"
    assert people(inst, planned) == [("lena@example.org", "Lena Lang", ("ws01",))]


@pytest.mark.usefixtures("planned")
def test_a_name_of_no_session_is_passed_over_and_one_left_open_is_faulty(
    workplace: Workplace,
) -> None:
    upload(workplace.olga, "E-Mail;Workshops\nlena@example.org;Mittagessen\n")
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    press(workplace.olga, f"{LIST}/programmpunkte", "Weiter")
    faulty = workplace.olga.get(f"{LIST}/pruefen")
    press(workplace.olga, f"{LIST}/programmpunkte", "Weiter", {"session-0": ""})
    preview = workplace.olga.get(f"{LIST}/pruefen")

    assert "„Mittagessen“ steht nicht im Programm." in faulty.text()
    assert "1 Person kommt neu auf die Liste." in preview.text()


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        pytest.param({"column-0": "nothing"}, "E-Mail-Adressen stehen", id="no addresses"),
        pytest.param({"column-1": "address"}, "schon eine andere Spalte", id="twice"),
    ],
)
def test_columns_that_make_no_list_are_refused_as_chosen(
    workplace: Workplace, chosen: dict[str, str], why: str
) -> None:
    upload(workplace.olga, GOOD)

    reply = press(workplace.olga, f"{LIST}/spalten", "Weiter", chosen | {"adds_only": "y"})

    assert reply.status == 422
    assert why in reply.text()
    assert chosen.items() <= {k: v[0] for k, v in reply.fields("Weiter").items()}.items()
    assert reply.fields("Weiter")["adds_only"] == ("y",)


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "Wählen Sie eine Datei aus.", id="nothing"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "weder CSV noch Excel", id="picture"),
        pytest.param(b"E-Mail;Name\n", "keine einzige Anmeldung", id="headings only"),
        pytest.param(
            "E-Mail;Name\na@example.org;MÃ¼ller\n".encode(), "Zeile 2:", id="broken umlauts"
        ),
        pytest.param(b"PK\x03\x04 no archive", "keine lesbare Excel-Datei", id="broken workbook"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    workplace: Workplace, inst: Installation, content: bytes, why: str
) -> None:
    reply = upload(workplace.olga, content)

    assert reply.status == 422
    assert why in reply.text()
    assert held(inst) == 0


def test_whoever_is_missing_is_withdrawn_only_if_that_is_wanted(
    workplace: Workplace, inst: Installation, planned: EditionRecord
) -> None:
    for name in ("Anna Albrecht", "Bernd Becker", "Clara Conrad"):
        add_person(inst, planned, name)
    upload(workplace.olga, "E-Mail;Name\nanna@example.org;Anna Albrecht\n")
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    preview = workplace.olga.get(f"{LIST}/pruefen")
    press(workplace.olga, f"{LIST}/pruefen", "Niemanden abmelden")
    kept = workplace.olga.get(f"{LIST}/pruefen")
    press(workplace.olga, f"{LIST}/pruefen", "Abmelden, wer in der Liste fehlt")
    press(workplace.olga, f"{LIST}/pruefen", "Liste einlesen")

    assert "2 Personen fehlen in der Liste und werden abgemeldet" in preview.text()
    assert "Mehr als die Hälfte" in preview.text()
    assert "fehlen in der Liste" not in kept.text()
    assert [address for address, _, _ in people(inst, planned)] == ["anna@example.org"]


def test_an_attendance_list_notes_no_shows_and_leaves_all_others(
    workplace: Workplace, inst: Installation, anna: Invited, bernd: Invited
) -> None:
    upload(workplace.olga, "E-Mail;Name;Anwesend\nanna@example.org;Anna Albrecht;nein\n")
    press(workplace.olga, f"{LIST}/spalten", "Weiter", {"adds_only": "y"})
    preview = workplace.olga.get(f"{LIST}/pruefen")
    press(workplace.olga, f"{LIST}/pruefen", "Liste einlesen")

    found = {
        p.id: p.is_no_show
        for p in participants.of_edition(inst.database.read(), anna.participant.edition)
    }
    assert "1 Person war nicht da" in preview.text()
    assert found == {anna.id: True, bernd.id: False}


def test_a_list_that_would_do_something_else_by_now_is_shown_again(
    workplace: Workplace, inst: Installation, planned: EditionRecord
) -> None:
    upload(workplace.olga, GOOD)
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    preview = workplace.olga.get(f"{LIST}/pruefen")
    add_person(inst, planned, "Max Mai")

    reply = workplace.olga.press(preview, f"{LIST}/einlesen", "Liste einlesen")

    assert reply.status == 409
    assert "inzwischen geändert" in reply.text()
    assert len(people(inst, planned)) == 1
    assert workplace.olga.press(reply, f"{LIST}/einlesen", "Liste einlesen").status == 303


def test_an_answer_in_the_meantime_changes_nothing_about_the_preview(
    workplace: Workplace, inst: Installation, anna: Invited
) -> None:
    upload(workplace.olga, "E-Mail;Name;Sprache\nanna@example.org;Anna Albrecht;Englisch\n")
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    before = workplace.olga.get(f"{LIST}/pruefen").html
    inst.database.write(lambda c: participants.mark_answered(c, anna.participant.edition, anna.id))

    assert workplace.olga.get(f"{LIST}/pruefen").html == before


def test_a_list_is_held_for_an_hour_only(
    workplace: Workplace, inst: Installation, planned: EditionRecord, clock: StoppedClock
) -> None:
    upload(workplace.olga, GOOD)
    clock.pass_by(timedelta(minutes=59, seconds=59))
    assert workplace.olga.get(f"{LIST}/spalten").status == 200
    assert delete_expired_lists(inst) == 0

    clock.pass_by(timedelta(seconds=1))
    late = workplace.olga.get(f"{LIST}/spalten")

    assert (late.status, late.location) == (303, LIST)
    assert delete_expired_lists(inst) == 1
    assert people(inst, planned) == []


@pytest.mark.usefixtures("planned")
def test_a_list_can_be_dropped_and_a_newer_one_takes_its_place(
    workplace: Workplace, inst: Installation
) -> None:
    upload(workplace.olga, GOOD)
    old = workplace.olga.get(f"{LIST}/spalten")
    upload(workplace.olga, GOOD)

    stale = workplace.olga.press(old, f"{LIST}/spalten", "Weiter")
    press(workplace.olga, LIST, "Liste verwerfen")

    assert stale.location == LIST
    assert held(inst) == 0


def test_nobody_comes_in_once_the_count_has_started(
    workplace: Workplace, inst: Installation, planned: EditionRecord
) -> None:
    upload(workplace.olga, GOOD)
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    preview = workplace.olga.get(f"{LIST}/pruefen")
    inst.database.write(
        lambda c: c.execute(
            "UPDATE edition SET count_started = '2020-09-30T00:00:00+00:00' WHERE id = :id",
            {"id": planned.id},
        )
    )

    late = workplace.olga.press(preview, f"{LIST}/einlesen", "Liste einlesen")

    assert late.status == 409
    assert people(inst, planned) == []
    assert upload_refused(workplace.olga)


def upload_refused(client: AccessibleClient) -> bool:
    """True if the upload page takes nothing any more."""
    return not any(b[0] == "Liste hochladen" for b in client.get(LIST).buttons())
