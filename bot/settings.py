"""Everything from the environment and ``.env``, in one frozen object."""

from __future__ import annotations

from pydantic import Field

from retrieval import LibrarySettings


class Settings(LibrarySettings):
    """The library's settings and the answerer's."""

    answer_threshold: float = Field(
        default=0.15,
        ge=0,
        le=1,
        description="The confidence, from 0 to 1, under which the answer is that the document does not say.",
    )
