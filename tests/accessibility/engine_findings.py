"""What two engines find on the page shown: axe-core, and IBM's accessibility checker."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

ENGINES = Path(__file__).parent / "engines/node_modules"
AXE = "axe-core/axe.min.js"
IBM = "accessibility-checker-engine/ace.js"

# A single digit and an arrow are read as well.
_EVERY_TEXT = """resultTypes: ['violations', 'incomplete'], checks: {
    'color-contrast': {options: {ignoreLength: true, ignoreUnicode: false}},
    'color-contrast-enhanced': {options: {ignoreLength: true, ignoreUnicode: false}},
}"""
AXE_OPTIONS = f"""{{
    {_EVERY_TEXT},
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {{
        'color-contrast-enhanced': {{enabled: true}}, 'css-orientation-lock': {{enabled: true}},
        'focus-order-semantics': {{enabled: true}}, 'label-content-name-mismatch': {{enabled: true}},
        'p-as-heading': {{enabled: true}}, 'table-fake-caption': {{enabled: true}}, 'td-has-header': {{enabled: true}},
    }},
}}"""
# Another width and other colours change what is seen, not how the page is made.
AXE_OPTIONS_SEEN = f"""{{
    {_EVERY_TEXT},
    runOnly: {{type: 'rule', values: ['color-contrast', 'color-contrast-enhanced', 'target-size',
        'link-in-text-block', 'scrollable-region-focusable']}},
}}"""
_IN_CHARTS = "It knows no fill of a text in a chart, nor what is painted below: `pale in pictures` measures both."
UNDECIDED = {
    ("color-contrast", "<text "): _IN_CHARTS,
    ("color-contrast-enhanced", "<text "): _IN_CHARTS,
    (
        "frame-tested",
        "<iframe ",
    ): "The frames hold pages of our own, at which the gate looks as well.",
    (
        "p-as-heading",
        '<p class="mail-h1">',
    ): "A mail shown on a page is no part of that page's own order of headings.",
}
"""What axe cannot decide, by rule and beginning of the element, and who does. Anything else is a finding."""

BORNE = {
    "a_target_warning": "It knows English words only: the link says „(neues Fenster)“, as its name.",
    "aria_main_label_visible": "It counts the main parts of framed pages in; those are pages of their own.",
    "aria_content_in_landmark": "The skip link stands before all landmarks, as it must to come first.",
    "element_tabbable_visible": "The skip link shows itself when it takes the focus: tested.",
    "download_keyboard_controllable": "Files are plain links; fetching them is the browser's own matter.",
    "element_tabbable_role_valid": "A table that is scrolled has to be reached by keyboard; axe asks for it.",
    "element_tabbable_unobscured": "It asks for a look; the gate puts the focus on everything and looks.",
    "frame_src_valid": "The frames hold pages of our own, at which the gate looks as well.",
    "input_fields_grouped": "A text field has a label of its own; choices must stand in a fieldset, by our rule.",
    "input_label_visible": "It asks for a look; every control must have a label with text, by our rule.",
    "list_structure_proper": "It knows no div inside a dl, which HTML allows; vnu looks at lists.",
    "style_color_misuse": "It only sees that there is a style sheet; colour alone is looked at by other checks.",
    "style_focus_visible": "It only sees that borders are styled; the focus ring is measured in pixels.",
    "style_highcontrast_visible": "It only sees that there is a style sheet; forced colours are looked at.",
    "style_viewport_resizable": "It only sees that there is a style sheet; text at 200 % is looked at.",
    "text_sensory_misuse": "It knows words, no meaning: characters that are left, the round in which workshops lay.",
    "text_quoted_correctly": "It takes a line of code for a quotation.",
    "text_block_heading": "It takes labels and short lines in bold for headings; axe's p-as-heading looks closer.",
}
"""What IBM's engine wants a person to look at, rule by rule, and why that is settled."""
BORNE_OF = {
    (
        "form_submit_button_exists",
        'id="speak"',
    ): "The buttons of the languages name their form from outside of it.",
    (
        "select_options_grouped",
        'name="column-',
    ): "What a column may hold is one short list, however many rounds.",
}
"""The same, where only this element is settled, and not the rule."""
REFUTED = {
    "aria_form_label_unique": "A form without a name is no landmark (HTML-AAM); nobody hears two of a kind.",
    "aria_landmark_name_unique": "The same; landmarks that are some, with one name twice, axe finds.",
    "input_autocomplete_valid": "HTML allows a user's name in a field for an address; vnu knows.",
    "input_checkboxes_grouped": "The library's questions stand in a group for each subject, each with a legend;"
    " that all are sent under one name is heard by nobody.",
}
"""What it calls violations and are none. Every other violation is one."""


def axe_violations(page: Page, options: str = AXE_OPTIONS) -> list[str]:
    """Every violation that axe finds, and whatever it cannot decide and nobody else does."""
    _inject(page, AXE, "axe")
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {options})")
    if not any(found[kind] for kind in ("passes", "violations", "incomplete")):
        return ["axe looked at nothing"]
    return [
        f"{said}{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for kind, said in (("violations", ""), ("incomplete", "undecided: "))
        for one in found[kind]
        for node in one["nodes"]
        if kind == "violations" or not _is_decided_elsewhere(one["id"], node["html"])
    ]


def ibm_findings(page: Page) -> list[str]:
    """Every violation that IBM's engine is rightly sure of, and everything else it says that nobody has settled."""
    _inject(page, IBM, "ace")
    found: list[list[str]] = page.evaluate(
        """async () => (await new ace.Checker().check(document, ['WCAG_2_2'])).results
            .map(one => one.value[1] == 'PASS' ? []
                : [one.ruleId, one.value.join(' '), one.message, one.snippet.slice(0, 120)])"""
    )
    if [] not in found:  # every page passes some rule
        return ["IBM's engine looked at nothing"]
    return [
        f"{rule}: {value}: {message} {snippet}"
        for rule, value, message, snippet in filter(None, found)
        if rule not in REFUTED and (value == "VIOLATION FAIL" or not _is_borne(rule, snippet))
    ]


def _is_decided_elsewhere(rule: str, element: str) -> bool:
    return any(rule == one and element.startswith(part) for one, part in UNDECIDED)


def _is_borne(rule: str, snippet: str) -> bool:
    return rule in BORNE or any(rule == one and part in snippet for one, part in BORNE_OF)


def _inject(page: Page, script: str, name: str) -> None:
    if page.evaluate(f"typeof {name} === 'undefined'"):
        page.evaluate(_read(script))


@cache
def _read(script: str) -> str:
    return (ENGINES / script).read_text(encoding="utf-8")
