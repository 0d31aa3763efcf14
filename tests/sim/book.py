"""One event's books in a database of their own, for the stories of bad days: what the machine under passa does to it.

Every book is a copy of one template on a private server; passa reaches it as a server of somebody else (PASSA_DB), so that it does
not start the server by itself and a story says when it runs. A process is brought to a stand at a fault point (PASSA_FAULT with
`stop`), so no story depends on how fast anything is.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

LIMIT = 300  # seconds that anything may take before it counts as hanging
EVENT = "demo-night"
HEAD = "external_order_id,external_line_id,tier,gross_minor,status,paid_at\n"
WORLD = """
apiVersion: passa/v1
kind: Organizer
metadata: {name: demo-organizer}
spec: {title: Demo Organizer, zone: Europe/Berlin}
---
apiVersion: passa/v1
kind: Party
metadata: {name: demo-band}
spec: {title: The Demo Band}
---
apiVersion: passa/v1
kind: Party
metadata: {name: demo-hall}
spec: {title: Demo Hall}
---
apiVersion: passa/v1
kind: Event
metadata: {name: demo-night}
spec:
  title: Demo Night
  zone: Europe/Berlin
  currency: EUR
  starts: 2036-03-06T19:00:00+01:00
  ends: 2036-03-07T02:00:00+01:00
  tiers: [{name: regular, title: Regular, price: 15.00 EUR}]
---
apiVersion: passa/v1
kind: SplitPlan
metadata: {name: demo-night}
spec:
  event: demo-night
  shares: [{party: demo-band, share: "66.67%"}, {party: demo-hall, share: "33.33%"}]
"""


def sale_row(order, paid_at="2026-10-05T10:00:00+02:00"):
    return f"{order},1,regular,1500,paid,{paid_at}\n"


def wait_for(is_so, what):
    until = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < until, f"waited in vain: {what}"
        time.sleep(0.02)


class Server:
    """A private server with one template; stopped and started as a story wants it."""

    def __init__(self, passa, home):
        self.passa, self.home, self.number = str(Path(passa).resolve()), Path(home), 0
        self.environment = {**os.environ, "PASSA_HOME": str(home), "PASSA_IDLE_STOP": "2h", "PASSA_ACTOR": "tester", "NO_COLOR": "1"}
        for name in ("PASSA_DB", "PASSA_FAULT", "PASSA_FAULT_LOG", "PASSA_NOW"):
            self.environment.pop(name, None)
        (self.home / "world.yaml").write_text(WORLD)
        self.run("apply", str(self.home / "world.yaml"), "--quiet")
        status = json.loads(self.run("db", "status", "--json").stdout)
        self.connect, self.data = status["connect"], Path(status["folder"]) / "data"
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write("fsync = off\n")  # the machine itself stays up
        self.sql("postgres", "SELECT pg_reload_conf()")
        self.template = re.search(r"dbname=(\S+)", self.connect).group(1)

    def run(self, *words, codes=(0,), **how):
        done = subprocess.run([self.passa, *words], env=self.environment, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT, **how)
        assert done.returncode in codes, f"passa {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def target(self, database):
        return re.sub(r"dbname=\S+", f"dbname={database}", self.connect)

    def sql(self, database, text):
        done = subprocess.run(["psql", "-qAtX", self.target(database), "-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 0, (text, done.stderr)
        return done.stdout.strip()

    def stop(self, how):
        """fast or immediate, as pg_ctl says it to the server; back when it is gone."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[how])
        wait_for(lambda: not Path(f"/proc/{pid}").exists(), "the server stops")

    def start(self):
        self.run("db", "status", "--quiet")

    def book(self):
        self.number += 1
        name = f"book_{self.number}"
        self.sql("postgres", f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.template}'")
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {self.template}")
        return Book(self, name)


class Book:
    def __init__(self, server, name):
        self.server, self.name = server, name
        self.environment = {**server.environment, "PASSA_DB": server.target(name)}

    def start(self, *words, fault="", log="", before=(), **environment):
        environment = {**self.environment, "PASSA_FAULT": fault, "PASSA_FAULT_LOG": log, **environment}
        environment = {name: value for name, value in environment.items() if value}
        return subprocess.Popen([*before, self.server.passa, *words], env=environment, cwd=self.server.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words, codes=(0,), **how):
        return self.end(self.start(*words, **how), codes, words)

    def end(self, process, codes, words=()):
        out, err = process.communicate(timeout=LIMIT)
        assert process.returncode in codes, f"{' '.join(words)}: exit {process.returncode}, not {codes}\n{out}{err}"
        process.out, process.err = out, err
        return process

    def start_until(self, point, *words, **how):
        """Stands still at the point."""
        process = self.start(*words, fault=f"{point}:1:stop", **how)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f"{words} ended before {point}: {process.communicate()}"
        return process

    def sql(self, text):
        return self.server.sql(self.name, text)

    def cut(self):
        """The server ends the sessions of passa."""
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")

    def truth(self):
        """All of the book that must be the same however it came about; and the ledger's laws hold."""
        checks = json.loads(self.run("ledger", "check", "--json").out)["items"]
        assert checks and all(check["holds"] for check in checks), checks
        balances = json.loads(self.run("ledger", "balance", "--json").out)["items"]
        counts = self.sql("SELECT (SELECT count(*) FROM sale_line), (SELECT count(*) FROM sale_import WHERE finished_at IS NOT NULL), "
                          "(SELECT count(*) FROM settlement), (SELECT count(*) FROM settlement_line), (SELECT coalesce(sum(delta), 0) FROM settlement_due), "
                          "(SELECT count(*) FROM journal), (SELECT count(*) FROM sale_staging)")
        return counts, sorted(json.dumps(item, sort_keys=True) for item in balances)
