"""Play the tournament again: ``python -m tools.tournament``, about ten minutes of one core.

Writes ``rectified/tournament/results.json``, which the chapter *Choosing* reads and a test keeps
true: settings, seeds, the score of every setting that was tried, and the scores of every final
seed, to six digits.
"""

import json
import time
from pathlib import Path

from rectified.tournament import CONTESTANTS, TASKS, play
from rectified.tournament.contest import FINAL_SEEDS, RATES, SCALES, TUNING_SEEDS

STORE = Path(__file__).parent.parent / "rectified" / "tournament" / "results.json"


def rounded(value: object) -> object:
    """Return lists and mappings of floats with six significant digits each."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def lines(results: dict) -> str:
    """Return the results as JSON with one line for each activation in each task."""
    tasks = [
        f"  {json.dumps(task)}: {{\n"
        + ",\n".join(f"   {json.dumps(name)}: {json.dumps(one)}" for name, one in played.items())
        + "\n  }"
        for task, played in results["tasks"].items()
    ]
    settings = json.dumps(results["settings"])
    return f'{{\n "settings": {settings},\n "tasks": {{\n' + ",\n".join(tasks) + "\n }\n}\n"


def main() -> None:
    """Play everything and write the store."""
    results: dict = {
        "settings": {
            "rates": RATES,
            "scales": SCALES,
            "tuning_seeds": TUNING_SEEDS,
            "final_seeds": FINAL_SEEDS,
        },
        "tasks": {},
    }
    start = time.process_time()
    for task_name, task in TASKS.items():
        played = results["tasks"][task_name] = {}
        for name, contestant in CONTESTANTS.items():
            played[name] = rounded(play(task, contestant))
            spent = time.process_time() - start
            print(f"{spent:6.0f} s of CPU  {task_name}, {name}", flush=True)
    STORE.write_text(lines(results), "utf-8")
    print(f"wrote {STORE.name}: {len(TASKS)} tasks, {len(CONTESTANTS)} activations")


if __name__ == "__main__":
    main()
