"""What is kept is bounded and given back: rulebooks, conclusions, and the locks of a forked child.

Each is tried in a process of its own, which nothing else fills or stops.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rhrt.reasoning.assess import MOST_READY
from rhrt.reasoning.inference import MOST_REMEMBERED

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.long  # of processes that are not measured

START = """
import gc, json, os, resource, signal, sys, threading
from dataclasses import replace
from random import Random

from rhrt import Record, assess, load_rulebook
from rhrt.reasoning import assess as assessing

rulebook = load_rulebook()
ids = list(rulebook.position)
random = Random(1)


def held():
    '''Give the most bytes that this process has held.'''
    gc.collect()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def record():
    '''Make a record as it comes over the network: every word in it is an object of its own.'''
    answers = {field.id: random.choice(field.values) for field in rulebook.situation}
    written = {"indicators": {"present": random.sample(ids, 3)}, "situation": answers}
    return Record.model_validate(json.loads(json.dumps(written)))
"""


def run(script: str) -> list[int]:
    """Run a script after the start above, and give the numbers that it printed."""
    done = subprocess.run(
        [sys.executable, "-c", START + script], capture_output=True, text=True, timeout=250, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [int(word) for word in done.stdout.split()]


def test_a_rulebook_that_is_let_go_of_gives_back_what_the_engine_held_of_it() -> None:
    (grown,) = run("""
def use(many):
    for _ in range(many):
        assess(Record(), replace(rulebook))

use(20)  # as many as are kept ready, and some more
before = held()
use(60)
print((held() - before) // 60)
""")
    assert grown < 200_000, "bytes for each rulebook that was let go of"


def test_memories_that_are_full_stay_far_below_what_the_service_is_allowed() -> None:
    conclusions, facts, most = run("""
import tracemalloc

def taken():
    gc.collect()
    return tracemalloc.get_traced_memory()[0]

engine = assessing._engine_of(rulebook)
for _ in range(200):
    assess(record(), rulebook).model_dump_json()
engine.conclusions.forget()
tracemalloc.start()
before, most = taken(), 0
conclusions = facts = 0
for _ in range(40):
    if min(conclusions * 1.5, facts) > 0.8 * engine.conclusions.inference.most:
        break
    for _ in range(50):
        assess(record(), rulebook).model_dump_json()
    most = max(most, taken() - before)
    conclusions = max(conclusions, len(engine.conclusions.concluded))
    facts = max(facts, len(engine.conclusions.inference.remembered))
print(conclusions, facts, most)
""")
    most_concluded = MOST_REMEMBERED * 2 // 3
    assert 0.8 * most_concluded < conclusions <= most_concluded, "the records are so different that they fill it"
    assert 0.8 * MOST_REMEMBERED < facts <= MOST_REMEMBERED
    unit = (ROOT / "src" / "rhrt" / "web" / "deployment" / "rhrt.service").read_text(encoding="utf-8")
    (allowed,) = re.findall(r"^MemoryMax=(\d+)M$", unit, flags=re.MULTILINE)
    assert MOST_READY * most < int(allowed) * 1_000_000 / 3, f"{most:,} bytes for a rulebook"


def test_a_child_forked_while_others_assess_answers_and_never_hangs() -> None:
    (wrong,) = run("""
import warnings

warnings.filterwarnings("ignore", "This process .* is multi-threaded")  # from CPython 3.12 on; it is so on purpose
records = [record() for _ in range(12)]
expected = [assess(one, rulebook).model_dump_json() for one in records]
later = [assess(one, rulebook) for one in records]  # made before the fork, looked at after it
stop = threading.Event()

def forget():
    engine = assessing._engine_of(rulebook)
    engine.conclusions.forget()

def work(other):
    while not stop.is_set():
        for one in records:
            forget()
            assess(one, rulebook).model_dump_json()
            if other:
                assess(one, replace(rulebook))  # builds an engine
            if stop.is_set():
                return

def right(number):
    forget()
    if later[number].model_dump_json() != expected[number]:
        return False
    anew = assess(records[number], replace(rulebook))
    again = assess(records[number], rulebook).model_dump_json()
    return again == expected[number] and anew.level == later[number].level

sys.setswitchinterval(1e-5)
threads = [threading.Thread(target=work, args=(number % 2,)) for number in range(4)]
for thread in threads:
    thread.start()
wrong = 0
for number in range(24):
    child = os.fork()
    if not child:
        signal.alarm(20)  # one that hangs is ended
        answered = False
        try:
            answered = right(number % len(records))
        finally:
            os._exit(0 if answered else 1)
    wrong += os.waitpid(child, 0)[1] != 0
    if wrong > 2:
        break
stop.set()
for thread in threads:
    thread.join()
print(wrong)
""")
    assert wrong == 0, "children that did not answer, or not rightly"
