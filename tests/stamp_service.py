"""A service that stamps the time (RFC 3161), made of openssl and a local server, for tests."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """
[tsa]
default_tsa = main
[main]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def make(folder: Path) -> None:
    """Keys and certificates of a service: ``root.pem`` stands behind ``signer.pem``."""
    folder.mkdir()
    keys = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("root", "signer")}
    now = datetime.now(UTC)
    for name, key in keys.items():
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(f"{name} of {folder.name}"))
            .issuer_name(_name(f"root of {folder.name}"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=name == "root", path_length=None), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(keys["root"].public_key()), critical=False
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if name == "signer":
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        made = builder.sign(keys["root"], hashes.SHA256())
        (folder / f"{name}.pem").write_bytes(made.public_bytes(Encoding.PEM))
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.key").write_bytes(secret)
    (folder / "serial").write_text("01\n", encoding="ascii")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder), encoding="ascii")


def answer(folder: Path, query: bytes) -> bytes:
    """What the service answers to a question."""
    asked, told = folder / "query.tsq", folder / "answer.tsr"
    asked.write_bytes(query)
    command = ["openssl", "ts", "-reply", "-config", str(folder / "tsa.cnf"), "-section", "main"]
    subprocess.run([*command, "-queryfile", str(asked), "-out", str(told)], check=True, capture_output=True)
    return told.read_bytes()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a service that runs meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["content-length"]))
            body = answer(folder, asked) if self.headers["content-type"] == "application/timestamp-query" else b"?"
            body = b"no stamp" if self.path == "/odd" else body
            if self.path == "/moved":
                self.send_response(307)
                self.send_header("Location", "/")
                body = b""
            else:
                self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
