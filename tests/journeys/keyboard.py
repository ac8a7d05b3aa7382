"""A person at a keyboard: Tab, arrows, Space, Enter, and what is typed; never a pointer, and no script of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

MOST_TABS = 500
PATIENCE = 90_000
"""Milliseconds until a report must have come: the first one is printed while one waits."""
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const said = n => n ? n.innerText.replace(/\\s+/g, ' ').trim() : '';
    const label = e.labels && e.labels.length ? said(e.labels[0]) : '';
    const group = e.closest('fieldset');
    return {tag: e.tagName, type: e.type || '', name: e.name || '', text: said(e), label: label,
        checked: !!e.checked, value: e.value || '', group: said(group && group.querySelector('legend'))};
}"""


class Keyboard:
    """Somebody who reaches everything by Tab; fails where something cannot be reached."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)
        self._skip_to_the_content()

    def press(self, text: str) -> None:
        """Tab to the link or button with that text, press Enter, and wait for the next page."""
        self._press(lambda e: e["text"] == text, text)

    def follow(self, start: str) -> None:
        """The same for the first link or button whose text begins so."""
        self._press(lambda e: e["text"].startswith(start), start)

    def unfold(self, text: str) -> None:
        """Tab to what can be folded out, and press Enter."""
        self._reach(lambda e: e["tag"] == "SUMMARY" and e["text"].startswith(text), text)
        self.page.keyboard.press("Enter")

    def _press(self, is_wanted: Any, what: str) -> None:
        self._reach(lambda e: e["tag"] in {"A", "BUTTON"} and is_wanted(e), what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self._skip_to_the_content()

    def type(self, label: str, text: str, *, group: str = "") -> None:
        """Tab to the field with that label, in the group with that legend, and type instead of what is there."""
        self._reach(
            lambda e: (
                e["tag"] in {"INPUT", "TEXTAREA"}
                and e["type"] not in {"radio", "checkbox", "submit", "file"}
                and e["label"].startswith(label)
                and e["group"].startswith(group)
            ),
            label,
        )
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def tick(self, label: str) -> None:
        """Tab to the checkbox whose label begins so, and tick it."""
        found = self._reach(
            lambda e: e["type"] == "checkbox" and e["label"].startswith(label), label
        )
        if not found["checked"]:
            self.page.keyboard.press("Space")

    def choose(self, label: str) -> None:
        """Tab to the group that has a radio with that label, and go down it with the arrows."""
        radio = self.page.get_by_role("radio", name=label).first
        name = radio.get_attribute("name")
        found = self._reach(lambda e: e["type"] == "radio" and e["name"] == name, label)
        if not found["checked"]:
            self.page.keyboard.press("Space")
        for _ in range(40):
            now = self.focused()
            if now is not None and now["label"].startswith(label):
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"the arrows never reach {label}")

    def select(self, label: str, option: str) -> None:
        """Tab to the list with that label, and type the start of the option."""
        self._reach(lambda e: e["tag"] == "SELECT" and e["label"].startswith(label), label)
        self.page.keyboard.type(option)

    def send_file(self, label: str, path: Path) -> None:
        """Tab to the file field with that label, and choose the file; the window to choose in is the system's."""
        self._reach(lambda e: e["type"] == "file" and e["label"].startswith(label), label)
        self.page.locator(":focus").set_input_files(path)

    def download(self, text: str) -> bytes:
        """Tab to the link with that text, press Enter, and keep what comes."""
        self._reach(lambda e: e["tag"] in {"A", "BUTTON"} and e["text"].startswith(text), text)
        with self.page.expect_download(timeout=PATIENCE) as coming:
            self.page.keyboard.press("Enter")
        return coming.value.path().read_bytes()

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.inner_text("h1").replace("\xad", "")

    @property
    def told(self) -> str:
        """Everything that stands in the page's main part."""
        return self.page.inner_text("main")

    def _skip_to_the_content(self) -> None:
        if self.page.evaluate("document.activeElement === document.body"):
            self.page.keyboard.press("Tab")
            if not self.page.evaluate("document.activeElement.classList.contains('skip')"):
                return  # the address led to a place in the page, and Tab goes on from there
            with self.page.expect_navigation():  # within the page, but waited for like any other
                self.page.keyboard.press("Enter")

    def focused(self) -> dict[str, Any] | None:
        """What has the focus."""
        found: dict[str, Any] | None = self.page.evaluate(FOCUSED)
        return found

    def _reach(self, is_wanted: Any, what: str) -> dict[str, Any]:
        rounds = 0
        for _ in range(MOST_TABS):
            found = self.focused()
            if found is not None and is_wanted(found):
                return found
            if found is None:
                rounds += 1
            if rounds > 2:
                break
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches “{what}” on “{self.heading}”:\n{self.told}")
