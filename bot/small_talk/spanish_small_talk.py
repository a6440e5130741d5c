"""Spanish small talk."""

from __future__ import annotations

from bot.replies import SmallTalk
from bot.small_talk.small_talk_vocabulary import SmallTalkVocabulary

SPANISH = SmallTalkVocabulary(
    "es",
    {
        SmallTalk.GREETING: "hola|holi|hola a todos|buenos días|buen día|buenas tardes|buenas noches|buenas"
        "|muy buenas|saludos|qué tal|qué tal estás|cómo estás|cómo te va|cómo va todo|qué hay|qué onda|estás ahí"
        "|hay alguien|hay alguien ahí|encantado|encantada|mucho gusto|bienvenido|bienvenida|feliz navidad|feliz año"
        "|feliz año nuevo",
        SmallTalk.THANKS: "gracias|muchas gracias|muchísimas gracias|mil gracias|gracias a ti|te lo agradezco"
        "|se agradece|me sirve|me ha servido|me sirvió|me ayuda|me ha ayudado|me ayudó|eso ayuda|ya funciona"
        "|ahora funciona|ahora sí funciona|funciona|solucionado|problema resuelto|resuelto",
        SmallTalk.PRAISE: "buen bot|gran bot|genial|perfecto|excelente|fantástico|estupendo|increíble|maravilloso"
        "|impresionante|bravo|grande|muy bien|bien hecho|buen trabajo|gran trabajo|buena respuesta|gran respuesta"
        "|muy buena respuesta|qué bueno|qué bien|qué guay|guay|chévere|brutal|buenísimo|muy bueno|muy útil|qué rápido"
        "|cool|nice|top|crack|eres genial|eres el mejor|eres la mejor|eres un crack|te amo|te quiero|me encanta",
        SmallTalk.FAREWELL: "adiós|hasta luego|hasta pronto|hasta mañana|hasta la próxima|hasta la vista|nos vemos"
        "|chao|chau|que tengas un buen día|que tengas buen día|buen fin de semana|buen finde|cuídate",
        SmallTalk.HELP: "ayuda|ayúdame|necesito ayuda|me ayudas|me puedes ayudar|puedes ayudarme|puedes ayudar"
        "|qué sabes hacer|qué puedes hacer|qué puedes hacer por mí|qué haces|qué haces aquí|quién eres|qué eres"
        "|cómo te llamas|eres un bot|eres un robot|eres humano|eres una persona|eres una ia|eres chatgpt"
        "|cómo funcionas|cómo funciona esto|cómo funciona este bot|cómo te uso|cómo se usa este bot|cómo uso este bot"
        "|qué puedo preguntar|qué puedo preguntarte|qué te puedo preguntar|qué pregunto|cómo pregunto"
        "|cómo te pregunto|cómo hago una pregunta|para qué sirves|para qué sirve este bot|en qué puedes ayudarme"
        "|en qué me puedes ayudar|quién te creó|quién te ha creado|quién te hizo|quién te ha hecho|preséntate"
        "|puedo preguntarte algo|te puedo preguntar algo|puedo preguntar algo|puedo hacerte una pregunta"
        "|puedo hacer una pregunta|tengo una pregunta|tengo una duda|una pregunta|una duda|una consulta|comandos"
        "|qué comandos hay|qué comandos tienes|hablas español|qué idiomas hablas|cuántos años tienes|de dónde eres"
        "|qué es este bot|qué hace este bot",
        SmallTalk.COMPLAINT: "mal|está mal|eso está mal|muy mal|incorrecto|es incorrecto|eso es incorrecto"
        "|no es verdad|eso no es verdad|no es cierto|eso no es cierto|falso|eso es falso|respuesta equivocada"
        "|respuesta incorrecta|mala respuesta|no es lo que pregunté|eso no es lo que pregunté"
        "|no es lo que he preguntado|eso no es lo que he preguntado|no pregunté eso|no he preguntado eso|no me ayuda"
        "|eso no ayuda|eso no me ayuda|no me sirve|eso no me sirve|no sirve|inútil|bot tonto|bot estúpido|bot malo"
        "|mal bot|bot inútil|no funciona|no entiendo|no lo entiendo|no ayuda|no me ayudó|no me ha ayudado"
        "|no me ha servido|no está bien|no es correcto|te equivocas|te has equivocado|te equivocaste|estás equivocado"
        "|tonterías|qué tontería|vaya tontería|eres inútil|eres tonto|no sirves|no sirves para nada",
        SmallTalk.OTHER: "sí|claro|claro que sí|vale|dale|de acuerdo|está bien|entendido|entiendo|ya entiendo"
        "|lo entiendo|comprendo|ya veo|listo|bueno|bien|perdón|perdona|lo siento|de nada|no hay de qué|por nada"
        "|no importa|da igual|no pasa nada|nada|interesante|qué interesante|no gracias|eso es todo|es todo|exacto"
        "|cierto|es cierto|es verdad|así es|yo también|lo sé|ya lo sé|prueba|probando|solo es una prueba"
        "|solo una prueba|test|sorry|jaja|jajaja|jajajaja|jeje|jejeje|qué risa|qué gracioso|no sé|no lo sé|quizás"
        "|tal vez|por supuesto|ni idea|lo encontré|ya lo encontré|ya está|olvídalo|déjalo|resuelto",
    },
    {
        SmallTalk.GREETING: "Hola. Pregúntame algo sobre los documentos; respondo con citas.",
        SmallTalk.THANKS: "De nada. Pregunta cuando quieras.",
        SmallTalk.PRAISE: "Gracias a ti. Pregunta cuando quieras.",
        SmallTalk.FAREWELL: "Hasta pronto. Vuelve a preguntar cuando quieras.",
        SmallTalk.HELP: "Respondo preguntas sobre los documentos de aquí con citas, y si no lo dicen, te lo digo. "
        "Escribe lo que quieres saber.",
        SmallTalk.COMPLAINT: "Lo siento. Pregunta con otras palabras y vuelvo a buscar.",
        SmallTalk.OTHER: "Pregúntame algo sobre los documentos; respondo con citas.",
    },
)
