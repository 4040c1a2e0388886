"""How fast notices are brought in and counted, beside DuckDB on the same notices in the same run. See docs/speed.md.

    cargo build --release
    python3 -m venv .venv && .venv/bin/pip install duckdb
    .venv/bin/python benches/statistics/measure.py --corpus FOLDER

Drives the finished program from outside, as an operator and a visitor would, so that its memory is its own. Leaves nothing
behind. Ends with an error if the program and DuckDB do not give the same figures: the times would mean nothing.
"""

import argparse
import glob
import io
import json
import os
import random
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import uuid

QUESTIONS = ["country=all", "country=all&by=year", "country=all&by=year,procedure", "country=all&by=county&source=notices"]
NOTICE_ID = re.compile(rb'(<cbc:ID[^>]*schemeName="notice-id"[^>]*>)([^<]*)(<)')
PROCEDURE_ID = re.compile(rb"(<cbc:ContractFolderID[^>]*>)([^<]*)(<)")
YEAR = re.compile(rb"(<cbc:IssueDate>)(\d{4})")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--program", default="target/release/brobygger")
    options.add_argument("--corpus", default="crates/eforms-read/tests/fixtures", help="a folder with real notices, in XML")
    options.add_argument("--import", dest="imported", type=int, default=20_000, help="notices that are imported")
    options.add_argument("--parts", type=int, default=5, help="archives they lie in, to see whether the last goes as fast as the first")
    options.add_argument("--notices", type=int, default=1_000_000, help="notices that are counted")
    options.add_argument("--database", default="sqlite", help="sqlite, or a postgres:// address; its tables are made anew")
    options.add_argument("--questions", type=int, default=15, help="how often each page is asked for")
    run = Run(options.parse_args())
    with tempfile.TemporaryDirectory() as folder:
        run.all(folder)


class Run:
    def __init__(self, options):
        self.options = options
        self.postgres = options.database != "sqlite"

    def all(self, folder):
        schema = f"brobygger_bench_{os.getpid()}"
        if self.postgres:
            self.psql(f"CREATE SCHEMA {schema}")
        try:
            url = f"{self.options.database}?options=-csearch_path%3D{schema}" if self.postgres else f"sqlite://{folder}/bench.db"
            self.schema, self.folder = schema, folder
            self.settings = {
                **os.environ,
                "BROBYGGER__ENVIRONMENT": "development",
                "BROBYGGER__DATABASE__URL": url,
                "BROBYGGER__SEARCH__PATH": f"{folder}/search",
                "BROBYGGER__ATTACHMENTS__PATH": f"{folder}/attachments",
                "BROBYGGER__MAIL__URL": f"folder:{folder}/mail",
                "BROBYGGER__LOG__LEVEL": "error",
            }
            print(f"{'PostgreSQL' if self.postgres else 'SQLite'}, {os.cpu_count()} processors")
            self.bring_in()
            self.open_data()
            self.multiply()
            self.ask()
            self.compare()
        finally:
            if self.postgres:
                self.psql(f"DROP SCHEMA {schema} CASCADE")

    # ---- bringing in --------------------------------------------------------------------------------------------------

    def bring_in(self):
        parts = list(archives(self.options.corpus, self.options.imported, self.options.parts, self.folder))
        for at, part in enumerate(parts, 1):
            self.bring_in_one(f"import, part {at} of {len(parts)}", part)
        self.bring_in_one("the first part again", parts[0])
        for part in parts:
            os.remove(part)

    def bring_in_one(self, name, archive):
        output, seconds, memory = self.command("notices", "import", "--json", archive)
        told = json.loads(output.splitlines()[-1])
        rate = told["read"] / told["seconds"]
        print(f"{name:28} {told['read']:8} notices {told['bytes'] / 1e6:8.0f} MB {rate:8.0f}/s {memory:6.0f} MB of memory, {told['failed']} failed")

    def open_data(self):
        """All that was brought in, as releases of OCDS on a line each."""
        written = f"{self.folder}/releases.jsonl"
        with open(written, "wb") as file:
            _, seconds, memory = self.command("ocds", "export", "--format", "lines", output=file)
        with open(written, "rb") as file:
            releases = sum(1 for _ in file)
        size = os.path.getsize(written) / 1e6
        print(f"{'as OCDS':28} {releases:8} releases {size:7.0f} MB {releases / seconds:8.0f}/s {memory:6.0f} MB of memory")
        os.remove(written)

    def multiply(self):
        """More of the same in the database, with identifiers of their own: reading so many would take the run too long."""
        here = int(self.sql("SELECT count(*) FROM notices"))
        wanted = self.options.notices
        names = self.columns()
        new = {
            "id": "gen_random_uuid()" if self.postgres else "randomblob(16)",
            "notice_id": "CASE WHEN notice_id IS NULL THEN NULL ELSE {} END".format(
                "gen_random_uuid()::text" if self.postgres else "lower(hex(randomblob(16)))"
            ),
        }
        while here < wanted:
            highest = int(self.sql("SELECT max(position) FROM notices"))
            lowest = int(self.sql("SELECT min(position) FROM notices"))
            new["position"] = f"position + {highest - lowest + 1}"
            values = ", ".join(new.get(name, name) for name in names)
            count = min(here, wanted - here)
            self.sql(f"INSERT INTO notices ({', '.join(names)}) SELECT {values} FROM notices ORDER BY position LIMIT {count}")
            here = int(self.sql("SELECT count(*) FROM notices"))
        self.sql("UPDATE counters SET value = (SELECT max(position) FROM notices) WHERE name = 'changes'")
        if self.postgres:
            self.psql(f"VACUUM ANALYZE {self.schema}.notices")
        print(f"{here} notices in the database")

    # ---- counting -----------------------------------------------------------------------------------------------------

    def ask(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {**self.settings, "BROBYGGER__SERVER__PORT": str(port)}
        server = subprocess.Popen([self.options.program, "serve", "--no-worker"], env=settings, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/health")
            page = lambda question: timed(f"http://127.0.0.1:{port}/statistikk?{question}")
            print(f"{'the first question':44} {page(QUESTIONS[0]):8.0f} ms")
            for question in QUESTIONS:
                times = [page(question) for _ in range(self.options.questions)]
                print(f"/statistikk?{question:32} {statistics.median(times):8.0f} ms, at most {max(times):.0f} ms")
            print(f"memory of the server         {own_memory(server.pid):8.0f} MB")
        finally:
            server.terminate()
            server.wait()

    def compare(self):
        import duckdb

        parquet = f"{self.folder}/notices.parquet"
        _, seconds, memory = self.command("statistics", "export", "--format", "parquet", "--output", parquet)
        print(f"export as Parquet            {seconds:8.1f} s, {os.path.getsize(parquet) / 1e6:.0f} MB, {memory:.0f} MB of memory")
        for by, column in [("procedure", PROCEDURE), ("year", "year(issued_on)")]:
            duck = duckdb.connect()
            duck.execute(f"SET threads = {os.cpu_count()}")
            query = QUERY.format(column=column, parquet=parquet)
            duck.execute(query).fetchall()
            times = []
            for _ in range(self.options.questions):
                start = time.perf_counter()
                rows = duck.execute(query).fetchall()
                times.append((time.perf_counter() - start) * 1_000)
            print(f"DuckDB, seven of the figures by {by:11} {statistics.median(times):8.0f} ms, at most {max(times):.0f} ms")
            output, _, _ = self.command("statistics", "export", "--format", "json", "--by", by, "--country", "all")
            same(by, rows, json.loads(output))

    # ---- the outside --------------------------------------------------------------------------------------------------

    def command(self, *arguments, output=subprocess.PIPE):
        """Runs the program. Gives what it says, how many seconds it took and the most megabytes it held."""
        start = time.perf_counter()
        process = subprocess.Popen([self.options.program, *arguments], env=self.settings, stdout=output, text=True)
        most = [0.0]
        watching = threading.Thread(target=watch, args=(process, most))
        watching.start()
        said = process.communicate()[0]
        watching.join()
        if process.returncode:
            sys.exit(f"brobygger {' '.join(arguments)}: {said}")
        return said, time.perf_counter() - start, most[0]

    def sql(self, statement):
        if self.postgres:
            return self.psql(f"SET search_path TO {self.schema}", statement)
        with sqlite3.connect(f"{self.folder}/bench.db") as database:
            database.execute("PRAGMA cache_size = -200000")
            row = database.execute(statement).fetchone()
            return row[0] if row else None

    def psql(self, *statements):
        commands = [argument for statement in statements for argument in ("-c", statement)]
        done = subprocess.run(["psql", self.options.database, "-qtA", *commands], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        return done.stdout.strip()

    def columns(self):
        if self.postgres:
            where = f"table_schema = '{self.schema}' AND table_name = 'notices'"
            return self.psql(f"SELECT column_name FROM information_schema.columns WHERE {where} ORDER BY ordinal_position").split()
        with sqlite3.connect(f"{self.folder}/bench.db") as database:
            return [row[1] for row in database.execute("PRAGMA table_info(notices)")]


# The groups of the page: a code that is in no list of eForms is one of the others.
PROCEDURE = "CASE procedure WHEN 'unpublished' THEN 'withheld' WHEN 'UNKNOWN' THEN 'other-code' ELSE procedure END"
# Of what counts (`is_newest`), by the definitions on the page.
QUERY = """
    SELECT coalesce(CAST({column} AS VARCHAR), '') AS of_group,
        count(*) AS notices,
        count(*) FILTER (WHERE is_newest AND form = 'competition') AS competitions,
        count(*) FILTER (WHERE is_newest AND form = 'result') AS results,
        sum(awarded_value) FILTER (WHERE is_newest AND form = 'result' AND awarded_currency = 'NOK') / 100 AS awarded,
        sum(lots_single) FILTER (WHERE is_newest AND form = 'result')
            / sum(lots_counted) FILTER (WHERE is_newest AND form = 'result') AS single,
        sum(tenders) FILTER (WHERE is_newest AND form = 'result')
            / sum(lots_counted) FILTER (WHERE is_newest AND form = 'result') AS tenders,
        count(*) FILTER (WHERE is_newest AND form = 'competition' AND (innovation IS NOT NULL OR aims LIKE '%inn-pur%'))
            / count(*) FILTER (WHERE is_newest AND form = 'competition') AS marked
    FROM '{parquet}' GROUP BY of_group"""
FIGURES = [
    "notices",
    "competitions",
    "results",
    "awarded-value",
    "single-tender-share",
    "tenders-per-lot",
    "innovation-marked-share",
]


def archives(corpus, count, parts, folder):
    """Archives with so many notices in all: the real ones again and again, each with identifiers of its own."""
    chance = random.Random(7)
    files = [open(path, "rb").read() for path in sorted(glob.glob(f"{glob.escape(corpus)}/**/*.xml", recursive=True))]
    files = [file for file in files if NOTICE_ID.search(file)]
    if not files:
        sys.exit(f"{corpus} has no notices")
    own = lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4)).encode()
    number = 0
    for part in range(parts):
        path = f"{folder}/notices{part}.tar.gz"
        with tarfile.open(path, "w:gz", compresslevel=1) as archive:
            while number < count * (part + 1) // parts:
                text = files[number % len(files)]
                for pattern, new in [(NOTICE_ID, own()), (PROCEDURE_ID, own())]:
                    text = pattern.sub(lambda m, new=new: m.group(1) + new + m.group(3), text)
                text = YEAR.sub(lambda m: m.group(1) + str(2017 + chance.randrange(10)).encode(), text)
                entry = tarfile.TarInfo(f"{number:07}.xml")
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text))
                number += 1
        yield path


def same(by, rows, ours):
    """Both must say the same of every group."""
    theirs = {row[0]: row[1:] for row in rows}
    groups = dict(groups_of(ours))
    if set(theirs) != set(groups):
        sys.exit(f"by {by}: DuckDB has the groups {sorted(theirs)}, Brobygger {sorted(groups)}")
    compared = 0
    for group, figures in theirs.items():
        for name, value in zip(FIGURES, figures):
            here = groups[group].get(name)
            if (here or 0) != 0 or (value or 0) != 0:
                if abs((here or 0) - float(value or 0)) > 1e-9 * max(1.0, abs(here or 0)):
                    sys.exit(f"by {by}, {group}, {name}: DuckDB says {value}, Brobygger {here}")
            compared += 1
    print(f"    the same {compared} figures as ours")


def groups_of(answer):
    (dimension,) = answer["by"]
    for group in answer["groups"]:
        yield group[dimension] or "", {name: figure["value"] for name, figure in group["figures"].items()}


def watch(process, most):
    while process.poll() is None:
        most[0] = max(most[0], own_memory(process.pid))
        time.sleep(0.02)


def own_memory(process):
    """Megabytes that are no copy of a file."""
    try:
        with open(f"/proc/{process}/status") as status:
            return next((int(line.split()[1]) / 1_000 for line in status if line.startswith("RssAnon")), 0.0)
    except OSError:
        return 0.0


def wait_for(address):
    for _ in range(600):
        try:
            return urllib.request.urlopen(address).read()
        except OSError:
            time.sleep(0.1)
    sys.exit("the server does not answer")


def timed(address):
    start = time.perf_counter()
    with urllib.request.urlopen(urllib.parse.quote(address, safe=":/?&=,")) as answer:
        answer.read()
    return (time.perf_counter() - start) * 1_000


main()
