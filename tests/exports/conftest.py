from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports.accessible_pdf import PdfEngine, closed_environment
from exports.pdf_process import PdfPrinter

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    # Fonts are looked up when an engine starts and when it prints; other tests (a browser!) need
    # the host's fonts again.
    with pytest.MonkeyPatch.context() as patch:
        for name, value in closed_environment(tmp_path_factory.mktemp("fonts")).items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def engine(_closed: None) -> PdfEngine:
    return PdfEngine()


@pytest.fixture(scope="session")
def printer() -> Iterator[PdfPrinter]:
    with PdfPrinter(limit_seconds=60) as running:
        yield running
