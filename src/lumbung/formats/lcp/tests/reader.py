"""A reading program for tests, written from the specification alone: it shares nothing with what makes licences and locks books."""

import base64
import hashlib
import io
import json
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

XENC = "{http://www.w3.org/2001/04/xmlenc#}"
XSIG = "{http://www.w3.org/2000/09/xmldsig#}"
COMPRESSION = "{http://www.idpf.org/2016/encryption#compression}"
CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


class Refuses(Exception):
    """The reading program does not open it."""


class Opened:
    """A licence that was checked and opened with a passphrase."""

    def __init__(self, licence: bytes, passphrase: str) -> None:
        self.said: dict[str, Any] = json.loads(licence)
        _check_signature(self.said)
        encryption = self.said["encryption"]
        if encryption["profile"] != "http://readium.org/lcp/basic-profile" or encryption["content_key"]["algorithm"] != CBC:
            raise Refuses("profile")
        if encryption["user_key"]["algorithm"] != "http://www.w3.org/2001/04/xmlenc#sha256":
            raise Refuses("hash")
        key = hashlib.sha256(passphrase.encode("utf-8")).digest()
        if _decrypted(key, base64.b64decode(encryption["user_key"]["key_check"])) != self.said["id"].encode():
            raise Refuses("passphrase")
        self._content_key = _decrypted(key, base64.b64decode(encryption["content_key"]["encrypted_value"]))

    def link(self, relation: str) -> dict[str, Any]:
        return next(each for each in self.said["links"] if each["rel"] == relation)

    def read(self, publication: bytes) -> dict[str, bytes]:
        """Every entry of the publication, in clear."""
        book = zipfile.ZipFile(io.BytesIO(publication))
        names = {name: book.read(name) for name in book.namelist()}
        root = ET.fromstring(names["META-INF/encryption.xml"])
        for data in root.findall(f"{XENC}EncryptedData"):
            way = data.find(f"{XSIG}KeyInfo/{XSIG}RetrievalMethod")
            if way is None:
                continue
            assert way.get("URI") == "license.lcpl#/encryption/content_key"
            assert way.get("Type") == "http://readium.org/2014/01/lcp#EncryptedContentKey"
            assert data.find(f"{XENC}EncryptionMethod").get("Algorithm") == CBC
            name = unquote(data.find(f"{XENC}CipherData/{XENC}CipherReference").get("URI"))
            clear = _decrypted(self._content_key, names[name])
            packing = data.find(f".//{COMPRESSION}Compression")
            if packing.get("Method") == "8":
                clear = zlib.decompress(clear, -15)
            assert len(clear) == int(packing.get("OriginalLength"))
            names[name] = clear
        return names


def _decrypted(key: bytes, content: bytes) -> bytes:
    """XML Encryption, section 5.2: the first block is the vector, the last byte tells how much was filled in."""
    engine = Cipher(algorithms.AES(key), modes.CBC(content[:16])).decryptor()
    clear = engine.update(content[16:]) + engine.finalize()
    if not 1 <= clear[-1] <= 16:
        raise Refuses("filling")
    return clear[: -clear[-1]]


def _check_signature(said: dict[str, Any]) -> None:
    signature = said["signature"]
    rest = {name: value for name, value in said.items() if name != "signature"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    certificate = x509.load_der_x509_certificate(base64.b64decode(signature["certificate"]))
    value, key = base64.b64decode(signature["value"]), certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        assert signature["algorithm"] == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
        key.verify(value, text, padding.PKCS1v15(), hashes.SHA256())
        return
    assert signature["algorithm"] == "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    half = len(value) // 2
    r, s = (int.from_bytes(part, "big") for part in (value[:half], value[half:]))
    key.verify(encode_dss_signature(r, s), text, ec.ECDSA(hashes.SHA256()))
