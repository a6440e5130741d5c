"""Italian."""

from __future__ import annotations

from bot.discord.texts.texts import Texts
from bot.replies import SmallTalk
from bot.small_talk.vocabulary import ITALIAN as SMALL_TALK

ITALIAN = Texts(
    locale="it",
    language="Italiano",
    decimal_mark=",",
    thousands_mark=".",
    # Counted things.
    document_one="1 documento",
    documents_many="{count} documenti",
    passage_one="1 brano",
    passages_many="{count} brani",
    question_one="1 domanda",
    questions_many="{count} domande",
    vote_one="1 voto",
    votes_many="{count} voti",
    # Answers.
    not_found="Il documento non lo dice.",
    closest="La frase più vicina:",
    unsure="Non è certo, ma questa potrebbe essere la risposta:",
    unsure_remark="Non è certo che questo risponda alla domanda.",
    place_line="{title}, riga {line}",
    place_page="{title}, pagina {page}",
    page_number="{label} ({page} nel file)",
    not_shown="{place} · qui non mostrata",
    rest_attached="La risposta completa è in answer.md.",
    rest_left_out="Il resto non ci sta e qui non posso allegare file. Chiedimelo dove posso, o in un "
    "messaggio diretto.",
    quotes_heading="Citazioni",
    quote_checked="Citazione verificata sulla fonte",
    quotes_checked="Citazioni verificate sulla fonte",
    no_chat_model="nessun modello di chat",
    chat_model="modello di chat: {model}",
    trouble_too_long="i brani sono troppo lunghi per il modello di chat",
    trouble_bad_key="il modello di chat non ha accettato la chiave API",
    trouble_forbidden="la chiave API non può usare questo modello di chat",
    trouble_unknown_model="il server non conosce questo modello di chat",
    trouble_rate_limit="il modello di chat ha raggiunto il limite di richieste",
    trouble_no_credit="il credito presso il fornitore del modello di chat è esaurito",
    trouble_too_slow="il modello di chat ci ha messo troppo",
    trouble_unreachable="il modello di chat non è raggiungibile",
    trouble_server_error="il server del modello di chat ha avuto un errore",
    trouble_not_accepted="il server del modello di chat non ha accettato la richiesta",
    trouble_unreadable="il server del modello di chat ha mandato qualcosa di illeggibile",
    trouble_silent="il modello di chat non ha detto nulla",
    trouble_declined="il modello di chat ha rifiutato di rispondere",
    trouble_cut_off="il modello di chat si è interrotto",
    trouble_spent="i token di oggi per il modello di chat sono finiti",
    trouble_unproven="ciò che il modello di chat ha scritto non è confermato dal documento",
    trouble_nothing_found="il modello di chat non ha trovato una risposta nei brani",
    read_as="letta come: {question}",
    seconds="{seconds} s",
    writing="sto scrivendo…",
    older_left_out="i messaggi più vecchi di questa conversazione sono stati tralasciati",
    # What is said back to small talk.
    **{f"reply_{to}": line for to, line in SMALL_TALK.lines.items() if to is not SmallTalk.HELP},
    reply_help="Scrivi una domanda dopo il mio nome, usa `/ask` o rispondi a una mia risposta. Rispondo con i "
    "documenti che ho qui, con le loro parole. `/library list` mostra quali sono, e `/help` dice di più.",
    # A quote in its paragraph.
    passage_counter="Citazione {index} di {count}",
    passage_line="riga {line}",
    passage_page="pagina {page}",
    passage_still_there="ancora nel documento",
    passage_changed="Da allora il documento è cambiato, quindi non mostro la citazione. Rifai la domanda per avere una "
    "risposta da quello che dice ora.",
    passage_changed_remark="da allora il documento è cambiato",
    passage_removed="Il documento non è più nella biblioteca, quindi non posso mostrare la citazione. Rifai la domanda "
    "per avere una risposta dai documenti che ci sono.",
    passage_removed_remark="non più nella biblioteca",
    passage_too_long="La citazione è troppo lunga per stare qui. È in passage.md, per intero.",
    passage_quote_heading="La citazione",
    passage_paragraph_heading="Nel suo paragrafo",
    proof_expired="Conservo le prove di una risposta per {days} giorni, e questa è più vecchia. Rifai la domanda per "
    "averne una nuova.",
    # Buttons.
    button_passage="Mostra il brano",
    button_follow_up="Chiedi ancora",
    button_delete="Elimina",
    # Votes and the form for the reason.
    vote_up_counted="Grazie! Il tuo 👍 è stato contato.",
    vote_already="Il tuo {vote} è già stato contato. Se cambi idea, premi l'altro pollice.",
    vote_changed="Ora il tuo voto è {vote}.",
    reason_title="Che cosa non andava?",
    reason_label="Il motivo",
    reason_description="Il tuo 👎 è contato. Inviando il modulo salvi anche la domanda, per chi gestisce il server.",
    reason_placeholder="Per esempio: la citazione risponde a un'altra domanda.",
    reason_stored="Grazie! Il motivo è stato salvato, insieme alla domanda.",
    reason_without_vote="Il tuo 👎 non c'è più, quindi non ho salvato niente. Premi 👎 e invia di nuovo il motivo.",
    # Follow-ups and deleting.
    follow_up_title="Chiedi ancora",
    follow_up_label="La tua domanda",
    follow_up_placeholder="E poi che cosa è successo?",
    delete_not_allowed="Può eliminare questa risposta solo chi ha fatto la domanda, o un moderatore. Chiedi a uno di "
    "loro.",
    # Questions that are not answered, and what to do.
    question_blank="La domanda è vuota. Scrivi che cosa vuoi sapere.",
    question_too_long="La domanda ha {length} caratteri e ne leggo al massimo {limit}. Fanne una più corta.",
    question_broken="La domanda contiene un carattere di controllo invisibile, o uno rovinato. Riscrivila a mano.",
    message_without_text="Quel messaggio non ha un testo da usare come domanda. Chiedi con parole tue con `/ask`.",
    how_to_ask="Ciao! Scrivi una domanda dopo il mio nome, così: {mention} che cosa ha scatenato le proteste? "
    "Funziona anche `/ask`, e `/help` dice di più.",
    text_withheld="Discord non mi mostra quello che hai scritto lì. Premi **Chiedi ancora** sotto la mia risposta, o "
    "menzionami nel messaggio.",
    channel_not_allowed="In questo canale non rispondo. Chiedimi qui: {channels}",
    role_not_allowed="In questo server rispondo solo a questi ruoli: {roles}. Chiedine uno a un moderatore.",
    limit_person_minute="Da ogni persona accetto al massimo {questions} al minuto. Chiedimi di nuovo {when}.",
    limit_person_day="Da ogni persona accetto al massimo {questions} al giorno. Chiedimi di nuovo {when}.",
    limit_server_day="Da un server accetto al massimo {questions} al giorno, e per oggi sono finite. Chiedimi di nuovo "
    "{when}.",
    # What goes wrong.
    stopping="Sto per riavviarmi. Rifai la domanda tra un minuto.",
    stopped_in_the_middle="Scusa, ho dovuto riavviarmi a metà della tua domanda. Rifalla tra un minuto.",
    failure="Scusa, qualcosa è andato storto da parte mia. Riprova; se succede ancora, da' a chi mi gestisce questo "
    "riferimento: `{reference}`",
    may_not_post="Non posso scrivere in {channel}. Chiedimi in un altro canale, o chiedi a un moderatore di farmi "
    "scrivere lì.",
    # The library.
    library_empty="La biblioteca è vuota. Chi ha il permesso **Gestisci server** può aggiungere un documento con "
    "`/library add`.",
    library_own="**La biblioteca di questo server** ({documents})",
    library_shared="**In comune a tutti i server** ({documents})",
    library_list_rest="L'elenco completo è in library.md.",
    library_format="Non so leggere {name}: leggo {formats}. Salvalo in uno di questi formati e aggiungi quello.",
    library_too_large="{name} supera i {limit} MB. Dividilo in file più piccoli e aggiungi quelli.",
    library_binary="{name} non contiene testo. Salvalo come testo semplice UTF-8 e aggiungi quello.",
    library_encoding="{name} non è testo UTF-8. Salvalo come UTF-8 e aggiungilo di nuovo.",
    library_blank="{name} è vuoto, quindi non c'è niente da aggiungere. Controlla il file e aggiungilo di nuovo.",
    library_damaged="Non riesco a leggere {name}: è danneggiato, o dentro è altro. Salvalo di nuovo e aggiungilo.",
    library_no_text="{name} contiene immagini di testo, ma nessun testo. Riconosci il testo (OCR) e aggiungi quello.",
    library_protected="{name} è protetto da una password. Salvalo senza password e aggiungi quello.",
    library_too_complex="Leggere {name} richiede troppo tempo o troppa memoria. Dividilo in file più piccoli e "
    "aggiungi quelli.",
    library_reading="Leggo {name} …",
    library_indexing="Indicizzo {name}: {done} di {total} …",
    library_added="**{title}** è nella biblioteca. Chiedi pure!",
    library_replaced="**{title}** è stato sostituito. Ora rispondo dalla nuova versione.",
    library_warnings="Forse non tutto è stato letto:",
    library_unchanged="**{title}** è già nella biblioteca, parola per parola. Non è cambiato niente.",
    library_removed="**{title}** è stato tolto. Non rispondo più da lì.",
    library_clear_name="Non è stato tolto niente. Per togliere tutti i documenti di questo server, scrivi il suo nome: "
    "**{name}**",
    library_cleared="Tolti: {documents}. Questo server non ha più documenti propri.",
    library_clear_empty="Questo server non ha documenti propri.",
    library_unknown="Nella biblioteca di questo server non c'è un documento {name}. `/library list` mostra quelli che "
    "ci sono.",
    library_shared_stays="**{title}** fa parte della biblioteca in comune a tutti i server, quindi da qui non si può "
    "togliere. Chiedi a chi mi gestisce.",
    library_busy="Qualcun altro sta modificando la biblioteca. Riprova tra un minuto.",
    library_stopped="Scusa, ho dovuto riavviarmi prima che {name} fosse nella biblioteca. Aggiungilo di nuovo tra un "
    "minuto.",
    library_several="Ci sono più documenti che si chiamano {name}. Scegline uno dalla lista che si apre mentre scrivi.",
    library_not_allowed="Per modificare la biblioteca serve il permesso **Gestisci server**. Chiedi a chi ce l'ha.",
    library_not_allowed_roles="Per modificare la biblioteca serve il permesso **Gestisci server** o uno di questi "
    "ruoli: {roles}. Chiedi a chi ce l'ha.",
    library_status_heading="**La biblioteca**",
    library_status_own="Di questo server: {documents}, {passages}",
    library_status_shared="In comune a tutti i server: {documents}, {passages}",
    library_status_model="Modello di embedding: {model}",
    library_status_sound="Ogni testo è parola per parola come è stato aggiunto.",
    library_status_problem="Qualcosa non va: {problem}",
    library_status_outdated="Letti da una mia versione precedente: {documents}. Aggiungili di nuovo e li leggerò come "
    "faccio ora: {titles}",
    # Settings.
    settings_heading="**Impostazioni di questo server**",
    settings_channels="Canali: {channels}",
    settings_channels_all="Canali: tutti quelli in cui posso scrivere",
    settings_asking_roles="Chi può fare domande: {roles}",
    settings_asking_roles_all="Chi può fare domande: tutti",
    settings_library_roles="Chi può modificare la biblioteca: {roles}, e chi ha il permesso Gestisci server",
    settings_library_roles_none="Chi può modificare la biblioteca: chi ha il permesso Gestisci server",
    settings_language="Lingua: {language}",
    settings_language_automatic="Lingua: {language}, seguendo l'impostazione del server",
    settings_limits="Numero massimo di domande: {minute} al minuto e {day} al giorno per persona, {server} al giorno "
    "per il server",
    settings_channels_changed="Fatto. Ora rispondo solo in questi canali: {channels}",
    settings_channels_opened="Fatto. Ora rispondo in tutti i canali in cui posso scrivere.",
    settings_asking_roles_changed="Fatto. Ora possono farmi domande questi ruoli: {roles}",
    settings_asking_roles_opened="Fatto. Ora tutti possono farmi domande.",
    settings_library_roles_changed="Fatto. Ora questi ruoli possono modificare la biblioteca, come chi ha il permesso "
    "Gestisci server: {roles}",
    settings_library_roles_closed="Fatto. Ora può modificare la biblioteca solo chi ha il permesso Gestisci server.",
    settings_language_changed="Fatto. Ora qui parlo italiano.",
    settings_language_followed="Fatto. Ora seguo la lingua impostata nel server; se non la parlo, parlo inglese.",
    settings_limits_changed="Fatto. Ora accetto al massimo queste domande: {minute} al minuto e {day} al giorno per "
    "persona, {server} al giorno per il server.",
    settings_nothing_given="Non hai indicato niente, quindi non è cambiato niente. Compila almeno un'opzione.",
    # Statistics and votes for the people who run the server.
    stats_heading="**Da quando sono qui**",
    stats_heading_days="**Ultimi {days} giorni**",
    stats_none="Qui nessuno mi ha ancora chiesto niente.",
    stats_questions="Domande: {count}",
    stats_refusals="Di queste, non nei documenti: {count} ({percent} %)",
    stats_votes="Voti: 👍 {up} · 👎 {down}",
    stats_latency="Tempo per una risposta: in mezzo {median} s; 95 su 100 al massimo {slow} s",
    export_empty="Qui nessuno ha ancora votato, quindi non c'è niente da esportare.",
    export_sent="Ecco: {votes}, uno per riga, dal più vecchio.",
    # About the bot.
    help="**Che cosa faccio:** rispondo alle domande con i documenti di questo server, con le loro parole. Ogni "
    "citazione è verificata sulla fonte prima che tu la veda, e di nuovo quando premi **Mostra il brano**.\n"
    "**Come si chiede:** usa `/ask`, menzionami, rispondi a una mia risposta, scrivimi un messaggio diretto, o scegli "
    "*Ask about this message* nel menu App di un messaggio.\n"
    "**Che cosa non so fare:** cercare sul web, tirare a indovinare, sapere quello che i documenti non dicono. In quel "
    "caso lo dico, e mostro la frase più vicina se parla della stessa cosa. Anche quando una risposta non è certa, lo "
    "dico.\n"
    "**Che cosa conservo:** di te, solo un hash con chiave: con il tuo voto, e con il numero delle tue domande del "
    "giorno, che è cancellato il giorno dopo. Di una risposta, solo le citazioni, per {days} giorni. Una domanda solo "
    "se la invii con il modulo del 👎.\n"
    "**Se qualcosa non va:** premi 👎 e di' perché. **Elimina** toglie una risposta, per chi ha fatto la domanda e per "
    "i moderatori. Per tutto il resto, rivolgiti a chi gestisce questo server.",
    about="**Pullquote {version}**\nModello di embedding: {model}\nBiblioteca: {documents}",
    # Commands and their options; their names stay English.
    descriptions={
        "Ask the documents; the answer comes with proven quotes": (
            "Interroga i documenti; la risposta ha citazioni verificate"
        ),
        "What you want to know": "Che cosa vuoi sapere",
        "Whether only you see the answer": "Se solo tu vedi la risposta",
        "What I do, what I cannot do, and what I store": "Che cosa faccio, che cosa non so fare e che cosa conservo",
        "Version, model and size of the library": "Versione, modello e dimensione della biblioteca",
        "Take out what is stored for this server": "Esporta quello che è conservato per questo server",
        "Questions, refusals, votes and waiting times in this server": (
            "Domande, rifiuti, voti e attese in questo server"
        ),
        "How many days to look back (otherwise: since I joined)": (
            "Quanti giorni guardare indietro (altrimenti: dal mio arrivo)"
        ),
        "All votes of this server as JSON Lines, for your eyes only": (
            "Tutti i voti di questo server in JSON Lines, solo per te"
        ),
        "Where I answer, whom, in which language, and how often": (
            "Dove rispondo, a chi, in quale lingua e quanto spesso"
        ),
        "Choose the channels in which I answer": "Scegli i canali in cui rispondo",
        "Answer in this channel": "Rispondi in questo canale",
        "No longer answer in this channel": "Non rispondere più in questo canale",
        "Answer in all channels": "Rispondi in tutti i canali",
        "Choose the roles that may ask me, or change the library": (
            "Scegli i ruoli che possono chiedere o cambiare la biblioteca"
        ),
        "What the role is allowed": "Che cosa può fare il ruolo",
        "Allow this role": "Ammetti questo ruolo",
        "No longer allow this role": "Non ammettere più questo ruolo",
        "Take all roles off the list": "Togli tutti i ruoli dalla lista",
        "Choose the language of my messages": "Scegli la lingua dei miei messaggi",
        "Commands and buttons follow each person's own language": (
            "I comandi e i pulsanti seguono la lingua di ciascuno"
        ),
        "Choose how many questions I take": "Scegli quante domande accetto",
        "Questions a minute from each person": "Domande al minuto per persona",
        "Questions a day from each person": "Domande al giorno per persona",
        "Questions a day from this server": "Domande al giorno da questo server",
        "Show the settings of this server": "Mostra le impostazioni di questo server",
        "The documents that I answer from": "I documenti da cui rispondo",
        "List the documents that I answer from here": "Elenca i documenti da cui rispondo qui",
        "Add a document, or a new version of one": "Aggiungi un documento, o una sua nuova versione",
        "A PDF, Office, EPUB, HTML, Markdown or text file; one with the same name is replaced": (
            "Un file PDF, Office, EPUB, HTML, Markdown o di testo; sostituisce quello con lo stesso nome"
        ),
        "Remove a document of this server": "Togli un documento di questo server",
        "Which document": "Quale documento",
        "Remove all documents of this server": "Togli tutti i documenti di questo server",
        "The name of this server, to be sure": "Il nome di questo server, per sicurezza",
        "How large the library is, and whether it is sound": "Quanto è grande la biblioteca, e se è integra",
    },
)
