"""A provider of OpenID Connect on loopback: it knows one reader, and answers wrongly when asked."""

import hashlib
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "seabelt"
# Of this test and of nothing else.
CLIENT_SECRET = secrets.token_hex()
READER = {"sub": "reader-1", "name": "Ada <b>Lovelace</b>", "email": "ada@example.org"}
KEYS = [RSAKey.generate_key(2048, {"kid": kid}, auto_kid=False) for kid in ("known", "known")]


class Provider:
    """Answers of the provider; `claims` are put over those of the next token, `key` signs it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, object] = {}
        self.key = KEYS[0]
        self.signed_out = 0
        self._asked: dict[str, dict[str, str]] = {}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.metadata),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
                Route("/sign-out", self.sign_out),
            ]
        )

    async def metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "end_session_endpoint": f"{self.address}/sign-out",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        """The reader is known here already, and sent back at once."""
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self._asked[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 302)

    async def token(self, request: Request) -> Response:
        kind, _, given = request.headers["authorization"].partition(" ")
        user, _, password = b64decode(given).decode().partition(":")
        form = dict(part.split("=", 1) for part in (await request.body()).decode().split("&"))
        asked = self._asked.pop(form["code"], None)
        proof = hashlib.sha256(unquote(form["code_verifier"]).encode()).digest()
        is_same = asked and urlsafe_b64encode(proof).decode().rstrip("=") == asked["code_challenge"]
        if (kind, user, password) != ("Basic", CLIENT, CLIENT_SECRET) or not is_same:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= READER | {"nonce": asked["nonce"]} | self.claims
        token = jwt.encode({"alg": "RS256", "kid": "known"}, claims, self.key)
        answer = {"access_token": secrets.token_hex(), "token_type": "Bearer", "id_token": token}
        return JSONResponse(answer | {"expires_in": 300})

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [KEYS[0].as_dict(private=False)]})

    async def sign_out(self, request: Request) -> Response:
        self.signed_out += 1
        back = request.query_params.get("post_logout_redirect_uri")
        return RedirectResponse(back, 302) if back else PlainTextResponse("Signed out.")


@contextmanager
def provided(port: int) -> Iterator[Provider]:
    """Run the provider for as long as the context lasts."""
    provider = Provider(f"http://127.0.0.1:{port}")
    config = uvicorn.Config(provider.app(), "127.0.0.1", port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join()
