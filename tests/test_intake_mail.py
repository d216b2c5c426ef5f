"""Mails and mailboxes to reports. Every mail was written for these tests."""

from __future__ import annotations

import base64
import io
import time
import tracemalloc
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Failure, IntakeError, Limits, read_path
from dateline.intake.encoding import decode
from dateline.intake.limits import DEFAULT
from dateline.intake.mail.box import mails
from dateline.intake.mail.layout import blocks_of
from dateline.intake.mail.message import parse_mail
from dateline.intake.mail.read import MAIL
from dateline.intake.paths import read_within
from dateline.intake.reader import Source, digest
from dateline.intake.records.contacts import without_contacts
from dateline.intake.registry import readers
from dateline.intake.retrieval import Retrieval
from dateline.model import CODED_BLOCKS, Report

FIRST = "Police detained four farmers in Graz on Monday, the prefecture said."
SECOND = "Nurses marched through Lima on Sunday, the union of nurses said."
PAGE = f"""<html><body><article><p>{FIRST} The mayor's office said that it would look into what happened.</p>
<p>{SECOND} Two of them were hurt near the bridge, a nurse at the city's hospital told reporters.</p></article>"""


def mail(
    text: str | None = FIRST, sender: str = "The Valley Post <desk@post.example.org>", **more: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = sender
    made["To"] = "readers@list.example.net"
    made["Subject"] = "Farmers held"
    made["Date"] = "Tue, 6 Feb 2024 23:30:00 -0500"
    for name, value in more.items():
        made.replace_header(name, value)
    if text is not None:
        made.set_content(text)
    return made


def read(path: Path, data: bytes | EmailMessage, **more: object) -> list[Report | Failure]:
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    return list(read_path(path, **more))  # type: ignore[arg-type]


def report(items: list[Report | Failure]) -> Report:
    [one] = items
    assert isinstance(one, Report), one
    return one


def failure(items: list[Report | Failure]) -> str:
    [one] = [str(item) for item in items if isinstance(item, Failure)]
    return one


def coded(found: Report) -> list[str]:
    return [found.text[b.start : b.end] for b in found.blocks if b.kind in CODED_BLOCKS]


# What a mail says of itself


def test_a_mail_is_one_report_with_its_subject_sender_and_day(tmp_path: Path) -> None:
    found = report(read(tmp_path / "a.eml", mail()))
    assert (found.id, found.title, found.publisher, found.published) == (
        *("a.eml", "Farmers held", "The Valley Post", "2024-02-06T23:30:00-05:00"),
    )
    assert coded(found) == [FIRST]
    assert found.author is None
    assert found.sha256 == digest((tmp_path / "a.eml").read_bytes())


def test_what_the_caller_says_goes_before_what_the_mail_says(tmp_path: Path) -> None:
    found = report(read(tmp_path / "a.eml", mail(), publisher="Another", published="2024-01-01"))
    assert (found.publisher, found.published) == ("Another", "2024-01-01")


@pytest.mark.parametrize(
    ("sender", "publisher"),
    [
        ("desk@post.example.org", "post.example.org"),
        ('"desk@post.example.org" <desk@post.example.org>', "post.example.org"),
        ("desk@post.example.org via List <list@example.net>", "via List"),
        ("Valley Post (+43 316 123 45 67) <desk@post.example.org>", "Valley Post"),
        ("Valley Post @valleypost <desk@post.example.org>", "Valley Post"),
        ("=?utf-8?q?Caf=C3=A9_Post?= <desk@post.example.org>", "Café Post"),
        ("undisclosed", "undisclosed"),
    ],
)
def test_no_address_number_or_handle_is_a_publisher(sender: str, publisher: str, tmp_path: Path) -> None:
    data = mail().as_bytes().replace(b"From: The Valley Post <desk@post.example.org>", f"From: {sender}".encode())
    assert report(read(tmp_path / "a.eml", data)).publisher == publisher


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("Call 0316 123 456 789 now", "Call now"),
        ("Two held on 2024-02-06", "Two held on 2024-02-06"),
        ("Budget of 12 500 000 000 passed", "Budget of 12 500 000 000 passed"),
        ("Season 2023-2024", "Season 2023-2024"),
        ("Held (0316) 123 456 78", "Held"),
        ("@desk", None),
        ("a@b.example", None),
        (None, None),
    ],
)
def test_contacts_are_taken_out_and_dates_and_numbers_stay(given: str | None, left: str | None) -> None:
    assert without_contacts(given) == left


def test_a_header_that_is_not_encoded_is_read_as_utf_8(tmp_path: Path) -> None:
    data = mail().as_bytes().replace(b"Subject: Farmers held", "Subject: Éleveurs détenus".encode())
    assert report(read(tmp_path / "a.eml", data)).title == "Éleveurs détenus"


def test_a_day_that_is_none_is_left_out(tmp_path: Path) -> None:
    data = mail().as_bytes().replace(b"Tue, 06 Feb 2024 23:30:00 -0500", b"some time ago")
    assert report(read(tmp_path / "a.eml", data)).published is None


# The text


def test_quoted_lines_and_the_signature_are_kept_and_never_coded(tmp_path: Path) -> None:
    text = (
        f"{FIRST}\n\nOn Monday, Anna Berg <anna@example.org>\nwrote:\n\n> {SECOND}\n>\n> Two were hurt.\n\n"
        "The march was not announced.\n\n-- \nAnna Berg\nTel. +43 316 123 4567\n"
    )
    found = report(read(tmp_path / "a.eml", mail(text)))
    assert coded(found) == [FIRST, "The march was not announced."]
    debris = " ".join(found.text[b.start : b.end] for b in found.blocks if b.kind == "debris")
    assert "Anna Berg <anna@example.org>\nwrote:" in debris and SECOND in debris and "123 4567" in debris


def test_a_line_that_tells_how_to_reach_somebody_is_not_coded(tmp_path: Path) -> None:
    found = report(read(tmp_path / "a.eml", mail(f"{FIRST}\n\nPress office of the Valley, press@example.org\n")))
    assert coded(found) == [FIRST]


def test_a_page_is_read_where_the_plain_text_is_only_a_note(tmp_path: Path) -> None:
    made = mail("Please see the page.")
    made.add_alternative(PAGE, subtype="html")
    found = report(read(tmp_path / "a.eml", made))
    assert coded(found)[0].startswith(FIRST) and "see the page" not in found.text
    assert (found.title, found.publisher, found.author) == ("Farmers held", "The Valley Post", None)


def test_the_plain_text_is_read_where_there_is_one(tmp_path: Path) -> None:
    made = mail(f"{FIRST} It said no more, and the mayor's office was not to be reached that day.")
    made.add_alternative(PAGE, subtype="html")
    assert coded(report(read(tmp_path / "a.eml", made)))[0].startswith(f"{FIRST} It said no more")


@pytest.mark.parametrize("charset", [b"utf-8", b"us-ascii", b"no-such-charset", b"utf-16"])
def test_a_charset_that_lies_is_not_believed(charset: bytes, tmp_path: Path) -> None:
    body = "La police a arrêté quatre éleveurs à Orléans, a dit le préfet, et deux autres à Nîmes dimanche."
    head = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\nContent-Type: text/plain; "
    )
    for encoding in ("utf-8", "cp1252"):
        data = head + b"charset=" + charset + b"\n\n" + body.encode(encoding)
        assert report(read(tmp_path / "a.eml", data)).text == body


def test_a_charset_with_escapes_is_believed(tmp_path: Path) -> None:
    head = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    body = "警方周一逮捕了一名男子。"
    assert report(read(tmp_path / "a.eml", head + body.encode("iso2022_jp", "ignore"))).text.startswith("警方")


# What lies in a mail


def test_documents_in_a_mail_are_reports_of_their_own(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = mail()
    made.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename="statement.txt")
    made.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="page.html")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    kept: list[tuple[str, Retrieval | None]] = []
    found = read(tmp_path / "a.eml", made, keep=lambda data, how: kept.append((digest(data), how)))
    own, statement, page = [item for item in found if isinstance(item, Report)]
    assert [own.id, statement.id, page.id] == ["a.eml", "a.eml-1", "a.eml-2"]
    assert (statement.text, statement.publisher) == (SECOND, "The Valley Post")
    assert statement.published == own.published and page.published is None
    assert [sha256 for sha256, _ in kept] == [own.sha256, statement.sha256, page.sha256]
    assert kept[1][1] == Retrieval("part of a mail", within=str(tmp_path / "a.eml"))
    assert "parts of the mail are not read: 'logo.png'" in caplog.text


def test_a_mail_that_was_sent_on_is_a_report_of_its_own(tmp_path: Path) -> None:
    made = mail("See below.")
    made.add_attachment(mail(SECOND, sender="Sample Wire <wire@example.org>", Subject="Nurses march"))
    own, sent = (item for item in read(tmp_path / "a.eml", made))
    assert isinstance(own, Report) and isinstance(sent, Report)
    assert (sent.publisher, sent.title, sent.text.strip()) == ("Sample Wire", "Nurses march", SECOND)


def test_a_mail_of_nothing_but_another_gives_that_one(tmp_path: Path) -> None:
    made = mail(None)
    made.add_attachment(mail(SECOND))
    assert report(read(tmp_path / "a.eml", made)).text.strip() == SECOND


def test_a_digest_is_parted_into_its_mails(tmp_path: Path) -> None:
    rule = "-" * 30
    entry = (
        "Message: {n}\nDate: Mon, 5 Feb 2024 08:00:00 +0000\nFrom: Sample Wire <w@example.org>\nSubject: {s}\n\n{t}\n"
    )
    text = (
        f"Today's topics:\n\n 1. One\n 2. Two\n\n{'-' * 70}\n\n{entry.format(n=1, s='One', t=FIRST)}\n{rule}\n\n"
        f"{entry.format(n=2, s='Two', t=SECOND)}\n{rule}\n\nEnd of the digest\n"
    )
    first, second = (item for item in read(tmp_path / "a.eml", mail(text)))
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.title, first.publisher, first.text.strip()) == ("One", "Sample Wire", FIRST)
    assert (second.id, second.title, second.text.strip()) == ("a.eml-2", "Two", SECOND)


# Mailboxes

LINE = b"From desk@post.example.org Tue Feb  6 08:00:00 2024\n"


def box(*entries: bytes) -> bytes:
    return b"".join(LINE + entry.rstrip(b"\n") + b"\n\n" for entry in entries)


def test_a_box_gives_a_report_a_mail_and_a_broken_one_costs_itself(tmp_path: Path) -> None:
    broken = b"Content-Type: multipart/mixed\nSubject: x\n\nno boundary"
    found = read(tmp_path / "a.mbox", box(mail().as_bytes(), broken, mail(SECOND).as_bytes()))
    assert [item.id for item in found if isinstance(item, Report)] == ["a.mbox-1", "a.mbox-3"]
    assert "a.mbox!2.eml: the parts of the mail are not marked off" in failure(found)


def test_each_mail_of_a_box_is_evidence_of_its_own(tmp_path: Path) -> None:
    one, other = mail().as_bytes(), mail(SECOND).as_bytes()
    kept: list[bytes] = []
    found = read(tmp_path / "a.mbx", box(one, other), keep=lambda data, _: kept.append(data))
    assert [data.strip() for data in kept] == [one.strip(), other.strip()]
    assert [item.sha256 for item in found if isinstance(item, Report)] == [digest(data) for data in kept]


def test_escaped_lines_are_as_they_were_sent_and_others_part_nothing() -> None:
    text = b"Subject: x\n\n>From the bridge they went home.\n>>From here too.\n\nFrom 10 to 12 they met.\n"
    [found] = mails(io.BytesIO(box(text)), 10_000)
    assert found is not None
    assert found.splitlines()[2:] == [
        *(b"From the bridge they went home.", b">From here too.", b"", b"From 10 to 12 they met.", b""),
    ]


@given(st.lists(st.sampled_from([b"From here on", b">From there", b"Two were hurt.", b"", b"> said", b"x" * 70_000])))
def test_what_is_put_into_a_box_comes_out_again(lines: list[bytes]) -> None:
    sent = b"Subject: x\n\n" + b"\n".join(lines) + b"\n"
    escaped = b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in sent.split(b"\n"))
    found = list(mails(io.BytesIO(LINE + escaped + b"\n" + LINE + b"Subject: y\n\n"), 10_000_000))
    assert found == [sent + b"\n", b"Subject: y\n\n"]


def test_a_mail_over_the_limit_costs_itself_and_memory_is_that_of_one_mail(tmp_path: Path) -> None:
    large = mail(FIRST).as_bytes() + b"x" * 72 * 30_000
    path = tmp_path / "a.mbox"
    path.write_bytes(box(mail().as_bytes(), large, *[mail(SECOND).as_bytes()] * 20))
    found = list(read_path(path, limits=Limits(bytes=100_000)))
    assert len(found) == 22
    assert "a.mbox!2.eml: the mail is over the limit of 100,000 bytes" in failure(found)

    class Many(io.RawIOBase):
        """A box of 20 MB that is nowhere whole."""

        left = 20
        mail = box(b"Subject: x\n\n" + (b"y" * 79 + b"\n") * 12_500)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            if self.left == 0:
                return 0
            self.left -= 1
            buffer[: len(self.mail)] = self.mail  # type: ignore[index]
            return len(self.mail)

    tracemalloc.start()
    number = sum(mail is not None for mail in mails(io.BufferedReader(Many(), len(Many.mail)), 2_000_000))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 20
    assert most < 9_000_000


# Which reader, and what is hostile


def test_a_mail_is_known_by_its_headers_and_other_texts_are_not() -> None:
    known = readers()
    received = (
        b"Received: from a by b; Tue, 6 Feb 2024 08:00:00 +0000\nFrom: a@b.example\nSubject: x\n\n" + FIRST.encode()
    )
    assert known.choose(None, received) == "mail"
    assert known.choose("saved", LINE + received) == "mail"
    assert known.choose(None, b"Subject: farmers\nFrom: our desk\n\n" + FIRST.encode()) == "text"
    assert known.choose(None, b"From the bridge they went home.\n" + FIRST.encode()) == "text"
    page = b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: x\nMIME-Version: 1.0\n\n"
    assert not MAIL.sniff(page)


def test_what_is_no_mail_says_so(tmp_path: Path) -> None:
    assert "this is no mail" in failure(read(tmp_path / "a.eml", FIRST.encode()))
    assert "holds no text" in failure(read(tmp_path / "b.eml", mail("  ")))


def _nested(depth: int) -> bytes:
    def lines() -> Iterator[bytes]:
        yield b"From: a@b.example\nSubject: x\n"
        for n in range(depth):
            yield b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
        yield b"\n" + FIRST.encode()

    return b"".join(lines())


def _of_itself(depth: int) -> bytes:
    made = mail()
    for _ in range(depth):
        outer = mail(None)
        outer.add_attachment(made)
        made = outer
    return made.as_bytes()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "10,000 nested parts": (lambda: _nested(10_000), "nests its parts more than 30 deep"),
    "40 nested parts": (lambda: _nested(40), "nests its parts more than 30 deep"),
    "mails in mails": (lambda: _of_itself(8), "inside one another"),
    "many parts": (
        lambda: b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx y\n" * 2_000,
        "more than 1,000 parts",
    ),
    "no boundary": (
        lambda: b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + FIRST.encode(),
        "boundary is missing",
    ),
    "a picture alone": (lambda: b"From: a@b.example\nContent-Type: image/png\n\n\x89PNG", ""),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_mail_costs_itself(what: str, tmp_path: Path) -> None:
    make, told = HOSTILE[what]
    started = time.monotonic()
    found = [item for item in read(tmp_path / "a.eml", make()) if isinstance(item, Failure)]
    assert found and told in str(found[-1])
    assert time.monotonic() - started < 8


def test_a_bomb_of_headers_ends_within_its_time(tmp_path: Path) -> None:
    bombs = [
        b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\nFrom: a@b.example\n\n" + FIRST.encode(),
        b"From: " + b"(" * 500_000 + b"\nSubject: x\n\n" + FIRST.encode(),
        b"X-A: b\n" * 300_000 + b"From: a@b.example\nSubject: x\n\n" + FIRST.encode(),
    ]
    for data in bombs:
        started = time.monotonic()
        found = report(read(tmp_path / "a.eml", data))
        assert found.text == FIRST and len(found.title or "") <= 2_000
        assert time.monotonic() - started < 8


def test_base64_that_is_broken_gives_what_is_left_or_says_so(tmp_path: Path) -> None:
    head = b"From: a@b.example\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\n"
    cut = base64.b64encode(f"{FIRST} {SECOND}".encode())[:101]
    assert report(read(tmp_path / "a.eml", head + cut)).text.startswith(FIRST)
    found = read(tmp_path / "b.eml", head + base64.b64encode(bytes(range(128, 256)) * 9)[1:])
    assert "text" in failure(found)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*mail().as_bytes().splitlines(keepends=True), b"--b\n", b"\n", b"\xff\xfe", b"(((<"])))
def test_any_bytes_are_read_or_refused(lines: list[bytes]) -> None:
    try:
        found = parse_mail(b"".join(lines), DEFAULT, {})
    except IntakeError:
        return
    assert not any("@" in (value or "") for value in found["about"].values())


@given(st.text(alphabet=st.sampled_from("a>-.\n :@1 "), max_size=120))
def test_the_blocks_of_any_text_hold_its_words_in_order(text: str) -> None:
    blocks = blocks_of(text)
    ends = [0, *(at for block in blocks for at in (block.start, block.end)), len(text)]
    assert ends == sorted(ends)
    left = list(text)
    for block in blocks:
        left[block.start : block.end] = " " * (block.end - block.start)
    assert not "".join(left).strip()


def test_the_time_for_the_blocks_grows_with_the_text() -> None:
    started = time.monotonic()
    blocks_of(f"{FIRST}\n> {SECOND}\n" * 5_000)
    assert time.monotonic() - started < 5


def test_a_mail_tells_what_its_headers_state() -> None:
    data = b"From: Sample Wire <wire@example.org>\nSubject: March\nDate: 6 Feb 2024 08:00:00 +0000\n\nMen marched.\n"
    source = Source.of(data, id="a.eml")
    [report] = MAIL.read(source)
    assert isinstance(report, Report)
    assert {s.field: (s.where, s.words) for s in report.stated} == {
        field: ("a header of the mail", getattr(report, field)) for field in ("title", "published", "publisher")
    }
    source = Source.of(data, id="a.eml")
    source.meta = {"publisher": "The Valley Post"}
    [given] = MAIL.read(source)
    assert isinstance(given, Report)
    assert {s.field for s in given.stated} == {"title", "published"}


def test_a_charset_with_a_nul_in_its_name_is_none() -> None:
    data = b'From: A <a@example.org>\nSubject: March\nContent-Type: text/plain; charset="koi8\0r"\n\nMen march\xe9d.\n'
    [found] = read_within(Source.of(data, path="a.eml", id="a.eml"))
    assert isinstance(found, Report | Failure)
    assert decode("Menschen zogen über die Brücke.".encode("latin-1"), charset="koi8\0r").startswith("Menschen zogen")
