import { baseName } from '../base/path.ts';
import type { EditIntent, Printed, TextEdit } from '../model/fix.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import { placeInComponent } from '../lower/component/place.ts';
import { cloudFormationParameter, composeVariable, isTemplate, kubernetesReference } from './secret-yaml.ts';
import { terraformVariable } from './secret-terraform.ts';
import { dockerfile } from './secret-docker.ts';
import { mcpVariable } from './secret-mcp.ts';
import { pythonEnvironment } from './secret-python.ts';

type Intent = Extract<EditIntent, { kind: 'literalToEnvironment' }>;

/** What stands at a place that a literal is taken from. */
export interface LiteralPlace {
  readonly document: Document;
  /** The secret, without quotes. */
  readonly start: number;
  readonly end: number;
  /** The literal that holds it, without quotes; the same where it is the whole literal. */
  readonly literalStart: number;
  readonly literalEnd: number;
  /** The quote around the literal, or '' for a bare value. */
  readonly quote: string;
  readonly variable: string;
}

/**
 * Replaces a literal by a look-up in the idiom of its file: `process.env`, `os.environ` with the import, a sensitive variable,
 * a NoEcho parameter, a secret reference. Undefined where the file has no such idiom or the literal is part of something else.
 */
export function printLiteralToEnvironment({ origin, variable, literal }: Intent, sources: Sources): Printed {
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const { text } = document;
  const { start, end } = origin.range;
  const literalStart = literal?.start ?? start;
  const literalEnd = literal?.end ?? end;
  const before = text[literalStart - 1] ?? '';
  const quote = /["'`]/.test(before) && text[literalEnd] === before ? before : '';
  const place: LiteralPlace = { document, start, end, literalStart, literalEnd, quote, variable };
  switch (document.language) {
    case 'typescript': case 'tsx': case 'javascript': case 'jsx': return scriptEnvironment(place);
    // What a component is built with is sent to every browser; the front matter of Astro stays on the server.
    case 'vue': case 'svelte': return { refused: 'The component runs in the browser, where everyone can read the value; what needs it belongs on a server.' };
    case 'astro': return placeInComponent(text, 'astro', start).kind === 'script' ? scriptEnvironment(place) : undefined;
    case 'python': return pythonEnvironment(place);
    case 'terraform': return terraformVariable(place);
    case 'yaml': case 'json': return configuration(place);
    case 'shell': return shell(place);
    case 'dockerfile': return dockerfile(place);
    case 'ini': return baseName(document.path) === '.npmrc' ? within(place, `\${${variable}}`) : undefined;
    case 'go': return goEnvironment(place);
    case 'java': return /\.java$/.test(document.path) ? whole(place, `System.getenv("${variable}")`) : undefined;
    case 'csharp': return whole(place, `System.Environment.GetEnvironmentVariable("${variable}")`);
    case 'ruby': return whole(place, `ENV.fetch("${variable}")`);
    case 'php': return whole(place, `getenv('${variable}')`);
    default: return undefined;
  }
}

/** Replaces a whole quoted literal with an expression. */
export function whole({ document, start, end, literalStart, literalEnd, quote }: LiteralPlace, expression: string): readonly TextEdit[] | undefined {
  if (quote === '' || start !== literalStart || end !== literalEnd) return undefined;
  return [{ path: document.path, range: { start: start - 1, end: end + 1 }, text: expression }];
}

/** Replaces the secret only, inside of what holds it. */
export function within({ document, start, end }: LiteralPlace, expression: string): readonly TextEdit[] {
  return [{ path: document.path, range: { start, end }, text: expression }];
}

function scriptEnvironment(place: LiteralPlace): readonly TextEdit[] | undefined {
  const { document, start, end, literalStart, literalEnd, quote, variable } = place;
  const { text } = document;
  if (quote === '') return undefined;
  const expression = `process.env.${variable}`;
  const attribute = (document.language === 'tsx' || document.language === 'jsx') && /<[A-Za-z][^<>;]{0,300}\s[\w-]+=$/.test(text.slice(Math.max(0, literalStart - 320), literalStart - 1));
  if (start === literalStart && end === literalEnd) return whole(place, attribute ? `{${expression}}` : expression);
  if (quote === '`') return within(place, `\${${expression}}`);
  const head = text.slice(literalStart, start);
  const tail = text.slice(end, literalEnd);
  if (/[`\\]|\$\{/.test(head + tail)) return undefined;
  const template = `\`${head}\${${expression}}${tail}\``;
  return [{ path: document.path, range: { start: literalStart - 1, end: literalEnd + 1 }, text: attribute ? `{${template}}` : template }];
}

function goEnvironment(place: LiteralPlace): Printed {
  const { text, path } = place.document;
  const edits = whole(place, `os.Getenv("${place.variable}")`);
  if (!edits) return undefined;
  if (/^\s*const\b/.test(text.slice(text.lastIndexOf('\n', place.start) + 1, place.start))) return { refused: 'A constant cannot be read from the environment; it has to become a variable.' };
  if (/^\s*(?:import\s+)?"os"\s*$/m.test(text)) return edits;
  const block = /^import \(\n/m.exec(text);
  const after = block ? block.index + block[0].length : undefined;
  if (after === undefined) return undefined;
  return [{ path, range: { start: after, end: after }, text: '\t"os"\n' }, ...edits];
}

function shell(place: LiteralPlace): readonly TextEdit[] | undefined {
  const { document, start, end, quote, variable } = place;
  if (/\.ps(?:1|m1)$/.test(document.path)) return quote === '' ? within(place, `$env:${variable}`) : whole(place, `$env:${variable}`);
  if (/\.(?:bat|cmd)$/.test(document.path)) return within(place, `%${variable}%`);
  const expression = `\${${variable}:?}`;
  if (quote === '"') return within(place, expression);
  if (quote === "'") return whole(place, `"${expression}"`);
  return [{ path: document.path, range: { start, end }, text: `"${expression}"` }];
}

function configuration(place: LiteralPlace): Printed {
  const { document, variable, start, literalStart } = place;
  const { path, text } = document;
  const name = baseName(path).toLowerCase();
  if (/(?:^|\/)\.github\/workflows\//.test(path) || (name === 'action.yml' || name === 'action.yaml')) return document.language === 'yaml' ? within(place, `\${{ secrets.${variable} }}`) : undefined;
  if (/^serverless\.ya?ml$/.test(name)) return within(place, `\${env:${variable}}`);
  const client = mcpVariable(path, variable);
  if (client) return 'refused' in client ? client : within(place, client.text);
  if (isTemplate(text)) return start === literalStart ? cloudFormationParameter(place) : undefined;
  if (document.language === 'yaml' && /^kind:/m.test(text) && /^apiVersion:/m.test(text)) return kubernetesReference(place);
  if (document.language === 'yaml' && /^services:/m.test(text) && /compose/.test(name)) return composeVariable(place);
  return undefined;
}
