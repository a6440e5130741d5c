"""Spanish statements and headings as questions."""

from __future__ import annotations

from bot.examples.phrasing.rules import Phrasing, QuestionRule, words

DONE = r"(?P<done>[a-zñáéíóú]+(?:ad|id|t|ch)[oa]s?)\b"
TO_DO = r"[a-zñáéíóú]+(?:ar|er|ir|arse|erse|irse)\b"

SPANISH = Phrasing(
    "es",
    sentences=(
        QuestionRule.of("price", r"SUBJECT (?P<last>cuesta|cuestan) [^.;]{0,20}?\d", "¿Cuánto {last} {subject}?"),
        QuestionRule.of("length", r"SUBJECT (?P<last>dura|duran) [^.;]{0,20}?\d", "¿Cuánto {last} {subject}?"),
        QuestionRule.of(
            "time",
            r"SUBJECT (?P<last>abre|abren|cierra|cierran|empieza|empiezan|termina|terminan) [^.;]{0,40}?\d",
            "¿Cuándo {last} {subject}?",
        ),
        QuestionRule.of("way", rf"Para (?P<do>{TO_DO}[^,.;:]{{3,50}}), ", "¿Cómo se puede {do}?"),
        QuestionRule.of("case", r"Si (?P<case>[^,.;:]{8,50}), ", "¿Qué pasa si {case}?"),
        QuestionRule.of(
            "date",
            rf"SUBJECT (?P<be>fue|fueron) {DONE}[^.;]{{0,60}}?\ben (?:[a-z]+ )?\d",
            "¿Cuándo {be} {done} {subject}?",
        ),
        QuestionRule.of(
            "definition",
            r"SUBJECT (?:\([^)]*\) )?(?P<be>es|era|son|eran) (?:una?|el|la|los|las) ",
            "¿Qué {be} {subject}?",
        ),
        QuestionRule.of(
            "parts", r"SUBJECT (?P<last>contiene|contienen|incluye|incluyen|significa) ", "¿Qué {last} {subject}?"
        ),
    ),
    headings=(QuestionRule.of("way", rf"(?P<do>[A-ZÁÉÍÓÚ]{TO_DO} .+)", "¿Cómo se puede {do}?"),),
    articles=words("el la los las un una unos unas cada todos todas"),
    no_subject=words(
        "esto este esta estos estas eso ese esa esos esas él ella ellos ellas se lo que quien cuando donde como por si"
        " en a de con para sin sobre entre pero y o no también además así después antes durante mientras aquí su sus"
        " al del"
    ),
    no_part=words("que quien cuyo es son era eran fue ha han puede pueden debe deben se si pero"),
    addressed={"tu": "mi", "tus": "mis"},
)
