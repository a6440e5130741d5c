"""By which German and Spanish words it is told to whom a message speaks; without accents, as folded."""

from __future__ import annotations

from bot.discord.asking.address_vocabulary import AddressWords

GERMAN = AddressWords(
    question_words="wer|wen|wem|wessen|was ist|was sind|was war|was kostet|was kosten|was passiert|was bedeutet"
    "|was heisst|was macht|was mache|was muss|was kann|was darf|was soll|was gibt|was gilt|was hat|was brauche"
    "|was braucht|was steht|was weisst|was fur|wann|wo|woher|wohin|warum|wieso|weshalb|wie|welche|welcher|welches"
    "|welchen|welchem|wie viel|wie viele|wofur|womit|wozu|woran|worauf|wovon",
    openings=r"(?:wer|wen|wem|wessen|welche[mnrs]?) (?!weiss schon|das|es|so|nicht|sich|soll's|geht|los)\w+ \w+"
    r"|was (?:ist|sind|war|kostet|kosten|passiert|bedeutet|heisst|macht|mache|muss|kann|darf|soll|gibt|gilt|hat"
    r"|brauche|braucht|steht|fur)|(?:wo|wann|warum|wieso|weshalb|wie|woher|wohin|wofur|womit) (?:ist|sind|wird|werden"
    r"|wurde|wurden|hat|haben|kann|konnen|darf|muss|soll|geht|gibt|funktioniert|offnet|schliesst|beginnt|bekomme"
    r"|bekommt|komme|mache|macht|finde|setze|andere|lange)|wie (?:viel|viele|lange|oft|gross|alt|weit|hoch|teuer) \w+"
    r"|(?:ist|sind|war|waren|hat|haben|kann|konnen|darf|durfen|muss|mussen|gibt|wird|gilt) (?:der|die|das|den|ein|eine"
    r"|es|ich|man|hunde|gaste|kinder|jeder)|(?:bitte )?(?:sag mir|zeig mir|zeige mir|erklar|erklare|nenn|nenne"
    r"|beschreib|beschreibe) \w+",
    verbs_before="hast du|hast du schon|hast du mal|habt ihr|habt ihr schon|habt ihr mal|ich habe|ich hab|frag|frage"
    "|fragt|fragen|gefragt|frag mal|frag doch|frag einfach|fragt mal|fragt doch|fragt einfach|nimm|nehmt|benutze"
    "|benutz|benutzt|probier|probiert|probier mal|teste|testet|erwahne|erwahnt|ping|pinge|pingt|tagge|taggt|ruf"
    "|danke an|mag|liebe|hasse|nutze|nutzt|nutzen|kennt|kennst du|kennt ihr",
    words_before="an|von|vom|mit|bei|beim|fur|zu|zum|uber|durch|ohne|gegen|wie|als|der|die|das|dem|ein|einen|unser"
    "|unseren|mein|meinen|dieser|diesen|auf|per|via|statt|ausser|laut|neben|wegen|hat|hatte|habe",
    announcements=r"(?:ich frag|ich frage|fragen wir|lass mich|lasst uns|lass uns|ich mochte|ich will|ich wurde gern"
    r"|darf ich|kann ich)(?: mal| kurz| schnell| doch)?(?: fragen)?|frage (?:an|fur)",
    predicates="weiss|wusste|sagt|sagte|meint|meinte|antwortet|antwortete|kennt|hilft|half|funktioniert|findet|fand"
    "|zitiert|versteht|spinnt|nervt|scheint|rockt|taugt|klappt|und|oder|auch|stattdessen|weiss es|weiss alles|konnte"
    "|durfte|sollte das|macht das|macht|geht nicht|hat keine ahnung|hilft dir|hilft euch|kann dir|kann euch|kann das"
    "|kann dir helfen|kann es|wird dir|wird euch|hat mir|hat uns|hat dir|hat ihm|hat ihr",
    auxiliaries="ist|war|hat|kann|wird|sind|konnte",
    said_of_bots="ein bot|der bot|ein guter|ein toller|der beste|gut|toll|super|klasse|cool|geil|genial|schlecht"
    "|nutzlich|hilfreich|praktisch|nutzlos|kaputt|offline|online|wieder da|langsam|schnell|schlau|klug|dumm|doof"
    "|falsch|hier|besser|echt|sehr|ganz|so|zu|nicht|auch|recht|geantwortet|geholfen|gesagt|gefunden|zitiert|verstanden"
    "|helfen|sagen|antworten|finden|lesen|erklaren|suchen|zitieren|dir|euch|das sicher|neu|ok|okay",
    adverbs="echt|auch|immer|nie|schon|nur|bestimmt|sicher|vielleicht|wohl|wirklich|manchmal|oft|doch|halt|eben"
    "|einfach|gerade|ubrigens|eigentlich|leider",
    tags="oder|nicht wahr|stimmt's|stimmts|gell|ne|richtig|nicht|wa|oder nicht|korrekt|wirklich|ok|okay|ja",
    pointers="hilfe|hilf|hilf mal|hilf mir|hilf ihm|hilf ihr|hilf uns|hilf ihnen|kannst du helfen|kannst du mal helfen"
    "|kannst du hier helfen|kannst du ihm helfen|kannst du ihr helfen|kannst du uns helfen|kannst du mir helfen"
    "|kannst du ihnen helfen|konntest du helfen|hilfst du|das|das hier|dies|hier|oben|siehe oben|was meinst du"
    "|was denkst du|was sagst du|was sagst du dazu|was meinst du dazu|und du|weisst du das|weisst du es|weisst du was"
    "|weisst du die antwort|kannst du antworten|kannst du das beantworten|kannst du das mal beantworten"
    "|kannst du die frage beantworten|kannst du diese frage beantworten|kannst du ihm antworten"
    "|kannst du ihr antworten|konntest du das beantworten|beantworte das|beantworte die frage|beantworte diese frage"
    "|beantworte mal|antworte|antworte mal|antworte ihm|antworte ihr|antwort|die antwort|was ist die antwort"
    "|du bist dran|dein einsatz|ubernimm|ubernimm du|ubernimmst du|schau|schau mal|schau hier|schau dir das an"
    "|schau dir das mal an|guck|guck mal|guck dir das an|sieh dir das an|lies das|lies mal|stimmt das|ist das richtig"
    "|ist das wahr|ist das so|kannst du das erklaren|erklar das|erklar mal|kannst du das prufen|pruf das|sag du es"
    "|sag es ihm|sag es ihr|sag mal|sag ihm das|kannst du es sagen|kannst du|du|frage hier|irgendeine idee|ideen"
    "|eine idee|hast du eine idee|und",
    beside_pointers="bitte|hey|hi|hallo|mal|doch|dann|jetzt|hier|damit|dabei|dazu|darauf|ihm|ihr|ihnen|uns|mir|auch"
    "|vielleicht|kurz|schnell|danke|mit dieser frage|bei dieser frage|bei der frage|auf die frage|auf diese frage|oben"
    "|da|ok|okay|na|also",
    second_person="du|dich|dein|deine|deinen|deinem|deiner|ihr|euch|euer|eure|euren|bist|hast|kannst|willst|weisst"
    "|magst|kommst|gehst|machst|siehst|denkst|meinst|habt|seid|konnt|wollt|wisst|kommt ihr|wurdest|konntest|hattest"
    "|musst|sollst|darfst",
    requests=r"(?:kannst|konntest|wurdest|konnt|konntet) (?:du|ihr)[\w' ]{0,60} (?:sagen|auflisten|erklaren"
    r"|zusammenfassen|nennen|zitieren|nachschauen|nachsehen|beschreiben)|weisst du (?:zufallig |vielleicht "
    r"|auch )?(?:wer|was|wann|wo|warum|wie|welche\w*|ob|etwas|mehr)|hast du (?:infos|informationen|dokumente|etwas|was"
    r"|mehr|ein dokument)|was weisst du (?:uber|von|noch|zu)|welche dokumente hast du|(?:sagst|zeigst|erklarst"
    r"|nennst) du (?:mir|uns)",
    plans=r"sollen wir|wollen wir|gehen wir|machen wir|treffen wir|spielen wir|sehen wir uns|fahren wir|lass uns"
    r"|lasst uns|habt ihr (?:lust|bock|zeit)|hast du (?:lust|bock|zeit)|bist du (?:dabei|da|heute)|seid ihr (?:dabei"
    r"|da)",
    to_all="jemand|irgendwer|irgendjemand|niemand|hey leute|hallo leute|leute wer|leute was|leute wie|leute wann"
    "|leute wo|alle hier|ihr alle|einer von euch|wer von euch",
    to_all_requests=r"(?:weiss|wisst|kann|konnte|kennt)(?: hier| zufallig| vielleicht| von euch)? (?:jemand|irgendwer"
    r"|irgendjemand|wer|einer von euch)(?: hier| zufallig| vielleicht| mir| uns| bitte)*",
    reactions=r"haha|hahaha|hihi|digga|alda|boah|oha|ey|krass",
    chatter="echt|wirklich|ja|nein|ne|nee|na|und|also|was|wie|wer|wo|wann|warum|wieso|wie bitte|hae|ha|stimmt|oder"
    "|genau|okay|im ernst|ernsthaft|na und|und jetzt|und nun|was jetzt|was nun|warum nicht|wieso nicht|wie jetzt"
    "|echt jetzt|ach ja|ach so|ach echt|was ist los|was los|was geht|wer weiss|wen juckt's|na klar|alles klar"
    "|alles gut|alles ok|fertig|schon|noch was|sonst noch was|was denn|wie das|seit wann|bis wann|und dann"
    "|was ist passiert|was ist das|wer ist das|was war das|essen|kaffee|bereit|wie meinst du|was meinst du|und du"
    "|klappt das|geht das|passt das|was fur ein tag",
    openers="also|und|aber|dann|na|ja|nein|ne|hi|hallo|hey|moin|servus|danke|bitte|sorry|heute|gestern|morgen"
    "|eigentlich|ubrigens|okay|ok|gut|frage|kurze|leute|alle|zusammen|jetzt|ach|achso|endlich|warte|klar|genau|richtig"
    "|leider|guten",
)
SPANISH = AddressWords(
    question_words="quien|quienes|que|cual|cuales|cuando|donde|adonde|por que|como|cuanto|cuanta|cuantos|cuantas"
    "|a quien|de quien|para que",
    openings=r"(?:quien|quienes|cual|cuales|cuanto|cuanta|cuantos|cuantas) (?!va|sabe|mas da|quiera|quiere)\w+ \w+"
    r"|que (?:es|son|significa|necesito|debo|hago|horario|hora|dia|precio|tipo|documentos|pasa si|pasa con|pasa cuando"
    r"|hay que)|como (?:se|puedo|hago|funciona|consigo|encuentro|debo|cambio)|(?:donde|cuando|por que) (?:se|es|esta"
    r"|estan|hay|puedo|puede|abre|cierra|funciona|empieza|termina|debo|encuentro|consigo)|(?:se puede|se pueden"
    r"|puedo) \w+|(?:dime|explicame|muestrame|resume|enumera) \w+",
    verbs_before="pregunta a|preguntale a|preguntad a|preguntadle a|pregunten a|preguntenle a|preguntar a"
    "|preguntarle a|preguntarselo a|preguntaselo a|preguntado a|pregunte a|preguntamos a|usa|usad|usen|usar|usando"
    "|usamos|uso|prueba|probad|prueben|probar|probando|probamos|etiqueta|etiquetad|menciona|mencionad|adoro|odio"
    "|dile a|decidle a|consulta|consultad|gracias a",
    words_before="a|al|de|del|con|por|para|sobre|segun|como|sin|entre|el|la|un|una|este|nuestro|mi|tu|contra|hasta"
    "|hacia|en|mediante|amo|quiero",
    announcements=r"(?:voy a|vamos a|dejame|dejadme|quiero|quisiera|puedo|podemos)(?: yo)? (?:preguntar|preguntarle"
    r"|preguntarselo)(?: una cosa| algo)? a|(?:le )?(?:pregunto|preguntamos) a|pregunta (?:para|a)",
    predicates="sabe|sabia|dice|decia|dijo|responde|respondio|contesta|contesto|funciona|funcionaba|conoce|encuentra"
    "|encontro|cita|entiende|ayuda|ayudo|parece|mola|falla|fallo|merece|tambien|me ha|nos ha|te ha|le ha|me dijo"
    "|nos dijo|te dijo|te puede|os puede|les puede|te lo|os lo|se lo|lo sabe|la sabe|no funciona|no responde|no sabe"
    "|no entiende|no sirve|no va|no es|no esta|no ha|podria|deberia|sabria|puede ayudarte|puede ayudaros"
    "|puede ayudarles|puede decirte|puede responder|puede responderte|tiene razon|tiene toda la razon|va genial"
    "|va bien|va mal|te responde|os responde",
    auxiliaries="es|ha|puede|esta|era|fue|estaba",
    said_of_bots="bueno|buenisimo|malo|genial|util|inutil|practico|fantastico|increible|tonto|estupido|roto|lento"
    "|rapido|listo|caido|mejor|peor|guay|muy|realmente|aqui|un bot|el bot|el mejor|un buen|un gran|nuevo|offline"
    "|online|de vuelta|dicho|respondido|contestado|razon|encontrado|citado|entendido|ayudado|equivocado|bien|mal"
    "|ayudar|decir|explicar|encontrar|buscar|leer|citar|responder|contestar|lo mejor|tan|la leche|la hostia|un crack",
    adverbs="tambien|siempre|nunca|ya|solo|realmente|quiza|quizas|a veces|seguro|tal vez|por cierto|la verdad|todavia"
    "|aun|casi",
    tags="verdad|no|cierto|a que si|eh|vale|no crees|ok|no es cierto|no es verdad|correcto|sí|si",
    pointers="ayuda|ayudale|ayudalo|ayudala|ayudanos|ayudame|ayudales|puedes ayudar|puedes ayudarle|puedes ayudarlo"
    "|puedes ayudarla|puedes ayudarnos|puedes ayudarme|puedes ayudarles|me ayudas|nos ayudas|le ayudas|les ayudas"
    "|podrias ayudar|podrias ayudarle|echa una mano|echale una mano|puedes echar una mano|puedes echarle una mano"
    "|que opinas|que piensas|que dices|tu que dices|tu que opinas|que te parece|lo sabes|tu lo sabes"
    "|sabes la respuesta|sabes esto|sabes eso|puedes responder|puedes responderle|puedes responder a esto"
    "|puedes responder a eso|puedes contestar|puedes contestarle|podrias responder|responde|respondele|contesta"
    "|contestale|responde tu|aqui|esto|eso|esta|este|arriba|mira|mira esto|mira aqui|mira arriba|mira eso|lee esto"
    "|lee eso|alguna idea|ideas|tienes idea|tienes alguna idea|te toca|tu turno|es verdad|es cierto|es correcto"
    "|cual es la respuesta|la respuesta|puedes explicar|puedes explicarlo|explicalo|explica|puedes comprobar"
    "|puedes comprobarlo|compruebalo|puedes mirar|puedes mirarlo|diselo|diselo tu|puedes decirselo|que me dices|puedes"
    "|podrias|y tu|tu",
    beside_pointers="por favor|porfa|aqui|con esto|con eso|a esto|a eso|a el|a ella|a ellos|a la pregunta"
    "|a esta pregunta|a su pregunta|con esta|con esta pregunta|con su pregunta|hola|oye|gracias|y|tambien|tu|ahora"
    "|sobre esto|de esto|arriba|un momento|una mano|perdona|el|ella|ellos|pues|venga|anda",
    second_person="tu|te|ti|tus|has visto|has hecho|has probado|has ido|has leido|has dicho|has estado"
    "|donde estas|como estas|estas aqui|estas ahi|estas bien|estas listo|estas lista|estas seguro|estas segura"
    "|tuyo|tuya|vosotros|vosotras|vuestro|vuestra|usted|ustedes|quieres|puedes|eres|sabes"
    "|piensas|crees|vienes|vas|haces|dices|recuerdas|tienes|ves|habeis|quereis|podeis|sois|sabeis|pensais|venis|vais"
    "|haceis|teneis|podrias|querrias|harias|vendrias|entiendes|vives|conoces|prefieres|juegas|trabajas|opinas|opinais"
    "|mandas|pasas|traes|prestas|llegas|esperas|pueden ustedes|tienen ustedes",
    requests=r"(?:me |nos |me lo )?(?:puedes|podrias|sabrias|sabes|sabeis|podeis)(?: por favor| tambien)? (?:dec"
    r"|explic|enumer|resum|mostr|encontr|busc|cit|quien|que|cuando|donde|por que|como|cuant|cual|si )\w*|me (?:dices"
    r"|explicas|muestras|buscas|resumes)|que (?:mas )?sabes (?:de|del|sobre)|que documentos tienes"
    r"|tienes (?:informacion|documentos|algo|alguna informacion|algun documento|mas)",
    plans=r"vamos a|quedamos|nos vemos|jugamos|hacemos|salimos|comemos|vamos|te apuntas|os apuntais|se apuntan"
    r"|te vienes|te apetece|os apetece",
    to_all="alguien|nadie|chicos|chicas|todos vosotros|todos ustedes|alguno|alguna",
    to_all_requests=r"(?:alguien|chicos alguien|alguno)(?: aqui| de aqui)? (?:sabe|sabria|puede decir|me puede decir"
    r"|nos puede decir|puede explicar|me dice|recuerda)|(?:sabe|sabria) alguien",
    reactions=r"jaja|jajaja|jajajaja|jeje|jejeje|madre mia|joder|ostras|hostia|tio|wey|guey|uf|vaya|dios mio",
    chatter="verdad|de verdad|en serio|no|si|eh|y|y que|y entonces|y luego|y ahora|y ahora que|como|que|quien|por que"
    "|cuando|donde|como que|como asi|anda ya|cierto|vale|de acuerdo|listos|novedades|alguna novedad|que tal|todo bien"
    "|quien sabe|y ya|en que sentido|por ejemplo|cual|cuales|y quien|por que no|que hacemos|quien es|que es eso"
    "|que es esto|que pasa|que paso|que ha pasado|todo ok|cafe|a que si|que mas|algo mas|desde cuando|hasta cuando"
    "|a comer|que va|y tu|y eso",
    openers="entonces|pues|pero|y|ademas|luego|perdona|perdon|hola|oye|buenas|buenos|gracias|hoy|ayer|manana|si|no"
    "|vale|bueno|ok|pregunta|por|chicos|gente|ahora|claro|espera|bien|mira|a|venga|anda|todos|genial",
)
