"""What a person does on a page of the workplace; whatever leads to another page waits until that page is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Locator, Page

    from tests.accessibility.office import Office

    State = Callable[[Page, Office], None]

FIRST_BUTTON = "main form button[type=submit]"


def press(page: Page, office: Office, button: str) -> None:
    """Press the button with that German text, in whichever language the page speaks."""
    _lead(page, page.locator("main").get_by_role("button", name=office.say(button)).first)


def follow(page: Page, office: Office, link: str) -> None:
    """Follow the link with that German text."""
    _lead(page, page.locator("main").get_by_role("link", name=office.say(link)).first)


def press_at(page: Page, selector: str) -> None:
    """Press or follow what stands there."""
    _lead(page, page.locator(selector).first)


def sent(path: str, typed: Mapping[str, str] | None = None, *, button: str = FIRST_BUTTON) -> State:
    """The page's form, filled in and sent."""

    def go(page: Page, office: Office) -> None:
        page.goto(office.at(path))
        for selector, text in (typed or {}).items():
            page.fill(selector, text)
        press_at(page, button)

    return go


def emptied(path: str, *, form: str = "main form[method=post]") -> State:
    """The page's form, sent with nothing in it."""

    def go(page: Page, office: Office) -> None:
        page.goto(office.at(path))
        page.locator(form).first.evaluate(
            """form => { for (const field of form.elements) {
                if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
                else if (field.tagName === 'SELECT') field.selectedIndex = 0;
                else if (field.tagName === 'TEXTAREA' || field.type === 'file'
                    || ['text', 'email', 'password', 'search'].includes(field.type)) field.value = '';
            } }"""
        )
        press_at(page, f"{form} button[type=submit]:not([aria-hidden])")

    return go


def meanwhile_changed(path: str, *, button: str = FIRST_BUTTON) -> State:
    """The page's form, sent after a colleague has changed the edition."""

    def go(page: Page, office: Office) -> None:
        page.goto(office.at(path))
        office.inst.database.write(
            lambda connection: connection.execute("UPDATE edition SET revision = revision + 1")
        )
        press_at(page, button)

    return go


def visited(path: str) -> State:
    """The page at that address, for a state of which the address alone says everything."""

    def go(page: Page, office: Office) -> None:
        page.goto(office.at(path))

    return go


def posted(page: Page, address: str, fields: Mapping[str, str], *, kind: str = "") -> None:
    """Something sent to an address from the page shown, whether or not it has such a form."""
    with page.expect_navigation():
        page.evaluate(
            """([address, fields, kind]) => {
                const form = document.createElement('form');
                form.method = 'post';
                form.action = address;
                if (kind) form.enctype = kind;
                const proof = document.querySelector('input[name=_proof]');
                if (proof) fields._proof = proof.value;
                for (const [name, value] of Object.entries(fields)) {
                    const field = document.createElement('textarea');
                    field.name = name;
                    field.value = value;
                    form.append(field);
                }
                document.body.append(form);
                form.submit();
            }""",
            [address, dict(fields), kind],
        )


def _lead(page: Page, element: Locator) -> None:
    # A click alone comes back while the old page may still stand: whoever looks then, looks at that one.
    with page.expect_navigation():
        element.click()
