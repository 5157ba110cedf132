import signal
import socket
import ssl
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.circulation.gateways.sip2.server import Server
from lumbung.kernel.arguments import port_number
from lumbung.kernel.signals import set_by
from lumbung.kernel.system_words import system_words

WAITING = 64


class Command(BaseCommand):
    help = "Melayani mesin mandiri (pinjam mandiri, kotak kembali, gerbang) dalam bahasa SIP2."
    group = "Sirkulasi"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="alamat yang dilayani (bawaan: 127.0.0.1)")
        parser.add_argument("--port", type=port_number, default=6001, help="porta (bawaan: 6001)")
        parser.add_argument(
            "--certificate", default="", help="berkas sertifikat TLS (PEM); tanpanya sambungan tidak disandikan"
        )
        parser.add_argument("--key", default="", help="berkas kunci sertifikat (PEM), bila tidak dalam berkas yang sama")

    def handle(self, *, host: str, port: int, certificate: str, key: str, **options: Any) -> None:
        stop = threading.Event()
        set_by(stop, signal.SIGINT, signal.SIGTERM)
        with _listener(host, port) as listener:
            self.stdout.write(f"SIP2 siap (ready): {host}:{listener.getsockname()[1]}{' TLS' if certificate else ''}")
            self.stdout.flush()
            Server(listener, tls=_tls(certificate, key) if certificate else None).serve(stop)
        self.stdout.write("SIP2 berhenti dengan rapi (stopped cleanly).")


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=WAITING, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise CommandError(
            f"Porta {port} tidak dapat dipakai (the port cannot be used): {system_words(error)}", returncode=5
        ) from None


def _tls(certificate: str, key: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key or None)
    except (OSError, ssl.SSLError) as error:
        raise CommandError(f"Sertifikat tidak dapat dibaca (cannot read the certificate): {error}", returncode=2) from None
    return context
