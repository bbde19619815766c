import { defineRule } from '../../server/rule/rule.ts';

/** Tags with which PyYAML's full loaders call what they name. `python/name` and `python/module` only look up, which plain settings of tools use too. */
const tag = /!!python\/(?:object\/(?:apply|new):|object:|(?:name|module):)([\w.]*)/g;
const harmful = /^(?:os|posix|nt|subprocess|sys|builtins|__builtin__|shutil|socket|importlib|runpy|pty|ctypes|pickle|marshal|code|urllib|requests|webbrowser|multiprocessing)(?:\.|$)/;

export default defineRule({
  id: 'model-supply-chain/yaml-python-object', title: 'YAML that calls Python when it is loaded', severity: 'high', confidence: 'high',
  references: ['CWE-502', 'AML.T0011.000', 'LLM03:2025'],
  what: 'Reports YAML tags that make PyYAML\'s unsafe loaders call a function (`!!python/object/apply`, `!!python/object/new`), and any Python tag that names a module of the machine.',
  why: 'A configuration or model description with such a tag runs code in every program that reads it with `yaml.load` or `yaml.unsafe_load`.',
  whenNotToUse: 'For settings of a tool of your own that nobody else can write to.',
  noFix: 'Write the value as plain YAML and build the object in the program.',
  checks: [{
    on: 'document', languages: ['yaml'], words: ['!!python/'],
    check: (document, { report }) => {
      for (const match of document.text.matchAll(tag)) {
        const line = document.text.slice(document.text.lastIndexOf('\n', match.index) + 1, match.index);
        const calls = /object\/(?:apply|new):/.test(match[0]);
        if (/(?:^|\s)#/.test(line) || (!calls && !harmful.test(match[1]!)) || (calls && /^(?:collections\.OrderedDict|numpy|datetime|pathlib)/.test(match[1]!))) continue;
        report({ at: { start: match.index, end: match.index + match[0].length }, message: `Loading this YAML ${calls ? 'calls' : 'reaches'} ${match[1] === '' ? 'Python' : match[1]}.`, ...(harmful.test(match[1]!) ? { severity: 'critical' } : {}) });
      }
    },
  }],
  examples: [
    { file: 'model.yaml', bad: 'model: !!python/object/apply:subprocess.check_output\n       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  args: [["id"]]\n', good: 'model:\n  layers: !!python/tuple [1, 2]\n' },
    { file: 'mkdocs.yml', title: 'a name that a tool of documentation looks up', bad: 'emoji: !!python/name:os.system\n       ^^^^^^^^^^^^^^^^^^^^^^^\n', good: 'emoji: !!python/name:material.extensions.emoji.twemoji\n' },
  ],
});
