"""Who asks: a JWT, signed with HS256, that is verified on each request."""

import os
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

ISSUER = "todo-chatbot-api"
SECRET = os.environ["JWT_SECRET"]

bearer = HTTPBearer()


async def user_id(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
    """The id of the user that the token stands for. Raises a 401 when it isn't ours, or has ended."""
    try:
        claims = jwt.decode(
            credentials.credentials,
            SECRET,
            algorithms=["HS256"],
            issuer=ISSUER,
            audience=ISSUER,
            options={"require": ["sub", "exp"]},
        )
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "Sign in first: the token isn't ours, or has ended.") from error
    return claims["sub"]
