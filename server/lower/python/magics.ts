import type { Document } from '../../source/document.ts';
import type { Expression, Statement } from '../../model/code-tree.ts';

const magic = /^([ \t]*)(?:[\w, ]+=[ \t]*)?([!%])([^\n\r]*)/gm;

/**
 * Statements for IPython's magics, where the text was blanked: `!cmd` runs a shell, `%env A=b` sets the environment, `%pip` installs.
 * `{name}` and `$name` in a command are read from Python.
 */
export function magicStatements(document: Document): readonly Statement[] {
  if (!document.cells || !/[!%]/.test(document.text)) return [];
  const out: Statement[] = [];
  for (const match of document.text.matchAll(magic)) {
    const content = match[3]!;
    const start = match.index + match[0].length - content.length - 1;
    const end = match.index + match[0].length;
    if (match[2] === '!') out.push(command(content.replace(/^!/, ''), end - content.replace(/^!/, '').length, end));
    else {
      const environment = /^(?:set_)?env[ \t]+(\w+)[ \t]*[= ][ \t]*(.*)$/.exec(content);
      const runs = /^(?:run|load|loadpy)[ \t]+(?:-\w+[ \t]+)*(\S+)/.exec(content);
      const installs = /^(?:pip|conda|mamba|uv|sx|system)[ \t]+/.exec(content);
      if (environment) out.push(setting(environment[1]!, environment[2]!.trim(), start, end));
      else if (runs && /^https?:/.test(runs[1]!)) out.push(lineMagic('run', runs[1]!, end - (content.length - content.indexOf(runs[1]!)), end - (content.length - content.indexOf(runs[1]!) - runs[1]!.length)));
      else if (installs) out.push(command(content, start + 1, end));
    }
  }
  return out;
}

function name(text: string, start: number, end: number): Expression {
  return { kind: 'name', name: text, start, end };
}

function command(text: string, start: number, end: number): Statement {
  const parts: (string | Expression)[] = [];
  let last = 0;
  for (const match of text.matchAll(/\{([A-Za-z_]\w*)(?:[.[][^{}]*)?\}|\$([A-Za-z_]\w*)/g)) {
    if (match.index > last) parts.push(text.slice(last, match.index));
    parts.push(name(match[1] ?? match[2]!, start + match.index, start + match.index + match[0].length));
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push(text.slice(last));
  const argument: Expression = parts.every((part) => typeof part === 'string') ? { kind: 'literal', value: parts.join(''), start, end } : { kind: 'template', parts, start, end };
  const shell: Expression = { kind: 'call', callee: name('get_ipython', start, start), args: [], isNew: false, open: start, start, end: start };
  const callee: Expression = { kind: 'member', object: shell, property: 'system', propertyStart: start, start, end: start };
  return { kind: 'expression', start, end, value: { kind: 'call', callee, args: [{ value: argument, start, end }], isNew: false, open: start, start, end } };
}

/** `get_ipython().run_line_magic(magic, text)`. */
function lineMagic(magic: string, text: string, start: number, end: number): Statement {
  const shell: Expression = { kind: 'call', callee: name('get_ipython', start, start), args: [], isNew: false, open: start, start, end: start };
  const callee: Expression = { kind: 'member', object: shell, property: 'run_line_magic', propertyStart: start, start, end: start };
  const first: Expression = { kind: 'literal', value: magic, start, end: start };
  return { kind: 'expression', start, end, value: { kind: 'call', callee, args: [{ value: first, start, end: start }, { value: { kind: 'literal', value: text, start, end }, start, end }], isNew: false, open: start, start, end } };
}

function setting(variable: string, text: string, start: number, end: number): Statement {
  const environ: Expression = { kind: 'member', object: name('os', start, start), property: 'environ', propertyStart: start, start, end: start };
  const at = end - text.length;
  return {
    kind: 'expression', start, end,
    value: { kind: 'assign', target: { kind: 'member', object: environ, property: variable, propertyStart: start, start, end: at }, value: { kind: 'literal', value: text.replace(/^(["'])(.*)\1$/, '$2'), start: at, end }, start, end },
  };
}
