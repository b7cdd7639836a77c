"""The tests of the request queue are tested: each mutant breaks the queue in one place, and the tests that are named
with it must notice. A mutant that survives is a part of the contract that nobody watches.

usage: run.py BUILD_FOLDER [NAME]...    the mutants or tables of these names; none: all
       run.py --check                   only looks whether the tables fit the sources

Noticed: a test fails, crashes, or takes much longer than with the queue as it is. BUILD_FOLDER has test_queue and
test_infer in it, built by Ninja; their compiler and options are used.
"""
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TESTS = HERE.parent
PATIENCE = 10  # seconds that a test may take beyond a few times what it takes with the queue as it is
ENVIRONMENT = os.environ | {"TBB_ENABLE_SANITIZERS": "1", "GTEST_BRIEF": "1",
                            "TSAN_OPTIONS": "halt_on_error=1", "ASAN_OPTIONS": "symbolize=0"}


def load_tables():
    """The mutants of each file in tables/, by its name."""
    sys.path.insert(0, str(HERE))
    tables = {}
    for path in sorted((HERE / "tables").glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tables[path.stem] = module.MUTANTS
    return tables


def header(root, mutant):
    return root / "inflight" / "infer" / mutant.file


def faults(tables):
    """What is wrong with the tables, a line each."""
    mutants = [mutant for table in tables.values() for mutant in table]
    names = [mutant.name for mutant in mutants] + list(tables)
    yield from (f"{name}: there are two of this name" for name in sorted(set(names)) if names.count(name) > 1)
    for mutant in mutants:
        path = header(ROOT / "include", mutant)
        found = path.read_text().count(mutant.old) if path.is_file() else 0
        if found != 1:
            yield f"{mutant.name}: {mutant.file} has its old text {found} times, not once"
        test = TESTS / f"{mutant.test}.cpp"
        if mutant.test == "must_not_compile":
            continue
        text = test.read_text() if test.is_file() else ""
        for case in mutant.cases.split(":"):
            if not re.search(case_pattern(case), text):
                yield f"{mutant.name}: {mutant.test}.cpp has no test {case}"


def case_pattern(case):
    """For TEST(Suite, Case) in a source; what a parameter adds to the names is not in it."""
    suite, _, name = case.rpartition(".")
    words = [re.escape(word).replace(r"\*", r"\w*") for word in (suite.split("/")[-1] or "*", name.split("/")[0])]
    return rf"TEST\w*\({words[0]}, {words[1]}\)"


class Builder:
    """Compiles and links one test against some include folder, with the commands of a build folder."""

    def __init__(self, build):
        self.build = build
        listed = subprocess.run(["ninja", "-C", build, "-t", "commands", "test_queue", "test_infer"], check=True,
                                capture_output=True, text=True)
        self.commands = [shlex.split(line) for line in listed.stdout.splitlines()]

    def compile_command(self, test):
        """Without ccache, warnings, outputs, and options of optimisation."""
        source = str(TESTS / f"{test}.cpp")
        command = next((words for words in self.commands if words[-1] == source), None)
        if command is None:
            sys.exit(f"mutants: {self.build} has no command for {source}; run cmake there")
        kept = command[1 if Path(command[0]).name == "ccache" else 0:command.index("-MD")]
        return [word for word in kept if not re.match(r"-W|-O|-DNDEBUG", word)]

    def link_command(self, test):
        """With the objects of the test's program replaced by its own, and what counts allocations."""
        target = next(words[words.index("-o") + 1] for words in self.commands if words[-1].endswith(f"/{test}.cpp"))
        folder = target.rpartition("/")[0] + "/"
        command = next(words for words in self.commands if target in words and "-c" not in words)
        kept = command[command.index("&&") + 1:-2]
        kept[kept.index("-o"):kept.index("-o") + 2] = []
        return [word for word in kept if not word.startswith(folder) or "counting_new" in word]

    def __call__(self, test, include, sanitizer, folder):
        """Returns: the program, or None and what the compiler said."""
        flags = ["-O1", *([f"-fsanitize={sanitizer}", "-g"] if sanitizer else [])]
        compiled, program = folder / "test.o", folder / "test"
        command = [word.replace(f"-I{ROOT}/include", f"-I{include}") for word in self.compile_command(test)]
        # The object comes before the libraries: where they have the same inline function, the broken one counts.
        linker, *linked = self.link_command(test)
        for step in ([*command, "-w", *flags, "-c", TESTS / f"{test}.cpp", "-o", compiled],
                     [linker, compiled, *linked, *flags, "-o", program]):
            done = subprocess.run([str(word) for word in step], cwd=self.build, capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                return None, done.stderr
        return program, ""

    def compile_check(self, include):
        """The command that checks what must not compile."""
        command = self.compile_command("async_infer_queue_test")
        folders = [command[i + 1] for i, word in enumerate(command) if word == "-isystem"]
        return [sys.executable, "-B", TESTS / "must_not_compile" / "check.py", command[0], include, *folders]


def run(command, limit):
    """Returns: how it failed, or None; and the seconds that it took."""
    start = time.monotonic()
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=limit,
                              env=ENVIRONMENT)
    except subprocess.TimeoutExpired:
        return f"no end after {limit:.0f} s", limit
    took = time.monotonic() - start
    if done.returncode == 0:
        return None, took
    said = done.stdout + done.stderr
    found = re.search(r"(ERROR: \w+Sanitizer: [\w-]+|WARNING: ThreadSanitizer: [\w ]+)", said) or \
        re.search(r"\[  FAILED  \] (\S+)", said) or re.search(r"FAIL: (\w+)", said)
    return (found[1] if found else f"crash, {done.returncode}"), took


class Judge:
    def __init__(self, builder, folder):
        self.builder, self.folder, self.limits = builder, folder, {}

    def command(self, mutant, include, folder):
        if mutant.test == "must_not_compile":
            return self.builder.compile_check(include), ""
        program, said = self.builder(mutant.test, include, mutant.sanitizer, folder)
        return program and [program, f"--gtest_filter={mutant.cases}"], said

    def measure(self, test, sanitizer, mutants):
        """All tests pass with the queue as it is, or nothing is proved; and how long each filter takes there."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        command = None
        for mutant in mutants:
            if command is None:
                command, said = self.command(mutant, ROOT / "include", folder)
                if command is None:
                    return f"{test} does not compile with the queue as it is:\n{said}"
            if len(command) == 2:
                command[1] = f"--gtest_filter={mutant.cases}"
            if (mutant.cases, test, sanitizer) in self.limits:
                continue
            failure, took = run(command, 300)
            if failure:
                return f"{test} {sanitizer} {mutant.cases} fails with the queue as it is: {failure}"
            self.limits[mutant.cases, test, sanitizer] = PATIENCE + 5 * took
        return None

    def verdict(self, mutant):
        """Returns: whether it was caught, and how."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        include = folder / "include"
        shutil.copytree(ROOT / "include", include)
        path = header(include, mutant)
        path.write_text(path.read_text().replace(mutant.old, mutant.new))
        command, said = self.command(mutant, include, folder)
        if command is None:
            return None, "it does not compile, which proves nothing: " + (re.search("error: .*", said) or [said])[0]
        failure, _ = run(command, self.limits[mutant.cases, mutant.test, mutant.sanitizer])
        shutil.rmtree(folder)
        return failure is not None, failure


def main(arguments):
    tables = load_tables()
    found = list(faults(tables))
    if found:
        print("\n".join(found))
        return 1
    if arguments == ["--check"]:
        print(f"{sum(map(len, tables.values()))} mutants fit the sources")
        return 0
    if not arguments:
        sys.exit(__doc__)
    build, names = Path(arguments[0]).resolve(), arguments[1:]
    chosen = [mutant for table, mutants in tables.items() for mutant in mutants
              if not names or table in names or mutant.name in names]
    unknown = set(names) - set(tables) - {mutant.name for mutant in chosen}
    if unknown:
        print(f"mutants: there is no {', '.join(sorted(unknown))}; tables: {' '.join(tables)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        try:
            return judge_all(chosen, Judge(Builder(build), folder), pool)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def judge_all(chosen, judge, pool):
    programs = {}
    for mutant in chosen:
        programs.setdefault((mutant.test, mutant.sanitizer), []).append(mutant)
    broken = [said for said in pool.map(lambda item: judge.measure(*item[0], item[1]), programs.items()) if said]
    if broken:
        print("\n".join(broken))
        return 1
    counts = {True: 0, False: 0, None: 0}
    jobs = {pool.submit(judge.verdict, mutant): mutant for mutant in chosen}
    for job in as_completed(jobs):
        mutant, (caught, how) = jobs[job], job.result()
        counts[caught] += 1
        verdict = {True: "caught  ", False: "SURVIVED", None: "INVALID "}[caught]
        print(verdict, f"{mutant.name}: {how or mutant.file}", flush=True)
    print(f"{counts[True]} caught, {counts[False]} survived" + (f", {counts[None]} invalid" if counts[None] else ""))
    return 0 if counts[True] == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
