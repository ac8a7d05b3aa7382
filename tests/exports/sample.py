"""The sample report: every component once, with made-up numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TESTS = Path(__file__).parent
_TEMPLATES = _TESTS.parent.parent / "templates"


def sample_html() -> str:
    """The sample report as the PDF engine gets it."""
    return _environment().get_template("sample_report.html").render()


def components(name: str) -> Any:
    """The macros of one component file."""
    return _environment().get_template(f"report/components/{name}.html").module


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([_TESTS, _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
