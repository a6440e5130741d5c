"""The descriptions of commands and their options, English to Italian; names stay English everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ITALIAN_DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
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
        "A PDF, Word, EPUB, HTML, Markdown or text file; one with the same name is replaced": (
            "Un file PDF, Word, EPUB, HTML, Markdown o di testo; sostituisce quello con lo stesso nome"
        ),
        "Remove a document of this server": "Togli un documento di questo server",
        "Which document": "Quale documento",
        "Remove all documents of this server": "Togli tutti i documenti di questo server",
        "The name of this server, to be sure": "Il nome di questo server, per sicurezza",
        "How large the library is, and whether it is sound": "Quanto è grande la biblioteca, e se è integra",
    }
)
