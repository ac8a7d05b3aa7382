"""Each rule can fail: a good page, broken in one place, is refused by exactly that rule."""

from __future__ import annotations

import pytest

from tests.accessibility.rules import RULES, everything_wrong, read_markup

GOOD = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Fehler: Seite 1 von 2 – Fragen – Haus</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<a href="#inhalt">Zum Inhalt</a>
<header><nav class="languages" aria-label="Sprache"><ul><li><a lang="en" href="?x">English</a></li></ul></nav></header>
<main id="inhalt" tabindex="-1"><h1>Fragen</h1>
<div id="summary"><a href="#a">A – fehlt</a></div>
<form method="post" novalidate><h2>Teil</h2>
<fieldset aria-describedby="a-error"><legend>A</legend><div id="a-error"><p class="err">A – fehlt</p></div>
<label><input type="radio" name="a" id="a" value="1"> <span>eins</span></label></fieldset>
<label for="b">B</label><input type="text" id="b" name="b">
<button>Senden</button></form></main>
<footer><a href="/hilfe">Hilfe</a><a href="/datenschutz">Daten</a><a href="/versprechen">So</a>
<a href="/barrierefreiheit">Erklärung</a><a href="/barrierefreiheit#melden">Melden</a>
<a href="/hilfe?sprache=easy">Leicht</a></footer>
</body></html>"""

FAULTS = {
    "html_is_valid": ("<h2>Teil</h2>", "<h2>Teil"),
    "language_is_named": ('<html lang="de">', "<html>"),
    "language_entries_carry_their_language": ('<a lang="en" href="?x">', '<a href="?x">'),
    "title_starts_with_the_heading": ("– Fragen –", "– Anderes –"),
    "one_first_heading_and_no_level_left_out": ("<h2>Teil</h2>", "<h3>Teil</h3>"),
    "landmarks_are_there": (' aria-label="Sprache"', ""),
    "skip_link_comes_first": ('id="inhalt" tabindex="-1"', 'id="inhalt"'),
    "choices_stand_in_a_fieldset_with_legend": ("<legend>A</legend>", "<p>A</p>"),
    "controls_have_visible_labels": ('<label for="b">B</label>', ""),
    "placeholders_are_no_labels": ('name="b"', 'name="b" placeholder="B"'),
    "references_lead_somewhere": (
        'aria-describedby="a-error"',
        'aria-describedby="a-error a-hint"',
    ),
    "ids_are_unique": ("<h2>Teil</h2>", '<h2 id="b">Teil</h2>'),
    "nothing_jumps_the_queue": ("<button>", '<button tabindex="1">'),
    "errors_are_linked_and_summed_up": (
        '<p class="err">A – fehlt</p>',
        '<p class="err">A – leer</p>',
    ),
    "zooming_is_allowed": ("initial-scale=1", "initial-scale=1, maximum-scale=1"),
    "nothing_reloads_by_itself": (
        '<meta charset="utf-8">',
        '<meta charset="utf-8"><meta http-equiv="refresh" content="9">',
    ),
    "forms_post_to_their_own_address": (" novalidate", ""),
    "forms_can_be_sent": ("<button>Senden</button></form>", "</form>"),
    "links_mean_something_alone": (">Daten<", ">hier<"),
    "nothing_is_styled_or_scripted_inline": ("<button>", '<button onclick="x()">'),
    "footer_is_complete": ('<a href="/versprechen">So</a>', ""),
}


def test_the_good_page_passes() -> None:
    assert everything_wrong(read_markup(GOOD)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_can_fail(rule: object) -> None:
    name = rule.__name__  # type: ignore[attr-defined]
    good, bad = FAULTS[name]
    assert GOOD.count(good) >= 1

    broken = GOOD.replace(good, bad, 1)

    assert rule(read_markup(broken))  # type: ignore[operator]


def test_a_group_error_that_nobody_hears_is_found() -> None:
    broken = GOOD.replace(' aria-describedby="a-error"', "")

    assert everything_wrong(read_markup(broken)) == [
        "errors_are_linked_and_summed_up: not described by: A – fehlt"
    ]


@pytest.mark.parametrize(
    "words", ["A &nichts; B", "A &#xfffe; B", "A \x01 B", "A \ufffe B", "<b>A"]
)
def test_words_that_are_no_words_are_found_on_a_page_built_like_a_good_one(words: str) -> None:
    read_markup(GOOD)

    assert read_markup(GOOD.replace("eins", words)).parse_errors
    assert read_markup(GOOD.replace('href="?x"', f'href="{words}" a"')).parse_errors


def test_a_page_built_like_a_good_one_is_read_with_its_own_words() -> None:
    read_markup(GOOD)

    (label,) = read_markup(GOOD.replace("eins", "zwei &amp; drei")).all("label")[:1]

    assert "".join(label.itertext()).strip() == "zwei & drei"
