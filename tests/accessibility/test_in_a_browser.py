from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.accessibility.browser_checks import DESKTOP, PHONE
from tests.accessibility.conftest import opened
from tests.accessibility.focus_rings import invisible_rings
from tests.accessibility.states import CHECK, SEND, fill, press, refuse, send_answers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.accessibility.conftest import World


@pytest.mark.proves("A20", "A21", "A22", "A44")
@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
def test_the_focus_is_visible(browser: Browser, world: World, media: dict[str, str]) -> None:
    with opened(browser, viewport=DESKTOP, reduced_motion="reduce", **media) as page:
        page.goto(world.form())

        assert invisible_rings(page) == []


@pytest.mark.proves("A6")
def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page, world: World) -> None:
    page.goto(world.form())

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    visible = page.locator(".skip").bounding_box()
    page.keyboard.press("Enter")

    assert first == "skip"
    assert visible is not None
    assert visible["y"] >= 0
    assert page.evaluate("document.activeElement.id") == "inhalt"


@pytest.mark.proves("A18", "A28")
def test_the_whole_survey_goes_by_keyboard_alone(page: Page, world: World) -> None:
    page.goto(world.form())
    before = world.boxes()

    tab_to(page, "#ws01--rating")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "#elsewhere--round1")
    tab_to(page, "#recommendation")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#heard")
    page.keyboard.press("Space")
    tab_to(page, "#topics-1")
    page.keyboard.type("Schulen")
    tab_to(page, "#change")
    page.keyboard.type("Mehr Pausen")
    tab_to(page, CHECK)
    page.keyboard.press("Enter")
    page.wait_for_selector(SEND)
    shown = page.inner_text("main")
    tab_to(page, SEND)
    page.keyboard.press("Enter")
    page.wait_for_url("**/danke")

    for answer in ("gut", "1", "im Büro", "Schulen", "Mehr Pausen"):
        assert answer in shown
    assert world.boxes() == before + 1


@pytest.mark.proves("A14", "A19")
def test_tabbing_comes_round_in_reading_order(page: Page, world: World) -> None:
    page.goto(world.form())
    heights = []
    for _ in range(200):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement === document.body ? null :"
            " document.activeElement.getBoundingClientRect().top + scrollY"
        )
        if place is None:
            break
        heights.append(place)

    assert len(heights) > 20
    assert all(later >= earlier - 60 for earlier, later in pairwise(heights[1:]))


@pytest.mark.proves("A56")
def test_nothing_is_chosen_beforehand(page: Page, world: World) -> None:
    page.goto(world.form())

    assert page.locator("main :checked:not(option)").count() == 0
    assert page.locator("main select").evaluate_all("all => all.map(e => e.value)") == [""] * 3


@pytest.mark.proves("A55")
def test_every_rating_can_be_left_unanswered_in_words(page: Page, world: World) -> None:
    page.goto(world.form())

    without = page.evaluate(
        """[...document.querySelectorAll('fieldset:has(.scale, .numbers)')]
        .filter(e => !e.querySelector('[value=na_no_answer]')).map(e => e.innerText)"""
    )

    assert page.locator("fieldset:has(.scale, .numbers)").count() > 4
    assert without == []


@pytest.mark.proves("A49", "A62")
def test_the_form_says_in_words_that_all_is_voluntary_and_how_far_one_is(
    page: Page, world: World
) -> None:
    page.goto(world.form())

    assert "Alle Fragen sind freiwillig." in page.inner_text("main")
    assert page.inner_text(".place") == "Seite 1 von 2"
    assert page.title().startswith("Seite 1 von 2 – ")


@pytest.mark.proves("A60")
def test_a_link_opens_the_form_at_once(page: Page, world: World) -> None:
    reply = page.goto(world.form())

    assert reply is not None
    assert reply.request.redirected_from is None
    assert page.locator("[type=password], img, [autocomplete]").count() == 0


@pytest.mark.proves("A39")
def test_a_press_counts_when_it_is_let_go(page: Page, world: World) -> None:
    page.goto(world.form())
    page.locator(".opt:has(#overall)").hover()
    page.mouse.down()
    page.locator("h2 >> nth=1").hover()
    page.mouse.up()

    assert not page.is_checked("#overall")


@pytest.mark.proves("A26", "A27", "A38", "A39")
def test_the_script_listens_to_no_key_and_no_finger(page: Page, world: World) -> None:
    page.goto(world.form())
    place = page.get_attribute("script[src]", "src")
    script = page.request.get(f"{world.address}{place}").text()

    assert set(re.findall(r"addEventListener\(\W(\w+)", script)) == {"input"}
    assert re.findall(r"\bon(?:key|mouse|pointer|touch|drag)\w+", script) == []


@pytest.mark.proves("A53")
@pytest.mark.parametrize("text", ["Länge " * 200, "kurz"], ids=["too long", "short"])
def test_a_pasted_text_survives_whole(page: Page, world: World, text: str) -> None:
    page.goto(world.form())
    page.focus("#change")
    page.keyboard.insert_text(text)
    press(page, CHECK)
    if page.locator("main button[value=edit]").count():
        press(page, "main button[value=edit]")

    assert page.input_value("#change").strip() == text.strip()
    assert page.locator("#change-error").count() == (len(text) > 250)


@pytest.mark.proves("A26")
def test_enter_in_a_text_field_checks_the_answers_and_changes_no_language(
    page: Page, world: World
) -> None:
    page.goto(world.form())
    page.fill("#ws01--remark", "Gut")
    page.press("#ws01--remark", "Enter")

    assert page.inner_text("h1") == "Antworten prüfen und absenden"


@pytest.mark.proves("A48")
@pytest.mark.parametrize("language", ["de", "en", "easy"])
def test_the_whole_survey_goes_without_javascript(
    browser: Browser, world: World, language: str
) -> None:
    before = world.boxes()
    with opened(browser, java_script_enabled=False, viewport=PHONE) as page:
        page.goto(f"{world.form()}?sprache={language}")
        if language == "easy":
            page.check("[name=ws01--rating][value=good]")
            while page.locator("main button[value=next]").count():
                press(page, "main button[value=next]")
        else:
            fill(page)
            press(page, CHECK)
        press(page, SEND)

        assert page.url.partition("?")[0].endswith("/danke")
    assert world.boxes() == before + 1


@pytest.mark.proves("A48")
def test_the_whole_survey_goes_without_style_sheets(browser: Browser, world: World) -> None:
    before = world.boxes()
    with opened(browser, viewport=DESKTOP, bypass_csp=True) as page:
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => document.querySelector('style').remove())"
        )
        page.goto(world.form())
        fill(page)
        press(page, CHECK)
        press(page, SEND)

        assert page.inner_text("h1") == "Vielen Dank!"
    assert world.boxes() == before + 1


@pytest.mark.proves("A24", "A25")
def test_the_error_summary_takes_the_focus_and_leads_to_each_place(
    page: Page, world: World
) -> None:
    refuse(page, world)

    focused = page.evaluate("document.activeElement.id")
    links = page.locator("#summary a")
    reached = []
    for number in range(links.count()):
        links.nth(number).click()
        reached.append(page.evaluate("document.activeElement.id"))

    assert focused == "summary"
    assert reached == ["ws01--remark", "elsewhere--round1", "heard", "topics-2", "change"]


@pytest.mark.proves("A46")
def test_forced_colours_show_what_is_chosen(browser: Browser, world: World) -> None:
    with opened(browser, viewport=DESKTOP, forced_colors="active", reduced_motion="reduce") as page:
        page.goto(world.form())
        pictures = []
        for name in ("overall", "recommendation"):
            tile = page.locator(f".opt:has(#{name})")
            tile.scroll_into_view_if_needed()
            untouched = tile.screenshot()
            page.check(f"#{name}", force=True)
            page.evaluate("document.activeElement.blur()")
            page.mouse.move(0, 0)
            pictures.append((untouched, tile.screenshot()))

    assert all(untouched != chosen for untouched, chosen in pictures)


@pytest.mark.proves("A26", "A36")
def test_a_tile_can_be_pressed_anywhere_and_nothing_moves_on_by_itself(
    page: Page, world: World
) -> None:
    address = world.form()
    page.goto(address)
    for name in ("overall", "recommendation"):
        box = page.locator(f".opt:has(#{name})").bounding_box()
        assert box is not None
        page.locator(f".opt:has(#{name})").click(position={"x": box["width"] - 3, "y": 4})

    assert page.is_checked("#overall")
    assert page.is_checked("#recommendation")
    assert page.url == address


def test_the_numbers_stand_in_six_and_five_on_a_small_telephone_and_in_one_row_on_a_desktop(
    page: Page, world: World
) -> None:
    rows = (
        "Object.values([...document.querySelectorAll('.numbers .opt')].reduce((rows, e) => {"
        "const y = e.getBoundingClientRect().top; rows[y] = (rows[y] || 0) + 1; return rows}, {}))"
    )
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(world.form())
    small = page.evaluate(rows)
    page.set_viewport_size({"width": 1280, "height": 900})

    assert (small, page.evaluate(rows)) == ([6, 5], [11])


@pytest.mark.proves("A57", "A58")
def test_a_long_text_is_counted_and_never_cut(page: Page, world: World) -> None:
    page.clock.install()
    page.goto(world.form())
    page.fill("#change", "ä" * 1200)
    page.clock.run_for(1100)

    assert len(page.input_value("#change")) == 1200
    assert page.inner_text("#change-count") == "950 Zeichen zu viel"
    assert page.inner_text("#change-count + [role=status]") == "950 Zeichen zu viel"


@pytest.mark.proves("A71")
@pytest.mark.parametrize(("language", "background"), [("de", "dark"), ("easy", "light")])
def test_easy_language_keeps_its_light_background(
    browser: Browser, world: World, language: str, background: str
) -> None:
    with opened(browser, viewport=PHONE, color_scheme="dark") as page:
        page.goto(f"{world.form()}?sprache={language}")
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    is_dark = all(int(part) < 128 for part in colour[4:-1].split(","))
    assert is_dark == (background == "dark")


@pytest.mark.proves("A47")
def test_paper_shows_every_question_even_those_folded_away(page: Page, world: World) -> None:
    page.goto(world.form())
    page.emulate_media(media="print")

    hidden = page.evaluate(
        "[...document.querySelectorAll('legend, .field label')]"
        ".filter(e => e.getBoundingClientRect().height < 5).map(e => e.innerText)"
    )

    assert hidden == []


@pytest.mark.proves("A61")
def test_sending_twice_and_coming_back_is_friendly(page: Page, world: World) -> None:
    address = world.form()
    page.goto(address)
    fill(page)
    press(page, CHECK)
    before = world.boxes()
    page.dblclick(SEND)
    page.wait_for_url("**/danke")
    page.goto(address)

    assert world.boxes() == before + 1
    assert page.inner_text(".note.good h2") == "Sie haben schon geantwortet"


@pytest.mark.proves("S21")
def test_no_page_breaks_its_own_content_policy(page: Page, world: World) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    send_answers(page, world)

    assert said == []


@pytest.mark.proves("A55")
@pytest.mark.proves("A7")
def test_a_screen_reader_hears_the_group_and_each_choice(page: Page, world: World) -> None:
    page.goto(world.form())

    heard = page.locator("fieldset:has(#ws01--rating)").aria_snapshot()

    assert heard == (
        "- 'group \"Digitale Stadt: Wie war dieser Workshop?\"':\n"
        '  - text: "Digitale Stadt: Wie war dieser Workshop?"\n'
        '  - radio "sehr gut"\n  - text: sehr gut\n'
        '  - radio "gut"\n  - text: gut\n'
        '  - radio "mittel"\n  - text: mittel\n'
        '  - radio "schlecht"\n  - text: schlecht\n'
        '  - radio "sehr schlecht"\n  - text: sehr schlecht\n'
        '  - radio "Keine Angabe"\n  - text: Keine Angabe\n'
        '  - radio "Nicht teilgenommen"\n  - text: Nicht teilgenommen'
    )


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {selector}")
