"""What all models of the API share."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{16}$")]
"""A public id."""

Next = Annotated[str | None, Field(description="The address of the next part; null at the end.")]


class ApiModel(BaseModel):
    """A value of the API. Nothing is in an answer that its model does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldErrorOut(ApiModel):
    """A value that was wrong."""

    field: str = Field(description="The parameter, or the field of the body.")
    message: str


class ProblemOut(BaseModel):
    """Why a request was not done, and what to do about it (RFC 9457)."""

    type: str = Field(description="Identifies the kind of problem; /api/v1/problems lists them.")
    title: str = Field(description="The kind of problem, in words.")
    status: int
    detail: str = Field(description="What happened.")
    advice: str | None = Field(default=None, description="What to do about it.")
    errors: list[FieldErrorOut] | None = Field(default=None, description="Each value that was wrong.")
    request: str | None = Field(
        default=None, description="The number of an unforeseen failure in the server’s log."
    )


class ProblemKindOut(ApiModel):
    """A kind of problem."""

    type: str
    title: str
    status: int


class ProblemKindsOut(ApiModel):
    """All kinds of problem."""

    items: list[ProblemKindOut]


class IndexOut(ApiModel):
    """Where the API begins."""

    version: str = Field(description="Of the program.")
    engine: str = Field(description="Of the collation core: a new one may give another comparison.")
    access: Literal["read", "write"] = Field(description="What this request may do.")
    links: dict[str, str] = Field(description="Where each kind of thing is listed, by its name.")
