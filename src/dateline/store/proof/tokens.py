"""Time stamps of RFC 3161: a service signs a hash with the time, and anybody can check it against its certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import MissingPartError, StoreError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampRequest

QUERY = "application/timestamp-query"
"""The media type of what is sent to a service."""


def query(manifest: str) -> TimeStampRequest:
    """The question for a stamp over a text: its SHA-256, a number that no other has, and a wish for certificates."""
    library = _library()
    builder = library.TimestampRequestBuilder().data(manifest.encode())
    request: TimeStampRequest = (
        builder.hash_algorithm(library.HashAlgorithm.SHA256).nonce(nonce=True).cert_request(cert_request=True).build()
    )
    return request


def checked(answer: bytes, manifest: str, roots: str, nonce: int | None = None) -> str:
    """The time that a service's answer vouches for, in ISO 8601 and UTC, once all of it is checked.

    ``roots`` are certificates in PEM: of those that signed themselves one must stand behind the stamp. Raises
    :class:`StoreError` that says what does not hold; :class:`MissingPartError` where what checks is not installed.
    """
    from datetime import UTC

    from cryptography import x509

    library = _library()
    try:
        known = x509.load_pem_x509_certificates(roots.encode())
        builder = library.VerifierBuilder(
            roots=[one for one in known if one.issuer == one.subject],
            intermediates=[one for one in known if one.issuer != one.subject],
            nonce=nonce,
        )
        verifier = builder.build()
    except ValueError as error:
        raise StoreError(
            f"the certificates cannot be used ({error}); give the service's own in one PEM file"
        ) from error
    try:
        stamp = library.decode_timestamp_response(answer)
        verifier.verify_message(stamp, manifest.encode())
    except (ValueError, library.VerificationError) as error:
        raise StoreError(f"the stamp does not hold ({error}); ask again, or ask another service") from error
    time: Any = stamp.tst_info.gen_time
    return str((time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds"))


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise MissingPartError(
            "time stamps are checked with rfc3161-client, which is not installed; "
            "write: pip install 'dateline[timestamps]'"
        ) from error
    return rfc3161_client
