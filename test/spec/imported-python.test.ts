import assert from 'node:assert/strict';
import { lowerPython, outlinePython } from '../../server/lower/python/lower.ts';
import { outlineOf } from '../../server/lower/python/outline.ts';
import { createDocument } from '../../server/source/document.ts';
import { createAnalyzer } from '../../server/engine/analyzer.ts';
import { rules } from '../../rules/index.ts';
import { hostOver, rootedPath } from '../support/analyze.ts';

const text = `"""Reads orders: def order(self): is described here."""
from . import base

limit = 3  # def of(limit): a comment

@base.registered("orders (all", deep=[1, 2])
async def orders(
    first: int,
    *rest: "list[str]",
    name="(", **more,
) -> dict[str, int]:
    """Text with def inner():
def at_the_edge(): of a text"""
    if first:
        return {name: "]", 'more': f"{more!r}"}
# a comment at the edge

    with open(name) as (one, two):
        yield one + \\
two


class Store(base.Store):
    size = 1
    def __init__(self, size):
        self.size = size if size is not None and size > 0 else len("a longer default ' than that")
    def short(self): return self.size
    @property
    def inner(self):
        def first(one, two=lambda three: (three, "def three(): pass")):
            return one, two
        class Inner:
            def method(self):
                return first(self, {"a": [1, 2, 3], "b": (4, 5, 6)})
        return Inner
    if limit:
        def conditional(self, value): return [value for value in range(limit) if value not in (1, 2, 3) and value]
last = Store(limit)
`;

const plain = (node: unknown): unknown => JSON.parse(JSON.stringify(node));
const scanned = (files: Readonly<Record<string, string>>, file: string): readonly string[] => createAnalyzer({ host: hostOver(new Map(Object.entries(files).map(([name, content]) => [rootedPath(name), content]))), rules }).analyze(rootedPath(file)).findings.map((one) => one.ruleId);

describe('Python files that others import', () => {
  it('are the same when their functions are read one by one', () => {
    for (const one of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
      const document = createDocument('/a.py', 'python', one);
      assert.deepEqual(plain(outlinePython(document)), plain(lowerPython(document)));
    }
  });
  it('have longer functions left out, and nothing moved', () => {
    const outline = outlineOf(text)!;
    assert.equal(outline.text.length, text.length);
    assert.deepEqual([...outline.ends.keys()].map((start) => /def (\w+)/.exec(text.slice(start))![1]), ['orders', '__init__', 'inner', 'conditional']);
    assert.ok(outline.text.includes('last = Store(limit)') && !outline.text.includes('at_the_edge'));
  });
  it('are read as a whole where strings or brackets do not end', () => {
    for (const broken of ['def f(a:\n    return 1\n', `${text}x = "open\n`, `${text}x = )\n`, `${text}x = """open\n`, 'class A:\n\tdef f(self):\n\t\treturn 1\nif a:\n    b\n']) assert.equal(outlineOf(broken), undefined, broken.slice(-20));
  });
  it('lead to the same findings whether their functions are long or short', () => {
    const run = (padding: string) => scanned({ 'app/main.py': 'from flask import Flask, request\nfrom .tools import run\napp = Flask(__name__)\n@app.post("/run")\ndef start():\n    run(request.json["command"])\n    return ""\n', 'app/__init__.py': '', 'app/tools.py': `import subprocess\n\ndef run(command):\n    ${padding}\n    subprocess.run(command, shell=True)\n` }, 'app/main.py');
    const short = run('pass');
    assert.ok(short.includes('input-validation/command-injection'), short.join(' '));
    assert.deepEqual(run(`"""${'words '.repeat(40)}"""`), short);
  });
});

describe('modules of Python’s library that most files import', () => {
  it('lead to findings however what is needed of them is imported', () => {
    const forms = ['import os\nos.system(input())\n', 'import os as system\nsystem.system(input())\n', 'from os import system\nsystem(input())\n', 'from os import (\n    path,\n    system as run,\n)\nrun(input())\n', 'import sys, os\nos . system(sys.argv[1])\n'];
    for (const form of forms) assert.ok(scanned({ 'a.py': form }, 'a.py').length > 0, form);
  });
});
