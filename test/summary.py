"""Sums lit's results (--output FILE) into the closing line `N passed, N failed`.

A test that counts its own checks counts as those, any other test as one.
"""
import json
import re
import sys

PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
IGNORED = {"UNSUPPORTED", "EXCLUDED", "SKIPPED"}
COUNTS = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)


def count_checks(output):
    """The sums of all lines `N passed, N failed`."""
    counts = [(int(passed), int(failed)) for passed, failed in COUNTS.findall(output)]
    return tuple(sum(column) for column in zip(*counts)) if counts else (0, 0)


def counts_of(test):
    if test["code"] in IGNORED:
        return 0, 0
    passed, failed = count_checks(test["output"])
    if test["code"] in PASSED:
        return max(passed, 1), 0
    return passed, max(failed, 1)


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
