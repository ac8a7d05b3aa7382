"""The programming interface does what its own description says, whatever it is asked."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from survey.application import make_application
from survey.interface_tokens import make_token
from survey.model.workplace import MAIN_ORGANISATION
from tests.workplace import COUNTED

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from survey.installation import Installation
    from tests.people import StoppedClock

OPERATIONS = ("listEditions", "readDescription", "readEdition", "readSummary")


@pytest.fixture
def application(furnished: None, inst: Installation, clock: StoppedClock) -> Starlette:  # noqa: ARG001 -- in what it finds
    """A furnished installation in which every request comes a second after the one before."""
    seconds = itertools.count()
    return make_application(replace(inst, clock=lambda: clock() + timedelta(seconds=next(seconds))))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_interface_keeps_its_own_description(
    inst: Installation, application: Starlette, operation: str
) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application)
    found = schema.find_operation_by_id(operation)
    token = make_token(inst, MAIN_ORGANISATION, purpose="Prüfung")
    seen: set[int] = set()

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(found.as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        reply = case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
        seen.add(reply.status_code)

    ask()

    assert seen <= {200, 404}
    assert seen


@pytest.mark.parametrize(
    ("name", "status"), [(COUNTED, 200), ("kk2020", 409), ("ikone2", 409), ("nirgends", 404)]
)
def test_results_keep_the_description(
    inst: Installation, application: Starlette, name: str, status: int
) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application)
    token = make_token(inst, MAIN_ORGANISATION, purpose="Prüfung")

    case = schema.find_operation_by_id("readSummary").Case(path_parameters={"edition": name})
    reply = case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    assert reply.status_code == status


def test_every_operation_is_tried(application: Starlette) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application)

    named = {
        operation["operationId"]
        for path in schema.raw_schema["paths"].values()
        for operation in path.values()
    }

    assert named == set(OPERATIONS)
