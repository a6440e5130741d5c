"""What people say to a bot that is no question, and what the bot says back; a vocabulary for each language."""

from __future__ import annotations

from bot.replies import SmallTalk
from bot.small_talk.german_small_talk import GERMAN
from bot.small_talk.small_talk_vocabulary import SmallTalkVocabulary
from bot.small_talk.spanish_small_talk import SPANISH

ENGLISH = SmallTalkVocabulary(
    "en",
    {
        SmallTalk.GREETING: "hi there|hey there|hello there|hiya|howdy|greetings|good morning|good afternoon"
        "|good evening|good day|how are you|how are you doing|how are you today|how is it going|how's it going"
        "|hows it going|how do you do|what's up|whats up|wassup|nice to meet you|pleased to meet you|welcome back"
        "|are you there|you there|anyone here|welcome|happy birthday|merry christmas|happy new year|anybody there"
        "|anyone there|are you online|are you awake|good day to you|hi all"
        "|hello everyone|morning|evening|afternoon|hey bot|gm",
        SmallTalk.THANKS: "thanks|thank you|thank u|thank you so much|thank you very much|thanks a lot"
        "|thanks so much|thanks a million|many thanks|much appreciated|i appreciate it|appreciate it|cheers|tysm"
        "|it works now|works now|that works|it works|solved|problem solved|that helped|that helps|that was helpful"
        "|very helpful",
        SmallTalk.PRAISE: "good bot|nice bot|best bot|smart bot|clever bot|nice|great|awesome|perfect|amazing"
        "|excellent|brilliant|this is great|this is awesome|this is amazing|this is cool|this is perfect|wonderful"
        "|fantastic|cool|impressive|well done|good job|great job|nice job|nice one"
        "|nice work|good work|great work|top|sweet|neat|legend|so good|so fast|that was quick|that was fast"
        "|that's cool|that is cool|wow that's cool"
        "|how nice|very nice|very cool|very good|good|good answer|great answer|nice answer|love you bot|i love you"
        "|love you|i love it|love it"
        "|love this|you're great|you are great|you're the best|you are the best|you rock",
        SmallTalk.FAREWELL: "bye bye|goodbye|good bye|see you|see ya|see you later|see you soon|see you tomorrow|cya"
        "|good night|goodnight|have a nice day|have a good day|take care|talk to you later|ttyl|farewell",
        SmallTalk.HELP: "help me|i need help|can you help|can you help me|how can you help|how can you help me"
        "|what can you do|what can you do for me|what can i ask|what can i ask you|what can i do here|what do you do"
        "|who are you|what are you|are you a bot|are you a robot|are you human|are you a human|are you an ai"
        "|are you ai|are you real|are you chatgpt|how do you work|how does this work|how does it work here"
        "|how do i use you|how do i use this|how do i use this bot|how can i use you|how to use you"
        "|how to use this bot|what is this bot|what does this bot do|what is this bot for|how do i ask"
        "|how do i ask you|how do i ask a question|what are your commands|what commands are there"
        "|what commands do you have|introduce yourself|tell me about yourself|what is your name|what's your name"
        "|whats your name|who made you|who created you|who built you|what can you help with|what can you help me with"
        "|what are you for|what are you able to do|what should i ask|what should i ask you|commands|do you work"
        "|are you working|are you alive|how old are you|where are you from|do you speak english|do you speak italian"
        "|what languages do you speak"
        "|which languages do you speak|can i ask you something|can i ask you a question|can i ask a question"
        "|i have a question|quick question|question|what's this bot",
        SmallTalk.COMPLAINT: "bad bot|you suck|this sucks|stupid|stupid bot|dumb bot|useless bot|silly bot|wrong"
        "|that's wrong|that is wrong"
        "|this is wrong|it's wrong|wrong answer|bad answer|not true|that's not true|that is not true|not right"
        "|that's not right|incorrect|that's incorrect|nonsense|that's nonsense|that's not what i asked"
        "|not what i asked"
        "|that is not what i asked|that doesn't help|that didn't help|not helpful|you're wrong|you are wrong|useless"
        "|you are useless|you're useless|you are stupid|you're stupid|you are dumb|you're dumb|you are bad",
        SmallTalk.OTHER: "alright|all right|sure|yes|yeah|yep|yup|nope|nah|i see|got it|understood|makes sense"
        "|good to know|interesting|never mind|nevermind|nvm|sorry|my bad|oops|no problem|no worries|just testing"
        "|you're welcome|just a test|testing|test|ping|brb|np|no thanks|no thank you|that's all|that is all"
        "|fair enough"
        "|that's it|same here|me too|true|agreed|exactly|indeed|of course|right|that's right|so cool|that's funny"
        "|funny"
        "|not bad|will do|i know|whatever|found it|i found it|found the answer|i found the answer|figured it out"
        "|i figured it out|forget it|forget about it|i got it|noted|sounds good|all good|idk|i don't know|dunno|no idea"
        "|let me check|i'll check|i will check|i'll try|i will try|good point",
    },
    {
        SmallTalk.GREETING: "Hello. Ask me anything about the documents here; I answer with quotes from them.",
        SmallTalk.THANKS: "You're welcome. Ask me more whenever you like.",
        SmallTalk.PRAISE: "Thank you. Ask me more whenever you like.",
        SmallTalk.FAREWELL: "Goodbye. Ask me again whenever you like.",
        SmallTalk.COMPLAINT: "Sorry. Ask again in other words, and I look again.",
        SmallTalk.HELP: "I answer questions about the documents here with quotes from them, and say so when they do "
        "not answer. Ask what you want to know, or “What documents do you have?”.",
        SmallTalk.OTHER: "Ask me anything about the documents here; I answer with quotes from them.",
    },
)
ITALIAN = SmallTalkVocabulary(
    "it",
    {
        SmallTalk.GREETING: "ciao|salve|buongiorno|buon giorno|buonasera|buona sera|buon pomeriggio|ehi|ehilà"
        "|buon natale|buon anno|buon compleanno|benvenuto|benvenuta|come stai|come va|tutto bene"
        "|piacere di conoscerti|ci sei",
        SmallTalk.THANKS: "grazie|grazie mille|mille grazie|molte grazie|tante grazie|grazie tante|grazie infinite"
        "|ora funziona|adesso funziona|funziona|risolto|problema risolto|ti ringrazio",
        SmallTalk.PRAISE: "bravo|brava|bravissimo|bravissima|ottimo|perfetto|fantastico|bel lavoro|ottimo lavoro"
        "|ben fatto|bella risposta|ottima risposta|sei bravo|sei brava|grande|mitico|figo|che figo|ottima|molto bene"
        "|molto utile|bella|bello|che bello|che bot fantastico|che bel bot|sei grande|sei il migliore|ti amo",
        SmallTalk.FAREWELL: "arrivederci|addio|buonanotte|buona notte|a presto|a dopo|a domani|ci vediamo"
        "|buona giornata|buona serata",
        SmallTalk.HELP: "aiuto|aiutami|mi aiuti|mi puoi aiutare|puoi aiutarmi|cosa sai fare|che cosa sai fare"
        "|che sai fare|cosa puoi fare|che cosa puoi fare|cosa fai|che cosa fai|chi sei|cosa sei|che cosa sei"
        "|come funzioni|come ti uso|come ti si usa|cosa posso chiederti|cosa posso chiedere|cosa ti posso chiedere"
        "|come ti chiami|sei un bot|sei umano|presentati|chi ti ha fatto|chi ti ha creato|a cosa servi"
        "|quanti anni hai|da dove vieni|parli inglese|parli italiano|che lingue parli"
        "|che cosa posso chiedere"
        "|in cosa puoi aiutarmi|posso farti una domanda|posso chiederti una cosa|ho una domanda|una domanda"
        "|comandi|che bot sei|cos'è questo bot|funzioni",
        SmallTalk.COMPLAINT: "sbagliato|è sbagliato|non è vero|falso|risposta sbagliata|non è giusto"
        "|non è quello che ho chiesto"
        "|non ho chiesto questo|non mi aiuta|non aiuta|inutile|bot stupido|stupido|che schifo|stupido bot"
        "|non è corretto|hai sbagliato"
        "|ti sbagli|sciocchezze|sei inutile|sei stupido|sei scemo|non servi a niente",
        SmallTalk.OTHER: "va bene|sì|certo|capito|ho capito|scusa|prego|d'accordo|niente|non importa|interessante"
        "|vabbè|boh|mah|prova|sto provando|no grazie|basta così|è tutto|esatto|giusto|vero|già|anche io|figurati"
        "|di niente|di nulla|ahahah|ahahaha"
        "|non fa niente|infatti|appunto|ho visto|lo so|trovato|l'ho trovato|ho trovato|trovata|l'ho trovata"
        "|lascia stare|lascia perdere|tutto chiaro|chiaro|come no|ci credo|ci provo|provo|non lo so|ho risolto"
        "|non saprei|buono a sapersi",
    },
    {
        SmallTalk.GREETING: "Ciao. Chiedimi quello che vuoi sui documenti che ho qui: rispondo con le loro parole.",
        SmallTalk.THANKS: "Prego. Se vuoi sapere altro, chiedi pure.",
        SmallTalk.PRAISE: "Grazie. Se vuoi sapere altro, chiedi pure.",
        SmallTalk.FAREWELL: "A presto. Se vuoi sapere altro, chiedi pure.",
        SmallTalk.COMPLAINT: "Scusa. Chiedi di nuovo con altre parole, e cerco ancora.",
        SmallTalk.HELP: "Rispondo alle domande sui documenti che ho qui con le loro parole, e se non rispondono lo "
        "dico. Scrivi che cosa vuoi sapere, oppure “Quali documenti hai?”.",
        SmallTalk.OTHER: "Chiedimi quello che vuoi sui documenti che ho qui: rispondo con le loro parole.",
    },
)
# What is written alike wherever people chat; it is answered in the language of the face.
EVERYWHERE = SmallTalkVocabulary(
    None,
    {
        SmallTalk.GREETING: "hi|hey|hello|helo|yo|sup",
        SmallTalk.THANKS: "thx|ty|tks",
        SmallTalk.PRAISE: "super|wow",
        SmallTalk.FAREWELL: "bye",
        SmallTalk.HELP: "help",
        SmallTalk.OTHER: "ok|okay|oki|okey|k|kk|no|lol|lmao|rofl|haha|hahaha|ahah|ahaha|hehe|eheh|hm|hmm|oh|ah|aha"
        "|omg|xd|oops|gg",
    },
    {},
)
VOCABULARIES = (
    ENGLISH,
    ITALIAN,
    GERMAN,
    SPANISH,
    EVERYWHERE,
    SmallTalkVocabulary(
        "fr",
        {
            SmallTalk.GREETING: "bonjour|bonsoir|salut|coucou|ça va|comment ça va|comment allez-vous",
            SmallTalk.THANKS: "merci|merci beaucoup|merci bien|mille mercis",
        },
        {
            SmallTalk.GREETING: "Bonjour. Posez-moi une question sur les documents ; je réponds par des citations.",
            SmallTalk.THANKS: "Je vous en prie. Posez d'autres questions quand vous voulez.",
        },
    ),
    SmallTalkVocabulary(
        "pt",
        {
            SmallTalk.GREETING: "olá|oi|bom dia|boa tarde|boa noite|tudo bem",
            SmallTalk.THANKS: "obrigado|obrigada|muito obrigado|muito obrigada",
        },
        {
            SmallTalk.GREETING: "Olá. Pergunte-me algo sobre os documentos; respondo com citações.",
            SmallTalk.THANKS: "De nada. Pergunte quando quiser.",
        },
    ),
    SmallTalkVocabulary(
        "tr",
        {
            SmallTalk.GREETING: "merhaba|selam|günaydın|iyi günler|iyi akşamlar|nasılsın",
            SmallTalk.THANKS: "teşekkürler|teşekkür ederim|çok teşekkürler|sağ ol|sağol",
        },
        {
            SmallTalk.GREETING: "Merhaba. Belgeler hakkında bir şey sorun; alıntılarla yanıt veririm.",
            SmallTalk.THANKS: "Rica ederim. İstediğiniz zaman yine sorun.",
        },
    ),
    SmallTalkVocabulary(
        "uk",
        {
            SmallTalk.GREETING: "привіт|вітаю|добрий день|доброго ранку|добрий вечір|доброго дня|як справи",
            SmallTalk.THANKS: "дякую|дуже дякую|щиро дякую",
        },
        {
            SmallTalk.GREETING: "Вітаю. Запитайте щось про документи; я відповідаю цитатами з них.",
            SmallTalk.THANKS: "Будь ласка. Запитуйте ще, коли захочете.",
        },
    ),
    SmallTalkVocabulary(
        "ar",
        {
            SmallTalk.GREETING: "مرحبا|مرحبا بك|أهلا|السلام عليكم|صباح الخير|مساء الخير|كيف حالك",
            SmallTalk.THANKS: "شكرا|شكرا جزيلا|شكرا لك",
        },
        {
            SmallTalk.GREETING: "مرحبًا. اسألني عن المستندات، وسأجيب باقتباسات منها.",
            SmallTalk.THANKS: "على الرحب والسعة. اسألني متى شئت.",
        },
    ),
)
# What may stand beside small talk, and is none by itself.
BESIDE = (
    "please|and|so|very|much|really|a lot|then|now|again|all|everyone|everybody|folks|guys|there|bot|pullquote|mate"
    "|man"
    "|dude|bro|friend|buddy|my friend|sir|dear|right|fine|well|just|too|also|you|it|to you|to all|you all|y'all|later"
    "|for that|for this|for now|for everything|for the answer|for the quick answer|for the fast answer"
    "|for the quick help|for the quick reply|for your answer|for the help|for your help|for helping"
    "|for your time|that's|that is|that was|it's|it is|oh|indeed|today|the quotes|for the quotes"
    "|a tutti|tutti|ragazzi|per favore|per piacere|molto|davvero|tanto|di cuore|di tutto|allora|e|ancora|amico"
    "|per la risposta|della risposta|per la risposta veloce|per la risposta rapida|per le risposte|per tutto"
    "|per l'aiuto|dell'aiuto|il tuo aiuto|sei|così|bene"
    "|dir|euch|an alle|alle|zusammen|leute|bitte|sehr|echt|wirklich|ganz|für die hilfe|für deine hilfe|für die antwort"
    "|für deine antwort|für die schnelle antwort|für die info|für alles|dafür|noch|jetzt|dann|mal|schon|doch|aber|und"
    "|das war|das ist|du bist|erst mal|erstmal|lieber|mein freund"
    "|por favor|porfa|a todos|todos|chicos|chicas|gente|amigo|muy|mucho|de verdad|por la ayuda|por tu ayuda"
    "|por la respuesta|por tu respuesta|por la info|por todo|pues|entonces|ahora|y|otra vez|eso|eso es|eres|a ti"
    "|también|ya"
)
