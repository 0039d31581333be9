# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Certificates for the TLS of peers, made by the command `openssl`."""

import subprocess

from support import PeerError

KEY_ARGUMENTS = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
LOOPBACK_NAMES = "DNS:localhost,IP:127.0.0.1"


def openssl(*arguments):
    done = subprocess.run(
        ["openssl", *[str(argument) for argument in arguments]],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise PeerError(f"openssl {arguments[0]} ended with {done.returncode}\n{done.stderr}")


class Certificate:
    """A certificate and its private key, as the paths of two PEM files."""

    def __init__(self, folder, name):
        self.cert = folder / f"{name}.pem"
        self.key = folder / f"{name}.key"


class Authority:
    """A certificate authority of one's own."""

    def __init__(self, folder, name):
        self._folder = folder
        self._name = name
        self._own = Certificate(folder, name)
        subject = ["-subj", f"/O=otelctl peers/CN={name}", "-days", 30]
        files = ["-out", self._own.cert, "-keyout", self._own.key]
        openssl("req", "-x509", *KEY_ARGUMENTS, *subject, *files)

    @property
    def ca_file(self):
        return self._own.cert

    def issue(self, name, alternative_names=LOOPBACK_NAMES, days=30):
        """A certificate for these names; with days=-1 it has been out of date for a day."""
        issued = Certificate(self._folder, f"{self._name}-{name}")
        request = issued.cert.with_suffix(".csr")
        extensions = issued.cert.with_suffix(".ext")
        extensions.write_text(f"subjectAltName={alternative_names}\n")
        subject = ["-subj", f"/O=otelctl peers/CN={name}"]
        openssl("req", *KEY_ARGUMENTS, *subject, "-out", request, "-keyout", issued.key)
        signer = ["-CA", self._own.cert, "-CAkey", self._own.key, "-CAcreateserial"]
        lasting = ["-days", days, "-extfile", extensions]
        openssl("x509", "-req", "-in", request, *signer, *lasting, "-out", issued.cert)
        return issued
