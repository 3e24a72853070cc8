"""Tokens: JWT, HS256, valid from the business date for two business days."""

import base64
import hashlib
import hmac
import json

from .faults import UNKNOWN_CALLER, Fault

_VALID_S = 2 * 86_400


class TokenDesk:
    def __init__(self, key, issued_at):
        """`issued_at`: the business date at midnight UTC, in seconds since 1970."""
        self._key = key.encode()
        self._issued_at = issued_at

    def issue(self, customer, segment):
        claims = {"segment": segment, "iss": "bank", "sub": customer, "iat": self._issued_at, "exp": self._issued_at + _VALID_S}
        signed = f"{_encoded(_json({'alg': 'HS256'}))}.{_encoded(_json(claims))}"
        return f"{signed}.{_encoded(self._signature(signed))}"

    def customer_of(self, headers):
        """The customer's number."""
        scheme, _, token = (headers.get("authorization") or "").partition(" ")
        try:
            if scheme != "Bearer":
                raise ValueError("no bearer token")
            signed, _, signature = token.rpartition(".")
            if not hmac.compare_digest(_decoded(signature), self._signature(signed)):
                raise ValueError("another signature")
            head, claims = (json.loads(_decoded(part)) for part in signed.split("."))
            if head["alg"] != "HS256" or claims["iss"] != "bank" or claims["exp"] <= self._issued_at:
                raise ValueError("not of this bank, or over")
            if not isinstance(claims["sub"], str):
                raise ValueError("no subject")
            return claims["sub"]
        except (ValueError, KeyError, TypeError) as error:
            raise Fault(UNKNOWN_CALLER, "a valid token is required") from error

    def _signature(self, signed):
        return hmac.new(self._key, signed.encode(), hashlib.sha256).digest()


def _json(value):
    return json.dumps(value, separators=(",", ":")).encode()


def _encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
