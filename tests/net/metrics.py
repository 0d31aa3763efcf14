#!/usr/bin/env python3
"""Figures for Prometheus: a file that nobody reads half of, a server on this machine, and templates that know the same names.

promtool (Debian's prometheus) judges the text, the alert rules and nothing else: without it those two checks are left out, visibly.

Usage: metrics.py PASSA
"""
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

PASSA = str(Path(sys.argv[1]).resolve())
ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "templates/prometheus/alerts.yaml"
DASHBOARD = ROOT / "templates/grafana/passa.json"
LIMIT = 120  # seconds that a single command may take
WORLD = """
apiVersion: passa/v1
kind: Organizer
metadata: {name: demo-organizer}
spec: {title: Demo Organizer, zone: Africa/Nairobi}
---
apiVersion: passa/v1
kind: Job
metadata: {name: nightly, organizer: demo-organizer}
spec: {job: settle, schedule: daily at 03:00}
"""


class Story:
    def __init__(self, home):
        self.home = home
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PASSA_HOME": str(home / "passa"), "PASSA_IDLE_STOP": "2h", "LC_ALL": "C.UTF-8", "PASSA_ACTOR": "tester"}
        self.environment |= {name: text for name, text in os.environ.items() if name.endswith("SAN_OPTIONS")}  # what libpqxx leaks is known

    def run(self, *words, exits=0):
        done = subprocess.run([PASSA, *words], env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == exits, f"passa {' '.join(words)}: exit {done.returncode}, not {exits}\n{done.stdout}{done.stderr}"
        return done


def series_of(text):
    """name and labels -> value, of the text format."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = [re.fullmatch(r"([a-z_]+(?:\{[^}]*\})?) ([-+.0-9eE]+)", line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found) if not match]  # so there is no timestamp either
    return {match[1]: float(match[2]) for match in found}


def names_of(series):
    return {key.split("{")[0] for key in series}


def a_file(story):
    place = story.home / "passa.prom"
    place.write_text("old\n")
    story.run("metrics", "write", "--file", "passa.prom", "--quiet")
    early = series_of(place.read_text())
    declared = '{job="settle",scope=""}'
    assert early["passa_job_period_seconds" + declared] == 86400 and "passa_job_last_start_timestamp_seconds" + declared not in early, early
    assert early["passa_payout_unknown"] == 0 and early["passa_ledger_imbalance_units"] == 0, early
    began = int(time.time())
    story.run("job", "run", "settle", "--quiet")
    story.run("job", "run", "settle", "--event", "nowhere", "--quiet", exits=1)
    told = json.loads(story.run("metrics", "write", "--file", "passa.prom", "--json").stdout)
    text = place.read_text()
    series = series_of(text)
    assert told["series"] == len(series), told
    assert stat.S_IMODE(place.stat().st_mode) == 0o644 and list(story.home.glob(".*.new")) == []
    well, ill = '{job="settle",scope=""}', '{job="settle",scope="nowhere"}'
    assert series["passa_job_last_exit_code" + well] == 0 and series["passa_job_last_exit_code" + ill] == 1
    assert began - 1 <= series["passa_job_last_success_timestamp_seconds" + well] <= time.time() + 1
    assert "passa_job_last_success_timestamp_seconds" + ill not in series  # never
    assert "passa_job_period_seconds" + ill not in series  # a person asked for it
    assert began - 60 <= series["passa_job_declared_timestamp_seconds" + well] <= time.time() + 1
    labels = {name for key in series for name in re.findall(r'[{,]([a-z]+)="', key)}
    assert labels == {"job", "scope", "version"}, labels
    return text, series


def a_server(story, series):
    errors = (story.home / "errors").open("w+")
    server = subprocess.Popen([PASSA, "metrics", "serve", "--listen", "127.0.0.1:0", "--json"], env=story.environment, cwd=story.home, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        url = json.loads(server.stdout.readline())["url"]
        assert url.startswith("http://127.0.0.1:"), url
        with urllib.request.urlopen(url, timeout=LIMIT) as answer:
            served = series_of("\n".join(line for line in answer.read().decode().splitlines() if "exposer_" not in line))
        assert served.pop("passa_up") == 1
        assert served == series, set(served.items()) ^ set(series.items())
        port = url.split(":")[2].split("/")[0]
        problem = json.loads(story.run("metrics", "serve", "--listen", f"127.0.0.1:{port}", "--json", exits=75).stderr)["problems"][0]
        assert problem["code"] == "metrics.listen", problem
        server.send_signal(signal.SIGTERM)
        assert server.wait(LIMIT) == 143, server.returncode
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
        errors.close()


def a_server_before_its_database(story):
    """It serves, says that the database is away, and has the figures once it is there."""
    connect = json.loads(story.run("db", "status", "--json").stdout)["connect"]
    real, away = Path(re.search(r"host=(\S+)", connect).group(1)), story.home / "away"
    away.mkdir()
    environment = {**story.environment, "PASSA_DB": connect.replace(str(real), str(away))}
    server = subprocess.Popen([PASSA, "metrics", "serve", "--listen", "127.0.0.1:0", "--json"], env=environment, cwd=story.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        assert line, server.communicate()
        def is_up():
            with urllib.request.urlopen(json.loads(line)["url"], timeout=LIMIT) as answer:
                return series_of("\n".join(row for row in answer.read().decode().splitlines() if "exposer_" not in row))["passa_up"]
        assert is_up() == 0
        for there in (True, False, True):
            link = away / ".s.PGSQL.5432"
            if there:
                link.symlink_to(real / link.name)
            else:
                link.unlink()
                subprocess.run(["psql", "-qAtX", connect, "-c", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'passa.metrics.serve'"], check=True, capture_output=True, timeout=LIMIT)
            until = time.monotonic() + LIMIT
            while is_up() != there:
                assert time.monotonic() < until, f"passa_up stays at {not there}"
                time.sleep(0.2)
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=LIMIT)[1]
        assert server.returncode == 143 and "passa_up is 0 until the database can be asked" in said, (server.returncode, said)
    finally:
        server.kill()
        server.wait()


def templates_know_the_names(names):
    """Each expression of an alert or panel speaks of figures that there are, and each figure is watched or shown."""
    there = names | {"passa_up", "passa_ingest_lag_ledgers"}  # served alone; once a chain was read
    alerts = set(re.findall(r"\bpassa_[a-z_]+", "\n".join(re.findall(r"expr: (.*)", ALERTS.read_text()))))
    board = json.loads(DASHBOARD.read_text())
    shown = {name for panel in board["panels"] for target in panel["targets"] for name in re.findall(r"\bpassa_[a-z_]+", target["expr"])}
    assert alerts <= there, alerts - there
    assert shown <= there, shown - there
    assert there <= alerts | shown, there - alerts - shown
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def promtool(text):
    if not shutil.which("promtool"):
        print("left out: promtool is not here (scripts/deps)")
        return
    subprocess.run(["promtool", "check", "rules", str(ALERTS)], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:  # the test names the rules beside it
        for file in (ALERTS, ROOT / "tests/net/alerts.test.yaml"):
            shutil.copy(file, folder)
        tested = subprocess.run(["promtool", "test", "rules", "alerts.test.yaml"], cwd=folder, capture_output=True, text=True)
        assert tested.returncode == 0, tested.stdout + tested.stderr
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    assert checked.returncode == 0 and not checked.stderr, checked.stderr + checked.stdout
    print("promtool: the rules ring when they should, and the text is good")


def main():
    home = Path(tempfile.mkdtemp(prefix="passa-metrics-"))
    story = Story(home)
    try:
        (home / "world.yaml").write_text(WORLD)
        story.run("apply", "world.yaml", "--quiet")
        text, series = a_file(story)
        print("a file, whole and for everybody")
        a_server(story, series)
        print("a server, on this machine, with the same figures")
        a_server_before_its_database(story)
        print("a server whose database is away at first, and comes")
        templates_know_the_names(names_of(series))
        promtool(text)
    finally:
        story.run("db", "stop")
        shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
