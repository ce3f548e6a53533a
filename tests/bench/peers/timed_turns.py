"""python -I -S timed_turns.py MODULE FOLDER…: answers lists of requests, a line of JSON each, and times them.

A line out: seconds for all of them, of the clock and of the processor, and the answers.
"""

import importlib
import json
import sys
import time

module, *folders = sys.argv[1:]
sys.path[:0] = folders
answer = importlib.import_module(module).answering()
for line in sys.stdin:
    bodies = json.loads(line)
    began, worked = time.perf_counter(), time.process_time()
    answers = [answer(body) for body in bodies]
    seconds, busy = time.perf_counter() - began, time.process_time() - worked
    print(json.dumps({"seconds": seconds, "busy": busy, "answers": answers}), flush=True)
