"""English."""

from __future__ import annotations

from bot.discord.texts.texts import Texts
from bot.notices import REASONS
from bot.render import CLOSEST_INTRODUCTION, UNSURE_INTRODUCTION, UNSURE_REMARK
from bot.replies import SmallTalk
from bot.small_talk.vocabulary import ENGLISH as SMALL_TALK
from bot.types import NOT_FOUND_TEXT

ENGLISH = Texts(
    locale="en",
    language="English",
    decimal_mark=".",
    thousands_mark=",",
    # Counted things.
    document_one="1 document",
    documents_many="{count} documents",
    passage_one="1 passage",
    passages_many="{count} passages",
    question_one="1 question",
    questions_many="{count} questions",
    vote_one="1 vote",
    votes_many="{count} votes",
    # Answers.
    not_found=NOT_FOUND_TEXT,
    closest=CLOSEST_INTRODUCTION,
    unsure=UNSURE_INTRODUCTION,
    unsure_remark=UNSURE_REMARK,
    place_line="{title}, line {line}",
    place_page="{title}, page {page}",
    page_number="{label} ({page} in the file)",
    not_shown="{place} · not shown here",
    rest_attached="The whole answer is in answer.md.",
    rest_left_out="The rest does not fit here, and I may not attach files. Ask me where I may, or in a direct message.",
    quotes_heading="Quotes",
    quote_checked="Quote checked against the source",
    quotes_checked="Quotes checked against the source",
    no_chat_model="no chat model",
    chat_model="chat model: {model}",
    **{f"trouble_{trouble}": reason[:1].lower() + reason[1:] for trouble, reason in REASONS.items()},
    read_as="read as: {question}",
    seconds="{seconds} s",
    writing="writing…",
    older_left_out="older messages of this conversation were left out",
    # What is said back to small talk.
    **{f"reply_{to}": line for to, line in SMALL_TALK.lines.items() if to is not SmallTalk.HELP},
    reply_help="Write a question after my name, use `/ask`, or reply to one of my answers. I answer from the documents "
    "here, with quotes. `/library list` shows what there is, and `/help` says more.",
    # A quote in its paragraph.
    passage_counter="Quote {index} of {count}",
    passage_line="line {line}",
    passage_page="page {page}",
    passage_still_there="still in the document",
    passage_changed="The document has changed since, so I do not show the quote. Ask again for an answer from what it "
    "says now.",
    passage_changed_remark="the document has changed since",
    passage_removed="The document is no longer in the library, so I cannot show the quote. Ask again for an answer "
    "from the documents that are.",
    passage_removed_remark="no longer in the library",
    passage_too_long="The quote is too long to show here. It is in passage.md, whole.",
    passage_quote_heading="The quote",
    passage_paragraph_heading="In its paragraph",
    proof_expired="I keep the proof of an answer for {days} days, and this one is older. Ask the question again for a "
    "fresh one.",
    # Buttons.
    button_passage="Show passage",
    button_follow_up="Ask a follow-up",
    button_delete="Delete",
    # Votes and the form for the reason.
    vote_up_counted="Thank you! Your 👍 is counted.",
    vote_already="Your {vote} is already counted. Press the other thumb to change your mind.",
    vote_changed="Your vote is now {vote}.",
    reason_title="What was wrong?",
    reason_label="Your reason",
    reason_description="Your 👎 is counted. Sending this also stores your question, for those who run this server.",
    reason_placeholder="For example: the quote answers something else.",
    reason_stored="Thank you! Your reason is stored, together with the question.",
    reason_without_vote="Your 👎 no longer stands, so nothing was stored. Press 👎 and send the reason again.",
    # Follow-ups and deleting.
    follow_up_title="Ask a follow-up",
    follow_up_label="Your question",
    follow_up_placeholder="And what happened then?",
    delete_not_allowed="Only the person who asked can delete this answer, or a moderator. Ask one of them.",
    # Questions that are not answered, and what to do.
    question_blank="Your question is empty. Write what you would like to know.",
    question_too_long="Your question has {length} characters, and I read at most {limit}. Please ask a shorter one.",
    question_broken="Your question has an invisible control character or a broken one in it. Please type it anew.",
    message_without_text="That message has no text that I could take as a question. Ask in your own words with `/ask`.",
    how_to_ask="Hello! Write a question after my name, like this: {mention} what triggered the protests? "
    "`/ask` works too, and `/help` says more.",
    text_withheld="Discord does not show me what you wrote there. Press **Ask a follow-up** under my answer, or "
    "mention me in your message.",
    channel_not_allowed="I do not answer in this channel. Ask me here: {channels}",
    role_not_allowed="In this server I answer these roles only: {roles}. Ask a moderator for one of them.",
    limit_person_minute="I take at most {questions} a minute from each person. Ask me again {when}.",
    limit_person_day="I take at most {questions} a day from each person. Ask me again {when}.",
    limit_server_day="I take at most {questions} a day from one server, and today's are used up. Ask me again {when}.",
    # What goes wrong.
    stopping="I am about to restart. Please ask again in a minute.",
    stopped_in_the_middle="Sorry, I had to restart in the middle of your question. Please ask it again in a minute.",
    failure="Sorry, something went wrong on my side. Please try again; if it happens again, tell the people who run me "
    "this reference: `{reference}`",
    may_not_post="I may not write in {channel}. Ask me in another channel, or ask a moderator to let me write there.",
    # The library.
    library_empty="The library is empty. Someone with **Manage Server** can add a document with `/library add`.",
    library_own="**This server's library** ({documents})",
    library_shared="**Shared by all servers** ({documents})",
    library_list_rest="The whole list is in library.md.",
    library_format="I cannot read {name}: I read {formats}. Save it as one of these and add that.",
    library_too_large="{name} is larger than {limit} MB. Split it into smaller files and add those.",
    library_binary="{name} is not text inside. Save it as plain UTF-8 text and add that.",
    library_encoding="{name} is not UTF-8 text. Save it as UTF-8 and add it again.",
    library_blank="{name} is empty, so there is nothing to add. Check the file and add it again.",
    library_damaged="I cannot read {name}: it is damaged, or something else inside. Save it again and add that.",
    library_no_text="{name} holds pictures of text, but no text. Recognise the text in it (OCR) and add that.",
    library_protected="{name} is locked with a password. Save it without one and add that.",
    library_too_complex="Reading {name} takes too long or too much memory. Split it into smaller files and add those.",
    library_reading="Reading {name} …",
    library_indexing="Indexing {name}: {done} of {total} …",
    library_added="**{title}** is in the library. Ask away!",
    library_replaced="**{title}** is replaced. I answer from the new version now.",
    library_warnings="Not all of it may have been read:",
    library_unchanged="**{title}** is in the library already, word for word. Nothing has changed.",
    library_removed="**{title}** is removed. I no longer answer from it.",
    library_clear_name="Nothing was removed. To remove all documents of this server, type its name: **{name}**",
    library_cleared="Removed: {documents}. This server has no documents of its own any more.",
    library_clear_empty="This server has no documents of its own.",
    library_unknown="This server's library has no document {name}. `/library list` shows what there is.",
    library_shared_stays="**{title}** belongs to the library that all servers share, so it cannot be removed here. Ask "
    "the people who run me.",
    library_busy="Somebody else is changing the library. Please try again in a minute.",
    library_stopped="Sorry, I had to restart before {name} was in the library. Please add it again in a minute.",
    library_several="There are several documents called {name}. Choose one from the list that opens while you type.",
    library_not_allowed="Changing the library takes the permission **Manage Server**. Ask someone who has it.",
    library_not_allowed_roles="Changing the library takes the permission **Manage Server** or one of these roles: "
    "{roles}. Ask someone who has it.",
    library_status_heading="**The library**",
    library_status_own="Of this server: {documents}, {passages}",
    library_status_shared="Shared by all servers: {documents}, {passages}",
    library_status_model="Embedding model: {model}",
    library_status_sound="Every text is word for word as it was added.",
    library_status_problem="Something is wrong: {problem}",
    library_status_outdated="Read by an older version of me: {documents}. Add them again, and I read them as I do now: "
    "{titles}",
    # Settings.
    settings_heading="**Settings of this server**",
    settings_channels="Channels: {channels}",
    settings_channels_all="Channels: all in which I may write",
    settings_asking_roles="Who may ask: {roles}",
    settings_asking_roles_all="Who may ask: everyone",
    settings_library_roles="Who may change the library: {roles}, and everyone with Manage Server",
    settings_library_roles_none="Who may change the library: everyone with Manage Server",
    settings_language="Language: {language}",
    settings_language_automatic="Language: {language}, following the server's own setting",
    settings_limits="Most questions: {minute} a minute and {day} a day from each person, {server} a day from the "
    "server",
    settings_channels_changed="Done. I now answer in these channels only: {channels}",
    settings_channels_opened="Done. I now answer in every channel in which I may write.",
    settings_asking_roles_changed="Done. These roles may ask me now: {roles}",
    settings_asking_roles_opened="Done. Everyone may ask me now.",
    settings_library_roles_changed="Done. These roles may change the library now, like everyone with Manage Server: "
    "{roles}",
    settings_library_roles_closed="Done. Only people with Manage Server may change the library now.",
    settings_language_changed="Done. I speak English here now.",
    settings_language_followed="Done. I follow the server's own language setting now; where I do not speak it, I speak "
    "English.",
    settings_limits_changed="Done. The most questions I take now: {minute} a minute and {day} a day from each person, "
    "{server} a day from the server.",
    settings_nothing_given="Nothing was given, so nothing has changed. Fill in at least one option.",
    # Statistics and votes for the people who run the server.
    stats_heading="**Since I joined**",
    stats_heading_days="**The last {days} days**",
    stats_none="Nobody has asked me anything here yet.",
    stats_questions="Questions: {count}",
    stats_refusals="Of these, not in the documents: {count} ({percent} %)",
    stats_votes="Votes: 👍 {up} · 👎 {down}",
    stats_latency="Time to an answer: {median} s in the middle; 95 of 100 took {slow} s or less",
    export_empty="Nobody has voted here yet, so there is nothing to export.",
    export_sent="Here you are: {votes}, one a line, the oldest first.",
    # About the bot.
    help="**What I do:** I answer questions from this server's documents, in their own words. Every quote is checked "
    "against its source before you see it, and again when you press **Show passage**.\n"
    "**How to ask:** use `/ask`, mention me, reply to one of my answers, write me a direct message, or choose *Ask "
    "about this message* in a message's Apps menu.\n"
    "**What I cannot do:** search the web, guess, or know what the documents do not say. Then I tell you so, "
    "and show the closest sentence if it is about the same thing. Where I am not sure of an answer, I say that, too.\n"
    "**What I store:** of you, only a keyed hash: with your vote, and with the count of your questions of the day, "
    "which is deleted the next day. Of an answer, only its citations, for {days} days. A question only if you send the "
    "👎 form with it.\n"
    "**If something is wrong:** press 👎 and say why. **Delete** takes an answer away, for whoever asked and for "
    "moderators. For anything else, turn to the people who run this server.",
    about="**Pullquote {version}**\nEmbedding model: {model}\nLibrary: {documents}",
    descriptions={},  # the commands have theirs in English
)
