"""Every word of the interface and of releases has its Russian, with the same places to fill."""

from __future__ import annotations

import gettext
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "i18n"


@pytest.fixture(scope="module")
def words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words", FOLDER / "words.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_word_is_left_without_russian(words: ModuleType) -> None:
    assert words.missing(words.catalogue("ru"), words.template()) == []


LEFT_OUT = {
    "a word": ('msgid "Search"\nmsgstr "Поиск"', 'msgid "Search"\nmsgstr ""', "Search"),
    "a form of a plural": ('msgstr[2] "{n} удалённых фрагментов"', 'msgstr[2] ""', "{n} deletion"),
    "a guess": ('msgid "Search"\n', '#, fuzzy\nmsgid "Search"\n', "Search"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("kept", "gone", "named"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_the_run_fails_and_names_what_has_no_russian(
    words: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kept: str,
    gone: str,
    named: str,
) -> None:
    whole = (FOLDER / "ru.po").read_text("utf-8")
    assert kept in whole
    (tmp_path / "ru.po").write_text(whole.replace(kept, gone, 1), "utf-8")
    assert words.main(tmp_path) == 1
    assert capsys.readouterr().err.split("\n")[0] == f"  {named}"


@pytest.mark.slow
def test_a_run_without_new_words_is_done_and_changes_nothing(
    words: ModuleType, tmp_path: Path
) -> None:
    for name in ("ru.po", "ru.mo"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    assert words.main(tmp_path) == 0
    for name in ("ru.po", "ru.mo"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_places_to_fill_are_the_same_in_both_languages(words: ModuleType) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{[^}]*\}", text))

    for message in words.catalogue("ru"):
        if not message.id or not message.string:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            assert places(text) == places(sources[-1]), text


def test_russian_never_writes_two_genders_at_once(words: ModuleType) -> None:
    """Such as «задавал(а)»: a form for an office to fill in, not a text for readers."""
    for message in words.catalogue("ru"):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in filter(None, texts):
            assert not re.search(r"[а-яё]\([а-яё]{1,4}\)", text), text


def test_the_compiled_words_are_those_people_read(words: ModuleType) -> None:
    with (FOLDER / "ru.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in words.catalogue("ru"):
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == (message.string or message.id)


def test_only_literal_arguments_of_marked_calls_are_words(words: ModuleType) -> None:
    source = '''
def word(text: str, language: str) -> str:
    """What `word` (see _("docstring")) does."""
    return gettext(text)  # _("a comment")

def ngettext(one: str = "default", many: str = "defaults") -> str: ...

shown = _("first" " half") + _(variable) + other("no word") + thing.word("a method")
counted = ngettext("{n} text", "{n} texts", n)
label = f"{word('in a release', language)}, {term('label', 'ru')}"
WRITER = Writer(name="pdf", label="chosen from", suffix=".pdf", write=write)
'''
    expected = ["chosen from", "first half", ("{n} text", "{n} texts"), "in a release", "label"]
    # Python before 3.12 does not know the columns of what stands within an f-string.
    assert sorted(map(str, words.words_in(source))) == sorted(map(str, expected))


def test_a_sentence_that_no_catalogue_can_know_is_refused(words: ModuleType) -> None:
    with pytest.raises(ValueError, match="f-string"):
        list(words.words_in('_(f"{n} texts")', "some.py"))
