import signal
import socket
import ssl
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.circulation.gateways.sip2.server import Server
from lumbung.kernel.arguments import port_number
from lumbung.kernel.signals import set_by
from lumbung.kernel.system_words import system_words
from lumbung.kernel.terminal import in_library_language

WAITING = 64


class Command(BaseCommand):
    help = gettext_noop("Melayani mesin mandiri (pinjam mandiri, kotak kembali, gerbang) dalam bahasa SIP2.")
    group = "Sirkulasi"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("alamat yang dilayani (bawaan: 127.0.0.1)"))
        parser.add_argument("--port", type=port_number, default=6001, help=_("porta (bawaan: %(port)s)") % {"port": 6001})
        certificate = _("berkas sertifikat TLS (PEM); tanpanya sambungan tidak disandikan")
        parser.add_argument("--certificate", default="", help=certificate)
        key = _("berkas kunci sertifikat (PEM), bila tidak dalam berkas yang sama")
        parser.add_argument("--key", default="", help=key)

    def handle(self, *, host: str, port: int, certificate: str, key: str, **options: Any) -> None:
        stop = threading.Event()
        set_by(stop, signal.SIGINT, signal.SIGTERM)
        with _listener(host, port) as listener:
            where = f"{host}:{listener.getsockname()[1]}{' TLS' if certificate else ''}"
            self.stdout.write(_("SIP2 siap (ready): %(where)s") % {"where": where})
            self.stdout.flush()
            server = Server(listener, tls=_tls(certificate, key) if certificate else None)
            with in_library_language():
                server.serve(stop)
        self.stdout.write(_("SIP2 berhenti dengan rapi (stopped cleanly)."))


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=WAITING, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        said = _("Porta %(port)s tidak dapat dipakai (the port cannot be used): %(why)s")
        raise CommandError(said % {"port": port, "why": system_words(error)}, returncode=5) from None


def _tls(certificate: str, key: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key or None)
    except (OSError, ssl.SSLError) as error:
        said = _("Sertifikat tidak dapat dibaca (cannot read the certificate): %(why)s")
        raise CommandError(said % {"why": error}, returncode=2) from None
    return context
