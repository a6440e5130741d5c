"""Records of what people said and did: exports of chats, mail, subtitles, notebooks."""
