"""Mails, as programs send and store them."""

from __future__ import annotations

from email.message import EmailMessage

ANNA, BOB = '"Anna Stone" <anna@club.example>', "Bob Miller <bob@club.example>"
PAGE = """<html><body><h2>Spring race</h2><p>The race starts at <b>noon</b>.</p>
<table><tr><th>Boat</th><th>Fee</th></tr><tr><td>Heron</td><td>12 euros</td></tr></table>
<p><b>Oars:</b> bring your own.</p><script>x()</script>
<div class="gmail_quote"><div>On Tuesday Bob wrote:</div><blockquote>When does it start?</blockquote></div>
</body></html>"""


def mail(sender: str = ANNA, subject: str = "Spring race", day: int = 12, text: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, BOB, subject
    message["Date"] = f"Wed, {day} May 2021 14:03:00 +0200"
    message["Message-ID"] = f"<{day}@club.example>"
    if text is not None:
        message.set_content(text)
    return message


def answer() -> bytes:
    text = (
        "Hi Bob,\n\nthe race starts at noon. Please \nbring your own oars.\n\n"
        "On Tue, 11 May 2021 at 09:00, Bob Miller <bob@club.example>\nwrote:\n"
        "> When does the race \n> start?\n>\n> > Clara said at ten.\n\nI hope that helps.\n\n"
        "Sent from my boat\n-- \nAnna Stone\nRowing Club\n"
    )
    message = mail(subject="Re: Frühlingsrennen 🚣", text=text)
    message.set_param("format", "flowed")
    return bytes(message)


def newsletter() -> bytes:
    message = mail(text="This mail is a page.")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Regeln für alle.pdf")
    message.add_attachment(b"GIF89a", maintype="image", subtype="gif", disposition="inline", cid="<1>")
    message.add_attachment("A list of oars.", filename="oars.txt")
    return bytes(message)


def forwarded() -> bytes:
    message = mail(text="Please read this.")
    inner = mail(
        BOB, "The bridge", 11, "The bridge is closed.\n\n-----Original Message-----\nFrom: Clara\n\nIs it open?"
    )
    message.add_attachment(inner)
    return bytes(message)


def mailbox() -> bytes:
    first = mail(BOB, "The fee", 10, "How much is the fee?\n\nFrom Monday on we have to know.\n")
    second = mail(
        ANNA, "Re: The fee", 11, "> How much\n> is the fee?\n\nIt is 12 euros.\n\n> And what else?\n\nNothing.\n"
    )
    parts = [bytes(one).replace(b"\nFrom Monday", b"\n>From Monday") for one in (first, second)]
    return b"\n".join(b"From bob@club.example Mon May 10 14:03:00 2021\n" + part for part in parts)


def western() -> bytes:
    return (
        b"From: Zo\xeb <zoe@club.example>\r\nSubject: Le tarif\r\nDate: soon\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"Le tarif r=E9duit co=\r\n=FBte six euros.\r\n"
    )


def encrypted() -> bytes:
    return (
        b'From: a@b.example\nSubject: x\nContent-Type: multipart/encrypted; boundary="1"\n\n--1\n'
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n"
        b"--1\nContent-Type: application/octet-stream\n\nhQ\n--1--\n"
    )
