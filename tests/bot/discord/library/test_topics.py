"""Questions of one meaning are one topic, named by the one that says it best."""

from __future__ import annotations

import math

from bot.discord.library.topics import SIMILARITY, Topic, group_by_meaning
from retrieval.models.onnx_embedder import OnnxEmbedder

QUESTIONS = {
    "How do I reset my password?": "password",
    "When does the server restart?": "restart",
    "I forgot my password, what now?": "password",
    "Which Java version do I need?": "java",
    "what time is the daily restart": "restart",
    "password reset link does not arrive": "password",
    "Is there a scheduled restart of the server?": "restart",
    "What version of Java is required?": "java",
    "Can I bring my dog?": "dog",
    "How tall is the lighthouse?": "lighthouse",
}


def at(*degrees: float) -> list[list[float]]:
    """Vectors at these angles, some of them longer than others."""
    return [
        [length * math.cos(math.radians(one)), length * math.sin(math.radians(one))]
        for length, one in enumerate(degrees, start=1)
    ]


def test_groups_are_similar_on_average_and_named_by_their_middle() -> None:
    assert group_by_meaning([]) == []
    assert group_by_meaning(at(7)) == [Topic(0, (0,))]
    assert group_by_meaning(at(0, 180, 20, 10, 185)) == [Topic(3, (0, 2, 3)), Topic(1, (1, 4))]
    assert [topic.members for topic in group_by_meaning(at(0, 50, 100), similarity=0.5)] == [(0, 1), (2,)]


def test_vectors_without_a_direction_are_alone() -> None:
    assert [topic.members for topic in group_by_meaning([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0]])] == [(0,), (1,), (2,)]


def test_the_bundled_model_groups_what_people_ask() -> None:
    topics = group_by_meaning(OnnxEmbedder().embed_documents(list(QUESTIONS)), SIMILARITY)
    meant = list(QUESTIONS.values())
    assert sorted([meant[one] for one in topic.members] for topic in topics) == sorted(
        [[name] * meant.count(name) for name in set(meant)]
    )
    assert all(topic.central in topic.members for topic in topics)
