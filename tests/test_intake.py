"""Text and JSON Lines to reports, publication dates, languages, encodings, limits."""

from __future__ import annotations

import encodings
import hashlib
import json
from dataclasses import replace
from encodings.aliases import aliases
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import OptionError
from dateline.intake import Failure, IntakeError, Limits, check_published, read_jsonl, read_text
from dateline.intake.encoding import decode
from dateline.intake.language import SAMPLE, check_language, detect_language
from dateline.model import Report

TEXT = "Police dispersed a crowd in front of the town hall of Graz on Monday.\r\n\r\n“Two were hurt,” a nurse said.\n"


# Plain text


def test_text_and_metadata_are_kept_as_given() -> None:
    report = read_text(
        TEXT, id="7", url="https://example.org/7", publisher="Post", published="2024-02-01", title="T", author="A"
    )
    assert report.text == TEXT
    assert (report.id, report.url, report.publisher) == ("7", "https://example.org/7", "Post")
    assert (report.published, report.title, report.author, report.language) == ("2024-02-01", "T", "A", "en")
    assert [block.kind for block in report.blocks] == ["paragraph", "paragraph"]


def test_evidence_names_the_report() -> None:
    name = hashlib.sha256(TEXT.encode()).hexdigest()
    report = read_text(TEXT)
    assert report.sha256 == name
    assert report.id == name[:16]
    assert read_text(TEXT, sha256="ab" * 32).id == "ab" * 8


@pytest.mark.parametrize("text", ["", "  \n\t", "...", "\u200f—\n***"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(IntakeError, match="no words"):
        read_text(text)


@pytest.mark.parametrize(("text", "message"), [("Two\0 hurt.", "NUL at character 3"), ("\udc80 hurt", "character 0")])
def test_characters_that_are_no_text_are_refused(text: str, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        read_text(text)


def test_a_text_over_the_limit_is_refused_by_name() -> None:
    with pytest.raises(IntakeError, match=r"limit of 20 characters; .*characters=N"):
        read_text("a" * 21, limits=Limits(characters=20))


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=300))
def test_any_text_is_read_untouched_or_refused(text: str) -> None:
    try:
        report = read_text(text)
    except IntakeError:
        assert not any(c.isalnum() for c in text)
    else:
        assert report.text == text
        assert report == read_text(text)


# Publication dates


@pytest.mark.parametrize(
    ("given_date", "kept"),
    [
        ("2020", "2020"),
        ("2020-01", "2020-01"),
        ("2020-01-19", "2020-01-19"),
        (" 2020-01-19\n", "2020-01-19"),
        ("2024-02-29", "2024-02-29"),
        ("2020-01-19T14:30", "2020-01-19T14:30"),
        ("2020-01-19 14:30:05", "2020-01-19T14:30:05"),
        ("2020-01-19T14:30:05Z", "2020-01-19T14:30:05Z"),
        ("2020-01-19t14:30:05.123 +05:30", "2020-01-19T14:30:05.123+05:30"),
        ("2020-01-19T14:30:05+0100", "2020-01-19T14:30:05+0100"),
    ],
)
def test_publication_dates(given_date: str, kept: str) -> None:
    assert check_published(given_date) == kept
    assert read_text("Two were hurt.", published=given_date).published == kept


@pytest.mark.parametrize(
    ("given_date", "message"),
    [
        ("2020-02-31", r"'2020-02-31' is no day of the calendar; February 2020 has the days 01 to 29"),
        ("2023-02-29", r"February 2023 has the days 01 to 28"),
        ("2020-13-01", r"has month 13; months are 01 to 12"),
        ("2020-00-01", r"has month 00"),
        ("2020-01-00", r"is no day"),
        ("0000-01-01", r"has no year"),
        ("31/12/2020", r"'31/12/2020' is not in a form that is safe to read; write it as 2020-01-19"),
        ("20200119", r"write it as"),
        ("yesterday", r"write it as"),
        ("", r"write it as"),
        ("2020-01-19T25:00", r"no such time of day"),
        ("2020-01-19T10:61", r"no such time of day"),
        ("٢٠٢٠-٠١-١٩", r"write it as"),
    ],
)
def test_impossible_publication_dates_name_the_mend(given_date: str, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        check_published(given_date)
    with pytest.raises(IntakeError, match=message):
        read_text("Two were hurt.", published=given_date)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_publication_date(day: object) -> None:
    assert check_published(str(day)) == str(day)


# Languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The police said on Monday that two people were hurt in the march.", "en"),
        ("THE POLICE SAID ON MONDAY THAT TWO PEOPLE WERE HURT IN THE MARCH.", "en"),
        ("Die Polizei sagte am Montag, dass bei der Demonstration zwei Menschen verletzt worden sind.", "de"),
        ("La policía dijo el lunes que dos personas resultaron heridas durante la marcha de los campesinos.", "es"),
        ("پلیس روز دوشنبه اعلام کرد که دو نفر در این راهپیمایی زخمی شده‌اند.", "fa"),
        ("Полиция сообщила в понедельник, что во время марша пострадали два человека.", "ru"),
        ("警方星期一表示，有两人在游行中受伤。", "zh"),
        ("Police hurt", None),
        ("12 34", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_menus_do_not_decide_the_language() -> None:
    german = "Die Polizei sagte am Montag, dass bei der Demonstration zwei Menschen verletzt worden sind."
    text = f"Share this: Facebook Twitter\n\n{german}\n\nSign up for our daily newsletter and never miss a story."
    assert read_text(text).language == "de"


def test_a_bounded_sample_is_looked_at() -> None:
    english = "The police said on Monday that two people were hurt in the march. "
    assert detect_language(english * (SAMPLE // len(english) + 1) + "полиция " * 100_000) == "en"


def test_language_tags() -> None:
    assert check_language("en-GB") == "en"
    assert check_language("FA") == "fa"
    assert read_text("Two were hurt.", language="pt_BR").language == "pt"
    with pytest.raises(IntakeError, match="write en for English"):
        read_text("Two were hurt.", language="English language")


# Encodings


@pytest.mark.parametrize(
    "data",
    [
        "Zwölf Männer".encode(),
        b"\xef\xbb\xbf" + "Zwölf Männer".encode(),
        "Zwölf Männer".encode("utf-16"),
        b"\xff\xfe" + "Zwölf Männer".encode("utf-16-le"),
        b"\xfe\xff" + "Zwölf Männer".encode("utf-16-be"),
        "Zwölf Männer".encode("utf-32"),
    ],
)
def test_marked_and_plain_encodings(data: bytes) -> None:
    assert decode(data) == "Zwölf Männer"


def test_declared_encoding() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head>{}'
    assert "Größe – “x”" in decode(page.format("iso-8859-1", "Größe – “x”").encode("cp1252"))
    assert "Милиция" in decode(page.format("koi8-r", "Милиция").encode("koi8-r"))
    assert "Größe" in decode(page.format("no-such-code", "Größe " * 20).encode("cp1252"))


CODECS = sorted({*aliases, *aliases.values(), *(module.name for module in iter_modules(encodings.__path__))})


@pytest.mark.parametrize("ending", ["html", "txt"])
@pytest.mark.parametrize("name", ["undefined", "unicode_escape", "idna", "rot13", "utf-16", "hex"])
def test_a_page_that_declares_what_is_no_writing_is_read_by_its_letters(ending: str, name: str) -> None:
    page = f"<html><head><meta charset={name}></head><body><p>Police arrested a man. café \\u0041</p></body></html>"
    assert "a man. café \\u0041" in decode(page.encode("cp1252"), f"the {ending} file")


def test_whatever_a_page_declares_is_decoded_or_refused() -> None:
    assert len(CODECS) > 300
    bodies = ("café".encode("cp1252"), b"caf\xe9 \x81\xff", "полиция".encode("cp1251"), b"\xe9" * 20)
    for name in CODECS:
        for body in bodies:
            try:
                assert decode(f"<meta charset={name}>".encode() + body)
            except IntakeError as error:
                assert error.mend


def test_undeclared_encoding_is_told_by_its_letters() -> None:
    for text, name in [
        ("Die Polizei löste am Montag eine Kundgebung auf. Zwölf Männer müssen für Übergriffe büßen. ", "cp1252"),
        ("La police a dispersé un rassemblement. “Deux blessés”, a déclaré l’hôpital près de la forêt. ", "cp1252"),
        ("Полиция разогнала митинг перед зданием мэрии. Пострадали два человека, сообщила больница. ", "cp1251"),
        ("Полиция разогнала митинг перед зданием мэрии. Пострадали два человека, сообщила больница. ", "koi8_r"),
        ("شرطة المدينة فرقت المتظاهرين أمام المبنى يوم الاثنين وأصيب شخصان بجروح. ", "cp1256"),
        ("警方星期一在市政厅前驱散了集会人群，医院说有两人受伤，另有四人被捕。", "gb18030"),
    ]:
        assert decode((text * 3).encode(name)) == text * 3


def test_a_few_bad_bytes_are_marked_and_told(caplog: pytest.LogCaptureFixture) -> None:
    data = ("Größe und Stärke. " * 50).encode() + b"\xff end"
    assert decode(data, "x.txt").endswith("\ufffd end")
    assert "1 bytes are not UTF-8" in caplog.text


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except IntakeError as error:
        assert error.mend
    else:
        assert text == decode(data)


# JSON Lines


def one(line: str | bytes, **meta: str) -> Report | Failure:
    (outcome,) = read_jsonl([line], **meta)
    return outcome


def test_records_keep_order_ids_and_texts() -> None:
    lines = [
        '{"id": "b", "text": " One\\r\\n two. ", "published": "2020-01", "publisher": "Post", "title": "T", "n": 1}\n',
        "\n",
        b'{"id": 7, "text": "Three four.", "url": null, "language": "en-GB", "author": "A", "retrieved": "2020-02-01"}',
    ]
    first, second = read_jsonl(lines)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.id, first.text, first.published, first.publisher, first.title) == (
        "b",
        " One\r\n two. ",
        "2020-01",
        "Post",
        "T",
    )
    assert (second.id, second.language, second.author, second.retrieved, second.url) == (
        "7",
        "en",
        "A",
        "2020-02-01",
        None,
    )
    assert second.sha256 == hashlib.sha256(lines[2]).hexdigest()  # type: ignore[arg-type]


def test_a_record_goes_before_what_the_caller_says_of_all() -> None:
    report = one('{"id": "1", "text": "Two hurt.", "publisher": "Post"}', publisher="Other", published="2020")
    assert isinstance(report, Report)
    assert (report.publisher, report.published) == ("Post", "2020")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("not json", "not JSON at column 1"),
        ('{"id": "1"', "not JSON"),
        ("[1]", "a list, not an object"),
        ("3", "a number, not an object"),
        ("null", "null, not an object"),
        ('{"text": "x"}', "no id"),
        ('{"id": "", "text": "x"}', "no id"),
        ('{"id": true, "text": "x"}', "true or false as its id"),
        ('{"id": ["1"], "text": "x"}', "a list as its id"),
        ('{"id": "1"}', 'no "text"'),
        ('{"id": "1", "text": 5}', 'a number as its "text"'),
        ('{"id": "1", "text": ""}', "no words"),
        ('{"id": "1", "text": "a\\u0000"}', "NUL"),
        ('{"id": "1", "text": "\\ud800 a"}', "half a character"),
        ('{"id": "\\ud800", "text": "a"}', "half a character"),
        ('{"id": "1", "text": "a", "title": "\\u0000"}', "NUL"),
        ('{"id": "1", "text": "a", "published": "2020-02-31"}', "no day of the calendar"),
        ('{"id": "1", "text": "a", "published": 2020}', 'a number as its "published"'),
        ('{"id": "1", "text": "a", "language": "?"}', "no language code"),
        (b'{"id": "1", "text": "\xff"}', "not UTF-8"),
        ("[" * 100_000, "nested too deep"),
        ('{"id": ' + "1" * 10_000 + "}", "cannot be read"),
    ],
)
def test_a_bad_line_costs_itself_and_names_its_number(line: str | bytes, error: str) -> None:
    good = '{"id": "x", "text": "Two were hurt."}'
    before, failure, after = read_jsonl([good, line, good], path="r.jsonl")
    assert isinstance(before, Report)
    assert before == after
    assert isinstance(failure, Failure)
    assert (failure.path, failure.line) == ("r.jsonl", 2)
    assert error in failure.error
    assert failure.mend
    assert str(failure).startswith("r.jsonl:2: ")
    assert str(failure).isprintable()


def test_a_line_over_the_limit() -> None:
    line = json.dumps({"id": "1", "text": "word " * 100})
    (failure,) = read_jsonl([line], limits=Limits(bytes=100))
    assert isinstance(failure, Failure)
    assert "limit of 100 bytes" in failure.error
    assert "bytes=N" in failure.mend


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_no_line_breaks_the_run(line: str | bytes) -> None:
    for outcome in read_jsonl([line]):
        assert isinstance(outcome, Report | Failure)


@given(
    st.text(min_size=1, max_size=20).filter(lambda t: "\0" not in t),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200).map(
        lambda t: t + " word"
    ),
)
def test_records_come_back_as_they_were(name: str, text: str) -> None:
    report = one(json.dumps({"id": name, "text": text}))
    assert isinstance(report, Report)
    assert (report.id, report.text) == (name, text)


# Limits


def test_limits_are_lifted_by_name() -> None:
    assert Limits().lifted(["bytes=5_000", "seconds=2.5"]) == replace(Limits(), bytes=5000, seconds=2.5)
    for option, message in [
        ("pages=3", "the limits are bytes, characters, nodes, seconds, memory"),
        ("bytes=many", "write bytes= and a number above 0"),
        ("bytes", "a number above 0"),
        ("bytes=0", "a number above 0"),
        ("nodes=nan", "a number above 0"),
        ("nodes=inf", "a number above 0"),
    ]:
        with pytest.raises(OptionError, match=message):
            Limits().lifted([option])
    with pytest.raises(ValueError, match="above 0"):
        Limits(seconds=-1)
