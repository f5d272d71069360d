"""The files of a production town agree with one another and with Odoo."""

import configparser
import re
import secrets
import subprocess
from pathlib import Path

import pytest
import yaml

from devtools import odoo_source

ROOT = Path(__file__).parent.parent
REQUIREMENT = re.compile(r"^[A-Za-z0-9_.-]+==[\w.]+(\s*;[^#]+)?(\s+#\s+\S.{10,})?$")


def configuration():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "odoo.conf")
    return parser["options"]


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_option_is_known_to_odoo():
    """A misspelt option is silently ignored by Odoo: it would protect nothing."""
    source = (odoo_source.ensure_odoo() / "odoo/tools/config.py").read_text()
    unknown = [
        name
        for name in configuration()
        if f"--{name.replace('_', '-')}" not in source
        and f"--{name}" not in source
        and f'dest="{name}"' not in source
        and f"'{name}'" not in source
    ]
    assert not unknown


def test_production_profile():
    options = configuration()
    assert options.getint("workers") >= 2
    assert not options.getboolean("list_db")
    assert options["db_name"]
    assert "dbfilter" not in options, "each visitor would ask for the list of databases"
    assert options.getboolean("proxy_mode")
    assert "rpc" not in options["server_wide_modules"].split(",")


def test_services_wait_for_a_healthy_one():
    services = compose()["services"]
    assert set(services) == {"db", "odoo", "proxy"}
    assert all("healthcheck" in service for service in services.values())
    for name, needed in (("odoo", "db"), ("proxy", "odoo")):
        assert services[name]["depends_on"][needed]["condition"] == "service_healthy"


def test_mounted_files_exist_and_volumes_are_named():
    definition = compose()
    mounts = [
        mount.split(":")[0]
        for service in definition["services"].values()
        for mount in service["volumes"]
    ]
    files = [mount for mount in mounts if mount.startswith("./")]
    assert all((ROOT / name).exists() for name in files)
    assert set(mounts) - set(files) == set(definition["volumes"])


def test_no_secret_is_committed():
    assert "PASSWORD" not in (ROOT / "docker-compose.yml").read_text()
    assert (ROOT / ".env.example").exists()
    ignored = (ROOT / ".gitignore").read_text().split()
    assert ".env" in ignored


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_explained(name):
    lines = (ROOT / name).read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert wanted
    assert [line for line in wanted if not REQUIREMENT.match(line)] == []
    assert [line for line in wanted if "  # " not in line] == []


def test_live_updates_go_to_their_own_process():
    """With workers Odoo answers /websocket on the other port only."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    location = text.split("location /websocket {")[1].split("}")[0]
    assert "proxy_pass http://odoo_live;" in location
    assert "proxy_set_header Upgrade $http_upgrade;" in location
    gevent_port = configuration()["gevent_port"]
    assert f"server odoo:{gevent_port};" in text


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").glob("*.sh")), ids=str)
def test_scripts_are_valid_shell(script):
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


@pytest.mark.parametrize("arguments", [[], ["/nowhere"]])
@pytest.mark.parametrize("script", ["backup.sh", "restore.sh"])
def test_scripts_say_how_they_are_called(script, arguments):
    command = ["sh", ROOT / "deploy" / script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: mairie-")


def test_a_killed_server_comes_back():
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read(ROOT / "deploy/mairie.service")
    assert unit["Service"]["Restart"] == "always"
    assert unit["Service"]["User"] == "odoo"


def test_the_door_has_the_same_queue_with_and_without_systemd():
    unit = configparser.ConfigParser()
    unit.read(ROOT / "deploy/mairie.socket")
    text = (ROOT / "deploy/door.py").read_text()
    assert f"QUEUE = {unit['Socket']['Backlog']} " in text
    port = configuration()["http_port"]
    assert unit["Socket"]["ListenStream"] == f"127.0.0.1:{port}"
    service = (ROOT / "deploy/mairie.service").read_text()
    assert "Requires=mairie.socket" in service
    assert "NonBlocking=true" in service
    assert f"0.0.0.0:{port}" in compose()["services"]["odoo"]["entrypoint"]


def test_postgresql_serves_all_connections_that_odoo_may_open():
    lines = (ROOT / "deploy/postgresql.conf").read_text().splitlines()
    pairs = [line.split(" = ") for line in lines if " = " in line and line[0] != "#"]
    database = dict(pairs)
    options = configuration()
    processes = options.getint("workers") + options.getint("max_cron_threads")
    opened = processes * options.getint("db_maxconn")
    opened += options.getint("db_maxconn_gevent")
    assert opened < int(database["max_connections"])
    assert database["synchronous_commit"] == "on"


def test_outsiders_run_the_same_proof():
    flow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())
    steps = flow["jobs"]["test"]["steps"]
    assert {"run": "make test"} in steps


def test_results_are_cached_for_seconds_and_files_fall_back_on_odoo():
    """What the proxy keeps or serves by itself never outlives the embargo's answer."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    cached = text.split("location /resultats {")[1].split("}")[0]
    assert "proxy_cache_valid 200 2s;" in cached
    assert "proxy_cache_lock on;" in cached
    files = text.split("/direct/")[1].split("\n        }")[0]
    assert "try_files $uri @odoo;" in files


def test_log_of_the_proxy_masks_tokens_and_numbers():
    text = (ROOT / "deploy/nginx.conf").read_text()
    rules = re.findall(r'"~(\^.*)" (\S+);', text.split("map $request_uri")[1])
    token = secrets.token_urlsafe(16)

    def logged(address):
        for pattern, shown in rules:
            found = re.search(pattern.replace("(?<", "(?P<"), address, re.ASCII)
            for name, value in (found.groupdict() if found else {}).items():
                shown = shown.replace(f"${name}", value or "")
            if found:
                return shown
        return address

    for address, shown in (
        (f"/rdv/m/{token}", "/rdv/m/***"),
        (f"/rdv/m/{token}/annuler?x=1", "/rdv/m/***/annuler?x=1"),
        (f"/rdv/agenda/{token}.ics", "/rdv/agenda/***.ics"),
        ("/rdv/api/ants/searchApplicationIds?application_ids=AB12CD34EF",
         "/rdv/api/ants/searchApplicationIds?***"),
        ("/rdv/titres-depot/quand?personnes=2", "/rdv/titres-depot/quand?personnes=2"),
    ):  # fmt: skip
        assert logged(address) == shown
    log_format = text.split("log_format quiet")[1].split(";")[0]
    assert "$quiet_uri" in log_format
    for name in ("$request_uri", "$request ", '$request"', "$http_referer", "$args"):
        assert name not in log_format
    assert re.findall(r"access_log (.+);", text) == ["/var/log/nginx/access.log quiet"]
