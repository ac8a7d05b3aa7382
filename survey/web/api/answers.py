"""What the programming interface answers: editions and published results of the token's organisation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from survey import interface_tokens, preparing
from survey.web.api.description import EDITIONS, description
from survey.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.web.api.pace import Pace

    Answer = Callable[[Installation, str, Mapping[str, str]], str]

_SCHEME = "bearer"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Nachklang"'}


def with_token(answer: Answer, pace: Pace) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that answers those who bring a token of an organisation, at a bearable pace."""

    def work(request: Request) -> Response:
        inst = site_of(request).inst
        holder = interface_tokens.holder_of(inst, _token(request))
        if holder is None:
            raise HTTPException(401, headers=_CHALLENGE)
        wait = pace.seconds_to_wait(f"{holder.organisation} {holder.id}", inst.clock())
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(wait)})
        body = answer(inst, holder.organisation, request.path_params)
        return Response(body, media_type="application/json")

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(work, request)

    return endpoint


async def describe(request: Request) -> Response:
    """The description of the interface; whoever asks."""
    base_url = site_of(request).inst.settings.base_url
    return Response(_json(description(base_url)), media_type="application/json")


def list_editions(inst: Installation, organisation: str, part: Mapping[str, str]) -> str:
    """Every edition of the organisation."""
    del part
    records = preparing.editions_of(inst, organisation)
    return _json({"editions": [_edition(inst, record) for record in records]})


def read_edition(inst: Installation, organisation: str, part: Mapping[str, str]) -> str:
    """One edition; NotFound also for another organisation's."""
    return _json(_edition(inst, preparing.edition_of(inst, organisation, part["edition"])))


def read_summary(inst: Installation, organisation: str, part: Mapping[str, str]) -> str:
    """The published summary, as every export has it; NotAllowed before the count."""
    from exports.summary_json import summary_json  # noqa: PLC0415 -- only who reads results needs the exports
    from survey.reporting.published import published_summary  # noqa: PLC0415 -- nor this

    record = preparing.edition_of(inst, organisation, part["edition"])
    return summary_json(published_summary(inst, record.name))


def _edition(inst: Installation, record: EditionRecord) -> dict[str, object]:
    edition = record.edition
    address = f"{inst.settings.base_url}{EDITIONS}/{record.name}/summary"
    return {
        "name": record.name,
        "series": edition.series,
        "title": edition.title,
        "kind": edition.kind.value,
        "format": edition.format.value,
        "starts": edition.starts.isoformat(),
        "ends": edition.ends.isoformat(),
        "state": record.state(inst.clock()).value,
        "is_made_up": edition.is_made_up,
        "summary": address if record.counted is not None else None,
    }


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
