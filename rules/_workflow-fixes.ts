import { lookIn, scalar, type Fix, type Literal, type Resource } from '../server/rule/queries.ts';
import type { ResourceContext } from '../server/rule/rule.ts';
import { mapOfResource, textAt } from './_kubernetes.ts';
import { textParts } from './_workflow-expressions.ts';
import type { Script } from './_workflows.ts';

/** A language in which a script reads a variable of its environment. */
type Reader = 'bash' | 'powershell' | 'javascript';

/** Names that a shell or the runner gives a meaning of its own. */
const reserved = /^(?:PATH|HOME|USER|SHELL|PWD|OLDPWD|IFS|CI|LANG|TERM|SHLVL|GITHUB_\w+|RUNNER_\w+)$/;

/** Hands expressions of one step to its scripts in `env`, and reads them there as variables. */
export function asVariables(step: Resource, expressions: readonly Script[], context: ResourceContext): readonly Fix[] {
  const set = new Map<string, string>();
  const intents: Fix['intents'][number][] = [];
  for (const one of expressions) {
    const reader = readerOf(step, one, context);
    const known = /^env\.(\w+)$/.exec(one.expression)?.[1];
    const name = known ?? nameFor(step, one.expression, set);
    // Within quotes of YAML a quote of the shell would have to be written in another way.
    const quoted = /["']/.test(context.sources.document(one.at.at.path)?.text[one.value.origin.range.start - 1] ?? '');
    if (!reader || name === undefined || quoted) return [];
    const read = reading(reader, name, one, context);
    if (!read && reader === 'javascript') return [];
    if (!read) return [{ title: 'Hand the value over in env', safe: false, intents: [], disabled: 'It stands in single quotes, where the shell reads no variables.' }];
    intents.push({ kind: 'replace', origin: { path: one.at.at.path, range: read.range }, text: read.text });
    if (known === undefined) set.set(name, `\${{ ${one.expression} }}`);
  }
  const fresh = [...set].filter(([name, value]) => scalar(lookIn(mapOfResource(step), `env.${name}`).values[0]) !== value);
  if (step.attributes.has('env') || fresh.length === 1) intents.push(...fresh.map(([name, value]) => ({ kind: 'setAttribute' as const, resource: step, path: ['env', name], value })));
  else if (fresh.length > 1) intents.push({ kind: 'setAttribute', resource: step, path: ['env'], value: Object.fromEntries(fresh) as Literal });
  const names = [...new Set([...set.keys()])];
  return [{ title: names.length === 1 ? `Hand it over in env as ${names[0]!}` : 'Hand it over in env', safe: false, intents }];
}

/** `ISSUE_TITLE` for `github.event.issue.title`; another where the step has a variable of that name for something else. */
function nameFor(step: Resource, expression: string, set: ReadonlyMap<string, string>): string | undefined {
  const path = /[A-Za-z_][\w-]*(?:\.[\w*-]+)+/.exec(textParts(expression).find((part) => part.includes('.')) ?? expression)?.[0];
  const words = path?.split('.').filter((word) => word !== '*').slice(-2) ?? [];
  if (words.length === 0) return undefined;
  const own = (/^(?:inputs|outputs|secrets|matrix|vars|github|event|client_payload)$/.test(words[0]!) ? words.slice(1) : words).join('_').toUpperCase().replaceAll('-', '_');
  const wanted = `\${{ ${expression} }}`;
  const taken = (name: string): boolean => {
    const there = lookIn(mapOfResource(step), `env.${name}`).values[0];
    return reserved.test(name) || (there !== undefined && scalar(there) !== wanted) || (set.has(name) && set.get(name) !== wanted);
  };
  return [own, `INPUT_${own}`, `VALUE_${own}`].find((name) => /^[A-Z_]\w*$/.test(name) && !taken(name));
}

/** What reads the script that an expression stands in; undefined where that is not certain. */
function readerOf(step: Resource, { value }: Script, context: ResourceContext): Reader | undefined {
  const uses = textAt(step, 'uses');
  if (uses !== undefined) return /^actions\/github-script@/.test(uses) && lookIn(mapOfResource(step), 'with.script').values.includes(value) ? 'javascript' : undefined;
  const job = (context.unit.byType.get('github_job') ?? []).find((one) => one.name === step.address.slice('github_step.'.length, step.address.lastIndexOf('#')));
  const workflow = (context.unit.byType.get('github_workflow') ?? [])[0];
  const shell = textAt(step, 'shell') ?? [job, workflow].flatMap((one) => (one ? (textAt(one, 'defaults.run.shell') ?? []) : []))[0];
  if (shell !== undefined) return /^(?:ba)?sh\b/.test(shell) ? 'bash' : /^(?:pwsh|powershell)\b/.test(shell) ? 'powershell' : undefined;
  const machine = job ? (textAt(job, 'runs-on') ?? '') : '';
  if (/^windows-/.test(machine)) return 'powershell';
  return /^(?:ubuntu|macos)-/.test(machine) || !/windows/i.test(context.document.text) ? 'bash' : undefined;
}

/** What is written in the place of the expression, with the quotes around it where they have to go. */
function reading(reader: Reader, name: string, { value, at }: Script, context: ResourceContext): { readonly range: { readonly start: number; readonly end: number }; readonly text: string } | undefined {
  const { path, range } = at.at;
  const text = context.sources.document(path)?.text ?? '';
  const before = text.slice(value.origin.range.start, range.start);
  const quote = quoteAt(before);
  if (reader === 'javascript') {
    if (quote === '`') return { range, text: `\${process.env.${name}}` };
    const whole = quote !== undefined && text[range.start - 1] === quote && text[range.end] === quote;
    return whole ? { range: { start: range.start - 1, end: range.end + 1 }, text: `process.env.${name}` } : undefined;
  }
  const read = reader === 'bash' ? `\${${name}}` : `$env:${name}`;
  if (quote === "'") return undefined;
  if (reader === 'powershell') return { range, text: quote === '"' ? `$(${read})` : read };
  return { range, text: quote === '"' || before.includes('<<') ? read : `"${read}"` };
}

/** The quote that is open behind a part of a script; what stands in expressions does not count. */
function quoteAt(script: string): string | undefined {
  let open: string | undefined;
  const text = script.replace(/\$\{\{(?:(?!\}\})[\s\S])*\}\}/g, (all) => ' '.repeat(all.length));
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && open !== "'") at++;
    else if (open === undefined && char === '#' && /(?:^|\s)$/.test(text.slice(Math.max(0, at - 1), at))) at = Math.max(at, text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at));
    else if (char === open) open = undefined;
    else if (open === undefined && (char === '"' || char === "'" || char === '`')) open = char;
  }
  return open;
}
