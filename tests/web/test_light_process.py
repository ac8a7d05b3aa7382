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
    "icalendar",
    "numpy",
    "pandas",
    "phonenumbers",
    "psycopg",
    "segno",
    "sqlite_utils",
)
LOAD_WHAT_SERVES = f"""
import sys
import survey.commands.running
import uvicorn
from survey.application import make_application
print(sorted({{m.partition(".")[0] for m in sys.modules}} & set({NEEDED_SELDOM})))
print(sorted(m for m in sys.modules if m.startswith(("survey.web.organiser", "survey.web.planner"))))
print("survey.working" in sys.modules)
"""


def test_a_process_that_only_serves_loads_nothing_that_is_needed_seldom() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD_WHAT_SERVES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.split("\n"), done.stderr) == (["[]", "[]", "False", ""], "")


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
