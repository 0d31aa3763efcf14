#!/usr/bin/env python3
"""Jobs in processes of their own: killed at every fault point, asked to stop, stopped and continued, started twenty at a time,
working as a service, installed as timers.

Five events with a sale each; the job settles all of them over one period. However it was disturbed, in the end each event has one
settlement, the run says what was done in all, and the ledger's laws hold.

Usage: job.py PASSA
"""
import contextlib
import datetime
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

PASSA = str(Path(sys.argv[1]).resolve())
EVENTS = [f"night-{n}" for n in range(1, 6)]
PERIOD = ["--from", "2026-10-05T00:00:00Z", "--until", "2026-10-06T00:00:00Z"]
LIMIT = 60  # seconds that a single command may take

WORLD = """
apiVersion: passa/v1
kind: Organizer
metadata: {name: demo-organizer}
spec: {title: Demo Organizer, zone: Africa/Nairobi}
---
apiVersion: passa/v1
kind: Party
metadata: {name: demo-band}
spec: {title: The Demo Band}
"""
EVENT = """---
apiVersion: passa/v1
kind: Event
metadata: {name: NAME}
spec:
  title: Demo Night
  zone: Africa/Nairobi
  currency: KES
  starts: 2027-03-06T19:00:00+03:00
  ends: 2027-03-07T02:00:00+03:00
  tiers: [{name: regular, title: Regular, price: 1500.00 KES}]
---
apiVersion: passa/v1
kind: SplitPlan
metadata: {name: NAME}
spec:
  event: NAME
  shares: [{party: demo-band, share: "100%"}]
"""
JOB = """
apiVersion: passa/v1
kind: Job
metadata: {name: sweeper}
spec: {job: settle, schedule: every 12h, maxCatchup: 1}
"""
SALES = """external_order_id,external_line_id,tier,gross_minor,status,paid_at
A1,1,regular,150000,paid,2026-10-05T10:00:00+03:00
"""


class World:
    """A private server with one template, and a copy of it for each story."""

    def __init__(self, home):
        self.home, self.number = home, 0
        self.environment = {**os.environ, "PASSA_HOME": str(home), "PASSA_IDLE_STOP": "2h", "PASSA_ACTOR": "tester", "NO_COLOR": "1"}
        for name in ("PASSA_DB", "PASSA_FAULT", "PASSA_FAULT_LOG"):
            self.environment.pop(name, None)
        (home / "world.yaml").write_text(WORLD + "".join(EVENT.replace("NAME", name) for name in EVENTS))
        (home / "sales.csv").write_text(SALES)
        self.run("apply", str(home / "world.yaml"))
        for name in EVENTS:
            self.run("sale", "import", str(home / "sales.csv"), "--profile", "passa", "--event", name)
        connect = re.search(r"^connect: (.*)$", self.run("db", "status").stdout, re.M).group(1)
        self.template = re.search(r"dbname=(\S+)", connect).group(1)
        self.connect = connect
        self.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + self.template + "'")

    def sql(self, database, text):
        target = re.sub(r"dbname=\S+", f"dbname={database}", self.connect)
        done = subprocess.run(["psql", "-qAt", target, "-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True, timeout=LIMIT)
        require(done.returncode == 0, done.stderr)
        return done.stdout.strip()

    def run(self, *command, expect=0):
        done = subprocess.run([PASSA, *command], env=self.environment, capture_output=True, text=True, timeout=LIMIT)
        require(done.returncode == expect, f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def story(self):
        self.number += 1
        database = f"story_{self.number}"
        self.sql("postgres", f"CREATE DATABASE {database} TEMPLATE {self.template}")
        return Story(self, database)


class Story:
    def __init__(self, world, database):
        self.world, self.database = world, database
        self.log = world.home / f"{database}.points"
        self.environment = {**world.environment, "PASSA_DB": re.sub(r"dbname=\S+", f"dbname={database}", world.connect)}

    def start(self, *options, fault=""):
        environment = {**self.environment, "PASSA_FAULT": fault, "PASSA_FAULT_LOG": str(self.log)}
        return subprocess.Popen([PASSA, "job", "run", "settle", "--json", *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def job(self, *options, fault="", expect=(0,)):
        return self.end(self.start(*options, fault=fault), expect)

    def end(self, process, expect=(0,)):
        out, err = process.communicate(timeout=LIMIT)
        require(process.returncode in expect, f"exit {process.returncode}\n{out}{err}")
        process.said = err
        return process

    def read(self, *command, expect=0):
        done = subprocess.run([PASSA, *command, "--json"], env=self.environment, capture_output=True, text=True, timeout=LIMIT)
        require(done.returncode == expect, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def run(self, *command, expect=0):
        done = subprocess.run([PASSA, *command], env=self.environment, capture_output=True, text=True, timeout=LIMIT)
        require(done.returncode == expect, f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def points(self):
        return self.log.read_text().split("\n")[:-1] if self.log.exists() else []

    def wait_for_point(self, name, times):
        until = time.monotonic() + LIMIT
        while self.points().count(name) < times:
            require(time.monotonic() < until, f"{name} was not passed {times} times")
            time.sleep(0.01)

    def settlements(self):
        return sorted(s["event"] for s in self.read("settlement", "list")["items"])

    def runs(self):
        return self.read("job", "status")["items"]

    def sql(self, text):
        return self.world.sql(self.database, text)

    def require_truth(self):
        require(self.settlements() == EVENTS, f"settled: {self.settlements()}")
        self.read("ledger", "check")
        counts = [run["counts"] for run in self.runs()]
        require(sum(c.get("settlements", 0) for c in counts) == len(EVENTS), f"the runs say: {counts}")
        require(sum(c.get("lines", 0) for c in counts) == len(EVENTS), f"the runs say: {counts}")

    def require_one_run(self, attempts):
        runs = self.runs()
        require(len(runs) == 1 and runs[0]["state"] == "done" and runs[0]["exit_code"] == 0, f"{runs}")
        require(runs[0]["attempts"] == attempts, f"{runs[0]['attempts']} attempts, not {attempts}")


def require(truth, what):
    if not truth:
        raise AssertionError(what)


def killed_everywhere(world):
    clean = world.story()
    clean.job(*PERIOD)
    clean.require_truth()
    points = clean.points()
    for must in ("lease.take.after", "job.plan.after", "settle.before", "settle.after", "job.end.before", "job.end.after"):
        require(must in points, f"{must} was not passed: {points}")
    require(points.count("settle.after") == len(EVENTS), f"{points}")
    passed = {}
    for point in points:
        passed[point] = passed.get(point, 0) + 1
        story = world.story()
        story.job(*PERIOD, fault=f"{point}:{passed[point]}:kill", expect=(-signal.SIGKILL,))
        done, told, begun = len(story.settlements()), story.points().count("settle.after"), story.points().count("settle.before")
        require(done == told, f"killed at {point}: {story.settlements()}, told {told}, begun {begun}")
        runs, ended = story.runs(), point == "job.end.after" or point.startswith("lease.drop.")
        if runs and not ended:
            require(runs[0]["state"] == "interrupted", f"killed at {point}: {runs}")
        story.job(*PERIOD)
        require(story.points().count("settle.before") - begun == len(EVENTS) - done, f"killed at {point}: more than the rest was done")
        story.require_truth()
        story.require_one_run(attempts=1 if ended or not runs else 2)
    return f"killed at {len(points)} points"


def asked_to_stop(world):
    for sent, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        story = world.story()
        process = story.start(*PERIOD, fault="settle.before:2:delay")
        story.wait_for_point("settle.before", 2)
        process.send_signal(sent)
        story.end(process, (code,))
        require(story.settlements() == EVENTS[:2], f"the item at hand was not ended, or more was begun: {story.settlements()}")
        run = story.runs()[0]
        require((run["state"], run["exit_code"]) == ("interrupted", code), f"{run}")
        story.job(*PERIOD)
        story.require_truth()
        story.require_one_run(attempts=2)
    return "drained on TERM and on Ctrl-C"


def stopped_and_continued(world):
    """Past its lease between two transactions, taken over, then continued: it commits nothing more."""
    story = world.story()
    process = story.start(*PERIOD, fault="settle.after:2:delay")
    story.wait_for_point("settle.after", 2)
    process.send_signal(signal.SIGSTOP)
    busy = story.job(*PERIOD, expect=(75,))
    require("job.busy" in busy.said, busy.said)
    story.sql("UPDATE lease SET until = clock_timestamp() - interval '1 second'")  # as a minute would
    story.job(*PERIOD)
    story.require_truth()
    process.send_signal(signal.SIGCONT)
    late = story.end(process, (75,))
    require("job.lease_lost" in late.said, late.said)
    story.require_truth()
    story.require_one_run(attempts=2)
    return "stopped, taken over, continued: nothing twice"


def stopped_in_a_transaction(world):
    """Stopped with money in an open transaction: whoever takes over ends its session, so that it commits nothing and holds up nobody."""
    story = world.story()
    process = story.start(*PERIOD, fault="settle.before:2:stop")
    require(os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]), "settle.before was not passed")
    story.sql("UPDATE lease SET until = clock_timestamp() - interval '1 second'")
    story.job(*PERIOD)
    story.require_truth()
    process.send_signal(signal.SIGCONT)
    story.end(process, (75,))
    story.require_truth()
    story.require_one_run(attempts=2)
    return "stopped in a transaction: taken over, and nothing committed"


def twenty_at_once(world):
    story = world.story()
    codes = [story.end(process, (0, 75)).returncode for process in [story.start(*PERIOD) for _ in range(20)]]
    require(0 in codes, f"{codes}")
    story.require_truth()
    story.require_one_run(attempts=1)
    by_hand = world.story()
    more = [by_hand.end(process, (0, 75)).returncode for process in [by_hand.start() for _ in range(20)]]
    require(0 in more, f"{more}")
    by_hand.require_truth()
    require(all(run["state"] == "done" for run in by_hand.runs()), f"{by_hand.runs()}")
    return f"twenty at once: {codes.count(0)} and {more.count(0)} found it free or done, the others busy"


WATCH = """
apiVersion: passa/v1
kind: Job
metadata: {name: till-reports}
spec: {job: import-watch, event: night-1, schedule: every 5m, folder: FOLDER, profile: passa, quietFor: 1s}
"""


def watched(world):
    """A folder of exports: killed between the import and its word, each file is in the books once; one that changes while it is read is told."""
    story, folder = world.story(), world.home / "watched"
    folder.mkdir()
    (world.home / "watch.yaml").write_text(WATCH.replace("FOLDER", str(folder)))
    story.run("apply", str(world.home / "watch.yaml"))
    for name in "bc":
        (folder / f"{name}.csv").write_text(SALES.replace("A1", name.upper()))
    before = len(story.read("sale", "list", "--event", "night-1")["items"])

    def run(fault, expect, period=PERIOD):
        time.sleep(1.2)  # quietFor
        environment = {**story.environment, "PASSA_FAULT": fault}
        process = subprocess.Popen([PASSA, "job", "run", "import-watch", "--event", "night-1", "--json", *period], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if fault.endswith("stop"):
            require(os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]), f"{fault} was not passed")
            (folder / "d.csv").write_text(SALES.replace("A1", "D2"))
            process.send_signal(signal.SIGCONT)
        return story.end(process, (expect,))

    run("import-watch.before:1:kill", -signal.SIGKILL)
    run("", 0)
    counts = story.runs()[0]["counts"]
    require((counts["files"], counts["known"], counts["sold"]) == (2, 1, 1), f"{counts}")
    require(len(story.read("sale", "list", "--event", "night-1")["items"]) == before + 2, "a file was taken twice, or not at all")
    (folder / "d.csv").write_text(SALES.replace("A1", "D1"))
    run("sale.import.finish:1:stop", 3, ())
    dead = story.read("job", "dead", "list")["items"]
    require([item["error_code"] for item in dead] == ["job.file_changed"], f"{dead}")
    story.run("job", "run", "till-reports")
    return "a folder watched: each file once, whatever happened"


def stopped_in_a_copy(world):
    """An importer that stands still in the middle of a COPY: another home takes over and ends long before the server would end its statement."""
    story, folder = world.story(), world.home / "long"
    folder.mkdir()
    (world.home / "long.yaml").write_text(WATCH.replace("FOLDER", str(folder)))
    story.run("apply", str(world.home / "long.yaml"))
    head, row = SALES.splitlines()
    (folder / "long.csv").write_text("\n".join([head, *(row.replace("A1", f"L{n}") for n in range(66_000))]) + "\n")
    time.sleep(1.2)  # quietFor
    command = [PASSA, "job", "run", "import-watch", "--event", "night-1", "--json", *PERIOD]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, env={**story.environment, "PASSA_FAULT": "sale.import.stage:1:stop"}, **pipes)
    require(os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]), "sale.import.stage was not passed")
    require(story.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY %'") == "1", "no COPY is under way")
    story.sql("UPDATE lease SET until = clock_timestamp() - interval '1 second'")
    other = world.home / "other"
    other.mkdir()
    story.end(subprocess.Popen(command, env={**story.environment, "PASSA_HOME": str(other)}, **pipes))
    lines = story.sql("SELECT count(*) FROM sale_line")
    require(story.runs()[0]["counts"]["sold"] == 66_000, f"{story.runs()}")
    process.send_signal(signal.SIGCONT)
    late = story.end(process, (75,))
    require("job.lease_lost" in late.said, late.said)
    require(story.sql("SELECT count(*) FROM sale_line") == lines, "it wrote")
    story.require_one_run(attempts=2)
    return "stopped in a COPY: taken over by another home, nothing twice"


def told_to_end_in_a_file(world):
    """TERM in the middle of a long file: nothing of it is booked, and the next attempt takes it whole."""
    story, folder = world.story(), world.home / "left"
    folder.mkdir()
    (world.home / "left.yaml").write_text(WATCH.replace("FOLDER", str(folder)))
    story.run("apply", str(world.home / "left.yaml"))
    head, row = SALES.splitlines()
    (folder / "left.csv").write_text("\n".join([head, *(row.replace("A1", f"T{n}") for n in range(66_000))]) + "\n")
    time.sleep(1.2)  # quietFor
    before = story.sql("SELECT count(*) FROM sale_line")

    def run(fault):
        return subprocess.Popen([PASSA, "job", "run", "import-watch", "--event", "night-1", "--json", *PERIOD], env={**story.environment, "PASSA_FAULT": fault}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    process = run("sale.import.stage:1:stop")
    require(os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]), "sale.import.stage was not passed")
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    ended = story.end(process, (143,))
    require(story.sql("SELECT count(*) FROM sale_line") == before, "something was booked")
    require(story.sql("SELECT count(*) FROM sale_import WHERE state = 'running'") == "0", "an import was begun")
    require(story.sql("SELECT count(*) FROM job_item i JOIN job_run r ON r.id = i.run_id WHERE r.state = 'running'") == "0", ended.said)
    story.end(run(""))
    require(int(story.sql("SELECT count(*) FROM sale_line")) == int(before) + 66_000, "the file was not booked whole")
    return "told to end in a file: nothing of it, then all of it"


class Manager:
    """What a service manager hears."""

    def __init__(self, home):
        self.path = home / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.socket.setblocking(False)
        self.heard = []

    def hear(self):
        with contextlib.suppress(BlockingIOError):
            while True:
                self.heard.append(self.socket.recv(4096).decode())
        return self.heard

    def wait_for(self, wanted):
        until = time.monotonic() + LIMIT
        while not any(re.match(wanted, said) for said in self.hear()):
            require(time.monotonic() < until, f"{wanted} was not said: {self.heard}")
            time.sleep(0.01)

    def close(self):
        self.socket.close()
        self.path.unlink()


def worked_as_a_service(world):
    """Every declared job when it is due: missed periods at once, one after another, and a drain on TERM."""
    story = world.story()
    manager = Manager(world.home)
    (world.home / "job.yaml").write_text(JOB)
    yesterday = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=24)).strftime("%Y-%m-%dT%H:%M:%SZ")
    done = subprocess.run([PASSA, "apply", str(world.home / "job.yaml")], env={**story.environment, "PASSA_NOW": yesterday}, capture_output=True, text=True, timeout=LIMIT)
    require(done.returncode == 0, done.stderr)
    environment = {**story.environment, "NOTIFY_SOCKET": str(manager.path), "PASSA_FAULT_LOG": str(story.log), "PASSA_FAULT": "settle.before:2:delay"}
    work = [PASSA, "job", "work", "--json"]

    process = subprocess.Popen(work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    story.wait_for_point("settle.before", 2)
    process.send_signal(signal.SIGTERM)
    drained = story.end(process, (143,))
    require(story.settlements() == EVENTS[:2], f"the item at hand was not ended, or more was begun: {story.settlements()}")
    for said in ("READY=1", "STATUS=sweeper: ", "WATCHDOG=1", "STOPPING=1"):
        manager.wait_for(said)
    require(manager.heard[0] == "READY=1" and manager.heard.count("READY=1") == 1 and manager.heard.count("STOPPING=1") == 1, f"{manager.heard}")
    require("WATCHDOG=1" not in manager.heard[manager.heard.index("STOPPING=1"):], f"{manager.heard}")
    require(drained.said.count("stopped before the end") == 1, drained.said)

    manager.heard.clear()
    process = subprocess.Popen(work, env={**environment, "PASSA_FAULT": ""}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    manager.wait_for(r"STATUS=waiting; [2-9] runs, 0 not ended")  # one more than two when a period ends right now
    process.send_signal(signal.SIGTERM)
    story.end(process, (143,))
    manager.close()
    story.require_truth()
    runs = story.runs()
    require(all((run["state"], run["declared"]) == ("done", "sweeper") for run in runs), f"{runs}")
    require(all(late["from"] == early["until"] for late, early in zip(runs, runs[1:])), f"{runs}")
    require([run["attempts"] for run in runs][-2:] == [1, 2], f"{runs}")
    return "worked as a service: made up for what was missed, drained on TERM"


MORE = """---
apiVersion: passa/v1
kind: Job
metadata: {name: payer}
spec: {job: payout, schedule: every 15m, network: standalone}
---
apiVersion: passa/v1
kind: Job
metadata: {name: upkeep}
spec: {job: housekeeping, schedule: daily at 04:00, copyEvery: 1d, copyTo: FOLDER, copyKey: backup}
---
apiVersion: passa/v1
kind: NoticeChannel
metadata: {name: office}
spec: {type: webhook, url: "https://notices.example.org/x", credential: office-secret}
"""


def analyze(*words, expect=0):
    done = subprocess.run(["systemd-analyze", *words], env={**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, timeout=LIMIT)
    require((done.returncode == 0) == (expect == 0), f"systemd-analyze {words}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def installed(world):
    """Units that systemd takes, hardened, and a timer that fires soon after every tick, also where clocks change."""
    story = world.story()
    folder = world.home / "units"
    job = ["--to", str(folder), "--passa", PASSA]
    declared = WORLD.split("---")[0].replace("Africa/Nairobi", "Europe/Berlin")
    schedules = {"steps": "every 15m", "hours": "every 6h", "nights": "daily at 02:30", "weeks": "weekly on sunday at 23:45"}
    for (name, schedule), event in zip(schedules.items(), EVENTS):
        declared += f"---\n{JOB.replace('sweeper', name).replace('every 12h', schedule).replace('job: settle', 'job: settle, event: ' + event)}"
    declared += MORE.replace("FOLDER", str(world.home / "copies"))
    (world.home / "jobs.yaml").write_text(declared)
    story.run("apply", str(world.home / "jobs.yaml"))
    story.run("job", "install", "systemd", *job)
    story.run("job", "diff", "systemd", *job)
    units = sorted(folder.iterdir())
    require(len(units) == 2 * (len(schedules) + 2) + 4, f"{units}")  # more jobs, notices, the long process, and what tells of failures
    for unit in units:
        if unit.suffix == ".service":
            analyze("security", "--offline=true", "--threshold=15", str(unit))
            analyze("security", "--offline=true", "--threshold=5", str(unit), expect=1)
    analyze("verify", "--man=no", *map(str, units))
    require_whole_machine(world, units)
    for name in schedules:
        require_ticks(story, name, (folder / f"passa.demo-organizer.{name}.timer").read_text())

    nights = folder / "passa.demo-organizer.nights.timer"
    nights.write_text(nights.read_text() + "# another\n")
    (folder / "passa.demo-organizer.weeks.timer").unlink()
    (folder / "passa.other.nights.timer").write_text("not ours")
    (folder / "passa.demo-organizer.mine.timer").write_text("somebody's own")
    enabled = folder / "timers.target.wants" / "passa.demo-organizer.hours.timer"
    enabled.parent.mkdir()
    enabled.symlink_to(folder / enabled.name)
    story.run("delete", "Job", "hours")
    found = story.run("job", "diff", "systemd", *job, "--json", expect=5)
    found = {Path(item["file"]).name: item["what"] for item in json.loads(found.stdout)["items"]}
    require(found == {f"passa.demo-organizer.{name}": what for name, what in (("nights.timer", "differs"), ("weeks.timer", "missing"), ("hours.timer", "not declared"), ("hours.service", "not declared"))}, f"{found}")
    said = story.run("job", "install", "systemd", *job).stderr
    require("systemctl stop passa.demo-organizer.hours.service passa.demo-organizer.hours.timer" in said, said)
    story.run("job", "diff", "systemd", *job)
    require((folder / "passa.demo-organizer.mine.timer").exists(), "somebody's own file was taken away")
    require(not enabled.is_symlink(), "what is not declared would start at boot")
    require((folder / "passa.other.nights.timer").read_text() == "not ours", "another organizer's file was touched")
    require(not (folder / "passa.demo-organizer.hours.timer").exists(), "what is not declared stayed")
    return "installed as declared: hardened, verified, and never late"


def require_whole_machine(world, units):
    """A machine's root that holds nothing but passa, its user, the units and systemd's own: systemd finds nothing to say about them."""
    root = world.home / "root"
    (root / "usr/lib").mkdir(parents=True)
    (root / "etc/systemd").mkdir(parents=True)
    (root / "usr/bin").mkdir()
    (root / "etc/passwd").write_text("root:x:0:0::/root:/bin/sh\npassa:x:990:990::/var/lib/passa:/usr/sbin/nologin\n")
    (root / "etc/group").write_text("root:x:0:\npassa:x:990:\n")
    shutil.copytree("/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
    (root / "lib").symlink_to("usr/lib")
    for program in (PASSA, "/usr/bin/systemd-cat"):
        place = root / program.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(program, place)
    shutil.copytree(units[0].parent, root / "etc/systemd/system")
    said = analyze("verify", "--man=no", f"--root={root}", *(str(Path("/etc/systemd/system") / unit.name) for unit in units if "@" not in unit.name))
    require("passa" not in said, said)
    shutil.rmtree(root)


def cron_lines(world):
    """As cron runs them: the crontab's own variables and next to nothing else, by /bin/sh."""
    story = world.story()
    (world.home / "cron.yaml").write_text(JOB.replace("every 12h", "every 5m") + MORE[MORE.index("---\napiVersion: passa/v1\nkind: NoticeChannel"):])
    declared = {**story.environment, "PASSA_NOW": (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ")}
    done = subprocess.run([PASSA, "apply", str(world.home / "cron.yaml")], env=declared, capture_output=True, text=True, timeout=LIMIT)
    require(done.returncode == 0, done.stderr)
    text = story.run("job", "install", "cron", "--user", "--print", "--passa", PASSA).stdout
    variables = re.findall(r"^[A-Z_]+=.*$", text, re.M)
    lines = [re.sub(r"^(\S+ ){5}", "", line) for line in text.splitlines() if re.match(r"^[0-9*]", line)]
    require(len(lines) == 2 and all("%" not in line for line in lines), text)
    for line in lines:
        line = line.replace("--jitter 1m", "--jitter 1s")
        bare = ["env", "-i", f"HOME={world.home}", "PATH=/usr/bin:/bin", "SHELL=/bin/sh", "LOGNAME=passa", *variables]
        done = subprocess.run([*bare, "/bin/sh", "-c", line], capture_output=True, text=True, timeout=LIMIT, cwd=world.home)
        require(done.returncode == 0 and not done.stdout, f"{line}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    runs = story.runs()
    require(runs and all((run["declared"], run["state"]) == ("sweeper", "done") for run in runs), f"{runs}")
    story.require_truth()
    return "cron's lines do their work in a bare environment"


def require_ticks(story, name, timer):
    """Over a year with both changes of the clock, as PostgreSQL and systemd each count it."""
    since = "2027-02-01 00:00:00"
    ticks = story.sql(f"SELECT to_char(p.period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') FROM job_declared d JOIN organizer o ON o.id = d.organizer_id, passa_job_periods(d, o.zone, '{since} UTC', '2027-12-01 00:00:00 UTC') p WHERE d.name = '{name}'").split("\n")
    fired = set()
    for calendar in re.findall(r"^OnCalendar=(.*)$", timer, re.M):
        said = analyze("calendar", f"--base-time={since} UTC", f"--iterations={len(ticks) + 2}", calendar)
        fired |= {when for when in re.findall(r"(?:elapse|#\d+): \w+ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", said)}
    require(len(ticks) >= 40 and len(fired) >= len(ticks), f"{name}: {len(ticks)} ticks, {len(fired)} times fired")
    late = [tick for tick in ticks if not fired & {str(datetime.datetime.fromisoformat(tick) + datetime.timedelta(minutes=m)) for m in (0, 60)}]
    require(not late, f"{name}: nothing fires within an hour of {late[:3]}")


def main():
    home = Path(tempfile.mkdtemp(prefix="passa-jobs-"))
    home.chmod(0o711)
    try:
        world = World(home)
        for story in (killed_everywhere, asked_to_stop, stopped_and_continued, stopped_in_a_transaction, stopped_in_a_copy, told_to_end_in_a_file, twenty_at_once, watched, worked_as_a_service, installed, cron_lines):
            print(story(world), flush=True)
    finally:
        with contextlib.suppress(Exception):
            subprocess.run([PASSA, "db", "stop"], env={**os.environ, "PASSA_HOME": str(home)}, capture_output=True, timeout=LIMIT)
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
