"""The files of a published summary: printed, tabled, packed, and kept until the summary changes."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.file_names import file_base
from exports.pdf_process import content_hash, write_whole
from exports.quotes_csv import quotes_csv
from exports.summary_csv import codebook_csv, summary_csv
from exports.summary_json import summary_json
from exports.summary_report import session_html, summary_html
from exports.warm_printer import WARM_PRINTER
from exports.warm_printer import PrinterBusy as PrinterBusy  # noqa: PLC0414 -- what callers catch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.summary import EditionSummary

_WAIT_SECONDS = 30
_LINE = threading.BoundedSemaphore(6)
"""Who waits in it keeps a thread that could answer people; further ones are asked to come back."""
PDF = "application/pdf"
_CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ResultFile:
    """One file, ready to be taken along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Order:
    summary: EditionSummary
    edition: Edition
    language: Language
    zone: ZoneInfo
    keep: Path
    accent: str

    @property
    def base(self) -> str:
        return file_base(self.summary, self.language)


def make(
    name: str,
    summary: EditionSummary,
    edition: Edition,
    *,
    zone: ZoneInfo,
    keep: Path,
    accent: str = "",
) -> ResultFile:
    """The file of that name (one of FILES); PrinterBusy if it must be printed and others are at it."""
    kind, language = FILES[name]
    return _MAKERS[kind](_Order(summary, edition, language, zone, keep, accent))


def _report(order: _Order) -> ResultFile:
    html = summary_html(order.summary, order.language, zone=order.zone, accent=order.accent)
    kept = order.keep / f"bericht-{order.language}-{content_hash(html)}.pdf"
    content = _kept(kept, lambda: _printed({"": html})[""])
    return ResultFile(f"{order.base}.pdf", PDF, content)


def _sessions(order: _Order) -> ResultFile:
    pages = {
        f"{order.base}-{s.session.code}.pdf": session_html(
            order.summary, s.session.code, order.language, zone=order.zone, accent=order.accent
        )
        for s in order.summary.sessions
        if s.suppressed != "never_asked"
    }
    digest = hashlib.sha256("".join(map(content_hash, pages.values())).encode()).hexdigest()
    kept = order.keep / f"programmpunkte-{order.language}-{digest}.zip"
    content = _kept(kept, lambda: _packed(_printed(pages)))
    return ResultFile(f"{order.base}-{kept.name.partition('-')[0]}.zip", "application/zip", content)


def _xlsx(order: _Order) -> ResultFile:
    from exports.summary_xlsx import summary_xlsx  # noqa: PLC0415 -- slow import, for this file only

    return ResultFile(f"{order.base}.xlsx", XLSX, summary_xlsx(order.summary, order.language))


def _csv(order: _Order) -> ResultFile:
    content = summary_csv(order.summary, order.language).encode()
    return ResultFile(f"{order.base}.csv", _CSV, content)


def _codebook(order: _Order) -> ResultFile:
    content = codebook_csv(order.edition, order.language).encode()
    return ResultFile(f"{order.base}-codebook.csv", _CSV, content)


def _json(order: _Order) -> ResultFile:
    content = summary_json(order.summary).encode()
    return ResultFile(f"{order.base}.json", "application/json", content)


def _quotes(order: _Order) -> ResultFile:
    content = quotes_csv(order.summary, order.language).encode()
    return ResultFile(f"{order.base}-texte.csv", _CSV, content)


_MAKERS: dict[str, Callable[[_Order], ResultFile]] = {
    "bericht": _report,
    "programmpunkte": _sessions,
    "zahlen-xlsx": _xlsx,
    "zahlen-csv": _csv,
    "codebuch": _codebook,
    "daten": _json,
    "texte": _quotes,
}
_BOTH: tuple[Language, ...] = ("de", "en")
_ENDINGS = {
    "bericht": "pdf",
    "programmpunkte": "zip",
    "zahlen-xlsx": "xlsx",
    "zahlen-csv": "csv",
    "codebuch": "csv",
    "texte": "csv",
}
FILES: dict[str, tuple[str, Language]] = {
    "daten.json": ("daten", "de"),
    **{
        f"{kind.removesuffix(f'-{ending}')}-{language}.{ending}": (kind, language)
        for kind, ending in _ENDINGS.items()
        for language in _BOTH
    },
}
"""What each file of an edition's results is called in its address."""


def _printed(pages: dict[str, str]) -> dict[str, bytes]:
    # One at a time: a printing process takes memory, and a house has a few people, not a crowd.
    if not _LINE.acquire(blocking=False):
        raise PrinterBusy
    try:
        with WARM_PRINTER.lent(wait_seconds=_WAIT_SECONDS) as printer:
            return {name: printer.print_html(html) for name, html in pages.items()}
    finally:
        _LINE.release()


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            # PDFs are compressed already; without a date of their own the same files are the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _kept(target: Path, work: Callable[[], bytes]) -> bytes:
    """The file made before of the very same pages; older ones of its kind go: they may quote what was withdrawn."""
    if not target.exists():
        content = work()
        kind = target.name.rpartition("-")[0]
        for old in target.parent.glob(f"{kind}-*") if target.parent.is_dir() else ():
            old.unlink(missing_ok=True)
        write_whole(target, content)
        return content
    return target.read_bytes()
