"""Whether a message speaks to the bot, told by tables in German and Spanish."""

from __future__ import annotations

from bot.discord.asking.addressing import points, speaks_to_bot
from bot.discord.asking.overheard import asks_bot
from tests.bot.discord.asking.test_addressing import cells, lines, marked
from tests.bot.discord.asking.test_overheard import PEOPLE

TO_THE_BOT = """
@bot wer hat die Mühle gebaut?
@bot, wann öffnet die Mühle
hallo @bot, wann macht ihr auf?
@bot ist die Mühle am Sonntag offen?
@bot kann ich dort parken
@bot wie viel kostet der Eintritt
@bot Öffnungszeiten der Mühle
@bot danke
Danke @bot
@bot das stimmt nicht!
Wann öffnet die Mühle @bot?
Wann öffnet die Mühle? @bot
was meinst du @bot?
ich frag mal @bot: wann öffnet die Mühle?
Frage an @bot: wann öffnet die Mühle?
@bot ich kann mich nicht anmelden
@Bruno @bot wann öffnet die Mühle?
was ist @bot?
@bot ¿quién construyó el molino?
@bot, cuándo abre el molino
hola @bot, ¿cuándo abre?
@bot ¿está abierto el molino los domingos?
@bot cuánto cuesta la entrada
@bot horario del molino
@bot gracias
gracias @bot
@bot ¡eso no es verdad!
¿Cuándo abre el molino, @bot?
¿Cuándo abre? @bot
¿qué opinas @bot?
voy a preguntar a @bot: ¿cuándo abre el molino?
pregunta para @bot: ¿cuándo abre?
@bot no puedo entrar en mi cuenta
@Bruno @bot ¿cuándo abre?
"""
ABOUT_THE_BOT = """
frag doch @bot
fragt @bot
frag mal @bot danach
hast du @bot gefragt?
hast du schon mit @bot geredet?
ich habe gestern @bot gefragt und die Seite gefunden
laut @bot ist die Mühle alt
ich hab das von @bot
@bot ist super
@bot ist echt gut
@bot weiß das
@bot kann dir helfen
@bot hat recht
@bot funktioniert nicht
@bot hat mir sofort geantwortet
vielleicht weiß @bot das
die Antwort von @bot ist falsch
ich liebe @bot
das ist @bot
@Bruno @bot weiß alles
pregúntale a @bot
preguntad a @bot
¿has preguntado a @bot?
ayer le pregunté a @bot y encontró la página
según @bot el molino es antiguo
lo saqué de @bot
@bot es genial
@bot es muy bueno
@bot lo sabe todo
@bot te puede ayudar
@bot tiene razón
@bot me ha respondido enseguida
la respuesta de @bot está mal
adoro @bot
usad @bot para estas cosas
este es @bot
@Bruno @bot lo sabe
"""
POINTING = """
kannst du helfen?|kannst du ihm helfen?|hilf mal bitte|was meinst du?|weißt du das?|kannst du das beantworten?
du bist dran
schau mal hier|stimmt das?|das hier|siehe oben|hast du eine Idee?|kannst du das erklären?
¿puedes ayudar?|¿puedes ayudarle?|¿qué opinas?|¿lo sabes?|¿puedes responder a esto?|te toca|mira esto|¿es verdad?
esto|¿alguna idea?|¿puedes echarle una mano, por favor?
"""
NOT_POINTING = """
wer hat die Mühle gebaut?|kannst du mir beim Anmelden helfen?|weißt du, wer die Mühle gebaut hat?|hallo|danke
¿quién construyó el molino?|¿puedes ayudarme con la contraseña?|¿sabes quién construyó el molino?|hola|gracias
"""
ASKED = """
Wie viele Leute passen in die Mühle?
¿Cuánta gente cabe en el molino?
was kostet der Eintritt
wie setze ich mein Passwort zurück
¿Cuánto cuestan estas entradas?
qué es el molino
Wer hat die Mühle am Hafen gebaut?
wann öffnet die Mühle am Sonntag
Wie setze ich mein Passwort zurück?
Wie viel kostet der Eintritt?
Ist die Mühle heute offen?
Gibt es einen Garten?
Darf ich meinen Hund mitbringen?
Weiß jemand, wann die Mühle öffnet?
Kannst du mir sagen, wann die Mühle öffnet?
Weißt du, wer die Mühle gebaut hat?
Welche Dokumente hast du?
Hallo! Wann öffnet der Garten?
Und wer hat das bezahlt?
Ich kann mich nicht anmelden. Was muss ich tun?
¿Quién construyó el molino del puerto?
cuándo abre el molino los domingos
¿Cómo se cambia la contraseña?
¿Cuánto cuesta la entrada?
¿Hay un jardín?
¿Se puede entrar con perro?
¿Alguien sabe cuándo abre el molino?
¿Puedes decirme cuándo abre el molino?
¿Sabes quién construyó el molino?
¿Qué documentos tienes?
¡Hola! ¿Cuándo abre el jardín?
¿Y quién lo pagó?
"""
TALK = """
Es ist schon wieder zu.
Wer das glaubt, war nie dort.
Wie man sieht, ist zu.
es muy antiguo
que tengas buen viaje
cuando era pequeño estaba cerrado
ok danke Bruno
Ich glaube, die Mühle ist älter.
Und du?
Was meinst du?
Hast du das gesehen?
Kommst du morgen?
Bruno, wann öffnet die Mühle?
Wann öffnet sie, Bruno?
Wo bist du?
Kannst du mir die Datei schicken?
Sollen wir morgen hin?
Treffen wir uns um neun?
Hat jemand Lust auf Mittagessen?
Echt?
warum?
im Ernst?
Die Mühle ist alt, oder?
haha wer hat das gesagt?
wie geht's?
als ich da war, war sie zu
wer weiß
vielen Dank
gracias Bruno
Creo que el molino es más antiguo.
¿Y tú?
¿Qué opinas?
¿Has visto eso?
¿Vienes mañana?
Bruno, ¿cuándo abre?
¿Cuándo abre, Bruno?
¿Dónde estás?
¿Me mandas el archivo? Te espero
¿Vamos mañana?
¿Quedamos a las nueve?
¿Alguien viene a comer?
¿De verdad?
¿por qué?
¿en serio?
El molino es antiguo, ¿verdad?
jaja ¿quién dijo eso?
¿qué tal?
cuando fui estaba cerrado
quién sabe
muchas gracias
"""
ASKED_AMID_TALK = """
Wer hat die Mühle am Hafen gebaut?
Wie viel kostet der volle Eintritt?
¿Quién construyó el molino del puerto?
¿Cuánto cuesta la entrada completa?
"""
TALK_AMID_TALK = """
Und 2020?
welcher denn?
viel älter?
¿Y en 2020?
¿cuál de ellos?
¿mucho más antiguo?
"""


def test_what_is_said_to_the_bot_is_for_it() -> None:
    assert [text for text in lines(TO_THE_BOT) if not speaks_to_bot(marked(text))] == []


def test_what_people_say_to_each_other_about_the_bot_is_not() -> None:
    assert [text for text in lines(ABOUT_THE_BOT) if speaks_to_bot(marked(text))] == []


def test_what_points_at_another_message_is_told_from_questions() -> None:
    assert [text for text in cells(POINTING) if not points(text)] == []
    assert [text for text in cells(NOT_POINTING) if points(text)] == []


def test_a_question_that_nobody_addresses_is_told_from_talk() -> None:
    assert [text for text in lines(ASKED) if not asks_bot(text, PEOPLE)] == []
    assert [text for text in lines(TALK) if asks_bot(text, PEOPLE)] == []


def test_amid_talk_only_a_whole_question_is_one() -> None:
    assert [text for text in lines(ASKED_AMID_TALK) if not asks_bot(text, PEOPLE, amid_talk=True)] == []
    assert [text for text in lines(TALK_AMID_TALK) if asks_bot(text, PEOPLE, amid_talk=True)] == []
