"""A community's FAQ in two languages, what has nothing to do with it, and what it nearly answers."""

from __future__ import annotations

ENGLISH_FAQ = """\
# Starfall community FAQ

## How do I join the server?
Download the Starfall launcher, press Play and choose the realm Aurora. New players start on the island of Tessel.

## How do I install the mod pack on Windows?
Run StarfallSetup.exe as administrator and restart your computer when it asks you to.

## How do I install the mod pack on Linux?
Unpack the archive into ~/.starfall and run ./install.sh in a terminal.

## What are the opening hours of the voice stage?
The voice stage is open on Friday and Saturday from 18:00 to 23:00 UTC.

## How do I report a player?
Write to the moderators with the command /report and add a screenshot. Reports are read within 24 hours.

## How do I get the Builder role?
Post three pictures of your own builds in the showcase channel and ask a moderator to look at them.

## May I advertise my own server?
No. Invitations to other servers are removed and the sender is warned.

## How often are backups made?
Every night at 03:00 UTC. Backups are kept for fourteen days.

## What happens when I am inactive?
Houses of players who have not logged in for ninety days are put into storage.

## How do I change my nickname?
Use the command /nick once a month. Nicknames with bad words are reset.

## Who pays for the server?
Donations pay for it. The monthly cost is 46 euros, and donors get a golden name.

## Can I play on a phone?
Yes, with the Bedrock bridge on port 19132, but some machines do not work there.
"""
ITALIAN_FAQ = """\
# Domande frequenti di Starfall

## Come entro nel server?
Scarica il launcher di Starfall, premi Gioca e scegli il regno Aurora. I nuovi cominciano sull'isola di Tessel.

## Come installo il pacchetto su Windows?
Esegui StarfallSetup.exe come amministratore e riavvia il computer quando te lo chiede.

## Come installo il pacchetto su Linux?
Estrai l'archivio in ~/.starfall ed esegui ./install.sh in un terminale.

## Quali sono gli orari del palco vocale?
Il palco vocale è aperto il venerdì e il sabato dalle 18:00 alle 23:00 UTC.

## Come segnalo un giocatore?
Scrivi ai moderatori con il comando /report e aggiungi una schermata. Le segnalazioni sono lette entro 24 ore.

## Come ottengo il ruolo di Costruttore?
Pubblica tre immagini delle tue costruzioni nel canale della vetrina e chiedi a un moderatore di guardarle.

## Posso fare pubblicità al mio server?
No. Gli inviti ad altri server sono rimossi e chi li manda è avvertito.

## Ogni quanto si fanno le copie di sicurezza?
Ogni notte alle 03:00 UTC. Le copie sono conservate per quattordici giorni.

## Che cosa succede se sono inattivo?
Le case dei giocatori che non entrano da novanta giorni sono messe in deposito.

## Come cambio il mio soprannome?
Usa il comando /nick una volta al mese. I soprannomi con parolacce sono azzerati.

## Chi paga il server?
Lo pagano le donazioni. Il costo mensile è di 46 euro, e chi dona ha un nome d'oro.

## Posso giocare sul telefono?
Sì, con il ponte Bedrock sulla porta 19132, ma alcune macchine lì non funzionano.
"""
OFF_TOPIC_ENGLISH = (
    "What is the capital of France?",
    "Who won the world cup in 2018?",
    "How do I cook risotto?",
    "What's the weather like tomorrow?",
    "How tall is Mount Everest?",
    "Can you write me a poem about love?",
    "What is the meaning of life?",
    "Who is the president of the United States?",
    "How many planets are there?",
    "What time is it in Tokyo?",
    "How do I fix my car engine?",
    "What is the best pizza topping?",
    "Do you like cats or dogs?",
    "How long do penguins live?",
    "What is 12 times 12?",
    "When was the Eiffel Tower built?",
    "Why is the sky blue?",
    "How do I learn to play the guitar?",
    "What's the best programming language?",
    "How much does a Netflix subscription cost a month?",
    "Who wrote Romeo and Juliet?",
    "What should I name my dog?",
    "How often should I water a cactus?",
)
OFF_TOPIC_ITALIAN = (
    "Qual è la capitale della Francia?",
    "Chi ha vinto i mondiali del 2018?",
    "Come si cucina il risotto?",
    "Che tempo farà domani?",
    "Quanto è alto il monte Everest?",
    "Qual è il senso della vita?",
    "Chi è il presidente degli Stati Uniti?",
    "Quanti pianeti ci sono?",
    "Che ore sono a Tokyo?",
    "Come riparo il motore dell'auto?",
    "Qual è la pizza migliore?",
    "Ti piacciono i gatti o i cani?",
    "Quanto vivono i pinguini?",
    "Quanto fa 12 per 12?",
    "Quando fu costruita la torre Eiffel?",
    "Perché il cielo è blu?",
    "Come imparo a suonare la chitarra?",
    "Qual è il miglior linguaggio di programmazione?",
    "Quanto costa Netflix al mese?",
    "Chi ha scritto Romeo e Giulietta?",
    "Come chiamo il mio cane?",
)
