"""An engine that looked at nothing has found no page good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.engine_findings import axe_violations, ibm_findings

if TYPE_CHECKING:
    from playwright.sync_api import Page

GOOD = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Fragen</title>
<style>p { margin: 0; }</style></head>
<body><main><h1>Fragen</h1><p>Wie war es?</p></main></body></html>"""


def test_a_good_page_passes(tab: Page) -> None:
    tab.goto("about:blank")
    tab.set_content(GOOD)

    assert (axe_violations(tab), ibm_findings(tab)) == ([], [])


def test_what_axe_cannot_decide_is_a_finding(tab: Page) -> None:
    tab.goto("about:blank")
    fading = "<p style='background: linear-gradient(#fff, #eee)'>"
    tab.set_content(GOOD.replace("<p>", fading))

    assert [one.split(":")[:2] for one in axe_violations(tab)] == [["undecided", " color-contrast"]]


@pytest.mark.parametrize("sign", ["↓", "2"])
def test_signs_and_single_digits_are_measured(tab: Page, sign: str) -> None:
    tab.goto("about:blank")
    tab.set_content(GOOD.replace("<p>", f"<p style='color: #888'>{sign}</p><p>"))

    assert [one.split(":")[0] for one in axe_violations(tab)] == ["color-contrast"]


def test_an_engine_without_rules_is_noticed(tab: Page) -> None:
    tab.goto("about:blank")
    tab.set_content(GOOD)
    tab.evaluate("ace = {Checker: class { async check() { return {results: []}; } }}")

    assert axe_violations(tab, "{runOnly: ['no-such-tag']}") == ["axe looked at nothing"]
    assert ibm_findings(tab) == ["IBM's engine looked at nothing"]
