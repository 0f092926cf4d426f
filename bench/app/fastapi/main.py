"""The API's tasks on the data models' own stack: FastAPI, asyncpg and PyJWT.

It is what the backend is measured against, so it takes no detours: one statement for each
request, prepared once for each connection, and answers that pydantic writes in one pass.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response

from auth import user_id
from cursor import read_cursor, write_cursor
from models import PRIORITIES, NewTask, Task, TaskPage

COLUMNS = (
    'id, title, description, priority, due_date as "dueDate", tags, completed, version, '
    'created_at as "createdAt", updated_at as "updatedAt"'
)
LIST = f"select {COLUMNS}, created_at::text as place from tasks where user_id = $1"
ORDER = "order by created_at desc, id desc limit"
INSERT = (
    "insert into tasks (user_id, title, description, priority, due_date, tags, completed) "
    f"values ($1, $2, $3, $4, $5, $6, $7) returning {COLUMNS}"
)

User = Annotated[str, Depends(user_id)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Holds as many connections as the backend does, and limits statements as it does."""
    async with asyncpg.create_pool(
        os.environ["DATABASE_URL"],
        min_size=1,
        max_size=int(os.environ["DATABASE_POOL_SIZE"]),
        server_settings={"statement_timeout": "5000"},
    ) as pool:
        app.state.pool = pool
        yield


app = FastAPI(title="todo-chatbot-api", lifespan=lifespan)


def as_task(row: asyncpg.Record) -> dict:
    """A row as the API shows it; the numbers of priorities become words."""
    return {**row, "priority": PRIORITIES[row["priority"] - 1]}


@app.get("/health/ready")
async def ready(request: Request) -> dict[str, str]:
    """Answers as soon as the database does."""
    await request.app.state.pool.fetch("select name from schema_migrations")
    return {"status": "ready", "database": "connected"}


@app.get("/api/tasks")
async def list_tasks(
    request: Request,
    user: User,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> TaskPage:
    """A page of the user's tasks, the newest first."""
    if cursor is None:
        statement, values = f"{LIST} {ORDER} $2", [user]
    else:
        statement = f"{LIST} and (created_at, id) < ($2::text::timestamptz, $3::uuid) {ORDER} $4"
        values = [user, *read_cursor(cursor)]
    rows = await request.app.state.pool.fetch(statement, *values, limit + 1)
    page = rows[:limit]
    more = len(rows) > limit
    # FastAPI makes this the answer's model; doing it here as well would be done twice.
    return {
        "tasks": [as_task(row) for row in page],
        "nextCursor": write_cursor(page[-1]) if more else None,
    }


@app.post("/api/tasks", status_code=201)
async def add_task(request: Request, response: Response, user: User, task: NewTask) -> Task:
    """Adds a task."""
    try:
        row = await request.app.state.pool.fetchrow(
            INSERT,
            user,
            task.title,
            task.description,
            PRIORITIES.index(task.priority) + 1,
            task.due_date,
            task.tags,
            task.completed,
        )
    except asyncpg.ForeignKeyViolationError as error:
        raise HTTPException(401, "This account is gone.") from error
    response.headers["location"] = f"/api/tasks/{row['id']}"
    response.headers["etag"] = f'"{row["version"]}"'
    return as_task(row)
