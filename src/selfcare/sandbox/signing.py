"""The demo operator's signature on what it says about who signed in (JWS RS256, RFC 7515 and 7517)."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


def b64url(data: bytes) -> str:
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def half_hash(token: str) -> str:
    """The left half of a token's SHA-256, as at_hash states it (OpenID Connect Core, 3.1.3.6)."""
    return b64url(hashlib.sha256(token.encode()).digest()[:16])


class Signer:
    """A key pair made when first needed, never stored."""

    @cached_property
    def _key(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives.asymmetric import rsa

        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @cached_property
    def public_key(self) -> dict[str, str]:
        """The public key as a JWK; `kid` is its thumbprint (RFC 7638)."""
        numbers = self._key.public_key().public_numbers()
        exponent = b64url(numbers.e.to_bytes(3, "big"))
        modulus = b64url(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big"))
        needed = json.dumps({"e": exponent, "kty": "RSA", "n": modulus}, separators=(",", ":"), sort_keys=True)
        kid = b64url(hashlib.sha256(needed.encode()).digest())
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": modulus, "e": exponent}

    def sign(self, claims: dict[str, Any]) -> str:
        """Claims as a signed compact JWT."""
        from cryptography.hazmat.primitives.asymmetric import padding
        from cryptography.hazmat.primitives.hashes import SHA256

        header = {"alg": "RS256", "typ": "JWT", "kid": self.public_key["kid"]}
        parts = [b64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims)]
        signed = ".".join(parts)
        return f"{signed}.{b64url(self._key.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"
