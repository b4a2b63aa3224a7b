"""The language of a text: found, or asked about; never another one in silence."""

from __future__ import annotations

import pytest

from pressdesk.formats.dump.language import language_of

SURE = {
    "uk": "Комісія провела зустріч із послами. Сторони домовилися про продовження переговорів та "
    "обговорили питання судноплавства.",
    "be": "Камісія правяла сустрэчу з пасламі. Бакі дамовіліся працягваць перамовы і абмеркавалі "
    "пытанні суднаходства.",
    "kk": "Комиссия елшілермен кездесу өткізді. Тараптар келіссөздерді жалғастыруға уағдаласып, "
    "кеме қатынасы мәселелерін талқылады.",
    "ru": "Комиссия провела встречу с послами. Стороны договорились продолжить переговоры и "
    "обсудили вопросы судоходства.",
    "bg": "Комисията проведе среща с посланиците. Страните се договориха да продължат преговорите "
    "и обсъдиха въпросите на корабоплаването.",
    "tg": "Комиссия бо сафирон мулоқот кард. Ҷонибҳо дар бораи идомаи гуфтушунид мувофиқа карданд.",
    "sr": "Комисија је одржала састанак са амбасадорима. Стране су се договориле да наставе "
    "преговоре.",
    "en": "The Commission held a meeting with the ambassadors. The Parties agreed to go on with "
    "the talks.",
    "de": "Die Kommission hat sich mit den Botschaftern getroffen. Die Parteien setzen die "
    "Gespräche fort.",
    "fr": "La Commission a tenu une réunion avec les ambassadeurs. Les Parties ont décidé de "
    "poursuivre les pourparlers.",
    "hy": "Հանձնաժողովը հանդիպում անցկացրեց դեսպանների հետ։",
    "ja": "委員会は大使たちと会合を開いた。",
    "zh": "委员会与各国大使举行了会议。",
}


@pytest.mark.parametrize("tag", SURE)
def test_a_text_of_two_sentences_is_told(tag: str) -> None:
    assert language_of(SURE[tag]) == (tag, True)
    assert language_of(SURE[tag].upper())[0] == tag


@pytest.mark.parametrize("tag", ["uk", "be", "kk", "ru", "bg"])
def test_a_name_of_another_language_changes_nothing(tag: str) -> None:
    for name in ("«Қазақстан»", "«Київ»", "«Мінск»", "«Ўзбекистон»"):
        assert language_of(f"{SURE[tag] * 2} {name}")[0] == tag


@pytest.mark.parametrize(
    "text",
    ["Заявление", "Заява", "Мәлімдеме", "Изявление", "О встрече с послом", "Press release",
     "Kikötő", "12345", "", "สภาท่าเรือเปิดประตูน้ำที่สอง", "बंदरगाह परिषद"],
)  # fmt: skip
def test_a_few_words_are_asked_about(text: str) -> None:
    assert not language_of(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "A kikötő tanácsa csütörtökön megnyitotta a második zsilipet.",
        "Satamaneuvosto avasi torstaina toisen sulun. Maksut eivät muutu.",
        "Liman Şurası cümə axşamı ikinci şlüzü açdı.",
        "Hội đồng cảng hôm thứ Năm đã mở âu tàu thứ hai.",
        "Порт советы кесаҙна көнө икенсе шлюзды асты. Түләүҙәр үҙгәрмәй.",
        "Порт канашӗ кӗҫнерникун иккӗмӗш шлюза уҫнӑ.",
    ],
)
def test_a_language_nobody_described_is_asked_about(text: str) -> None:
    assert not language_of(text)[1]
