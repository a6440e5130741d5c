"""What a chain can be asked with -> the question that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeAlias, TypeGuard

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    ChatMessage,
    HumanMessage,
    MessageLikeRepresentation,
    SystemMessage,
    ToolMessage,
    convert_to_messages,
)
from langchain_core.prompt_values import ChatPromptValueConcrete, PromptValue, StringPromptValue
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from bot.errors import QuestionError, QuestionProblem
from bot.types import MAX_QUOTES, Question, Turn
from retrieval import DEFAULT_COLLECTION
from retrieval.settings import first_problem

ROLES = {HumanMessage: {"user", "human"}, AIMessage: {"assistant", "ai"}}
Message: TypeAlias = HumanMessage | AIMessage | SystemMessage | ToolMessage | ChatMessage


def _read_said(said: Any) -> Turn | BaseMessage:
    """A turn, or everything that LangChain takes for a message; pydantic would trip over what is neither."""
    match said:
        case Turn():
            return said
        case {"question": str(question), "answer": str(answer)}:
            return Turn(question, answer)
    try:
        (message,) = convert_to_messages([said])
    except (NotImplementedError, ValueError, TypeError, KeyError):
        raise ValueError("it holds something that is neither a turn nor a message") from None
    return message


Said: TypeAlias = Annotated[Any, PlainValidator(_read_said, json_schema_input_type=Turn | Message)]


def _read_messages(given: Any) -> Question:
    """The question that the messages of an agent's state ask, which may also be one message, or a text."""
    if isinstance(given, str | BaseMessage):
        return _from_messages([given])
    if _is_list(given):
        return _from_messages(given)
    raise QuestionError(
        f"The key “messages” holds a value of the type {type(given).__name__}; give a list of messages.",
        QuestionProblem.FORM,
    )


class Asked(BaseModel):
    """What every dict that asks may say besides, as in ``Question``."""

    model_config = ConfigDict(extra="forbid")

    collections: list[str] = [DEFAULT_COLLECTION]
    quotes: int = Field(MAX_QUOTES, ge=1)


class QuestionInput(Asked):
    """A question as a dict; only ``question`` has to be there.

    ``history`` is what was said before: turns, messages, or both, oldest first.
    """

    question: str
    history: list[Said] = []


class MessagesInput(Asked):
    """A conversation as a dict, as the state of an agent is one."""

    messages: Annotated[Any, PlainValidator(_read_messages, json_schema_input_type=list[Message])]


# How sentences name the keys of a dict.
OTHER_KEYS = "history, collections and quotes"
QUESTION_KEYS = f"give a Question, or a dict with the keys question, {OTHER_KEYS}"


# What people may write.
ChainInput: TypeAlias = (
    str | Question | Mapping[str, Any] | PromptValue | BaseMessage | Sequence[MessageLikeRepresentation]
)


def read_question(given: ChainInput) -> Question:
    """The question that ``given`` asks.

    Of messages, the last one by a person is the question, and those before it are the conversation.

    Raises:
        QuestionError: If there is none, or if it is more than text.
    """
    if isinstance(given, str):
        return Question(given)
    if isinstance(given, Question):
        return given
    if isinstance(given, Mapping):
        return _from_dict(given)
    if isinstance(given, PromptValue):
        return _from_messages(given.to_messages())
    if isinstance(given, BaseMessage):
        return _from_messages([given])
    if _is_list(given):
        return _from_messages(given)
    raise QuestionError(
        f"No question can be read from a value of the type {type(given).__name__}; give a text, a Question, messages, "
        "a prompt, or a dict with the key “question”.",
        QuestionProblem.FORM,
    )


def _is_list(given: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(given, Sequence) and not isinstance(given, str | bytes | bytearray | memoryview)


def _read_and_kept(given: Any) -> Any:
    read_question(given)
    return given


# The same for schemas, which accept just what can be read.
INPUT_TYPE = Annotated[
    Any,
    PlainValidator(
        _read_and_kept,
        json_schema_input_type=str
        | QuestionInput
        | MessagesInput
        | Question
        | Message
        | list[Message]
        | StringPromptValue
        | ChatPromptValueConcrete,
    ),
]


def _from_dict(given: Mapping[str, Any]) -> Question:
    has_messages = "messages" in given
    form = MessagesInput if has_messages else QuestionInput
    asked_by = "messages" if has_messages else "question"
    if unknown := [name for name in given if name not in form.model_fields]:
        keys = "messages, collections and quotes" if has_messages else f"question, {OTHER_KEYS}"
        raise QuestionError(
            f"“{unknown[0]}” is no key of a question, whose keys are {keys}; "
            f'leave it out, or pick out what is asked: `itemgetter("{asked_by}") | chain`.',
            QuestionProblem.FORM,
        )
    try:
        read = form.model_validate(dict(given))
    except ValidationError as error:
        name, reason = first_problem(error)
        raise QuestionError(
            f"The key “{name}” of the question does not fit ({reason}); give another value.", QuestionProblem.FORM
        ) from None
    if isinstance(read, MessagesInput):
        asked: Question = read.messages
        return replace(asked, collections=tuple(read.collections), quotes=read.quotes)
    return Question(read.question, _turns(read.history), tuple(read.collections), quotes=read.quotes)


def _from_messages(given: Sequence[MessageLikeRepresentation]) -> Question:
    try:
        messages = convert_to_messages(given)
    except (NotImplementedError, ValueError, TypeError, KeyError):
        raise QuestionError(
            "The list holds something that is no message; give messages, or a dict with the key “question”.",
            QuestionProblem.FORM,
        ) from None
    asked = max((number for number, message in enumerate(messages) if _is_by(message, HumanMessage)), default=None)
    if asked is None:
        raise QuestionError("The messages hold no question; add one by a person.", QuestionProblem.FORM)
    return Question(_text_alone(messages[asked]), _turns(messages[:asked]))


def _turns(said: Iterable[Turn | BaseMessage]) -> tuple[Turn, ...]:
    """Each question with the last words of the answer to it; what was not answered is passed over."""
    pairs: list[tuple[str, str]] = []
    for one in said:
        if isinstance(one, Turn):
            pairs.append((one.question, one.answer))
        elif _is_by(one, HumanMessage):
            pairs.append((str(one.text), ""))
        elif _is_by(one, AIMessage) and pairs and one.text:
            pairs[-1] = (pairs[-1][0], str(one.text))
    return tuple(Turn(question, answer) for question, answer in pairs if question and answer)


def _is_by(message: BaseMessage, author: type[HumanMessage | AIMessage]) -> bool:
    return isinstance(message, author) or (isinstance(message, ChatMessage) and message.role in ROLES[author])


def _text_alone(message: BaseMessage) -> str:
    """The words of a message.

    Raises:
        QuestionError: If it holds an image or anything else that is no text.
    """
    parts = [message.content] if isinstance(message.content, str) else message.content
    texts = [{"type": "text", "text": part} if isinstance(part, str) else part for part in parts]
    for part in texts:
        if part.get("type") != "text":
            raise QuestionError(
                f"The question holds more than text (a part of the type “{part.get('type')}”); ask in words alone.",
                QuestionProblem.FORM,
            )
    return "\n".join(str(part["text"]) for part in texts)
