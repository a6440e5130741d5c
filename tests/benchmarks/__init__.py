"""How fast Pullquote is, beside the plain LangChain pipeline: ``python -m tests.benchmarks CORPUS``."""
