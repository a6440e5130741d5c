"""The tables of the records, as the steps that led to them."""

from __future__ import annotations

# Each script brings the file to the next version, in one transaction; what was released is never edited again.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE server_settings (
        guild_id INTEGER PRIMARY KEY,
        channels TEXT NOT NULL,
        asking_roles TEXT NOT NULL,
        library_roles TEXT NOT NULL,
        language TEXT,
        questions_per_minute INTEGER NOT NULL,
        questions_per_day INTEGER NOT NULL,
        server_questions_per_day INTEGER NOT NULL
    );
    CREATE TABLE answers (
        guild_id INTEGER NOT NULL,
        id TEXT NOT NULL,
        created TEXT NOT NULL,
        PRIMARY KEY (guild_id, id)
    ) WITHOUT ROWID;
    CREATE INDEX answers_by_age ON answers (created);
    CREATE TABLE citations (
        guild_id INTEGER NOT NULL,
        answer_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        number INTEGER,
        source_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        title TEXT NOT NULL,
        uri TEXT NOT NULL,
        line INTEGER NOT NULL,
        page INTEGER,
        collection TEXT NOT NULL,
        PRIMARY KEY (guild_id, answer_id, position),
        FOREIGN KEY (guild_id, answer_id) REFERENCES answers (guild_id, id) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE TABLE votes (
        guild_id INTEGER NOT NULL,
        answer_id TEXT NOT NULL,
        voter TEXT NOT NULL,
        value INTEGER NOT NULL CHECK (value IN (-1, 1)),
        created TEXT NOT NULL,
        reason TEXT,
        question TEXT,
        PRIMARY KEY (guild_id, answer_id, voter)
    ) WITHOUT ROWID;
    CREATE TABLE server_days (
        guild_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        asked INTEGER NOT NULL DEFAULT 0,
        answered INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (guild_id, day)
    ) WITHOUT ROWID;
    CREATE TABLE latencies (
        guild_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        bucket INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        PRIMARY KEY (guild_id, day, bucket)
    ) WITHOUT ROWID;
    CREATE TABLE person_days (
        day TEXT NOT NULL,
        person TEXT NOT NULL,
        asked INTEGER NOT NULL,
        PRIMARY KEY (day, person)
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE citations ADD COLUMN highlight_start INTEGER;
    ALTER TABLE citations ADD COLUMN highlight_end INTEGER;
    """,
    # A list that was stored empty meant all of them; from here on an empty one means none.
    """
    CREATE TABLE settings (
        guild_id INTEGER PRIMARY KEY,
        document TEXT NOT NULL
    );
    INSERT INTO settings SELECT guild_id, json_object(
        'channels', json(CASE channels WHEN '[]' THEN 'null' ELSE channels END),
        'asking_roles', json(CASE asking_roles WHEN '[]' THEN 'null' ELSE asking_roles END),
        'library_roles', json(library_roles),
        'language', language,
        'questions_per_minute', questions_per_minute,
        'questions_per_day', questions_per_day,
        'server_questions_per_day', server_questions_per_day
    ) FROM server_settings;
    DROP TABLE server_settings;
    ALTER TABLE settings RENAME TO server_settings;
    """,
    """
    CREATE TABLE additions (
        guild_id INTEGER NOT NULL,
        source_id TEXT NOT NULL,
        person INTEGER NOT NULL,
        added TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        PRIMARY KEY (guild_id, source_id)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE server_deletions (
        guild_id INTEGER PRIMARY KEY,
        begun TEXT NOT NULL,
        ordered INTEGER NOT NULL
    );
    CREATE TABLE question_messages (
        guild_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        answer_id TEXT NOT NULL,
        created TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (question_id, message_id)
    ) WITHOUT ROWID;
    CREATE INDEX question_messages_by_answer ON question_messages (answer_id);
    CREATE INDEX question_messages_by_message ON question_messages (message_id);
    CREATE INDEX question_messages_by_age ON question_messages (created);
    CREATE TABLE welcomes (
        guild_id INTEGER PRIMARY KEY,
        created TEXT NOT NULL,
        channel_id INTEGER,
        message_id INTEGER
    );
    """,
    """
    CREATE TABLE lost_places (
        guild_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        id INTEGER NOT NULL,
        name TEXT,
        was_last INTEGER NOT NULL,
        PRIMARY KEY (guild_id, field, id)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE help_requests (
        guild_id INTEGER NOT NULL,
        answer_id TEXT NOT NULL,
        person TEXT NOT NULL,
        asked TEXT NOT NULL,
        PRIMARY KEY (guild_id, answer_id)
    ) WITHOUT ROWID;
    """,
    # How an answer was made; unknown of those that were given before.
    """
    ALTER TABLE answers ADD COLUMN mode TEXT;
    ALTER TABLE answers ADD COLUMN certainty TEXT;
    ALTER TABLE answers ADD COLUMN confidence REAL;
    ALTER TABLE answers ADD COLUMN milliseconds REAL;
    """,
    # The message that calls for help, which loses its copy of a question that is deleted.
    """
    ALTER TABLE help_requests ADD COLUMN channel_id INTEGER;
    ALTER TABLE help_requests ADD COLUMN message_id INTEGER;
    """,
    # In a direct message nobody tells of which server the answer is whose button is pressed.
    "CREATE INDEX answers_by_id ON answers (id);",
)
