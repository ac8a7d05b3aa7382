"""Servers under measurement: processes of our own that tell their port once they serve."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.results import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Server:
    """One process that serves."""

    process: int
    port: int


@contextmanager
def service(environment: Mapping[str, str]) -> Iterator[Server]:
    """The service itself, as an operator starts it, without its worker."""
    with _started(
        "survey", "serve", "--without-worker", "--port", "0", environment=environment
    ) as server:
        yield server


@contextmanager
def program(module: str, *arguments: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """A program of bench/ that serves."""
    with _started(module, *arguments, environment=environment) as server:
        yield server


@contextmanager
def worker(environment: Mapping[str, str]) -> Iterator[int]:
    """The worker in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", "work"],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | dict(environment),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _first_line(process)
        yield process.pid
    finally:
        _end(process)


@contextmanager
def _started(module: str, *arguments: str, environment: Mapping[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(  # noqa: S603 -- our own
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | dict(environment),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        found = re.search(r"(\d+)/?\D*$", _first_line(process))
        if found is None:
            raise ValueError(module)
        yield Server(process.pid, int(found[1]))
    finally:
        _end(process)


def _first_line(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        raise ValueError(process.args)
    return process.stdout.readline()


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
