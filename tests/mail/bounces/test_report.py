"""Reports of other mail servers are understood; everything else that anybody can send survives."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.mail.bounces.report import Kind, Report, read_report
from tests.mail.bounces.returned import (
    ADDRESS,
    exchange,
    letter,
    out_of_office,
    postfix,
    read_receipt,
)

TAG = "0123456789abcdef.0123456789ab.abcdefghijklmnop"
TAGGED = f"rueckmeldung+{TAG}@stadt.example"
NESTED = b"".join(
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b%d"\r\n\r\n--b%d\r\n'
    % (n, n)
    for n in range(3000)
)
ENDLESS = b"Content-Type: multipart/report;" + b" a=b;" * 40_000 + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(postfix(TAGGED), Report(Kind.REPORT, (TAG, TAG), "5.1.1"), id="hard"),
        pytest.param(
            postfix(TAGGED, status="4.4.1"), Report(Kind.REPORT, (TAG, TAG), "4.4.1"), id="soft"
        ),
        pytest.param(
            postfix(TAGGED, status="4.4.1", action="delayed"),
            Report(Kind.REPORT, (TAG, TAG)),
            id="only late",
        ),
        pytest.param(
            postfix(TAGGED, status="2.0.0", action="delivered"),
            Report(Kind.REPORT, (TAG, TAG)),
            id="delivered",
        ),
        pytest.param(
            postfix(TAGGED, status="550"), Report(Kind.REPORT, (TAG, TAG)), id="no enhanced code"
        ),
        pytest.param(
            exchange(TAGGED), Report(Kind.REPORT, (TAG.upper(),), "5.1.10"), id="Exchange"
        ),
        pytest.param(out_of_office(TAGGED), Report(Kind.AUTOMATIC, (TAG,)), id="out of office"),
        pytest.param(read_receipt(TAGGED), Report(Kind.AUTOMATIC, (TAG,)), id="read receipt"),
        pytest.param(letter(TAGGED), Report(Kind.OTHER, (TAG,)), id="letter"),
        pytest.param(postfix(ADDRESS), Report(Kind.REPORT, (), "5.1.1"), id="no tag"),
        pytest.param(
            postfix(f"andere+{TAG}@stadt.example"), Report(Kind.REPORT, (), "5.1.1"), id="not ours"
        ),
        pytest.param(
            postfix(f"rueckmeldung+{TAG}@stadt.example.com"),
            Report(Kind.REPORT, (), "5.1.1"),
            id="another domain",
        ),
        pytest.param(b"", Report(Kind.OTHER), id="nothing"),
    ],
)
def test_a_mail_is_read_for_what_it_is(content: bytes, expected: Report) -> None:
    assert read_report(content, ADDRESS) == expected


@pytest.mark.parametrize(
    ("status", "is_hard", "is_soft", "is_bad_address"),
    [
        ("5.1.1", True, False, True),
        ("5.7.1", True, False, False),
        ("4.2.2", False, True, False),
        ("", False, False, False),
    ],
    ids=["bad address", "policy", "full", "none"],
)
def test_what_a_status_means(
    status: str, is_hard: object, is_soft: object, is_bad_address: object
) -> None:
    report = Report(Kind.REPORT, (), status)

    assert (report.is_hard, report.is_soft, report.is_bad_address) == (
        is_hard,
        is_soft,
        is_bad_address,
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(NESTED, id="nested"),
        pytest.param(ENDLESS, id="endless header"),
        pytest.param(b"To: " + b"rueckmeldung+" * 20_000, id="address without an end"),
        pytest.param(b"To: rueckmeldung+" + b"a." * 100_000, id="tag without an end"),
        pytest.param(b"Content-Type: multipart/report; report-type*=x''%ff\n\n", id="encoded"),
        pytest.param(b"Status: 5" + b".1" * 100_000, id="status without an end"),
        pytest.param(postfix(TAGGED)[:700], id="cut off"),
        pytest.param(postfix(TAGGED).replace(b"us-ascii", b"\xff\xfe"), id="no charset"),
        pytest.param(b"\x00" * 300_000, id="zeros"),
    ],
)
def test_hostile_mail_is_survived_quickly(content: bytes) -> None:
    began = time.process_time()

    found = read_report(content, ADDRESS)

    assert found.status in {"", "5.1.1"}
    assert time.process_time() - began < 5


@given(st.binary(max_size=3000))
def test_any_bytes_are_survived(content: bytes) -> None:
    assert read_report(content, ADDRESS).kind in Kind


@given(st.data())
def test_any_damage_to_a_report_is_survived(data: st.DataObject) -> None:
    content = bytearray(postfix(TAGGED))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[at : at + length] = data.draw(st.binary(max_size=40))
        if not content:
            content = bytearray(b"x")

    assert re.fullmatch(r"([245]\.\d{1,3}\.\d{1,3})?", read_report(bytes(content), ADDRESS).status)


def test_a_report_that_another_quotes_says_nothing() -> None:
    quoted = letter(TAGGED) + b"\r\n" + postfix(TAGGED)

    assert read_report(quoted, ADDRESS).kind is Kind.OTHER
