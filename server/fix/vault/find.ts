import { baseName, directoryName, joinPath } from '../../base/path.ts';
import { lowerCode } from '../../lower/code.ts';
import { createModuleLoader } from '../../lower/modules.ts';
import type { Call, CodeModule, Expression, FunctionNode, Statement } from '../../model/code-tree.ts';
import type { CodeLookup } from '../../model/fix.ts';
import type { Document } from '../../source/document.ts';
import { isCode, isComponent } from '../../source/language.ts';
import { fileOfPart } from '../../source/notebook.ts';
import type { Sources } from '../../source/sources.ts';
import { vaultServices, type VaultService } from './services.ts';

/** How a secret is asked for with what the project has already. */
export interface Lookup extends CodeLookup {
  /** The name that the secret has to have there. */
  readonly secret: string;
}

/** The look-up by which a secret could be had at a place: a call like one in the file, or a helper of the file or the workspace. */
export function findLookup(document: Document, variable: string, sources: Sources): Lookup | undefined {
  if (!isCode(document.language) || isComponent(document.language)) return undefined;
  const module = lowerCode(document);
  if (module.broken) return undefined;
  return helperIn(module, document, variable) ?? callIn(module, document, variable) ?? importedHelper(module, document, variable, sources) ?? importableHelper(document, variable, sources);
}

interface Found {
  readonly service: VaultService;
  readonly call: Call;
  readonly id: Expression;
  /** Functions around it, innermost last. */
  readonly within: readonly FunctionNode[];
}

/** Calls of vault libraries in a module. */
function vaultCalls(module: CodeModule): readonly Found[] {
  const python = module.language === 'python';
  const imported = module.body.flatMap((one) => (one.kind === 'import' ? [one.module] : []));
  const services = vaultServices.filter((one) => one.python === python && imported.some((name) => one.module.test(name)));
  if (services.length === 0) return [];
  const out: Found[] = [];
  visit(module.body, [], (call, within) => {
    for (const service of services) {
      const id = service.id(call);
      if (id) out.push({ service, call, id, within });
    }
  });
  return out;
}

function visit(node: unknown, within: readonly FunctionNode[], see: (call: Call, within: readonly FunctionNode[]) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const one of node) visit(one, within, see);
    return;
  }
  const { kind } = node as { kind?: string };
  if (kind === 'call') see(node as Call, within);
  const inner = kind === 'function' && 'params' in node ? [...within, node as FunctionNode] : within;
  for (const value of node instanceof Map ? node.values() : Object.values(node)) if (typeof value === 'object') visit(value, inner, see);
}

/** A call of the file with the name of another secret in it. */
function callIn(module: CodeModule, document: Document, variable: string): Lookup | undefined {
  for (const { service, call, id, within } of vaultCalls(module)) {
    if (id.kind !== 'literal' || typeof id.value !== 'string') continue;
    const secret = service.sibling(id.value, variable);
    const root = rootOf(call.callee);
    if (secret === undefined || root === undefined) continue;
    const declared = declaredAt(module.body, root);
    const inner = within.at(-1);
    if (declared === undefined && !inner) continue;
    const written = document.text.slice(call.start, id.start) + quoted(document.text[id.start]!, secret) + document.text.slice(id.end, call.end);
    return {
      service: service.name, secret, isAsync: service.isAsync, expression: service.value(written, variable),
      from: declared ?? call.end, ...(declared === undefined && inner ? { inside: { start: call.end, end: inner.end } } : {}),
    };
  }
  return undefined;
}

function quoted(quote: string, text: string): string {
  return quote === '`' ? `'${text}'` : `${quote}${text}${quote}`;
}

interface Helper {
  readonly service: VaultService;
  readonly name: string;
  readonly isAsync: boolean;
  /** End of its definition; Python has to have run it. */
  readonly end: number;
  /** A name that the module asks for itself, as a model for others. */
  readonly known: string | undefined;
}

/** Functions of a module that take the name of a secret and give the secret as text. */
function helpersOf(module: CodeModule, text: string): readonly Helper[] {
  const calls = vaultCalls(module);
  return calls.flatMap(({ service, id, within }): Helper[] => {
    const [fn] = within;
    const named = fn && within.length === 1 ? nameOf(fn, module.body) : undefined;
    const [first, ...others] = fn?.params ?? [];
    if (!fn || named === undefined || id.kind !== 'name' || first?.target.kind !== 'name' || first.target.name !== id.name || others.some((one) => one.fallback === undefined && one.rest === undefined)) return [];
    const body = text.slice(fn.start, fn.end);
    if (!service.taken.test(body) || /JSON\.parse|json\.loads/.test(body) || !/\breturn\b|=>/.test(body)) return [];
    const known = calls.find((one) => one.service === service && one.id.kind === 'literal')?.id;
    return [{ service, name: named, isAsync: fn.isAsync, end: fn.end, known: (known?.kind === 'literal' && typeof known.value === 'string' ? known.value : undefined) ?? argumentOf(module, named) }];
  });
}

/** A name that a helper is called with. */
function argumentOf(module: CodeModule, helper: string): string | undefined {
  let found: string | undefined;
  visit(module.body, [], (call) => {
    const [first] = call.args;
    if (call.callee.kind === 'name' && call.callee.name === helper && first?.value.kind === 'literal' && typeof first.value.value === 'string') found ??= first.value.value;
  });
  return found;
}

function lookupBy(helper: Helper, local: string, variable: string, known: string | undefined, python: boolean): Lookup | undefined {
  const model = known ?? helper.known;
  const secret = model === undefined ? variable.toLowerCase().replaceAll('_', '-') : helper.service.sibling(model, variable);
  if (secret === undefined || helper.service.name === 'HashiCorp Vault') return undefined;
  const quote = python ? '"' : "'";
  return { service: helper.service.name, secret, isAsync: helper.isAsync, expression: `${helper.isAsync ? 'await ' : ''}${local}(${quote}${secret}${quote})`, from: 0 };
}

function helperIn(module: CodeModule, document: Document, variable: string): Lookup | undefined {
  const python = document.language === 'python';
  for (const helper of helpersOf(module, document.text)) {
    const lookup = lookupBy(helper, helper.name, variable, undefined, python);
    if (lookup) return { ...lookup, from: helper.end };
  }
  return undefined;
}

/** Names of modules and functions that are worth a look. */
const helpful = /secret|vault|credential|param|config|env|key|ssm/i;

/** A helper that the file imports already. */
function importedHelper(module: CodeModule, document: Document, variable: string, sources: Sources): Lookup | undefined {
  const loader = createModuleLoader(sources);
  for (const one of module.body) {
    if (one.kind !== 'import' || one.names.length === 0 || ![one.module, ...one.names.map((name) => name.name)].some((name) => helpful.test(name))) continue;
    const other = loader.load(one.module, document.path);
    const text = other && sources.document(other.path)?.text;
    if (!other || text === undefined) continue;
    for (const helper of helpersOf(other, text)) {
      const local = one.names.find((name) => name.name === helper.name)?.local;
      const lookup = local === undefined ? undefined : lookupBy(helper, local, variable, argumentOf(module, local), document.language === 'python');
      if (lookup) return { ...lookup, from: one.end };
    }
  }
  return undefined;
}

/** Where projects keep what all of their modules use, beside a file and above it. */
const shared = ['', 'lib', 'utils', 'common', 'shared', 'config', 'helpers', 'services'];
const helperFile = /(?:secret|vault|keyvault|key_vault|ssm|credential)s?[\w.-]*\.(?:ts|js|mjs|py)$/i;
const mostRead = 20;

/** A helper that another module of the project exports. */
function importableHelper(document: Document, variable: string, sources: Sources): Lookup | undefined {
  const python = document.language === 'python';
  const own = fileOfPart(document.path);
  let left = mostRead;
  let directory = directoryName(own);
  for (let up = 0; up < 4 && directory !== '' && directory !== '/'; up++, directory = directoryName(directory)) {
    for (const folder of shared) {
      if (python && (up > 0 && folder === '')) continue;
      const at = folder === '' ? directory : joinPath(directory, folder);
      for (const name of sources.list(at)) {
        if (!helperFile.test(name) || python !== name.endsWith('.py') || joinPath(at, name) === own || --left < 0) continue;
        const other = sources.document(joinPath(at, name));
        if (!other || !isCode(other.language)) continue;
        const module = lowerCode(other);
        for (const helper of helpersOf(module, other.text)) {
          if (!python && !isExported(module.body, helper.name)) continue;
          const lookup = lookupBy(helper, helper.name, variable, undefined, python);
          const specifier = python ? pythonModule(own, at, name, sources) : scriptModule(document, joinPath(at, name));
          if (lookup && specifier !== undefined) return { ...lookup, imported: { module: specifier, name: helper.name } };
        }
      }
    }
    if (sources.exists(joinPath(directory, '.git'))) break;
  }
  return undefined;
}

/** A relative specifier, with the ending that the file's other imports have. */
function scriptModule(document: Document, target: string): string {
  const from = directoryName(fileOfPart(document.path)).split('/');
  const to = target.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  const path = [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
  const ending = /from ['"]\.[^'"]*\.(ts|js|mjs)['"]/.exec(document.text)?.[1];
  const stem = path.replace(/\.(?:ts|js|mjs)$/, '');
  return `${stem.startsWith('.') ? '' : './'}${stem}${ending === undefined ? '' : `.${ending}`}`;
}

/** `lib.secrets` from the folder that holds the file or a package's root above it; relative within a package. */
function pythonModule(own: string, folder: string, name: string, sources: Sources): string | undefined {
  const stem = baseName(name).replace(/\.py$/, '');
  const here = directoryName(own);
  const isPackage = sources.exists(joinPath(here, '__init__.py'));
  if (folder === here) return isPackage ? `.${stem}` : stem;
  if (directoryName(folder) !== here && isPackage) return undefined;
  return directoryName(folder) === here ? `${isPackage ? '.' : ''}${baseName(folder)}.${stem}` : undefined;
}

function nameOf(fn: FunctionNode, body: readonly Statement[]): string | undefined {
  if (fn.name !== undefined) return body.some((one) => one.kind === 'function' && one.value === fn) ? fn.name : undefined;
  for (const one of body) if (one.kind === 'expression' && one.value.kind === 'assign' && one.value.value === fn && one.value.target.kind === 'name') return one.value.target.name;
  return undefined;
}

function isExported(body: readonly Statement[], name: string): boolean {
  return body.some((one) => (one.kind === 'function' && one.value.name === name && one.exported === true) || (one.kind === 'export' && one.module === undefined && one.names.some((each) => each.local === name && each.name === name)));
}

/** The name that a chain of members begins with. */
function rootOf(callee: Expression): string | undefined {
  let at = callee;
  while (at.kind === 'member' || at.kind === 'index') at = at.object;
  return at.kind === 'name' ? at.name : undefined;
}

/** End of the statement at the top of a module that declares a name. */
function declaredAt(body: readonly Statement[], name: string): number | undefined {
  for (const one of body) {
    if (one.kind === 'import' && one.names.some((each) => each.local === name)) return one.end;
    if (one.kind === 'expression' && one.value.kind === 'assign' && one.value.target.kind === 'name' && one.value.target.name === name) return one.end;
  }
  return undefined;
}
