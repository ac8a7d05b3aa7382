"""The process that serves the pages stays light: what reports, lists and tests need is not in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "authlib",
    "httpx",
    "joserfc",
    "matplotlib",
    "pydyf",
    "python_calamine",
    "scipy",
    "statsmodels",
    "weasyprint",
    "xlsxwriter",
)
SERVE_ONE_ANSWER = f"""
import sys
from pathlib import Path
from starlette.testclient import TestClient
import survey.commands.running
from survey.application import make_application
from survey.working import work_once
from tests.people import *

inst = make_installation(Path(sys.argv[1]), StoppedClock())
person = add_person(inst, open_edition(inst, store_edition(inst, congress())), "Anna Albrecht")
client = TestClient(make_application(inst), base_url="http://127.0.0.1")
answer = {{"overall": "good", "_action": "submit"}}
print(client.get("/f/" + person.token).status_code)
print(client.post("/f/" + person.token, data=answer, follow_redirects=False).status_code)
print(client.get("/f/" + person.token + "/danke").status_code)
work_once(inst, tell=print)
print(sorted({{m.partition(".")[0] for m in sys.modules}} & set({HEAVY})))
"""

NEEDED_SELDOM = (
    *HEAVY,
    "dateutil",
    "email_validator",
    "icalendar",
    "imaplib",
    "numpy",
    "pandas",
    "phonenumbers",
    "psycopg",
    "segno",
    "sqlite_utils",
)
NEEDED_BY_OTHERS = (
    "babel.numbers",
    "survey.mail.compose",
    "survey.notifying",
    "survey.reporting",
    "survey.statistics",
    "survey.web.organiser",
    "survey.web.planner",
    "survey.web.workplace.desk",
    "survey.working",
)
"""Modules for the workplace, for mails and for results."""
MOST_MEBIBYTES = 60
"""It is less than fifty; nobody shall wonder about one more."""
LOAD_WHAT_SERVES = f"""
import sys
from pathlib import Path
from resource import getpagesize
import survey.commands.running
import uvicorn
from survey.application import make_application
print(sorted({{m.partition(".")[0] for m in sys.modules}} & set({NEEDED_SELDOM})))
print(sorted(m for m in sys.modules if m.startswith({NEEDED_BY_OTHERS})))
held = int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / 2**20
print(held if held > {MOST_MEBIBYTES} else "light")
"""


def test_a_process_that_only_serves_loads_nothing_that_is_needed_seldom() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD_WHAT_SERVES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.split("\n"), done.stderr) == (["[]", "[]", "light", ""], "")


def test_pages_and_worker_load_nothing_that_reports_need(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVE_ONE_ANSWER, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.split("\n"), done.returncode) == (["200", "303", "200", "[]", ""], 0), (
        done.stderr
    )


def test_the_service_is_installed_without_numerical_libraries() -> None:
    # sqlite-utils loads numpy and pandas where it finds them.
    lock = (ROOT / "requirements" / "service.lock").read_text(encoding="utf-8")
    names = {line.partition("==")[0] for line in lock.splitlines() if "==" in line}

    assert "weasyprint" in names
    assert names & {"numpy", "pandas", "scipy", "statsmodels"} == set()
