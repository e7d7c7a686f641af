"""Sums lit's results (--output FILE) into the closing line `N passed, N failed`.

A test that counts its own checks counts as those, any other test as one.
"""
import json
import sys

PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
IGNORED = {"UNSUPPORTED", "EXCLUDED", "SKIPPED"}


def counts_of(test):
    if test["code"] in IGNORED:
        return 0, 0
    metrics = test.get("metrics")
    if metrics:
        return metrics["passed"], metrics["failed"]
    return (1, 0) if test["code"] in PASSED else (0, 1)


def main(path):
    with open(path) as results:
        tests = json.load(results)["tests"]
    suites = {}
    for test in tests:
        suite = test["name"].split(" :: ")[1].rsplit("/", 1)[0]
        passed, failed = counts_of(test)
        before = suites.get(suite, (0, 0))
        suites[suite] = (before[0] + passed, before[1] + failed)
    for suite in sorted(suites):
        print("%-28s %6d passed, %d failed" % (suite, *suites[suite]))
    passed, failed = (sum(column) for column in zip(*suites.values())) if suites else (0, 0)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
