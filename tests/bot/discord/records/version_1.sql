-- The records as version 1 wrote them, with a row in every table. Never edit it: it stands for files that people have.
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
INSERT INTO server_settings VALUES (11, '[5, 7]', '[8]', '[]', 'it', 10, 100, 1000);
INSERT INTO answers VALUES (11, 'abcdefghijklmnop', '2026-03-14T12:00:00.000000+00:00');
INSERT INTO citations VALUES (11, 'abcdefghijklmnop', 0, 1, 'a1b2', 'ff00', 3, 9, 'Guide', 'file:///guide.md', 2, NULL, 'default');
INSERT INTO votes VALUES (11, 'abcdefghijklmnop', 'aa', -1, '2026-03-14T12:00:00.000000+00:00', 'wrong', 'Who?');
INSERT INTO server_days VALUES (11, '2026-03-14', 4, 3, 1);
INSERT INTO latencies VALUES (11, '2026-03-14', 20, 3);
INSERT INTO person_days VALUES ('2026-03-14', 'bb', 4);
PRAGMA user_version = 1;
