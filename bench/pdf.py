"""The report of a large congress as a file: against WeasyPrint alone, from the cache, and beside people who answer."""

from __future__ import annotations

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from bench.browsers import browse, get
from bench.counted_congresses import congress_number, counted, store_counted
from bench.large_congress import installation
from bench.open_congress import open_congress
from bench.processes import interleaved, median_ratio, percentile
from bench.servers import service
from bench.table import Cost, Row
from exports import result_files
from exports.accessible_pdf import OwnFilesFetcher, PdfEngine, closed_environment
from exports.clean_text import printable_page
from exports.report_typeface import ADDRESS, font_face_rules
from exports.summary_report import summary_html
from exports.warm_printer import WARM_PRINTER
from survey.reporting.published import published_summary
from survey.web.kept_pages import OFTEN
from tests.people import settings_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.table import Finding
    from survey.model.summary import EditionSummary

ANSWERS = 10_000
PEOPLE = 36
A_SECOND = 100


def measure(*, quick: bool) -> Iterable[Finding]:
    """CPU of printing in warm processes; of asking for the file again; the form's p99 while reports are made."""
    edition = congress_number(0)
    with installation() as (inst, _), TemporaryDirectory(prefix="nachklang-bench-") as folder:
        os.environ.update(closed_environment(Path(folder)))
        store_counted(inst, edition, counted(ANSWERS, seed=0).tallying)
        summary = published_summary(inst, edition.name)
        html = summary_html(summary, "de", zone=inst.settings.zone)
        yield from _printing(html, rounds=1 if quick else 5)
        yield from _again(summary, Path(folder))
    # A thousand requests in each round: ten of them are slower than its p99.
    yield _beside(html, rounds=2 if quick else 10, seconds=4 if quick else 10)


def _printing(html: str, *, rounds: int) -> Iterable[Finding]:
    engine = PdfEngine()
    page, fonts, fetcher = printable_page(html), FontConfiguration(), OwnFilesFetcher()
    faces = weasyprint.CSS(string=font_face_rules(), font_config=fonts, url_fetcher=fetcher)

    def ours() -> float:
        begun = time.process_time()
        engine.print_html(html)
        return time.process_time() - begun

    def alone() -> float:
        begun = time.process_time()
        weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher).write_pdf(
            font_config=fonts, stylesheets=[faces], pdf_variant="pdf/ua-1"
        )
        return time.process_time() - begun

    ours(), alone()
    spent = interleaved({"ours": ours, "alone": alone}, rounds=rounds)
    ratio = median_ratio(spent["ours"], spent["alone"])
    middle = {name: statistics.median(found) for name, found in spent.items()}
    yield Row(
        "PDF of the full summary with 12 workshops: CPU, against WeasyPrint alone, both warm",
        1.3,
        ratio,
        note=f"{middle['ours']:.1f} s against {middle['alone']:.1f} s",
    )
    yield Cost("pdf.cpu", middle["ours"], "s", "printing one full report")


def _again(summary: EditionSummary, folder: Path) -> Iterable[Finding]:
    settings = settings_below(folder)
    spent = []
    for _ in range(2):
        begun = time.process_time()
        result_files.make(
            "bericht-de.pdf",
            summary,
            congress_number(0),
            zone=settings.zone,
            keep=folder / "kept",
        )
        spent.append(time.process_time() - begun)
    WARM_PRINTER.close()
    yield Row(
        "The same report asked for again, from the cache: CPU",
        200,
        spent[1] * 1000,
        " ms",
        note="its page is drawn, to know that it still says the same",
    )


def _beside(html: str, *, rounds: int, seconds: int) -> Row:
    """The form's p99 at a steady pace, alone and while reports are printed one after the other, in turn."""
    with open_congress(PEOPLE) as congress, service(congress.environment) as server:
        forms = [get(f"/f/{token}") for token in congress.tokens]
        requests = [forms[n % len(forms)] for n in range(seconds * A_SECOND)]
        browse(
            server.port, forms * (OFTEN + 1), browsers=16
        )  # every page is compressed as it stays
        reports = count()

        def p99() -> float:
            load = browse(server.port, requests, browsers=16, per_second=A_SECOND)
            return percentile(load.seconds, 0.99)

        def beside() -> float:
            enough = Event()
            with ThreadPoolExecutor(1) as thread:
                printing = thread.submit(_print, html, reports, enough)
                try:
                    found = p99()
                finally:
                    enough.set()
                printing.result()
            return found

        try:
            _print(html, reports, Event(), most=1)  # from here on the printer is warm
            found = interleaved({"alone": p99, "beside": beside}, rounds=rounds)
        finally:
            WARM_PRINTER.close()
    middle = {name: statistics.median(values) * 1000 for name, values in found.items()}
    return Row(
        "The form's p99 while reports are made one after the other, against its p99 alone",
        1.2,
        median_ratio(found["beside"], found["alone"]),
        note=f"{middle['beside']:.1f} ms against {middle['alone']:.1f} ms; medians of {rounds} rounds of "
        f"{len(requests):,} requests each, beside {next(reports) - 1} reports",
    )


def _print(html: str, reports: Iterator[int], enough: Event, *, most: int | None = None) -> None:
    """Print one report after the other until it is enough, and the last one to its end."""
    printed = 0
    with WARM_PRINTER.lent(wait_seconds=1) as printer:
        while printed != most and not enough.is_set():
            printer.print_html(f"{html}<!-- {next(reports)} -->")
            printed += 1
