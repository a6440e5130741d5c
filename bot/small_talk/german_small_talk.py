"""German small talk."""

from __future__ import annotations

from bot.replies import SmallTalk
from bot.small_talk.small_talk_vocabulary import SmallTalkVocabulary

GERMAN = SmallTalkVocabulary(
    "de",
    {
        SmallTalk.GREETING: "hallo|hallöchen|hallo zusammen|hi zusammen|guten tag|guten morgen|guten abend"
        "|guten mittag|moin|moin moin|servus|grüß gott|grüß dich|grüezi|tach|wie geht's|wie gehts|wie geht es"
        "|wie geht es dir|wie läuft's|was geht|was geht ab|bist du da|bist du online|jemand da|ist jemand da"
        "|willkommen zurück|frohe weihnachten|frohes neues|frohes neues jahr|frohe ostern",
        SmallTalk.THANKS: "danke|danke dir|danke euch|vielen dank|vielen lieben dank|lieben dank|danke schön"
        "|dankeschön|danke sehr|besten dank|herzlichen dank|tausend dank|ich danke dir|das hat geholfen|hat geholfen"
        "|das hilft|das hilft mir|sehr hilfreich|jetzt klappt es|jetzt klappt's|es klappt|jetzt geht es|jetzt geht's"
        "|jetzt funktioniert es|es funktioniert|problem gelöst|gelöst",
        SmallTalk.PRAISE: "guter bot|braver bot|lieber bot|bester bot|toller bot|cooler bot|schlauer bot|spitze"
        "|klasse|toll|perfekt|prima|genial|geil|mega|krass|cool|nice|top|großartig|wunderbar|ausgezeichnet"
        "|hervorragend|fantastisch|sehr gut|richtig gut|echt gut|sehr cool|sehr schön|gut gemacht|gute arbeit"
        "|gute antwort|tolle antwort|super antwort|das ging schnell|das ging ja schnell|du bist toll|du bist super"
        "|du bist cool|du bist der beste|du bist klasse|ich liebe dich|ich liebe es",
        SmallTalk.FAREWELL: "tschüss|tschüssi|tschau|auf wiedersehen|bis später|bis dann|bis bald|bis morgen"
        "|bis zum nächsten mal|gute nacht|schönen tag|schönen tag noch|schönen abend|schönen abend noch"
        "|schönes wochenende|mach's gut|machs gut|wir sehen uns|man sieht sich",
        SmallTalk.HELP: "hilfe|hilf mir|hilfst du mir|kannst du helfen|kannst du mir helfen|ich brauche hilfe"
        "|ich brauch hilfe|was kannst du|was kannst du alles|was kannst du so|was kannst du tun"
        "|was kannst du für mich tun|was machst du|was machst du hier|wer bist du|was bist du|wie heißt du"
        "|bist du ein bot|bist du ein mensch|bist du ein roboter|bist du eine ki|bist du chatgpt|bist du echt"
        "|wie funktionierst du|wie funktioniert das hier|wie funktioniert der bot|wie funktioniert dieser bot"
        "|wie benutze ich dich|wie benutzt man dich|wie benutze ich den bot|was kann ich dich fragen"
        "|was kann ich fragen|was darf ich fragen|was darf ich dich fragen|was soll ich fragen|wie frage ich dich"
        "|wie stelle ich eine frage|wofür bist du da|wozu bist du da|wobei kannst du helfen"
        "|wobei kannst du mir helfen|wer hat dich gemacht|wer hat dich gebaut|wer hat dich programmiert"
        "|stell dich vor|darf ich dich was fragen|darf ich dich etwas fragen|kann ich dich was fragen"
        "|kann ich dich etwas fragen|kann ich was fragen|ich habe eine frage|ich hab eine frage"
        "|ich hab mal eine frage|ich hätte eine frage|kurze frage|frage|befehle|welche befehle gibt es"
        "|welche befehle hast du|sprichst du deutsch|kannst du deutsch|welche sprachen sprichst du|wie alt bist du"
        "|woher kommst du|was ist das für ein bot|was macht der bot|was macht dieser bot",
        SmallTalk.COMPLAINT: "falsch|das ist falsch|das war falsch|alles falsch|stimmt nicht|das stimmt nicht"
        "|stimmt gar nicht|nicht richtig|das ist nicht richtig|falsche antwort|schlechte antwort"
        "|das habe ich nicht gefragt|das hab ich nicht gefragt|danach habe ich nicht gefragt"
        "|das war nicht meine frage|das hilft nicht|das hilft mir nicht|hilft nicht|hilft mir nicht"
        "|das hat nicht geholfen|hat nicht geholfen|nicht hilfreich|blöder bot|dummer bot|doofer bot|schlechter bot"
        "|böser bot|dumm|nutzlos|unsinn|so ein unsinn|quatsch|so ein quatsch|blödsinn|du liegst falsch|du irrst dich"
        "|du bist nutzlos|du bist dumm|du bist doof",
        SmallTalk.OTHER: "ja|jo|jap|jep|jup|nein|nö|nee|ne|klar|na klar|alles klar|geht klar|verstanden|verstehe"
        "|ich verstehe|hab ich verstanden|ach so|achso|gut|sehr wohl|passt|passt schon|stimmt|das stimmt|genau"
        "|richtig|eben|interessant|spannend|gut zu wissen|schon gut|egal|macht nichts|kein problem|kein ding"
        "|kein stress|bitte|bitte schön|bitte sehr|gern|gerne|gern geschehen|sorry|entschuldigung|tut mir leid"
        "|mein fehler|ups|nein danke|ne danke|das war's|das wars|das ist alles|test|nur ein test|ich teste nur"
        "|ich weiß|weiß ich|weiß ich doch|von mir aus|mal sehen|ich auch|lustig|witzig|schade|echt|logisch|natürlich"
        "|gefunden|schon gefunden|hab's gefunden|habs gefunden|hab es gefunden|hat sich erledigt|erledigt"
        "|vergiss es|keine ahnung|weiß nicht|weiß ich nicht",
    },
    {
        SmallTalk.GREETING: "Hallo. Frag mich etwas zu den Dokumenten hier; ich antworte mit Zitaten daraus.",
        SmallTalk.THANKS: "Gern geschehen. Frag jederzeit weiter.",
        SmallTalk.PRAISE: "Danke dir. Frag jederzeit weiter.",
        SmallTalk.FAREWELL: "Bis bald. Frag jederzeit wieder.",
        SmallTalk.HELP: "Ich beantworte Fragen zu den Dokumenten hier mit Zitaten daraus und sage, wenn nichts dazu "
        "drinsteht. Frag, was du wissen möchtest.",
        SmallTalk.COMPLAINT: "Tut mir leid. Frag mit anderen Worten, dann suche ich noch mal.",
        SmallTalk.OTHER: "Frag mich etwas zu den Dokumenten hier; ich antworte mit Zitaten daraus.",
    },
)
