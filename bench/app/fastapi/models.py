"""What tasks look like in requests and answers."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

PRIORITIES = ("low", "medium", "high")

# At least one visible character, and no control characters.
VISIBLE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"

Priority = Literal["low", "medium", "high"]
Title = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=VISIBLE, strip_whitespace=True)
]
Description = Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00]*$")]
Tag = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=40, pattern=VISIBLE, strip_whitespace=True, to_lower=True
    ),
]


def each_once(tags: list[str]) -> list[str]:
    """The tags in their order, without repetitions."""
    if len(tags) > 20:
        raise ValueError("expected 20 tags at most")
    return list(dict.fromkeys(tags))


class Model(BaseModel):
    """Names are in camel case outside."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class NewTask(Model):
    """What POST /api/tasks takes."""

    title: Title
    description: Description = ""
    priority: Priority = "medium"
    due_date: date | None = None
    tags: Annotated[list[Tag], AfterValidator(each_once)] = []
    completed: bool = False


class Task(Model):
    """A task as the API shows it."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    title: str
    description: str
    priority: Priority
    due_date: date | None
    tags: list[str]
    completed: bool
    version: int
    created_at: datetime
    updated_at: datetime


class TaskPage(Model):
    """One page of a list."""

    tasks: list[Task]
    next_cursor: str | None
