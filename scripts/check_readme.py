#!/usr/bin/env python3
"""check_readme.py README.md FOLDER...: every C block of the page stands, word for word, in a file of the folders."""
import pathlib
import re
import sys

page, *folders = map(pathlib.Path, sys.argv[1:])
texts = [file.read_text() for folder in folders for file in sorted(folder.glob("*.[ch]"))]
blocks = re.findall(r"^```c\n(.*?)^```", page.read_text(), re.M | re.S)
missing = [block for block in blocks if not any(block in text for text in texts)]
for block in missing:
    print(f"{page} shows what stands in none of the files:\n{block}")
sys.exit(1 if missing or not blocks else 0)
