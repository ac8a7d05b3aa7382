"""What receiving mail servers write about a mail, and what hostile ones do."""

from __future__ import annotations

import time
from email import message_from_string, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.mail.authentication_results import (
    LONGEST_HEADER,
    Authentication,
    Findings,
    Result,
    Verdict,
    findings,
    read_header,
)

GOOD = (
    "mx.stadt.example; dkim=pass (2048-bit key; unprotected) header.d=stadt.example"
    ' header.i=@stadt.example; spf=pass smtp.mailfrom="bounce+x@stadt.example";'
    " dmarc=pass (p=REJECT) header.from=stadt.example"
)
PROTECTED = (
    "from mail.stadt.example (mail.stadt.example [192.0.2.1]) by mx.stadt.example (Postfix)"
    " with ESMTPS id 4AB for <a@stadt.example>; Mon, 14 Sep 2020 09:00:00 +0200"
)
OPEN = PROTECTED.replace("ESMTPS", "ESMTP")
OWN_MACHINE = (
    "from nachklang (localhost [127.0.0.1]) by mail.stadt.example (Postfix) with ESMTP id 4AA;"
    " Mon, 14 Sep 2020 09:00:00 +0200"
)


def found(*headers: tuple[str, str], servers: frozenset[str] = frozenset()) -> Findings:
    """The findings of a mail with these headers, from stadt.example."""
    text = "".join(f"{name}: {value}\n" for name, value in headers)
    message = message_from_string(f"{text}\nText\n", policy=policy.compat32)
    return findings(message, domain="stadt.example", servers=servers)


def test_a_header_is_read_with_comments_quotes_and_properties() -> None:
    assert read_header(GOOD) == Authentication(
        "mx.stadt.example",
        (
            Result("dkim", "pass", {"header.d": "stadt.example", "header.i": "@stadt.example"}),
            Result("spf", "pass", {"smtp.mailfrom": "bounce+x@stadt.example"}),
            Result("dmarc", "pass", {"header.from": "stadt.example"}),
        ),
    )


@pytest.mark.parametrize(
    "text", ["mx.example.org; none", "mx.example.org 1; none", "mx.example.org"]
)
def test_a_server_may_have_found_nothing(text: str) -> None:
    assert read_header(text) == Authentication("mx.example.org", ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "mx.example.org; dkim",
        "mx.example.org; dkim=",
        "mx.example.org; =pass",
        "mx.example.org; dkim=pass header.d",
        "mx.example.org; dkim=pass (open",
        "mx.example.org; dkim=pass )",
        'mx.example.org; dkim="pass',
        "mx.example.org one two; dkim=pass",
        "<mx>; dkim=pass",
        "mx.example.org; " + "a" * LONGEST_HEADER,
    ],
)
def test_what_does_not_follow_the_grammar_is_no_result(text: str) -> None:
    assert read_header(text) is None


@given(st.text(alphabet='mx.;=()"\\ \tdkimpass\r\n\x00ü', max_size=300))
def test_hostile_text_is_never_more_than_no_result(text: str) -> None:
    read = read_header(text)

    assert read is None or read.server


@pytest.mark.parametrize("text", ["(" * 7000, '"' * 7000, "a=" * 3500, "\\" * 7000, "(a)" * 2500])
def test_long_hostile_text_is_read_at_once(text: str) -> None:
    began = time.perf_counter()

    read_header("mx.example.org; " + text)

    assert time.perf_counter() - began < 0.1


def test_a_mail_that_arrived_as_it_should_passes_all_tests() -> None:
    verdicts = found(
        ("Authentication-Results", GOOD), ("Received", PROTECTED), ("Received", OWN_MACHINE)
    )

    assert verdicts == Findings(*(Verdict.PASSED,) * 4)
    assert verdicts.has_passed


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("mx; dkim=fail header.d=stadt.example; spf=softfail; dmarc=fail", Verdict.FAILED),
        ("mx; dkim=none; spf=none; dmarc=none", Verdict.MISSING),
        ("mx; none", Verdict.MISSING),
        ("mx; dkim=permerror; spf=temperror; dmarc=permerror", Verdict.FAILED),
    ],
)
def test_what_the_server_says_decides(results: str, expected: Verdict) -> None:
    verdicts = found(("Authentication-Results", results), ("Received", PROTECTED))

    assert [verdicts.dkim, verdicts.spf, verdicts.dmarc] == [expected] * 3


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("stadt.example", Verdict.PASSED),
        ("mail.stadt.example", Verdict.PASSED),
        ("STADT.example", Verdict.PASSED),
        ("andere.example", Verdict.FAILED),
        ("xstadt.example", Verdict.FAILED),
        ("example", Verdict.FAILED),
    ],
)
def test_a_signature_of_another_domain_is_not_ours(domain: str, expected: Verdict) -> None:
    verdicts = found(
        ("Authentication-Results", f"mx; dkim=pass header.d={domain}"), ("Received", PROTECTED)
    )

    assert verdicts.dkim is expected


def test_results_the_sender_wrote_itself_are_not_believed() -> None:
    forged = ("Authentication-Results", GOOD)

    below = found(("Received", PROTECTED), ("Received", OWN_MACHINE), forged)

    assert (below.dkim, below.spf, below.dmarc) == (Verdict.MISSING,) * 3
    assert found(("Received", PROTECTED), forged, ("Received", OWN_MACHINE)).dkim is Verdict.PASSED


def test_where_the_server_is_known_only_that_one_is_believed() -> None:
    header = ("Authentication-Results", GOOD)

    assert found(header, servers=frozenset({"mx.stadt.example"})).dkim is Verdict.PASSED
    assert found(header, servers=frozenset({"mx.andere.example"})).dkim is Verdict.MISSING


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([PROTECTED], Verdict.PASSED),
        ([PROTECTED, OPEN], Verdict.FAILED),
        ([OPEN], Verdict.FAILED),
        ([OWN_MACHINE], Verdict.MISSING),
        ([], Verdict.MISSING),
        (["from a by b; date"], Verdict.MISSING),
        ([PROTECTED.replace("ESMTPS", "esmtpsa")], Verdict.PASSED),
        ([PROTECTED.replace("with ESMTPS", "with LMTP")], Verdict.MISSING),
    ],
)
def test_the_way_is_protected_if_every_part_of_it_is(ways: list[str], expected: Verdict) -> None:
    assert found(*(("Received", way) for way in ways)).tls is expected
