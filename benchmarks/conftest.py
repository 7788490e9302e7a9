"""Prints what was measured as ratios within this run, after pytest-benchmark's own tables."""

from collections import defaultdict


def pytest_terminal_summary(terminalreporter):
    """Print one table for each group: nanoseconds an element, then this time over each baseline."""
    session = getattr(terminalreporter.config, "_benchmarksession", None)
    groups = defaultdict(list)
    for benchmark in session.benchmarks if session else ():
        if "ratios" in benchmark.extra_info:
            groups[benchmark.group].append(benchmark)
    for group, benchmarks in groups.items():
        columns = list(dict.fromkeys(c for b in benchmarks for c in b.extra_info["ratios"]))
        terminalreporter.section(f"{group}: time over that of …")
        header = "".join(f"{column:>12}" for column in columns)
        terminalreporter.write_line(f"{'':28}{'ns/element':>12}{header}")
        for benchmark in benchmarks:
            ratios = benchmark.extra_info["ratios"]
            cells = "".join(
                f"{ratios[column]:12.2f}" if column in ratios else f"{'–':>12}"
                for column in columns
            )
            nanoseconds = 1e9 * benchmark.stats.min / benchmark.extra_info["elements"]
            terminalreporter.write_line(
                f"{benchmark.extra_info['label']:28}{nanoseconds:12.2f}{cells}"
            )
