"""By which words it is told to whom a message speaks, a vocabulary for each language; without accents, as folded.

The rules that use them are in ``addressing`` (messages that mention the bot) and ``overheard`` (messages that do not).
Words and phrases are parted by ``|``; those called patterns are regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.discord.asking.address_vocabulary import AddressWords
from bot.discord.asking.german_and_spanish_address import GERMAN, SPANISH

ENGLISH = AddressWords(
    question_words="who|whom|whose|who's|what|what's|when|where|where's|which|why|how|how's",
    openings=r"(?:who|what|which(?! is why| was why)|whose)(?:'s| (?:is|are|was|were|did|does|do|has|have|had|will"
    r"|would|can|could|should))"
    r"|(?:where|when|why|how)(?:'s| (?:is|are|was|were|did|does|do|has|have|had|can|could|should|will|would))"
    r"|how (?:much|many|long|old|far|often|tall|big|high|to)|who (?!knows|cares|else)\w+ \w+|which (?!is why"
    r"|was why)\w+ \w+"
    r"|what (?:time|year|day|happened|happens|about|kind|causes|caused|triggered|triggers)"
    r"|(?:is|are|was|were|do|does|did|can|could|has|have|will|should|may|must)"
    r" (?:the|there|a|an|i|my|we|dogs|people|guests|anyone)"
    r"|(?:please )?(?:tell (?:me|us)|show (?:me|us)|explain|list|summari[sz]e|describe|name) \w+",
    verbs_before="ask|asks|asked|asking|try|tries|tried|trying|use|uses|used|using|ping|pings|pinged|pinging|tag|tags"
    "|tagged|tagging|mention|mentions|mentioned|mentioning|summon|summoned|meet|thank|invite|invited|kick|ban|mute"
    "|muted"
    "|trust|test|tested|testing|query|consult",
    words_before="call|called|add|added|adding|remove|removed|believe|hate|love|loves|want|wants|need|needs|let|check"
    "|checking|see|saw|have|has|had|got|made|run|runs|to|by|from|with|of|about|for|via|than|like|the|this|that|a|our"
    "|my|your|on|through|per|including"
    "|except|unlike|into|at|without",
    announcements=r"(?:let me|let us|let's|lets|can i|could i|may i|i'd like to|i would like to|i want to|i'll|i will"
    r"|gonna|going to)(?: just| quickly)? (?:ask|try|use)|question (?:for|to)",
    predicates="knows|found|said|says|told|tells|answered|thinks|thought|gave|gives|works|worked|helped|helps|quoted"
    "|seems"
    "|looks|sounds|feels|doesn't|didn't|isn't|wasn't|won't|can't|cannot|couldn't|wouldn't|hasn't|hadn't|makes"
    "|wrote|explained|understood|understands|and|or|too|as well|instead|sucks|rocks|fails|failed|broke|deserves"
    "|'s|got it|replied|responds|responded|does not|did not|is not|will not|answers that|answers this|answers these"
    "|answers such|answers it|answers questions|answers everything|answers with|answers from|answers in"
    "|has been|had been|will be|would be|might",
    auxiliaries="is|was|has|had|can|could|will|would|should|must|may|does|did|are|were",
    said_of_bots="a bot|the bot|a great|a good|a nice|a cool|a bad|the best|the worst|a tool|a life|a really|a very"
    "|great|good|nice|cool|awesome|amazing|useful|helpful|handy|useless|bad|terrible|broken|down|offline|online|back"
    "|slow|fast|quick|smart|clever|stupid|dumb|wrong|right|correct|here|there to|better|best|fun|funny|fine"
    "|right about|pretty|quite|so|very|too|not|answering|helping|working|being|quoting|able|supposed|meant|made"
    "|answer|help|tell|explain|find|search|look|do|read|quote|give|say|show|handle|know|learn|understand|respond|reply"
    "|answered|helped|told|explained|found|said|given|been|shown|quoted|got|no idea|the answer|all the answers|our docs"
    "|the docs|access",
    adverbs="really|also|just|always|never|already|usually|only|sometimes|probably|definitely|actually|even|still"
    "|maybe|certainly|surely|once|often|honestly|btw|normally|finally",
    tags="right|isn't it|is it not|no|huh|eh|ok|okay|yeah|yes|doesn't it|wasn't it|don't you think|innit|correct|true"
    "|agreed|can't it|hasn't it|won't it",
    pointers="help|help here|help out|help me|help us|help him|help her|help them|can you help|could you help"
    "|can u help|would you help|this|this one|that|that one|here|above|see above|up|what do you think|what do you say"
    "|what about this|what about that|what about this one|thoughts|any thoughts|your thoughts|any idea|any ideas|ideas"
    "|do you know|do you know this|do you know that|do you know the answer|you know|you know this|you know the answer"
    "|can you answer|could you answer|can you answer this|can you answer that|can you answer it|can you answer him"
    "|can you answer her|can you answer them|can you answer this one|can you answer this question"
    "|can you answer his question|can you answer her question|can you answer their question"
    "|can you answer that question"
    "|could you answer this|could you answer that|could you answer this question|answer|answer this|answer that"
    "|answer him|answer her|answer them|answer it|answer this question|answer the question|answer his question"
    "|your turn|over to you|what's the answer|what is the answer|whats the answer|the answer|got an answer|got this"
    "|any answer|look|look here|look at this|take a look|have a look|can you look|can you take a look"
    "|can you look at this|read this|read that|check this|check that|can you check|can you check this|can you explain"
    "|can you explain this|can you explain that|explain this|explain that|is that true|is this true|is that right"
    "|is this right|is that so|is that correct|is this correct|true|can you tell|can you tell him|can you tell her"
    "|can you tell them|can you tell us|tell him|tell her|tell them|tell us|any help|some help|give a hand"
    "|can you give a hand|do your thing|do your magic|you're up|you are up|can you do it|can you do this|can you reply"
    "|reply|reply to this|can you|could you|would you|you|question here|quote this|what about it|well|so",
    beside_pointers="please|pls|plz|hey|hi|hello|ok|okay|and|now|then|here|with this|with that|with it|on this|on that"
    "|about this|about that|about it|to this|to that|him|her|them|us|me|out|too|also|maybe|a bit|quickly|real quick"
    "|thanks|thank you|thx|sir|buddy|friend|mate|my friend|with this one|with this question|with his question"
    "|with her question|with their question|one|there|for him|for her|for them|for us|for me|in here|up there",
    second_person="you|your|yours|you're|you've|you'd|you'll|u|ur|ya|y'all|yourself|yourselves",
    requests=r"(?:can|could|would|will) you (?:please |pls |also |just |maybe )*(?:tell|show|list|explain|summari[sz]e"
    r"|say|quote|give|find|name|look up|describe|cite)|do you (?:also |maybe )?know (?:who|what|when|where|why|how"
    r"|which"
    r"|if|whether|anything|the|about|more)|do you have (?:any|anything|more|information|documents|something|a document)"
    r"|what (?:else )?do you know|what documents do you have|how do you (?!feel|like|think|know|mean|want|do|see"
    r"|get on)",
    plans=r"should we|shall we|are we (?:going|meeting|still|doing|playing|gonna|all)|will we|why don'?t we|let'?s"
    r"|^wanna|^want to|^care to|do we (?:meet|want|go|play|still)|we (?:going|meeting)",
    to_all="anyone|anybody|someone|somebody|everyone|everybody|folks|guys|all of us|people here",
    to_all_requests=r"(?:does |do |can |could |would )?(?:anyone|anybody|someone|somebody|everyone|people here)"
    r"(?: here| else)? (?:please )?(?:know|knows|tell|explain|say|have an idea|remember)",
    reactions="lol|lmao|rofl|haha|hahaha|hehe|omg|wtf|bro|dude|mate|bruh|ikr|damn|ugh",
    chatter="really|right|ok|okay|what|huh|sure|no|yes|and|so|so what|wait what|seriously|who|why|when|where|how|how so"
    "|how come|what now|now what|why not|is it|isn't it|is that so|oh really|for real|wtf|what the|agreed|deal|ready"
    "|any news|who knows|who cares|says who|like what|such as|same|what else|anything else|or what|or not|true|any luck"
    "|still|again|what's that|what is that|who's that|who is that|what was that|what happened|any update|any updates"
    "|works|done|does that work|does it work now|is that ok|is it ok|is this ok|what a day|since when|until when"
    "|how about now|better|and now|which one|who said that|how is that possible|how's that|what for|lunch|coffee",
    openers="hi|hello|hey|so|well|ok|okay|and|but|also|now|anyway|please|thanks|yes|no|yeah|sorry|right|wait|then"
    "|however|today|yesterday|tomorrow|actually|finally|first|bot|pullquote|question|quick|hmm|oh|alright|good|great"
    "|evening|morning|all|everyone|guys|folks",
)
ITALIAN = AddressWords(
    question_words="chi|che|cosa|cos'e|qual|quale|quali|quando|dove|dov'e|perche|come|com'e|quanto|quanta|quanti"
    "|quante",
    openings=r"(?:chi|cosa|che cosa|quale|quali|quanto|quanta|quanti|quante) (?!lo sa|se ne)\w+ \w+|qual e|cos'e|dov'e"
    r"|com'e|c'e |ci sono|(?:come|dove|quando|perche) (?:si|e|sono|posso|faccio|apre|chiude|funziona|inizia|comincia)"
    r"|si puo|posso \w+|(?:dimmi|spiegami|elenca|riassumi|mostrami|parlami) \w+",
    verbs_before="usa|usate|usare|usando|usiamo|uso|prova|provate|provare|proviamo|provato|chiama|chiamate|interroga"
    "|tagga|taggate|menziona|ringrazia|adoro|amo|odio|aggiungi|invita|invitato|aggiunto|senti|sentiamo|sentite"
    "|chiedi a|chiedilo a|chiedere a|chiesto a"
    "|chiederlo a|chiederglielo a|chiedete a|chiedetelo a|domandare a|domandalo a|domandato a|rivolgiti a",
    words_before="a|al|ad|da|dal|con|di|del|per|su|sul|secondo|tramite|come|tra|fra|il|lo|questo|un|nostro|senza",
    announcements=r"(?:vorrei|posso|voglio|fammi|proviamo a|lascia che) (?:chiedere|domandare)(?: (?:una cosa"
    r"|qualcosa))?"
    r" (?:a|al)|(?:chiedo|domando|chiediamo|domandiamo) (?:a|al)|domanda (?:per|a)",
    predicates="sa|risponde|rispondeva|rispose|dice|diceva|disse|funziona|funzionava|conosce"
    "|mi ha|ci ha|ti ha|gli ha|le ha|mi sembra|sembra|potrebbe|saprebbe|dovrebbe|puo aiutarti|puo aiutarvi"
    "|puo rispondere"
    "|puo rispondervi|puo risponderti|puo dirti|puo dirvi|puo dirtelo|puo saperlo|non funziona|non risponde|non va"
    "|non sa|non capisce|non serve|non ha|non e|e o|o|oppure|invece|te lo|ve lo|lo sa|la sa|ti puo|vi puo|ti risponde"
    "|vi risponde|capisce|spacca|merita",
    auxiliaries="e|ha|puo",
    said_of_bots="bravo|bravissimo|ottimo|utile|inutile|comodo|fantastico|forte|figo|stupido|scemo|rotto|lento|veloce"
    "|giu|offline|online|tornato|meglio|carino|davvero|molto|proprio|qui|un bot|il migliore|il bot|un ottimo|un bel"
    "|nuovo"
    "|detto|risposto|ragione|trovato|citato|capito|sbagliato|funzionato|aiutato|scritto|torto|gia|sempre|anche|stato"
    "|in grado|aiutare|dire|spiegare|trovare|fare|leggere|citare",
    adverbs="davvero|anche|sempre|gia|solo|proprio|forse|magari|spesso|comunque|veramente|ormai",
    tags="vero|giusto|no|eh|ok|non credi|non e vero|sbaglio|o no",
    pointers="aiuto|aiuta|aiutalo|aiutala|aiutaci|aiutami|puoi aiutare|puoi aiutarlo|puoi aiutarla|puoi aiutarci"
    "|puoi aiutarmi|puoi aiutarli|ci aiuti|lo aiuti|la aiuti|mi aiuti|puoi dare una mano|dai una mano|che ne pensi"
    "|cosa ne pensi|che cosa ne pensi|che ne dici|tu che dici|tu che ne pensi|che dici|lo sai|tu lo sai|sai rispondere"
    "|sai rispondergli|sai risponderle|sai la risposta|puoi rispondere|puoi rispondergli|puoi risponderle"
    "|potresti rispondere"
    "|rispondi|rispondi tu|rispondigli|rispondile|rispondigli tu|qui|questo|questa|sopra|qui sopra|qualche idea|idee"
    "|hai idee|tocca a te|guarda|guarda qui|guarda sopra|leggi|leggi qui|leggi sopra|e vero|qual e la risposta"
    "|la risposta|puoi spiegare|spiega|puoi controllare|controlla|vedi sopra|vedi qui|vedi tu|ci pensi tu|pensaci tu"
    "|puoi vedere|puoi guardare|diglielo|diglielo tu|puoi dirglielo|tu|che mi dici|cosa dici|che cosa dici|puoi",
    beside_pointers="per favore|per piacere|qui|a questo|a questa|a lui|a lei|a loro|alla domanda|a questa domanda"
    "|con questo"
    "|con questa|con questa domanda|ciao|ehi|grazie|e|anche|tu|ora|adesso|su questo|di questo|alla sua domanda|dai"
    "|sopra"
    "|qui sopra|un attimo|una mano|scusa|lui|lei|loro",
    second_person="tu|te|ti|tuo|tua|tuoi|tue|voi|vi|vostro|vostra|hai|vuoi|puoi|sei|sai|pensi|credi|vieni|vai|fai"
    "|stai|dici"
    "|dicevi|ricordi|riesci|vedi|senti|avete|volete|potete|siete|sapete|pensate|venite|andate|fate|avevi|eri|saresti"
    "|potresti|vorresti|faresti|verresti|torni|arrivi|arrivate|mandi|mandami|porti|passi|presti|chiami|scrivi|aspetti"
    "|capisci|mangi|lavori|abiti|conosci|preferisci",
    requests=r"(?:mi |ci |me lo )?(?:puoi|potresti|sapresti|sai|sapete|potete)(?: per favore| anche)? "
    r"(?:dir|spiegar|elencar|riassum|mostrar|trovar|citar|chi|che|cosa|quando|dove|perche|come|quant|qual|se )\w*"
    r"|mi (?:dici|spieghi|mostri|trovi|elenchi|riassumi)|(?:che )?cosa sai (?:di|del|dell|della|su|sul|sulla)\w*"
    r"|(?:quali|che) documenti hai|hai (?:informazioni|documenti|qualcosa)",
    plans=r"andiamo|usciamo|ci vediamo|facciamo|vediamoci|giochiamo|ci sentiamo|veniamo|partiamo|ci troviamo|mangiamo",
    to_all="qualcuno|nessuno|ragazzi|tutti voi",
    to_all_requests=r"(?:qualcuno|nessuno|ragazzi qualcuno)(?: qui)? (?:sa|saprebbe|puo dir|mi sa dire|puo spiegar"
    r"|ricorda)",
    reactions="ahah|ahaha|ahahah|eheh|madonna|mamma mia|cavolo|raga|oddio",
    chatter="vero|davvero|no|si|eh|boh|e allora|e quindi|e poi|sul serio|come|cosa|che|chi|perche|quando|dove|come mai"
    "|ma dai|giusto|d'accordo|pronti|novita|come va|tutto bene|chissa|e adesso|e ora|e basta|che cosa|in che senso|tipo"
    "|ad esempio|quale|quali|chi lo sa|e chi|perche no|che si fa|chi e|cos'e|che succede|che e successo|tutto ok|caffe",
    openers="allora|quindi|ma|pero|anche|poi|scusa|scusate|ciao|grazie|oggi|ieri|domani|insomma|si|ehi|buongiorno"
    "|buonasera|salve|domanda|ok|comunque|infatti|ecco|beh|ragazzi",
)
LANGUAGES = (ENGLISH, ITALIAN, GERMAN, SPANISH)


def words(name: str) -> frozenset[str]:
    """The words or phrases of a field in all languages."""
    return frozenset(word for one in LANGUAGES for word in getattr(one, name).split("|"))


def phrase_pattern(phrases: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """A pattern that finds one of the phrases, the longest first, as whole words."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"{before}(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?![\w']){after}")


def pattern(name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The patterns of a field in all languages as one."""
    return re.compile(rf"{before}(?:{'|'.join(f'(?:{getattr(one, name)})' for one in LANGUAGES)}){after}")
