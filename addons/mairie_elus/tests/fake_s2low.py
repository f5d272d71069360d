"""S²LOW in a box: its documented fields, refusals, statuses, in its own words.

It reads the bytes that would leave: a multipart body, with a subject in ISO-8859-1.
"""

import email.parser
import email.policy
import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import requests
from odoo.addons.mairie_elus.lib import ctes

NUMBER = re.compile(r"^([A-Z0-9][A-Z0-9_]{0,13})?[A-Z0-9]$")
DUPLICATE = (
    "Un acte portant le même numéro interne existe déjà dans la base de données.\n"
    "Il faut peut-être ajouter un suffixe au numéro."
)


class FakeS2low:
    """A relay.

    :ivar acts: transaction -> fields and files of the act that was posted
    :ivar statuses: transaction -> status that the next question gets
    :ivar lost: answers that never come back, though the act has arrived
    :ivar down: nothing answers
    """

    def __init__(self, today):
        self.today = today
        self.acts, self.statuses, self.messages = {}, {}, {}
        self.calls, self.lost, self.down = [], 0, False
        self.classification = b""

    def send(self, method, url, certificate, **options):
        """Answer one call as ``requests.request`` would."""
        request = requests.Request(method, url, **options).prepare()
        path = urlsplit(request.url).path
        self.calls.append((method, path))
        with open(certificate) as pem:
            assert "PRIVATE KEY" in pem.read()
        if self.down:
            raise requests.ConnectionError("down")
        verb = {
            "/modules/actes/actes_transac_create.php": self._create,
            "/modules/actes/actes_transac_get_status.php": self._status,
            "/modules/actes/actes_classification_fetch.php": self._fetch,
            "/modules/actes/actes_create_pdf.php": lambda request: (
                b"%PDF-1.4 bordereau"
            ),
            "/api/test-connexion.php": lambda request: b"OK\n",
        }[path]
        response = requests.Response()
        response.status_code = 200
        body = verb(request)
        response._content = body if isinstance(body, bytes) else body.encode("latin-1")
        if self.lost and path.endswith("create.php"):
            self.lost -= 1
            raise requests.ReadTimeout("lost")
        return response

    def _create(self, request):
        fields, files = read_multipart(request)
        refusal = self._get_refusal(fields, files)
        if refusal:
            return f"KO\n{refusal}"
        transaction = str(1000 + len(self.acts))
        self.acts[transaction] = {"fields": fields, "files": files}
        self.statuses[transaction] = 1
        return f"OK\n{transaction}\n"

    def _get_refusal(self, fields, files):
        number = fields["number"][0]
        if not NUMBER.match(number):
            return "Le numéro n'est pas correct"
        if date.fromisoformat(fields["decision_date"][0]) > self.today:
            return "La date de décision est une date dans le futur"
        if number in [act["fields"]["number"][0] for act in self.acts.values()]:
            return DUPLICATE
        if "acte_pdf_file" not in files:
            return "Aucun fichier acte n'a été posté "
        if not fields.get("type_acte"):
            return "Erreur lors de la réception du fichier : typologie absente"
        annexes = files.get("acte_attachments[]", [])
        if len(fields.get("type_pj[]", [])) != len(annexes):
            return "Erreur lors de la réception du fichier annexe : typologie absente"
        return ""

    def _status(self, request):
        params = dict(parse_qsl(urlsplit(request.url).query))
        transaction = params.get("transaction") or self._find(params["unique_id"])
        if transaction not in self.acts:
            return "KO\nNuméro de transaction invalide."
        status = self.statuses[transaction]
        text = self.messages.get(transaction, "")
        if status == 4:
            text = self._get_receipt(transaction)
        return f"OK\n{status}\n{text}"

    def _find(self, identifier):
        for transaction, act in self.acts.items():
            if act["fields"]["number"][0] in identifier.split("-"):
                return transaction
        return None

    def _get_receipt(self, transaction):
        fields = self.acts[transaction]["fields"]
        message = ctes.Message(
            nature="deliberation",
            number=fields["number"][0],
            day=date.fromisoformat(fields["decision_date"][0]),
            subject=fields["subject"][0],
            matter=".".join([fields["classif1"][0], fields["classif2"][0]]),
            department="049",
            siren="214909988",
            classification=self.today,
            piece=ctes.Piece("acte.pdf", 1, "99_DE"),
        )
        return ctes.render_receipt(message, self.today).decode("latin-1")

    def _fetch(self, request):
        return self.classification


def read_multipart(request):
    """Return fields and files of a request: name -> list of values."""
    body = request.body if isinstance(request.body, bytes) else request.body.encode()
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    fields, files = {}, {}
    for part in parser.parsebytes(head + body).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename():
            files.setdefault(name, []).append((part.get_filename(), content))
        else:
            fields.setdefault(name, []).append(content.decode("latin-1"))
    return fields, files
