"""Where a page of the list ended, as clients hand it back."""

import base64
import json

import asyncpg
from fastapi import HTTPException

ORDER = "createdAt desc"


def write_cursor(row: asyncpg.Record) -> str:
    """The cursor that leads behind a row."""
    place = json.dumps([ORDER, row["place"], str(row["id"])], separators=(",", ":"))
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[str, str]:
    """The time and the id in a cursor. Raises a 400 when it isn't one of ours."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        order, created_at, task_id = json.loads(text)
    except ValueError as error:
        raise HTTPException(400, "The cursor doesn't belong to this list.") from error
    if order != ORDER:
        raise HTTPException(400, "The cursor doesn't belong to this list.")
    return created_at, task_id
