"""Makes the pictures beside it from the running demonstration: form, workplace, report; comparison, planning sheet.

Start ``scripts/demo``, then run ``python docs/pictures/make_overview.py``; an address other than the usual one is its
argument. It needs Chromium and pdftoppm (Debian: chromium-headless-shell, poppler-utils).
"""
# ruff: noqa: INP001 -- a single file to run, no package

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OVERVIEW = Path(__file__).parent / "overview.png"
PLANNING = Path(__file__).parent / "planning.png"
DEMONSTRATION = "http://127.0.0.1:8000"
REPORT = "/beispiel/bericht/kk2020.pdf"
COMPARISON = "/beispiel/bericht/kk-vergleich.pdf"
SHEET = "/beispiel/bericht/kk-planungsblatt.pdf"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run")
PHONE = (390, 800)
DESK = (1080, 847)
COMPOSITION = """
<!DOCTYPE html>
<style>
body { margin: 0; width: 1500px; height: 676px; position: relative; background: #dfe6ee; overflow: hidden; }
img { position: absolute; display: block; background: #fff; box-shadow: 0 10px 34px rgb(16 42 67 / .28); }
.desk { left: 318px; top: 36px; width: 770px; border-radius: 8px; }
.phone { left: 28px; top: 50px; width: 260px; border: 7px solid #1b2733; border-radius: 26px; }
.report { left: 1118px; top: 78px; width: 354px; }
</style>
<img class="desk" src="%(desk)s"><img class="phone" src="%(phone)s"><img class="report" src="%(report)s">
"""
TWO_PAGES = """
<!DOCTYPE html>
<style>
body { margin: 0; width: 1500px; height: 1040px; display: flex; justify-content: center; gap: 56px; padding-top: 40px;
    box-sizing: border-box; background: #dfe6ee; }
img { display: block; width: 676px; height: 956px; background: #fff; box-shadow: 0 10px 34px rgb(16 42 67 / .28); }
</style>
<img src="%(comparison)s"><img src="%(sheet)s">
"""


def main() -> None:
    """Take the pictures, lay them side by side."""
    address = sys.argv[1] if len(sys.argv) > 1 else DEMONSTRATION
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=list(FLAGS)
        )
        parts = {
            "phone": _phone(browser, address),
            "desk": _desk(browser, address),
            "report": _first_page(address + REPORT),
        }
        page = browser.new_page(viewport={"width": 1500, "height": 676})
        page.set_content(COMPOSITION % {name: _inline(png) for name, png in parts.items()})
        page.screenshot(path=OVERVIEW)
        pages = {
            "comparison": _first_page(address + COMPARISON),
            "sheet": _first_page(address + SHEET),
        }
        page.set_viewport_size({"width": 1500, "height": 1040})
        page.set_content(TWO_PAGES % {name: _inline(png) for name, png in pages.items()})
        page.screenshot(path=PLANNING)
        browser.close()


def _phone(browser: Browser, address: str) -> bytes:
    width, height = PHONE
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
    page.goto(address)
    page.click("a.button.first")
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")
    page.evaluate("scrollBy(0, -16)")
    return page.screenshot()


def _desk(browser: Browser, address: str) -> bytes:
    width, height = DESK
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
    page.goto(address)
    page.click("button[value=organiser]")
    return page.screenshot()


def _first_page(address: str) -> bytes:
    with urllib.request.urlopen(address) as reply:  # noqa: S310 -- the demonstration
        pdf = reply.read()
    command = ("pdftoppm", "-png", "-r", "150", "-f", "1", "-l", "1", "-")
    png: bytes = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout  # noqa: S603 -- fixed
    return png


def _inline(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


if __name__ == "__main__":
    main()
