"""Debian's Chromium, once for all tests of a process; without it they fail, they are never skipped."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PROGRAM = "chromium-headless-shell"
"""Without the parts that draw windows: the same pages for three quarters of the work."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Only here: most tests need no browser.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    path = shutil.which(PROGRAM)
    if path is None:
        pytest.fail(f"Chromium is missing: apt-get install {PROGRAM}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()
