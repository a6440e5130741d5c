"""A published model in the place of the checking model, by one setting: what it says, and what is wrong with others."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from huggingface_hub import constants

from bot.chat.verification import open_judge
from bot.chat.verification.published_judge import CHECKER, PublishedJudge
from bot.errors import CheckerError
from retrieval.models.published_transformer import REASONS, _reason
from tests.bot.chat.conftest import KEY, MODEL
from tests.bot.chat.verification.negation_model import NOT, PLACES, save_negation_model
from tests.bot.chat_server import ChatServer, Good, Say
from tests.bot.json_checks import check_sentence
from tests.bot.word_tokenizer import MARKS, word_tokenizer
from tests.conftest import Run

THREE = ("entailment", "neutral", "contradiction")
TEXT = "The mill was built in 1843."
FOLLOWS, DOES_NOT = "The mill was built.", "The mill was not built."
# The sizes of a network, by the names that one or another of them has for them.
WIDTHS = ("hidden_size", "intermediate_size", "d_model", "encoder_ffn_dim", "decoder_ffn_dim", "dim", "hidden_dim")
LAYERS = ("num_hidden_layers", "encoder_layers", "decoder_layers", "n_layers")
HEADS = ("num_attention_heads", "encoder_attention_heads", "decoder_attention_heads", "n_heads")
SMALL = dict.fromkeys(WIDTHS, 8) | dict.fromkeys(LAYERS + HEADS, 1) | {"max_position_embeddings": PLACES}
PLANES = "How many planes did they take?"
TAKEN, NOT_TAKEN = "They took five planes at Almaty airport.", "They did not take five planes."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_negation_model(tmp_path_factory.mktemp("negation"), THREE)


@pytest.fixture(scope="module")
def judge(folder: Path) -> PublishedJudge:
    return PublishedJudge(str(folder))


@pytest.mark.parametrize(
    ("labels", "follows"),
    [
        (THREE, 0),  # MoritzLaurer/DeBERTa-v3-base-mnli-fever-anli
        (("contradiction", "entailment", "neutral"), 1),  # cross-encoder/nli-deberta-v3-base
        (("contradiction", "neutral", "entailment"), 2),  # facebook/bart-large-mnli
        (("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), 2),  # FacebookAI/roberta-large-mnli
        (("entailment", "not_entailment"), 0),  # MoritzLaurer/DeBERTa-v3-xsmall-mnli-fever-anli-ling-binary
        (("not-entailment", "entailment"), 1),
        (("REFUTES", "SUPPORTS", "NOT ENOUGH INFO"), 1),  # as FEVER has them
        (("not supported", "supported"), 1),
        (("unsupported", "Supported"), 1),
        (("consistent", "inconsistent"), 0),
        (("entailment",), 0),
        (("LABEL_0",), 0),  # Vectara's HHEM 1.0
    ],
)
def test_the_class_of_what_follows_is_found_by_its_name(tmp_path: Path, labels: tuple[str, ...], follows: int) -> None:
    judge = PublishedJudge(str(save_negation_model(tmp_path, labels, follows)))
    assert judge.probability(TEXT, FOLLOWS) > judge.threshold > judge.probability(TEXT, DOES_NOT)


def test_a_likelihood_is_a_share_of_all_classes_or_the_logistic_function_of_one_number(tmp_path: Path) -> None:
    three = PublishedJudge(str(save_negation_model(tmp_path / "three", THREE, sure=1)))
    one = PublishedJudge(str(save_negation_model(tmp_path / "one", ["LABEL_0"], sure=1)))
    # 1 for what follows and -1 for each other class; and the other way round where nothing does.
    assert three.probability(TEXT, FOLLOWS) == pytest.approx(0.787, abs=0.001)
    assert three.probability(TEXT, DOES_NOT) == pytest.approx(0.063, abs=0.001)
    assert one.probability(TEXT, FOLLOWS) == pytest.approx(0.731, abs=0.001)
    assert one.probability(TEXT, DOES_NOT) == pytest.approx(0.269, abs=0.001)


def test_the_text_comes_first_and_the_statement_second(judge: PublishedJudge) -> None:
    assert judge.probability(DOES_NOT, FOLLOWS) > 0.9
    assert judge.probability(FOLLOWS, DOES_NOT) < 0.1


def test_of_a_long_text_the_beginning_is_read_and_of_a_statement_all(judge: PublishedJudge) -> None:
    text = f"{TEXT} " * PLACES
    assert judge.probability(text, "word " * (PLACES // 2)) > 0.9
    assert judge.probability(text, "word " * (PLACES // 2) + NOT) < 0.1
    assert judge.probability(f"{NOT} {text}", FOLLOWS) > 0.9


@pytest.mark.parametrize("more", range(-8, 3))
def test_a_statement_that_cannot_be_read_whole_does_not_pass(judge: PublishedJudge, more: int) -> None:
    room = PLACES - 2 - 3  # what counts places from 2, and three marks
    likely = judge.probability(TEXT, "word " * (room + more))
    assert likely == 0 if more >= 0 else likely > 0.9


def test_odd_texts_are_judged(judge: PublishedJudge) -> None:
    for text in ("", " ", "\udcff", "\0", "🛩" * 999):
        assert 0 <= judge.probability(text, FOLLOWS) <= 1
        assert 0 <= judge.probability(TEXT, text) <= 1


def test_many_threads_are_told_the_same(judge: PublishedJudge) -> None:
    pairs = [(TEXT, FOLLOWS), (TEXT * 3, DOES_NOT), (FOLLOWS, TEXT)]
    alone = [judge.probability(*pair) for pair in pairs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda place: judge.probability(*pairs[place % 3]), range(24))) == alone * 8


@pytest.mark.parametrize("kind", ["Roberta", "DebertaV2", "Bart", "DistilBert"])
def test_networks_as_the_best_known_have_them_are_read(tmp_path: Path, kind: str) -> None:
    import torch  # late, as it takes seconds
    import transformers

    vocabulary = {mark: place for place, mark in enumerate([*MARKS, *TEXT.rstrip(".").split()])}
    tokenizer = word_tokenizer(vocabulary, types=False)
    tokenizer.save_pretrained(tmp_path)
    config = getattr(transformers, f"{kind}Config")(
        **SMALL,
        vocab_size=len(vocabulary),
        pad_token_id=vocabulary["[PAD]"],
        eos_token_id=vocabulary["[SEP]"],
        type_vocab_size=0 if kind == "DebertaV2" else 1,
        id2label=dict(enumerate(("contradiction", "ENTAILMENT", "neutral"))),
    )
    network = getattr(transformers, f"{kind}ForSequenceClassification")(config).eval()
    network.save_pretrained(tmp_path)
    pair = tokenizer(TEXT, FOLLOWS, return_tensors="pt")
    with torch.inference_mode():
        expected = network(**pair).logits.softmax(-1)[0, 1]
    likely = PublishedJudge(str(tmp_path)).probability(TEXT, FOLLOWS)
    assert likely == pytest.approx(float(expected), abs=1e-6)
    assert likely != pytest.approx(1 / 3, abs=1e-6)


def refusal(model: str) -> str:
    with pytest.raises(CheckerError) as caught:
        PublishedJudge(model).check()
    check_sentence(str(caught.value))
    return str(caught.value)


@pytest.mark.parametrize(
    "labels",
    [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("positive", "negative"),
        ("unsupported", "inconsistent"),
        ("entailment", "supported"),
        ("contradiction",),
        tuple(f"class {number}" for number in range(50)),
    ],
)
def test_a_model_that_does_not_say_what_its_classes_mean_is_refused(tmp_path: Path, labels: tuple[str, ...]) -> None:
    told = refusal(str(save_negation_model(tmp_path, labels)))
    assert f"({', '.join(labels[:3])}{', …' if len(labels) > 3 else ''})" in told
    assert "call that class “entailment” in id2label of the model's config.json" in told


def test_the_remedy_for_classes_without_names_helps(tmp_path: Path) -> None:
    folder = save_negation_model(tmp_path, ("LABEL_0", "LABEL_1"), 1)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["id2label"] = {"0": "other", "1": "entailment"}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    judge = PublishedJudge(str(folder))
    assert judge.probability(TEXT, FOLLOWS) > judge.threshold > judge.probability(TEXT, DOES_NOT)


def test_one_number_without_a_name_that_means_something_else_is_refused(tmp_path: Path) -> None:
    assert "one number" in refusal(str(save_negation_model(tmp_path / "opposite", ["LABEL_0"], sure=-1)))
    assert "one number" in refusal(str(save_negation_model(tmp_path / "alike", ["LABEL_0"], sure=0)))


def test_what_is_no_checking_model_is_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    assert "There is no folder" in refusal(str(tmp_path / "missing"))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refusal(str(empty)).endswith(
        "; correct PULLQUOTE_CHECKER_MODEL, or unset it to use the checking model that comes with the install."
    )
    headless = refusal(str(save_negation_model(tmp_path / "headless", THREE, judges=False)))
    assert "was not trained to judge what follows from what" in headless
    assert "such as cross-encoder/nli-deberta-v3-base" in headless


def test_without_a_network_a_model_that_was_never_downloaded_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "the hub cannot be reached" in refusal("somebody/nli")


def test_a_model_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    folder = save_negation_model(tmp_path, THREE)
    for path in folder.glob("tokenizer*"):
        path.unlink()
    assert "has no tokenizer that knows its words; take one with a tokenizer.json" in refusal(str(folder))


def test_code_that_comes_with_a_model_is_never_run(tmp_path: Path) -> None:
    folder = save_negation_model(tmp_path, THREE)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config |= {
        "model_type": "own",
        "auto_map": {"AutoConfig": "own.Own", "AutoModelForSequenceClassification": "own.Own"},
    }
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "own.py").write_text(f"open({str(folder / 'ran')!r}, 'w')", "utf-8")
    assert "needs code of its own, which is never run; take a cross-encoder" in refusal(str(folder))
    assert not (folder / "ran").exists()


def test_what_the_hub_says_is_told_by_what_it_means() -> None:
    for name in REASONS:
        told = OSError("wrapped")
        told.__cause__ = type(name, (OSError,), {})()
        check_sentence(f"The checking model “somebody/nli” {_reason(told, CHECKER)}.")


@pytest.fixture
def chat(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> ChatServer:
    """The chat model that the settings name."""
    for name, value in {"MODEL": MODEL, "BASE_URL": server.url, "API_KEY": KEY}.items():
        monkeypatch.setenv(f"PULLQUOTE_CHAT_{name}", value)
    return server


def test_one_setting_is_enough_for_the_whole_program(
    cli: Run, folder: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_CHECKER_MODEL", str(folder))
    chat.script = [Good({PLANES: [(NOT_TAKEN, "five planes"), (TAKEN, "five planes")]})]
    answer = json.loads(cli("ask", "--json", "--explain", PLANES).out)
    assert [statement["text"] for statement in answer["statements"]] == [TAKEN]
    assert {one["text"] for one in answer["left_out"]} == {NOT_TAKEN}
    assert "By the judgement of the checking model" in answer["left_out"][0]["verdict"]
    monkeypatch.setenv("PULLQUOTE_CHECKER_THRESHOLD", "0")
    answer = json.loads(cli("ask", "--json", PLANES).out)
    assert [statement["text"] for statement in answer["statements"]] == [NOT_TAKEN, TAKEN]


def test_doctor_tells_which_checking_model_is_in_force(
    cli: Run, folder: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.script = [Say("OK")]
    monkeypatch.setenv("PULLQUOTE_CHECKER_MODEL", str(folder))
    assert f"ok   checking model: “{folder}”, 0 million parameters, SHA-256 " in cli("doctor").out
    monkeypatch.setenv("PULLQUOTE_CHECKER_MODEL", str(folder / "missing"))
    outcome = cli("doctor")
    assert outcome.code == 2
    assert "FAIL checking model: There is no folder" in outcome.out


def test_a_checking_model_that_cannot_be_loaded_is_told_instead_of_an_answer(
    cli: Run, tmp_path: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_CHECKER_MODEL", str(tmp_path / "missing"))
    chat.script = [Good({PLANES: [(TAKEN, "five planes")]})]
    outcome = cli("ask", PLANES)
    assert outcome.code == 2
    assert "There is no folder" in outcome.err


@pytest.mark.parametrize(
    "face", [("serve", "--port", "0"), ("mcp",), ("mcp", "--http", "--port", "0")], ids=["serve", "mcp", "mcp --http"]
)
def test_a_server_does_not_start_with_one(
    program: Run, home: Path, tmp_path: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch, face: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PULLQUOTE_CHECKER_MODEL", str(tmp_path / "missing"))
    outcome = program(*face)
    assert (outcome.code, outcome.out) == (2, "")
    assert re.fullmatch(r"There is no folder [^\n]+\.\n", outcome.err)


def test_it_is_loaded_with_the_first_statement(tmp_path: Path) -> None:
    judge = open_judge(str(tmp_path / "later"))
    save_negation_model(tmp_path / "later", THREE)
    assert judge.probability(TEXT, FOLLOWS) > judge.threshold
