"""Bodies sent to the API: JSON, of bounded size (``app.web.middleware``), read once the sender's rights are known."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import from_json

from app.services.articles.labels import Kind
from app.services.notes import Status
from app.web.problems import ProblemError

Body = TypeVar("Body", bound=BaseModel)

Written = Annotated[str, StringConstraints(pattern=r"\S")]
"""Some words."""

MAX_FIELDS = 100
"""Fields of a body, known or not: each unknown one would be named in the answer."""

_ADDRESS = r"^(https?://\S+)?$"


class SentModel(BaseModel):
    """What a client sends. Unknown fields are refused, and no type is guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FileIn(SentModel):
    """A file that an article is read from."""

    name: str = Field(
        max_length=300, pattern=r"\S", description="Its ending helps to tell its format, such as `visit.pdf`."
    )
    content: str = Field(description="Its bytes, in Base64.", json_schema_extra={"contentEncoding": "base64"})


class ReadingIn(SentModel):
    """An article to be read: its text, the source of its page, a file, or its link. What is stated here overrides
    what is read."""

    title: str = Field(default="", description="Empty: the title that the text, page or file suggests.")
    text: Written | None = Field(default=None, description="Its paragraphs, a line each.")
    html: Written | None = Field(
        default=None, description="The source of its web page; `url` says where that is."
    )
    file: FileIn | None = Field(default=None, description="In any format that the pages take.")
    link: Written | None = Field(
        default=None,
        max_length=2000,
        description="Where its page is fetched from, as “Add an article” does: from public addresses alone, "
        "at a pace, and where the site lets programs.",
    )
    rejoin: bool = Field(
        default=False,
        description="Whether to join the lines of a plain text that breaks them within paragraphs.",
    )
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    url: str = Field(default="", pattern=_ADDRESS)


class ArticleIn(ReadingIn):
    """A new article, as in a reading."""

    again: bool = Field(
        default=False, description="Whether to save it even if it resembles a stored article."
    )
    sha256: str = Field(
        default="",
        pattern="^([0-9a-f]{64})?$",
        description="Of the paragraphs, as a reading gave it: it is saved only if it is still read so.",
    )


class ArticleEdit(SentModel):
    """A new revision of an article. What is not sent stays as it is."""

    revision: int = Field(ge=1, description="The number of the revision that was edited: the newest.")
    title: str | None = None
    text: Written | None = None
    link: Written | None = Field(
        default=None,
        max_length=2000,
        description="Where its page is fetched from and read again, in place of `text`.",
    )
    publisher: str | None = None
    author: str | None = None
    published_on: date | None = None
    url: str | None = Field(default=None, pattern=_ADDRESS)


class NoteIn(SentModel):
    """A new note on a row, on a finding in it, or on a paragraph of one of the texts."""

    row: int = Field(ge=1, le=1_000_000_000, description="From 1.")
    finding: int | None = Field(default=None, ge=1, le=1_000_000_000, description="Its number in the row.")
    about: Literal["row", "finding", "base", "witness"] = Field(
        default="row", description="`base` and `witness`: a paragraph of that text alone."
    )
    paragraph: int | None = Field(default=None, ge=0, le=1_000_000_000, description="Its index, from 0.")
    text: Written
    status: Status = "check"
    public: bool = Field(default=False, description="Whether everybody sees it, or only editors.")


class NoteEdit(SentModel):
    """What a note says from now on."""

    version: int = Field(ge=1, description="The version that was edited: the newest.")
    text: Written
    status: Status
    public: bool


class EvidenceIn(SentModel):
    """The optional contents of an evidence file."""

    captures: list[Annotated[str, StringConstraints(pattern="^[a-z2-7]{16}$")]] = Field(
        default=[],
        max_length=1_000,
        description="Ids of captures of the two articles. The file is for editors then.",
    )


class LabelIn(SentModel):
    """A tag for an article, or a collection that it is put into."""

    kind: Kind
    name: str = Field(max_length=300, pattern=r"\S", description="A known name keeps its first spelling.")


class MergeIn(SentModel):
    """Two names of one publisher."""

    name: str = Field(max_length=300, pattern=r"\S", description="The name that stands for the other.")
    into: str = Field(max_length=300, pattern=r"\S", description="The name that filters and searches take.")


SENT: tuple[type[SentModel], ...] = (
    ReadingIn,
    ArticleIn,
    ArticleEdit,
    NoteIn,
    NoteEdit,
    FileIn,
    EvidenceIn,
    LabelIn,
    MergeIn,
)


def body_of(model: type[Body]) -> Callable[[Request], Awaitable[Body]]:
    """Return a dependency that reads the body as ``model``. It is listed after those that check who sends it."""

    async def read(request: Request) -> Body:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise ProblemError(
                "unsupported-media-type",
                "The body is not declared as JSON, so it was not read.",
                "Send it with the header “Content-Type: application/json”.",
            )
        content = b"".join([part async for part in request.stream()])
        _refuse_many_fields(content)
        try:
            return model.model_validate_json(content)
        except ValidationError as error:
            wrong = [
                {"type": each["type"], "loc": ("body", *each["loc"]), "msg": each["msg"]}
                for each in error.errors(include_url=False, include_input=False, include_context=False)
            ]
            if wrong[0]["type"] == "json_invalid":
                raise ProblemError(
                    "not-json", f"The body is not JSON: {wrong[0]['msg']}.", "Send one JSON object, in UTF-8."
                ) from None
            raise RequestValidationError(wrong) from None

    return read


def _refuse_many_fields(content: bytes) -> None:
    if content.count(b":") <= MAX_FIELDS:
        return
    try:
        given = from_json(content)
    except ValueError:
        return  # the reader of the body says what is wrong with it
    if isinstance(given, dict) and len(given) > MAX_FIELDS:
        raise RequestValidationError(
            [
                {
                    "type": "too_many_fields",
                    "loc": ("body",),
                    "msg": f"It has {len(given):,} fields, and none has more than {MAX_FIELDS}",
                }
            ]
        )


def takes(model: type[SentModel]) -> dict[str, Any]:
    """Return what the OpenAPI document says of a body that is read by ``body_of``."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
