"""Documents in a language that the reader does not know are answered from, and do not say what they do not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot import Answer, Question, Settings, Status
from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.language_selector import LanguageSelector
from bot.extractive.reader import open_reader
from bot.extractive.selection import QuestionAnalysis, Selector
from bot.pipeline import AnswerPipeline
from retrieval import HybridSearch, Indexer, Library, Source
from tests.bot.fakes import HashedWords, even_weights, make_passages, make_source

GERMAN = """Der Verein heißt Werkhof Lindental und hat seinen Sitz in Bergstadt. Er wurde am 3. Mai 1998 gegründet.

Der Vorstand besteht aus fünf Mitgliedern. Die Mitgliederversammlung wählt den Vorstand für zwei Jahre. Die Kassenwartin
heißt Jutta Brenner und führt die Bücher des Vereins.

Der Jahresbeitrag beträgt 48 Euro und ist bis zum 31. März zu zahlen. Wer kündigen will, schreibt dem Vorstand bis zum
Ende des Quartals. Mitglieder erhalten einen Schlüssel, sobald sie die Einweisung besucht haben.

Die Werkstatt ist dienstags und donnerstags ab 18 Uhr geöffnet. Die Drehbank darf nur benutzen, wer eine Schutzbrille
trägt, weil Späne in die Augen fliegen können. Die 7. Klasse der Bergschule baut dort jedes Jahr ein Boot.
"""
TURKISH = """Gölkent Kütüphanesi 1954 yılında Mimar Selim Aksoy tarafından yapılmıştır. Kütüphane, Çınar Caddesi'nde yer
almaktadır. Binanın çatısı 1987'deki yangında yanmış ve iki yıl sonra onarılmıştır.

Üyelik ücretsizdir. Üyeler aynı anda en fazla altı kitap ödünç alabilir. Kitaplar üç hafta içinde geri getirilmelidir.
Geç kalan her kitap için günde iki lira ceza alınır.

Çocuk bölümünü emekli öğretmen Nermin Tuna yönetmektedir. Çocuklar için her cumartesi masal saati düzenlenir.
"""
ARABIC = """تأسست مكتبة الواحة عام 1962 على يد الطبيب سالم الخطيب. تقع المكتبة في شارع النخيل قرب السوق القديم.

العضوية مجانية لجميع سكان البلدة. يستطيع العضو أن يستعير خمسة كتب لمدة ثلاثة أسابيع. تفتح المكتبة أبوابها من الساعة
التاسعة صباحا حتى السادسة مساء.

أغلقت قاعة الخرائط بسبب تسرب المياه في الشتاء الماضي. تدير ليلى منصور قسم الأطفال منذ سنوات.
"""
ENGLISH = "The ferry to the island leaves at nine. A ticket costs seven pounds. Dogs travel free."
Ask = Callable[[str, str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask one document, or all of them, as the product does."""
    library = Library(Settings(home=tmp_path_factory.mktemp("languages")), HashedWords())
    texts = {"de": GERMAN, "tr": TURKISH, "ar": ARABIC, "en": ENGLISH}
    sources = [
        Source.from_bytes(uri=f"{language}.txt", title=language, data=text.encode(), language=language)
        for language, text in texts.items()
    ]
    for source in sources:
        Indexer(library).add([source], source.title)
    Indexer(library).add(sources, "all")
    answerer = ExtractiveAnswerer(LanguageSelector(open_reader()), library.term_weights)
    pipeline = AnswerPipeline(HybridSearch(library), answerer)
    yield lambda question, collection: pipeline.answer(Question(question, collections=(collection,)))
    library.close()


ANSWERED = [
    ("de", "Wie viele Mitglieder hat der Vorstand?", "Der Vorstand besteht aus fünf Mitgliedern."),
    ("de", "Wann ist die Werkstatt geöffnet?", "Die Werkstatt ist dienstags und donnerstags ab 18 Uhr geöffnet."),
    ("de", "Wann wurde der Verein gegründet?", "Er wurde am 3. Mai 1998 gegründet."),
    ("de", "Was baut die 7. Klasse?", "Die 7. Klasse der Bergschule baut dort jedes Jahr ein Boot."),
    ("tr", "Çocuk bölümünü kim yönetiyor?", "Çocuk bölümünü emekli öğretmen Nermin Tuna yönetmektedir."),
    ("tr", "Üyeler kaç kitap ödünç alabilir?", "Üyeler aynı anda en fazla altı kitap ödünç alabilir."),
    ("ar", "متى تأسست مكتبة الواحة؟", "تأسست مكتبة الواحة عام 1962 على يد الطبيب سالم الخطيب."),
    ("ar", "لماذا أغلقت قاعة الخرائط؟", "أغلقت قاعة الخرائط بسبب تسرب المياه في الشتاء الماضي."),
]


@pytest.mark.parametrize(("language", "question", "sentence"), ANSWERED)
def test_the_sentence_that_answers_comes_first(ask: Ask, language: str, question: str, sentence: str) -> None:
    answer = ask(question, language)
    assert answer.status is Status.ANSWERED
    assert sentence in answer.citations[0].quote.text


@pytest.mark.parametrize(("language", "question", "sentence"), ANSWERED)
def test_it_does_among_documents_in_several_languages(ask: Ask, language: str, question: str, sentence: str) -> None:
    answer = ask(question, "all")
    assert answer.citations[0].title == language
    assert sentence in answer.citations[0].quote.text


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "Welche Hauptstadt hat Portugal?"),
        ("de", "Wer komponierte die Zauberflöte?"),
        ("tr", "Fransa'nın başkenti neresidir?"),
        ("tr", "Dünyanın en yüksek dağı hangisidir?"),
        ("ar", "ما هي عاصمة البرتغال؟"),
        ("ar", "من اخترع الهاتف؟"),
    ],
)
def test_what_has_nothing_to_do_with_the_document_is_refused(ask: Ask, language: str, question: str) -> None:
    assert ask(question, language).status is Status.NOT_FOUND


def test_english_documents_beside_them_are_read_as_ever(ask: Ask) -> None:
    alone, among = (ask("When does the ferry leave?", collection) for collection in ("en", "all"))
    assert alone.citations[0].quote == among.citations[0].quote
    assert alone.citations[0].quote.text == "The ferry to the island leaves at nine."


def test_what_the_reader_knows_is_selected_by_what_it_says_alone() -> None:
    passages, analysis = make_passages(make_source(ENGLISH)), QuestionAnalysis.of("What does a ticket cost?")
    weights = even_weights(sorted(analysis.terms), ())
    both, one = (kind(open_reader()).select(analysis, passages, weights) for kind in (LanguageSelector, Selector))
    assert both == one
