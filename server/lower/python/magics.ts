import type { Document, HandedCell } from '../../source/document.ts';
import type { Expression, Statement } from '../../model/code-tree.ts';

const magic = /^([ \t]*)(?:[\w, ]+=[ \t]*)?([!%])([^\n\r]*)/gm;
/** What IPython and the SQL magics fill into a text: `{name}`, `{{name}}`, `$name`. */
const filled = /\{{1,2}([A-Za-z_]\w*)(?:[.[][^{}]*)?\}{1,2}|\$([A-Za-z_]\w*)/g;

/**
 * Statements for IPython's magics, where the text was blanked: `!cmd` runs a shell, `%sql` and `%%sql` a query, `%run` a program, `%env A=b`
 * sets the environment, `%pip` installs. `{name}` and `$name` in them are read from Python.
 */
export function magicStatements(document: Document): readonly Statement[] {
  if (!document.cells) return [];
  const out: Statement[] = (document.handed ?? []).flatMap(cellMagic);
  if (!/[!%]/.test(document.text)) return out;
  for (const match of document.text.matchAll(magic)) {
    const content = match[3]!;
    const start = match.index + match[0].length - content.length - 1;
    const end = match.index + match[0].length;
    if (match[2] === '!') out.push(command(content.replace(/^!/, ''), end - content.replace(/^!/, '').length, end));
    else {
      const environment = /^(?:set_)?env[ \t]+(\w+)[ \t]*[= ][ \t]*(.*)$/.exec(content);
      const line = /^(run|load|loadpy|sql|bigquery)[ \t]+(?:-\w+[ \t]+)*(\S.*)$/.exec(content);
      const installs = /^(?:pip|conda|mamba|uv|sx|system)[ \t]+/.exec(content);
      if (environment) out.push(setting(environment[1]!, environment[2]!.trim(), start, end));
      else if (line) {
        const queried = line[1] === 'sql' || line[1] === 'bigquery';
        const text = queried ? line[2]! : /^\S+/.exec(line[2]!)![0];
        const at = end - line[2]!.length;
        if (queried || /^https?:|[{$]/.test(text)) out.push(shellCall('run_line_magic', [word(queried ? 'sql' : 'run', start), textWith(text, at, at + text.length)], start, at + text.length));
      } else if (installs) out.push(command(content, start + 1, end));
    }
  }
  return out;
}

/** `%%sql` with values of Python in its text, and `%%bash -s "$name"` whose script takes its argument unquoted. */
function cellMagic({ start, text }: HandedCell): readonly Statement[] {
  const head = /^\s*%%(\w+)[^\n]*/.exec(text);
  if (!head) return [];
  const query = head[1] === 'sql' || head[1] === 'bigquery';
  if (query) {
    const body = head[0].length;
    return filledIn(text.slice(body)) ? [shellCall('run_cell_magic', [word('sql', start), word('', start), textWith(text.slice(body).trimEnd(), start + body, start + text.trimEnd().length)], start, start + text.trimEnd().length)] : [];
  }
  const careless = /(?:^|[^"'\\])\$(?:\{?[1-9@*]\}?)|\b(?:eval|bash -c|sh -c)\b[^\n]*\$/m.test(text.slice(head[0].length));
  return careless && filledIn(head[0]) ? [shellCall('system', [textWith(head[0], start, start + head[0].length)], start, start + head[0].length)] : [];
}

function filledIn(text: string): boolean {
  return text.search(filled) >= 0;
}

function name(text: string, start: number, end: number): Expression {
  return { kind: 'name', name: text, start, end };
}

function word(value: string, start: number): Expression {
  return { kind: 'literal', value, start, end: start };
}

/** A text with what Python fills into it. */
function textWith(text: string, start: number, end: number): Expression {
  const parts: (string | Expression)[] = [];
  let last = 0;
  for (const match of text.matchAll(filled)) {
    if (match.index > last) parts.push(text.slice(last, match.index));
    parts.push(name(match[1] ?? match[2]!, start + match.index, start + match.index + match[0].length));
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push(text.slice(last));
  return parts.every((part) => typeof part === 'string') ? { kind: 'literal', value: parts.join(''), start, end } : { kind: 'template', parts, start, end };
}

/** `get_ipython().method(...)`. */
function shellCall(method: string, args: readonly Expression[], start: number, end: number): Statement {
  const shell: Expression = { kind: 'call', callee: name('get_ipython', start, start), args: [], isNew: false, open: start, start, end: start };
  const callee: Expression = { kind: 'member', object: shell, property: method, propertyStart: start, start, end: start };
  return { kind: 'expression', start, end, value: { kind: 'call', callee, args: args.map((value) => ({ value, start: value.start, end: value.end })), isNew: false, open: start, start, end } };
}

function command(text: string, start: number, end: number): Statement {
  return shellCall('system', [textWith(text, start, end)], start, end);
}

function setting(variable: string, text: string, start: number, end: number): Statement {
  const environ: Expression = { kind: 'member', object: name('os', start, start), property: 'environ', propertyStart: start, start, end: start };
  const at = end - text.length;
  return {
    kind: 'expression', start, end,
    value: { kind: 'assign', target: { kind: 'member', object: environ, property: variable, propertyStart: start, start, end: at }, value: { kind: 'literal', value: text.replace(/^(["'])(.*)\1$/, '$2'), start: at, end }, start, end },
  };
}
