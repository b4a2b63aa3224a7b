"""Templates of the office: they win, and whatever is wrong with them never stops an export."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pressdesk.formats.registry import Context
from pressdesk.formats.writers.html import write
from tests.unit.writers.sheets import ATTACHMENTS, SHEETS

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "templates"
ESCAPES = (FIXTURES / "escapes.txt").read_text("utf-8").splitlines()
ABUSE = (FIXTURES / "abuse.txt").read_text("utf-8").splitlines()
SHEET = SHEETS["news-en"]
FORM = "{{% extends 'html/base.html' %}}\n{{% block text %}}{0}{{% endblock %}}"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder of templates beside a secret, with a way out that must stay shut."""
    (tmp_path / "secret.html").write_text("SECRET")
    folder = tmp_path / "desk.templates"
    (folder / "html").mkdir(parents=True)
    (folder / "folder").mkdir()
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    twice = "{% include 'twice.html' %}{% include 'twice.html' %}"
    (folder / "twice.html").write_text(twice)
    os.mkfifo(folder / "pipe.html")
    return folder


def made(office: Path | None, **files: str) -> tuple[str, list[str]]:
    """The page and the losses, after files were put into html/."""
    for name, text in files.items():
        assert office is not None
        (office / "html" / f"{name}.html").write_text(text)
    context = Context(attachments=ATTACHMENTS, templates=office)
    return write(SHEET, context).decode(), context.losses


BUILT_IN, _none = made(None)


def words(page: str) -> str:
    """A page without its policy, which names the style differently for an office."""
    head, rest = page.split('<meta http-equiv="Content-Security-Policy"')
    return head + rest.partition(">")[2]


def test_the_office_wins(office: Path) -> None:
    page, losses = made(office, news=FORM.format("<p>Our own: {{ title }}</p>"))
    assert "<p>Our own: High water in the upper basin</p>" in page
    assert losses == []


def test_an_office_base_serves_all_kinds_and_may_build_on_ours(office: Path) -> None:
    text = "{% extends 'built-in/html/base.html' %}{% block foot %}<p>Own foot</p>{% endblock %}"
    page, losses = made(office, base=text)
    assert "<p>Own foot</p>" in page and "Maria Hofer" in page
    assert losses == []


def test_an_empty_or_missing_folder_changes_nothing(office: Path, tmp_path: Path) -> None:
    assert made(office) == (BUILT_IN, [])
    assert made(tmp_path / "nowhere") == (BUILT_IN, [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{% extends 'html/base.html' %}\n{% block text %}\n{{ }}", 3, "Expected an expression"),
        (FORM.format("\n\n{{ titel }}"), 4, "'titel' is undefined"),
        (FORM.format("\n{{ title.x }}"), 3, "has no attribute 'x'"),
        (FORM.format("\n{% include 'gone.html' %}"), 3, "no template called “gone.html”"),
        (FORM.format("{{ title|shout }}"), 2, "No filter named 'shout'"),
        (FORM.format("\n{{ 1/0 }}"), 3, "division by zero"),
    ],
)
def test_a_fault_names_file_and_line(office: Path, text: str, line: int, said: str) -> None:
    page, losses = made(office, news=text)
    assert words(page) == words(BUILT_IN)
    assert f"html/news.html, line {line}" in losses[0]
    assert said in losses[0]


def test_a_fault_in_a_part_names_the_part(office: Path) -> None:
    _page, losses = made(office, news=FORM.format("{% include 'html/x.html' %}"), x="a\n{{ b }}")
    assert "html/x.html, line 2" in losses[0]


@pytest.mark.parametrize("vector", ESCAPES)
def test_nothing_leads_out_of_a_template(office: Path, vector: str) -> None:
    page, losses = made(office, news=FORM.format(vector))
    assert words(page) == words(BUILT_IN), vector
    assert len(losses) == 1


@pytest.mark.slow
@pytest.mark.parametrize("vector", ABUSE)
def test_no_template_eats_time_or_memory(office: Path, vector: str) -> None:
    begun = time.process_time()
    page, losses = made(office, news=FORM.format(vector))
    assert time.process_time() - begun < 10
    assert words(page) == words(BUILT_IN), vector
    assert len(losses) == 1


def test_there_are_enough_vectors() -> None:
    assert len(set(ESCAPES)) >= 60
    assert len(set(ABUSE)) >= 25


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.__x=1</script>",
        "<a href={{ title }}>x</a><img src=x>",
        '<p onclick="x()">x</p>',
        '<a href="javascript:x()">x</a>',
        '<img src="https://evil.example/x.png">',
        '<img src="data:image/svg+xml,<svg/>">',
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>p { background: url(https://evil.example/x) }</style>",
        "<style>p { background: u\\72l(https://evil.example/x) }</style>",
        '<p style="background:url(https://evil.example/x)">',
        '<link rel="stylesheet" href="x.css">',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<base href="https://evil.example/">',
        "<iframe></iframe>",
        "<form></form>",
        "<svg></svg>",
        "<!--[if IE]><script>x()</script><![endif]-->",
        "<![CDATA[x]]>",
        "\0",
    ],
)
def test_an_unsafe_page_of_the_office_is_not_used(office: Path, text: str) -> None:
    page, losses = made(office, news=FORM.format(text))
    assert words(page) == words(BUILT_IN)
    assert "html/news.html" in losses[0]


def test_a_page_without_the_policy_is_not_used(office: Path) -> None:
    for text in ("<!doctype html><p>{{ title }}</p>", "<p>x</p>{{ policy }}", "", "plain"):
        page, losses = made(office, news=text)
        assert words(page) == words(BUILT_IN)
        assert "Content-Security-Policy" in losses[0]


def test_own_style_is_welcome_when_it_loads_nothing(office: Path) -> None:
    text = (
        "{% extends 'html/base.html' %}{% block head %}<style>p{color:#123}</style>{% endblock %}"
    )
    page, losses = made(office, news=text)
    assert "p{color:#123}" in page and losses == []


def test_files_too_large_or_not_text_are_not_used(office: Path) -> None:
    _page, losses = made(office, news="x" * 300_000)
    assert "256 KB" in losses[0]
    (office / "html" / "news.html").write_bytes(b"a\n\xff\xfe")
    page, losses = made(office)
    assert "html/news.html, line 2" in losses[0] and "UTF-8" in losses[0]
    assert words(page) == words(BUILT_IN)
