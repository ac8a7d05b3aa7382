"""What a virtual screen reader says of a page, item by item, as a text that people can read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.accessibility.engine_findings import ENGINES

if TYPE_CHECKING:
    from playwright.sync_api import Page

READER = "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
MOST_ITEMS = 3000


def spoken(page: Page) -> list[str]:
    """Everything that is said from the top of the page to its end."""
    phrases: list[str] = page.evaluate(
        """async ([source, most]) => {
            if (!window.reader) {
                const address = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
                window.reader = await import(address);
            }
            const {virtual} = window.reader;
            await virtual.start({container: document.body});
            for (let n = 0; n < most; n++) {
                await virtual.next();
                if (await virtual.lastSpokenPhrase() === 'end of document') break;
            }
            const said = await virtual.spokenPhraseLog();
            await virtual.stop();
            return said;
        }""",
        [_reader(), MOST_ITEMS],
    )
    return phrases


@cache
def _reader() -> str:
    return (ENGINES / READER).read_text(encoding="utf-8")


def readable(phrases: list[str]) -> list[str]:
    """The same for the eye: what stands in something is moved in, and nothing is repeated.

    Left out are ends, paragraphs, and texts that have just been said as the name of their control or group.
    """
    ends = {_ended(phrase) for phrase in phrases if _ended(phrase)}
    inside: list[str] = []
    lines: list[str] = []
    said = ""
    for phrase in phrases:
        ended = _ended(phrase)
        if ended:
            if ended in inside:
                del inside[len(inside) - 1 - inside[::-1].index(ended) :]
            continue
        if phrase != "paragraph" and phrase not in said:
            lines.append("  " * len(inside) + phrase)
            said = phrase
            if phrase in ends:
                inside.append(phrase)
    return lines


def _ended(phrase: str) -> str:
    for beginning in ("end of ", "end, "):
        if phrase.startswith(beginning):
            return phrase.removeprefix(beginning)
    return ""
