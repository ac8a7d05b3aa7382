"""Mails as they lie in a mailbox for undeliverable ones: reports of several mail servers, and other mail."""

from __future__ import annotations

ADDRESS = "rueckmeldung@stadt.example"


def postfix(to: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A report as Postfix writes it."""
    return f"""\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@mx.dorf.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4BCD.1600000000/mx.dorf.example"

This is a MIME-encapsulated message.

--4BCD.1600000000/mx.dorf.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<anna@example.org>: host mx.example.org said: 550 5.1.1 unknown user

--4BCD.1600000000/mx.dorf.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.dorf.example
X-Postfix-Sender: rfc822; {to}

Final-Recipient: rfc822; anna@example.org
Original-Recipient: rfc822;anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} what the other server said

--4BCD.1600000000/mx.dorf.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Ministerium <kongress@example.org>
To: anna@example.org
Message-ID: <0123456789abcdef@example.org>

--4BCD.1600000000/mx.dorf.example--
""".replace("\n", "\r\n").encode()


def exchange(to: str) -> bytes:
    """A report as Exchange writes it: quoted parameter, other order of headers, lower case, capitals in the address."""
    return f"""\
Content-Type: multipart/report; boundary="_000_X_"; REPORT-TYPE="delivery-status"
MIME-Version: 1.0
To: {to.upper()}
From: postmaster@dorf.example
Subject: Undeliverable: Wie war der Kongress?

--_000_X_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PGh0bWw+PC9odG1sPg==
--_000_X_
Content-Type: message/delivery-status

reporting-mta: dns;AM0PR0.outlook.example

final-recipient: rfc822;bernd@example.org
action: Failed
status: 5.1.10
diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--_000_X_
Content-Type: message/rfc822

Subject: Wie war der Kongress?
To: bernd@example.org

Guten Tag
--_000_X_--
""".replace("\n", "\r\n").encode()


def out_of_office(to: str) -> bytes:
    """An automatic reply."""
    return f"""\
From: anna@example.org
To: {to}
Subject: Automatische Antwort: Wie war der Kongress?
Auto-Submitted: auto-replied
Content-Type: text/plain

Ich bin bis zum 28. September nicht da.
""".encode()


def read_receipt(to: str) -> bytes:
    """A report, but one of reading."""
    return f"""\
To: {to}
Subject: Gelesen
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: message/disposition-notification

Disposition: manual-action/MDN-sent-manually; displayed
--b--
""".encode()


def letter(to: str) -> bytes:
    """What a person wrote."""
    return f"""\
From: Anna Albrecht <anna@example.org>
To: {to}
Subject: AW: Wie war der Kongress?

Guten Tag, ich habe keinen Link bekommen. 550 5.1.1
""".encode()
