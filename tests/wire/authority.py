"""Certificates for the servers of these tests, from an authority of their own, and the certificates nobody believes."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Signs certificates; `path` is its own, as a computer keeps it among those that it trusts."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._number = 0
        self.path = folder / f"{name}.pem"
        made = self._certificate(name, name, self._key, self._key, -60, 60, is_authority=True)
        self.path.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def server(self, host: str, *, starts: int = -30, ends: int = 30, by_itself: bool = False) -> ssl.SSLContext:
        """A server's side of TLS with a certificate for a host; `starts` and `ends` in days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        signs, signer = (key, host) if by_itself else (self._key, self._name)
        made = self._certificate(host, signer, key, signs, starts, ends)
        self._number += 1
        path = self._folder / f"{self._name}-{self._number}.pem"
        kind = serialization.PrivateFormat.PKCS8
        path.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    @staticmethod
    def _certificate(
        host: str,
        signer: str,
        key: ec.EllipticCurvePrivateKey,
        signs: ec.EllipticCurvePrivateKey,
        starts: int,
        ends: int,
        is_authority: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        names = [x509.IPAddress(ipaddress.ip_address(host))] if host[0].isdigit() else [x509.DNSName(host)]
        own = signs.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=starts))
            .not_valid_after(now + timedelta(days=ends))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(own), critical=False)
            .sign(signs, hashes.SHA256())
        )
