"""The questionnaire as an outline: order, sections, adding and removing questions, and what is frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey.installation import Installation
from survey.model.event import EditionRecord
from survey.storage.deeds import all_deeds
from tests.accessibility.client import Page
from tests.events import congress
from tests.people import open_edition, store_edition, stored_record
from tests.workplace import Workplace

HERE = "/arbeit/ausgaben/kk2020/fragebogen"
PAGES = [
    HERE,
    f"{HERE}/hinzufuegen",
    f"{HERE}/hinzufuegen?abschnitt=whole",
    f"{HERE}/neue-frage?abschnitt=whole&art=rating",
    f"{HERE}/neuer-abschnitt",
    f"{HERE}/abschnitt/whole",
    f"{HERE}/abschnitt/whole/entfernen",
    f"{HERE}/frage/overall",
    f"{HERE}/frage/overall/entfernen",
    f"{HERE}/vorschau",
    f"{HERE}/vorschau/formular",
    f"{HERE}/vorschau/formular?in=easy",
    "/arbeit/ausgaben/kk2020/pruefung",
]


@pytest.fixture
def edition(inst: Installation) -> EditionRecord:
    """The congress, planned."""
    return store_edition(inst, congress())


def order(inst: Installation) -> str:
    """``whole:overall,size workshops:rating``."""
    sections = stored_record(inst, "kk2020").edition.questionnaire.sections
    return " ".join(f"{s.code}:{','.join(i.code for i in s.items)}" for s in sections)


def own_fields(workplace: Workplace) -> dict[str, tuple[str, ...]]:
    """What every form of Olga's carries now."""
    return workplace.olga.get(HERE).fields()


def press(workplace: Workplace, path: str, button: str, **fields: str) -> Page:
    """Olga opens the page, fills in the fields and presses the button."""
    return workplace.olga.press(workplace.olga.get(path), path, button, fields)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_the_organisers_of_the_edition_only(
    workplace: Workplace, path: str
) -> None:
    assert workplace.olga.get(path).status == 200
    assert workplace.paul.get(path).status == 404
    assert workplace.frieda.get(path).status == 404
    assert workplace.stranger.get(path).status == 303


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    "path",
    [
        "/arbeit/ausgaben/kk1999/fragebogen",
        f"{HERE}/hinzufuegen?abschnitt=none",
        f"{HERE}/neue-frage?abschnitt=whole&art=dance",
        f"{HERE}/neue-frage?abschnitt=none&art=rating",
        f"{HERE}/abschnitt/none",
        f"{HERE}/frage/none",
        f"{HERE}/frage/none/entfernen",
        f"{HERE}/vorschau?runde-round1=ws99",
        f"{HERE}/vorschau/formular?in=fr",
    ],
)
def test_what_is_not_there_is_not_found(workplace: Workplace, path: str) -> None:
    assert workplace.olga.get(path).status == 404


@pytest.mark.usefixtures("edition")
def test_a_page_that_only_receives_cannot_be_read(workplace: Workplace) -> None:
    assert workplace.olga.get(f"{HERE}/frage/overall/verschieben").status == 405


@pytest.mark.usefixtures("edition")
def test_the_outline_says_what_is_asked_and_in_which_languages(workplace: Workplace) -> None:
    text = workplace.olga.get(HERE).text()

    assert "Wie war der Kongress?" in text
    assert "Einfache Sprache fehlt" in text
    assert "overall" in text


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("button", "expected"),
    [
        (
            "↓Nach unten: Wie war dieser Workshop?",
            "workshops:remark,rating whole:overall,recommendation,",
        ),
        (
            "↑Nach oben: Würden Sie den Kongress weiterempfehlen?",
            "workshops:rating,remark whole:recommendation,overall,",
        ),
        (
            "↑Abschnitt nach oben: Der ganze Kongress",
            "whole:overall,recommendation,",
        ),
    ],
)
def test_questions_and_sections_move_by_their_buttons(
    workplace: Workplace, inst: Installation, button: str, expected: str
) -> None:
    reply = press(workplace, HERE, button)

    assert reply.status == 303
    assert order(inst).startswith(expected)
    assert "steht jetzt an Stelle" in workplace.olga.get(HERE).text()


@pytest.mark.usefixtures("edition")
def test_a_move_of_what_is_not_there_is_not_found(workplace: Workplace, inst: Installation) -> None:
    fields = workplace.olga.get(HERE).fields()
    before = order(inst)

    for action in ("up.item.none", "down.section.none", "sideways.item.overall", "", "up.overall"):
        assert workplace.olga.post(HERE, fields | {"_action": action}).status == 404
    assert order(inst) == before


@pytest.mark.usefixtures("edition")
def test_whoever_looks_at_an_old_state_changes_nothing(
    workplace: Workplace, inst: Installation
) -> None:
    old = workplace.olga.get(HERE)
    press(workplace, HERE, "↓Nach unten: Wie war dieser Workshop?")
    after = order(inst)

    reply = workplace.olga.press(old, HERE, "↑Abschnitt nach oben: Der ganze Kongress")

    assert reply.status == 409
    assert "inzwischen etwas geändert" in reply.text()
    assert order(inst) == after


@pytest.mark.usefixtures("edition")
def test_standard_questions_are_added_and_those_there_are_marked(
    workplace: Workplace, inst: Installation
) -> None:
    path = f"{HERE}/hinzufuegen?abschnitt=workshops"
    page = workplace.olga.get(path)
    assert "schon dabei" in page.text()

    reply = workplace.olga.press(
        page, path, "Ausgewählte Fragen hinzufügen", {"item": ["content", "length"]}
    )

    assert reply.status == 303
    assert order(inst).startswith("workshops:rating,remark,content,length whole:")
    assert press(workplace, path, "Ausgewählte Fragen hinzufügen", item="content").status == 422
    assert press(workplace, path, "Ausgewählte Fragen hinzufügen").status == 422


def test_questions_of_earlier_editions_are_taken_as_they_were_asked(
    workplace: Workplace, inst: Installation
) -> None:
    before = replace(congress("kk2019"), starts=date(2019, 9, 11), ends=date(2019, 9, 11))
    store_edition(inst, before)
    store_edition(inst, congress())
    press(workplace, f"{HERE}/frage/heard/entfernen", "Frage entfernen")
    assert "heard" not in order(inst)

    press(workplace, f"{HERE}/hinzufuegen", "Ausgewählte Fragen hinzufügen", item="heard")

    questionnaire = stored_record(inst, "kk2020").edition.questionnaire
    assert questionnaire.item("heard") == before.questionnaire.item("heard")


@pytest.mark.usefixtures("edition")
def test_a_question_goes_with_the_groups_that_rest_on_it(
    workplace: Workplace, inst: Installation
) -> None:
    path = f"{HERE}/frage/size/entfernen"
    assert "nicht mehr nach dieser Frage aufgeteilt" in workplace.olga.get(path).text()

    reply = press(workplace, path, "Frage entfernen")

    assert reply.status == 303
    assert "size" not in order(inst)
    assert stored_record(inst, "kk2020").edition.breakdown is None


@pytest.mark.usefixtures("edition")
def test_boxes_grow_with_the_questionnaire(workplace: Workplace, inst: Installation) -> None:
    assert stored_record(inst, "kk2020").edition.box_size == 4096

    for code in ("keep", "message", "topics_wanted", "focus_next"):
        path = f"{HERE}/hinzufuegen?abschnitt=workshops"
        press(workplace, path, "Ausgewählte Fragen hinzufügen", item=code)

    assert stored_record(inst, "kk2020").edition.box_size == 16384


@pytest.mark.usefixtures("edition")
def test_a_question_moves_to_another_section(workplace: Workplace, inst: Installation) -> None:
    path = f"{HERE}/frage/change/verschieben"

    reply = workplace.olga.post(path, own_fields(workplace) | {"section": "workshops"})

    assert reply.status == 303
    assert order(inst).startswith("workshops:rating,remark,change whole:")
    assert "aufgeteilt" not in workplace.olga.get(HERE).text()
    workplace.olga.post(
        f"{HERE}/frage/size/verschieben", own_fields(workplace) | {"section": "workshops"}
    )
    assert "nicht mehr nach dieser Frage aufgeteilt" in workplace.olga.get(HERE).text()
    fields = own_fields(workplace) | {"section": "none"}
    assert workplace.olga.post(path, fields).status == 404


@pytest.mark.usefixtures("edition")
def test_a_section_comes_changes_and_goes(workplace: Workplace, inst: Installation) -> None:
    press(workplace, f"{HERE}/neuer-abschnitt", "Abschnitt speichern", heading_de="Über Sie")
    assert order(inst).endswith("ueber_sie:")
    assert "hat keine Fragen" in workplace.olga.get(HERE).text()

    path = f"{HERE}/abschnitt/ueber_sie"
    press(
        workplace,
        path,
        "Abschnitt speichern",
        heading_en="About you",
        introduction_de="Kurz\x07 und\ngut",
        for_each="keynote",
    )

    section = stored_record(inst, "kk2020").edition.questionnaire.sections[-1]
    assert (section.heading.de, section.heading.en) == ("Über Sie", "About you")
    assert section.introduction.de == "Kurz und gut"
    assert [kind.value for kind in section.for_each] == ["keynote"]
    assert press(workplace, f"{path}/entfernen", "Abschnitt entfernen").status == 303
    assert "ueber_sie" not in order(inst)


@pytest.mark.usefixtures("edition")
def test_a_section_without_heading_is_refused_with_everything_kept(workplace: Workplace) -> None:
    path = f"{HERE}/abschnitt/whole"

    reply = press(workplace, path, "Abschnitt speichern", heading_de=" ", introduction_de="Kurz")

    assert reply.status == 422
    assert reply.fields()["introduction_de"] == ("Kurz",)
    assert "Schreiben Sie die Überschrift" in reply.text()


@pytest.mark.usefixtures("edition")
def test_a_section_is_asked_only_of_those_who_gave_an_answer(
    workplace: Workplace, inst: Installation
) -> None:
    press(workplace, f"{HERE}/neuer-abschnitt", "Abschnitt speichern", heading_de="Nachgefragt")
    path = f"{HERE}/abschnitt/nachgefragt"
    asked = press(workplace, path, "Abschnitt speichern", condition="technology")
    assert asked.status == 200
    assert "Noch ist nichts gespeichert" in asked.text()

    refused = workplace.olga.press(asked, path, "Abschnitt speichern")
    kept = workplace.olga.press(refused, path, "Abschnitt speichern", {"condition_choices": "no"})

    assert refused.status == 422
    assert "Noch ist nichts gespeichert" not in refused.text()
    assert kept.status == 303
    condition = stored_record(inst, "kk2020").edition.questionnaire.sections[-1].condition
    assert condition is not None
    assert (condition.item, condition.choices) == ("technology", ("no",))
    assert "Hat die Technik funktioniert" in workplace.olga.get(HERE).text()


def test_after_the_first_mail_everything_is_shown_and_nothing_changed(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    fields = workplace.olga.get(HERE).fields()
    open_edition(inst, edition)
    before = order(inst)

    assert "steht fest" in workplace.olga.get(HERE).text()
    assert not [b for b in workplace.olga.get(HERE).buttons() if b[1]]
    assert "steht fest" in workplace.olga.get(f"{HERE}/frage/topics").text()
    assert "steht fest" in workplace.olga.get(f"{HERE}/abschnitt/whole").text()
    assert workplace.olga.get(f"{HERE}/neuer-abschnitt").status == 409
    assert workplace.olga.post(HERE, fields | {"_action": "up.section.whole"}).status == 409
    for path in (f"{HERE}/frage/overall", f"{HERE}/frage/overall/entfernen"):
        assert workplace.olga.post(path, fields).status == 409
    assert order(inst) == before


@pytest.mark.usefixtures("edition")
def test_every_change_is_logged_as_olgas(workplace: Workplace, inst: Installation) -> None:
    press(workplace, HERE, "↓Nach unten: Wie war dieser Workshop?")

    last = all_deeds(inst.database.read())[-1]
    assert (last.deed, last.actor) == ("edition changed", "olga")


@pytest.mark.usefixtures("edition")
def test_the_pages_speak_english_too(workplace: Workplace) -> None:
    for path in PAGES:
        joint = "&" if "?" in path else "?"
        page = workplace.olga.get(f"{path}{joint}sprache=en")
        assert page.status == 200
        if "formular" not in path:
            assert page.markup.root.get("lang") == "en"


def test_an_edition_long_gone_takes_the_place_of_no_other(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    later = replace(
        congress("kk2021"),
        starts=edition.edition.starts + timedelta(days=365),
        ends=edition.edition.ends + timedelta(days=365),
    )
    store_edition(inst, later)

    assert "auch bei" not in workplace.olga.get(HERE).text()
    assert (
        "auch bei: Kommunalkongress 2020"
        in workplace.olga.get("/arbeit/ausgaben/kk2021/fragebogen").text()
    )
