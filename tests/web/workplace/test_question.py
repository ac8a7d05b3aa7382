"""The page of one question: what it keeps, what it refuses, and what it asks before comparisons break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from survey.checking import decisions_of
from survey.installation import Installation
from survey.language.wording import Wording
from survey.model.comparability import WordingChange
from survey.model.event import Edition
from survey.model.items import (
    Item,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.storage.deeds import all_deeds
from tests.accessibility.client import Page
from tests.events import congress
from tests.people import store_edition, stored_record
from tests.workplace import Workplace

HERE = "/arbeit/ausgaben/kk2020/fragebogen"
SAVE = "Frage speichern"


@pytest.fixture(autouse=True)
def edition(inst: Installation) -> Edition:
    """The congress, planned."""
    return store_edition(inst, congress()).edition


def earlier(inst: Installation) -> Edition:
    """The same congress a year before."""
    before = replace(
        congress("kk2019"),
        title="Kommunalkongress 2019",
        starts=date(2019, 9, 11),
        ends=date(2019, 9, 11),
    )
    return store_edition(inst, before).edition


def item(inst: Installation, code: str) -> Item:
    """The question as it is stored now."""
    return stored_record(inst, "kk2020").edition.questionnaire.item(code)


def fields_of(page: Page) -> dict[str, tuple[str, ...]]:
    """What the question's own form would send; the small form for moving it is another one."""
    found = page.fields()
    return {n: v[:1] if n.startswith("_") else v for n, v in found.items() if n != "section"}


def save(workplace: Workplace, code: str, fields: Mapping[str, str], *, action: str = "") -> Page:
    """Olga changes these fields of the question and saves, or presses that button."""
    path = f"{HERE}/frage/{code}"
    return send(workplace, path, workplace.olga.get(path), fields, action=action)


def send(
    workplace: Workplace, path: str, page: Page, fields: Mapping[str, str], *, action: str = ""
) -> Page:
    """Olga sends the question's form from that page."""
    pressed = {"_action": action} if action else {}
    return workplace.olga.post(path, {**fields_of(page), **fields, **pressed})


def new(workplace: Workplace, kind: str, fields: Mapping[str, str]) -> Page:
    """Olga writes a question of that kind."""
    path = f"{HERE}/neue-frage?abschnitt=whole&art={kind}"
    return send(workplace, path, workplace.olga.get(path), fields)


def test_texts_are_kept_in_each_language(workplace: Workplace, inst: Installation) -> None:
    reply = save(
        workplace,
        "technology",
        {"wording_easy": "Ging die Technik?", "wording_en": "Did it\nwork?", "is_required": "y"},
    )

    assert reply.status == 303
    assert reply.location == f"{HERE}#item-technology"
    assert item(inst, "technology") == YesNo(
        code="technology",
        wording=Wording("Hat die Technik funktioniert?", "Ging die Technik?", "Did it work?"),
        is_required=True,
    )


def test_saving_what_is_there_changes_nothing(workplace: Workplace, inst: Installation) -> None:
    before = stored_record(inst, "kk2020")

    for code in (
        "rating",
        "overall",
        "recommendation",
        "next_format",
        "heard",
        "topics",
        "change",
        "remark",
    ):
        assert save(workplace, code, {}).status == 303

    assert stored_record(inst, "kk2020") == before


@pytest.mark.parametrize(
    ("code", "fields", "said"),
    [
        ("overall", {"wording_de": " "}, "Schreiben Sie den Text der Frage."),
        ("overall", {"wording_de": "x" * 301}, "Dieser Text ist zu lang."),
        ("recommendation", {"low_de": ""}, "Sagen Sie, was die 0 bedeutet."),
        ("recommendation", {"high_de": ""}, "Sagen Sie, was die 10 bedeutet."),
        ("overall", {"positive_label_de": ""}, "Sagen Sie, wie die guten Stufen zusammen heißen."),
        ("next_format", {"choice_2_de": ""}, "Schreiben Sie den Text der Antwort 2"),
        ("next_format", {"choice_2_de": "VOR ORT"}, "kommt mehrmals vor"),
        ("next_format", {"choice_2_code": "on_site"}, "denselben Code „on_site“"),
        ("next_format", {"choice_2_code": "na_no_answer"}, "geht nicht als Code"),
        ("next_format", {"choice_2_code": "<b>"}, "geht nicht als Code"),
        ("change", {"limit": "9"}, "zwischen 10 und 4000 Zeichen"),
        ("remark", {"limit": "501"}, "zwischen 10 und 500 Zeichen"),
        ("change", {"limit": "viel"}, "Schreiben Sie die Höchstlänge als Zahl"),
        ("change", {"limit": "²"}, "Schreiben Sie die Höchstlänge als Zahl"),
    ],
)
def test_what_would_be_unusable_is_refused_with_everything_kept(
    workplace: Workplace, inst: Installation, code: str, fields: dict[str, str], said: str
) -> None:
    before = item(inst, code)

    reply = save(workplace, code, fields | {"hint_de": "Ein Hinweis"})

    assert reply.status == 422
    assert said in reply.text()
    assert reply.fields()["hint_de"] == ("Ein Hinweis",)
    assert item(inst, code) == before


def test_choices_are_added_moved_and_removed_and_keep_their_codes(
    workplace: Workplace, inst: Installation
) -> None:
    path = f"{HERE}/frage/next_format"
    page = save(workplace, "next_format", {}, action="add_choice")
    page = send(workplace, path, page, {"choice_4_de": "Ganz ohne mich!"}, action="choice_up.4")
    page = send(workplace, path, page, {}, action="choice_down.1")
    page = send(workplace, path, page, {}, action="remove_choice.1")
    assert page.status == 200

    send(workplace, path, page, {})

    stored = item(inst, "next_format")
    assert isinstance(stored, SingleChoice)
    assert [(c.code, c.label.de) for c in stored.choices] == [
        ("on_site", "vor Ort"),
        ("ganz_ohne_mich", "Ganz ohne mich!"),
        ("hybrid", "beides"),
    ]


@pytest.mark.parametrize("action", ["choice_up.1", "choice_down.3", "remove_choice.4", "add.1"])
def test_a_button_that_leads_nowhere_saves_and_moves_nothing(
    workplace: Workplace, inst: Installation, action: str
) -> None:
    before = item(inst, "next_format")

    assert save(workplace, "next_format", {}, action=action).status == 303

    assert item(inst, "next_format") == before


def test_the_last_two_choices_cannot_go(workplace: Workplace, inst: Installation) -> None:
    path = f"{HERE}/frage/next_format"
    page = save(workplace, "next_format", {}, action="remove_choice.3")
    page = send(workplace, path, page, {}, action="remove_choice.2")

    reply = send(workplace, path, page, {})

    assert reply.status == 422
    assert "braucht 2 bis 30 Antwortmöglichkeiten" in reply.text()
    assert len(getattr(item(inst, "next_format"), "choices", ())) == 3


def test_a_scale_comes_from_the_library_or_has_points_of_its_own(
    workplace: Workplace, inst: Installation
) -> None:
    path = f"{HERE}/frage/overall"
    save(workplace, "overall", {"scale": "useful"})
    useful = item(inst, "overall")
    assert isinstance(useful, RatingScale)
    assert useful.choices[0].label.de == "Sehr nützlich"

    page = save(workplace, "overall", {"scale": "own"})
    assert page.status == 200
    send(workplace, path, page, {"choice_1_de": "Riesig nützlich"})

    own = item(inst, "overall")
    assert isinstance(own, RatingScale)
    assert [c.code for c in own.choices] == list("54321")
    assert own.choices[0].label.de == "Riesig nützlich"
    assert own.positive_label == useful.positive_label


def test_exclusive_choices_and_one_with_a_text_field(
    workplace: Workplace, inst: Installation
) -> None:
    save(workplace, "heard", {"choice_3_exclusive": "", "other_label_de": "Anders"})
    page = workplace.olga.get(f"{HERE}/frage/heard")
    fields = {n: v for n, v in fields_of(page).items() if n != "choice_3_exclusive"}
    workplace.olga.post(f"{HERE}/frage/heard", fields | {"choice_1_exclusive": "y"})

    stored = item(inst, "heard")
    assert isinstance(stored, MultipleChoice)
    assert [c.is_exclusive for c in stored.choices] == [True, False, False]
    assert stored.other_label == Wording("Anders")


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("rating", {"scale": "good"}, RatingScale),
        ("recommendation", {"low_de": "nie", "high_de": "immer"}, Recommendation),
        ("single_choice", {"choice_1_de": "Ja", "choice_2_de": "Nein"}, SingleChoice),
        ("multiple_choice", {"choice_1_de": "Ja", "choice_2_de": "Nein"}, MultipleChoice),
        ("yes_no", {}, YesNo),
        ("top_three", {f"choice_{n}_de": f"Nummer {n}" for n in range(1, 5)}, TopThree),
        ("short_text", {}, ShortText),
        ("long_text", {"limit": "250"}, LongText),
    ],
)
def test_a_new_question_of_every_kind_gets_a_code_from_its_text(
    workplace: Workplace,
    inst: Installation,
    kind: str,
    fields: dict[str, str],
    expected: type[Item],
) -> None:
    reply = new(workplace, kind, {"wording_de": "Wie schön war’s für Sie?", **fields})

    assert reply.status == 303
    assert isinstance(item(inst, "wie_schoen_war_s_fuer_sie"), expected)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("overall", "hat schon eine andere Frage"),
        ("Ümlaut", "kleine Buchstaben"),
        ("inhalt", "kleine Buchstaben"),
        ("a" * 32, "kleine Buchstaben"),
    ],
)
def test_a_code_that_cannot_be_is_refused(workplace: Workplace, code: str, said: str) -> None:
    reply = new(workplace, "yes_no", {"wording_de": "Gut?", "code": code})

    assert reply.status == 422
    assert said in reply.text()
    assert reply.fields()["code"] == (code,)


def test_a_changed_wording_of_an_earlier_question_has_to_be_decided_about(
    workplace: Workplace, inst: Installation
) -> None:
    earlier(inst)
    before = item(inst, "overall")

    reply = save(workplace, "overall", {"wording_de": "Wie war der Kongreß?"})

    assert reply.status == 422
    assert "Tippfehler oder neue Fassung?" in reply.text()
    assert "„Wie war der Kongress?“" in reply.text()
    assert reply.fields()["wording_de"] == ("Wie war der Kongreß?",)
    assert item(inst, "overall") == before


def test_a_typo_keeps_the_version_and_is_not_asked_again(
    workplace: Workplace, inst: Installation
) -> None:
    earlier(inst)
    changed = {"wording_de": "Wie war der Kongreß?"}

    assert save(workplace, "overall", changed | {"_decision": "typo"}).status == 303

    record = stored_record(inst, "kk2020")
    assert item(inst, "overall").wording_version == 1
    assert decisions_of(inst, record)["overall"].change is WordingChange.TYPO
    assert save(workplace, "overall", {"is_required": "y"}).status == 303
    assert save(workplace, "overall", {"wording_de": "Wie gefiel es Ihnen?"}).status == 422
    last = [deed for deed in all_deeds(inst.database.read()) if deed.deed == "wording decided"]
    assert [(d.facts, d.actor) for d in last] == [
        ('{"decision": "typo", "item": "overall"}', "olga")
    ]


def test_a_new_version_is_compared_no_longer_until_the_old_words_are_back(
    workplace: Workplace, inst: Installation
) -> None:
    earlier(inst)
    changed = {"wording_de": "Was fanden Sie am besten?", "_decision": "new_version"}

    assert save(workplace, "overall", changed).status == 303
    assert item(inst, "overall").wording_version == 2
    assert "nicht mit ihr verglichen" in workplace.olga.get(f"{HERE}/frage/overall").text()

    assert save(workplace, "overall", {"wording_de": "Noch anders?"}).status == 303
    assert item(inst, "overall").wording_version == 2

    assert save(workplace, "overall", {"wording_de": "Wie war der Kongress?"}).status == 303
    assert item(inst, "overall").wording_version == 1


def test_a_translation_that_was_missing_needs_no_decision(
    workplace: Workplace, inst: Installation
) -> None:
    earlier(inst)

    assert save(workplace, "overall", {"wording_easy": "Wie war es?"}).status == 303

    assert item(inst, "overall").wording.easy == "Wie war es?"


def test_other_choices_under_the_same_version_are_refused(
    workplace: Workplace, inst: Installation
) -> None:
    earlier(inst)
    path = f"{HERE}/frage/next_format"
    page = save(workplace, "next_format", {}, action="remove_choice.3")

    refused = send(workplace, path, page, {})
    still = send(workplace, path, refused, {"_decision": "typo"})
    kept = send(workplace, path, still, {"_decision": "new_version"})

    assert (refused.status, still.status, kept.status) == (422, 422, 303)
    assert "Die Antworten sind andere als früher" in refused.text()
    assert item(inst, "next_format").scale_version == 2
    assert item(inst, "next_format").wording_version == 1


def test_a_new_question_takes_no_code_of_an_earlier_edition_by_chance(
    workplace: Workplace, inst: Installation
) -> None:
    before = earlier(inst)
    asked = YesNo(code="kommen_sie_wieder", wording=Wording("Kommen Sie wieder?"))
    section = replace(before.questionnaire.sections[1], items=(asked,))
    store_edition(
        inst,
        replace(
            before,
            name="kk2018",
            starts=date(2018, 9, 11),
            ends=date(2018, 9, 11),
            questionnaire=replace(before.questionnaire, sections=(section,)),
            breakdown=None,
            pairs=(),
        ),
    )

    new(workplace, "long_text", {"wording_de": "Kommen Sie wieder?"})

    assert item(inst, "kommen_sie_wieder_2").code == "kommen_sie_wieder_2"


def test_another_kind_of_question_under_an_earlier_code_is_refused(
    workplace: Workplace, inst: Installation
) -> None:
    earlier(inst)
    workplace.olga.post(f"{HERE}/frage/technology/entfernen", workplace.olga.get(HERE).fields())

    reply = new(workplace, "long_text", {"wording_de": "Was?", "code": "technology"})

    assert reply.status == 422
    assert "eine andere Art von Frage" in reply.text()


def test_two_people_do_not_overwrite_each_other(workplace: Workplace, inst: Installation) -> None:
    path = f"{HERE}/frage/overall"
    old = workplace.olga.get(path)
    save(workplace, "technology", {"hint_de": "Bild und Ton"})

    reply = send(workplace, path, old, {"hint_de": "Alles zusammen"})

    assert reply.status == 409
    assert reply.fields()["hint_de"] == ("Alles zusammen",)
    assert item(inst, "overall").hint == Wording("")
    assert send(workplace, path, reply, {}).status == 303
    assert item(inst, "overall").hint == Wording("Alles zusammen")
    assert item(inst, "technology").hint == Wording("Bild und Ton")


def test_what_stands_out_is_said_and_blocks_nothing(
    workplace: Workplace, inst: Installation
) -> None:
    double = "Waren Essen und Technik nicht gut?"

    assert save(workplace, "overall", {"wording_de": double}).status == 303

    assert item(inst, "overall").wording.de == double
    text = workplace.olga.get(f"{HERE}/frage/overall").text()
    assert "verbindet vielleicht zwei Dinge („und“)" in text
    assert "steht eine Verneinung („nicht“)" in text
