"""A checker that says nothing is no checker that finds nothing."""

from __future__ import annotations

import socket

import pytest

from tests.accessibility.markup_checker import MarkupCheckerSilent, ask


def test_a_checker_that_never_answers_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(MarkupCheckerSilent, match=r"nothing said within 0\.05 s"):
            ask(address, "<!DOCTYPE html>", patience=0.05)
