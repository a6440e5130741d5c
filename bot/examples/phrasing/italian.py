"""Italian statements and headings as questions."""

from __future__ import annotations

from bot.examples.phrasing.rules import Phrasing, QuestionRule, words

NUMBER = r"(?:€ ?)?(?:\d[\d.,]*|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|dodici|quindici|venti|trenta)"
DONE = r"(?P<done>[a-zà-ù]+(?:at|ut|it|s|tt|rt|lt|nt)[oaie])\b"
TO_DO = r"[a-zà-ù]+(?:are|ere|ire|arsi|ersi|irsi|rre|rsi)\b"
HE = r"(?:(?:il|la|lo|i|gli|le|un|una|uno) |l['’]|un['’])"
PERSON = (
    r"(?:scrittore|scrittrice|poeta|poetessa|cantante|attore|attrice|politico|politica|presidente|re|regina|imperatore"
    r"|scienziat[oa]|fisic[oa]|matematic[oa]|filosof[oa]|compositore|pittore|pittrice|artista|inventore|ingegnere"
    r"|calciatore|regista|vescovo|generale|avvocato|musicista|fondatore|medico|storico)\b"
)

ITALIAN = Phrasing(
    "it",
    sentences=(
        QuestionRule.of(
            "limit",
            rf"SUBJECT (?P<may>può|possono) (?P<do>{TO_DO}) (?:al massimo|fino a|non più di|almeno) {NUMBER}"
            r" (?P<what>[a-zà-ù]+i)\b",
            "Quanti {what} {may} {do} {subject}?",
        ),
        QuestionRule.of(
            "limit",
            rf"SUBJECT (?P<may>può|possono) (?P<do>{TO_DO}) (?:al massimo|fino a|non più di|almeno) {NUMBER}"
            r" (?P<what>[a-zà-ù]+e)\b",
            "Quante {what} {may} {do} {subject}?",
        ),
        QuestionRule.of(
            "deadline",
            rf"SUBJECT (?P<may>(?:deve|devono|può|possono) essere|va|vanno) {DONE}[^.;]{{0,40}}? entro ",
            "Entro quando {may} {done} {subject}?",
        ),
        QuestionRule.of(
            "price", rf"SUBJECT (?P<last>costa|costano) [^.;]{{0,20}}?{NUMBER}", "Quanto {last} {subject}?"
        ),
        QuestionRule.of("length", rf"SUBJECT (?P<last>dura|durano) [^.;]{{0,20}}?{NUMBER}", "Quanto {last} {subject}?"),
        QuestionRule.of(
            "time",
            r"SUBJECT (?P<last>apre|aprono|chiude|chiudono|inizia|iniziano|comincia|finisce|finiscono|termina)"
            r" [^.;]{0,40}?\d",
            "Quando {last} {subject}?",
        ),
        QuestionRule.of("way", rf"Per (?P<do>{TO_DO}[^,.;:]{{3,50}}), ", "Come si fa a {do}?"),
        QuestionRule.of("case", r"Se (?P<case>[^,.;:]{8,50}), ", "Che cosa succede se {case}?"),
        QuestionRule.of(
            "date",
            rf"SUBJECT (?P<be>è stat[oa]|sono stat[ie]|fu|furono|venne|vennero) {DONE}[^.;]{{0,60}}?\b(?:nel|il|in) "
            r"[^.;]{0,12}?\d",
            "Quando {be} {done} {subject}?",
        ),
        QuestionRule.of(
            "maker",
            rf"SUBJECT (?P<be>è stat[oa]|sono stat[ie]|fu|furono|venne|vennero) {DONE} da(?:l|lla|i|gli|lle)? [A-Z]",
            "Da chi {be} {done} {subject}?",
        ),
        QuestionRule.of(
            "number", rf"SUBJECT (?P<last>ha|hanno) {NUMBER} (?P<what>[a-zà-ù]+i)\b", "Quanti {what} {last} {subject}?"
        ),
        QuestionRule.of(
            "number", rf"SUBJECT (?P<last>ha|hanno) {NUMBER} (?P<what>[a-zà-ù]+e)\b", "Quante {what} {last} {subject}?"
        ),
        QuestionRule.of("person", rf"SUBJECT è (?:un|una|uno|il|la) {PERSON}", "Chi è {subject}?"),
        QuestionRule.of("person", rf"SUBJECT (?:è stato|fu|era) (?:un|una|uno|il|la) {PERSON}", "Chi era {subject}?"),
        QuestionRule.of("definition", rf"SUBJECT (?:\([^)]*\) )?è {HE}", "Che cos'è {subject}?"),
        QuestionRule.of("definition", rf"SUBJECT (?:\([^)]*\) )?(?P<be>sono|erano) {HE}", "Che cosa {be} {subject}?"),
        QuestionRule.of(
            "parts",
            r"SUBJECT (?P<last>contiene|contengono|comprende|comprendono|richiede|richiedono|significa) ",
            "Che cosa {last} {subject}?",
        ),
    ),
    headings=(
        QuestionRule.of("way", r"(?P<do>Come (?!funziona\b).+)", "{Do}?"),
        QuestionRule.of("way", rf"(?P<do>[A-Z]{TO_DO} .+)", "Come si fa a {do}?"),
        QuestionRule.of(
            "topic",
            r"(?P<subject>(?!Introduzione|Indice|Sommario|Note|Appendice|Altro|Altri|Altre|Come|Che|Quando|Chi|Perché|Se"
            r"|Esempi|Parte|Capitolo|Sezione)[A-ZÀ-Ù][\w'’-]+(?: [\w'’-]+){0,3})\Z",
            "Parlami di {subject}",
        ),
    ),
    articles=words("il lo la i gli le un una uno ogni tutti tutte l' l’"),
    no_subject=words(
        "questo questa questi queste quello quella quelli quelle esso essa essi esse egli lui lei loro si ci vi ne che"
        " chi cui come quando dove perché se in a da di con su per tra fra ma e o non anche inoltre così poi dopo prima"
        " durante mentre poiché sebbene qui lì al allo alla ai agli alle nel nella nei nelle nello dal dalla del"
        " della uno alcuni alcune molti molte altro altra altri altre"
    ),
    no_part=words("che cui chi è sono era erano ha hanno può possono deve devono viene vengono si non se ma fu"),
    addressed={"il tuo": "il mio", "la tua": "la mia", "i tuoi": "i miei", "le tue": "le mie"},
)
