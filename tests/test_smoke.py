from tests.conftest import Run


def test_smoke(run: Run) -> None:
    outcome = run("ask", "How many planes?")
    assert outcome.code == 0
    assert "five planes" in outcome.out
    outcome = run("ask", "--json", "-", stdin=b"How many planes?\n\nWho resigned in 2019?\n")
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 3, outcome
