import { directoryName, joinPath } from '../../base/path.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { parseBicep } from '../../syntax/bicep/parse.ts';
import type { BicepExpression, BicepFile, BicepResource } from '../../syntax/bicep/tree.ts';
import { verifiedModule } from './bicep-modules.ts';
import { bicepEvaluator, type Bindings } from './bicep-values.ts';
import { parametersBeside } from './parameters.ts';
import { armResource } from './resource.ts';

/** Resources of a file, and the files that it was read from. */
export interface LoweredBicep {
  readonly resources: readonly Resource[];
  readonly paths: readonly string[];
}

const deepestModule = 6;
const mostCalls = 60;

const files = new WeakMap<Document, BicepFile>();

function fileOf(document: Document): BicepFile {
  let file = files.get(document);
  if (!file) files.set(document, (file = parseBicep(document.text)));
  return file;
}

/** The resources of a Bicep file in the vocabulary of the Azure resource manager, with those of the files that it calls. */
export function lowerBicep(document: Document, sources: Sources): LoweredBicep {
  const paths = new Set<string>();
  let calls = 0;
  const read = (one: Document, given: ReadonlyMap<string, Value>, prefix: string, chain: readonly string[]): readonly Resource[] => {
    paths.add(one.path);
    const file = fileOf(one);
    const evaluate = bicepEvaluator(one.path, file, symbolsOf(file), given);
    const own = resourcesOf(one.path, file, evaluate).map((resource) => (prefix === '' ? resource : { ...resource, address: `${prefix}${resource.address}` }));
    const called = file.modules.filter((module) => !isLeftOut(module, evaluate, new Map())).flatMap((module): readonly Resource[] => rounds(module, evaluate, new Map()).flatMap((bindings, round): readonly Resource[] => {
      const address = `${prefix}${module.symbol}${round === 0 ? '' : `[${round}]`}`;
      const body = evaluate(module.body, bindings);
      if (module.type.startsWith('br')) return verifiedModule(module.type, address, { path: one.path, range: module.symbolRange }, body);
      const path = joinPath(directoryName(one.path), module.type);
      const target = /^[\w./-]+\.bicep$/.test(module.type) && !chain.includes(path) && chain.length < deepestModule && ++calls <= mostCalls ? sources.document(path) : undefined;
      return target ? read(target, argumentsOf(body), `${address}.`, [...chain, path]) : [];
    }));
    return [...own, ...called];
  };
  const used = document.path.endsWith('.bicepparam') ? /^[ \t]*using[ \t]+'([\w./-]+\.bicep)'/m.exec(document.text)?.[1] : undefined;
  const target = used === undefined ? undefined : sources.document(joinPath(directoryName(document.path), used));
  if (!target) return { resources: read(document, openParameters(document, sources), '', [document.path]), paths: [...paths] };
  paths.add(document.path);
  return { resources: read(target, settingsOf(document), '', [document.path, target.path]), paths: [...paths] };
}

/** What the JSON file beside a Bicep file sets its parameters to, but for those that are secure. */
function openParameters(document: Document, sources: Sources): ReadonlyMap<string, Value> {
  const secure = new Set(fileOf(document).declared.filter((one) => one.secure).map((one) => one.name));
  return new Map([...parametersBeside(document.path, sources)].filter(([name]) => !secure.has(name)));
}

/** What a file of parameters sets those of its Bicep file to. */
function settingsOf(document: Document): ReadonlyMap<string, Value> {
  const file = fileOf(document);
  const evaluate = bicepEvaluator(document.path, file, new Set(), new Map());
  return new Map([...file.parameters].flatMap(([name, value]): [string, Value][] => (value ? [[name, evaluate(value, new Map())]] : [])));
}

/** What a call gives to the parameters of a module. */
function argumentsOf(body: Value): ReadonlyMap<string, Value> {
  const params = body.kind === 'map' ? body.entries.get('params')?.value : undefined;
  return params?.kind === 'map' ? new Map([...params.entries].map(([name, entry]) => [name, entry.value])) : new Map();
}

function symbolsOf(file: BicepFile): ReadonlySet<string> {
  const symbols = new Set<string>();
  const gather = (resources: readonly BicepResource[]): void => {
    for (const one of resources) {
      symbols.add(one.symbol);
      gather(one.nested);
    }
  };
  gather(file.resources);
  return symbols;
}

type Evaluate = (expression: BicepExpression, bindings: Bindings) => Value;

function resourcesOf(path: string, file: BicepFile, evaluate: Evaluate): readonly Resource[] {
  const types = new Map(file.resources.map((one) => [one.symbol, one.type]));
  const lower = (resource: BicepResource, parent: BicepResource | undefined, prefix: string, outer: Bindings): readonly Resource[] => {
    const type = parent && !/^Microsoft\./i.test(resource.type) ? `${prefix}/${resource.type}` : resource.type;
    if (isLeftOut(resource, evaluate, outer)) return [];
    return rounds(resource, evaluate, outer).flatMap((bindings, round): readonly Resource[] => {
      const inner = resource.nested.flatMap((one) => lower(one, resource, type, bindings));
      const body = evaluate(resource.body, bindings);
      if (resource.existing || body.kind !== 'map') return inner;
      const symbol: Origin = { path, range: resource.symbolRange };
      const name = body.entries.get('name')?.value;
      const within = body.entries.get('parent')?.value;
      const whole = within?.kind === 'reference' && !type.includes('/', type.indexOf('/') + 1) && types.has(within.target) ? `${types.get(within.target)}/${type}` : type;
      const own = armResource({
        type: whole, address: round === 0 ? resource.symbol : `${resource.symbol}[${round}]`, name: name?.kind === 'string' && name.value !== '' ? name.value : resource.symbol, header: symbol,
        body: { ...body, origin: { path, range: resource.body.range } }, dialect: 'bicep',
        ...(parent ? { parent: parent.symbol } : {}),
      });
      return own ? [own, ...inner] : inner;
    });
  };
  return [...file.resources.flatMap((one) => lower(one, undefined, '', new Map())), ...outputsOf(path, file, evaluate), ...parametersOf(path, file)];
}

/** True where the condition of a resource or a module does not hold. */
function isLeftOut({ condition }: BicepResource, evaluate: Evaluate, bindings: Bindings): boolean {
  const value = condition && evaluate(condition, bindings);
  return value?.kind === 'boolean' && !value.value;
}

/** What the loop around a resource gives its body: one round for each item that differs, or one in which nothing of the loop is known. */
function rounds({ loop }: BicepResource, evaluate: Evaluate, outer: Bindings): readonly Bindings[] {
  if (!loop) return [outer];
  const over = evaluate(loop.over, outer);
  if (over.kind !== 'list' || !over.complete || over.items.length === 0 || over.items.length > 20 || loop.filtered) return [new Map([...outer, [loop.item, undefined]])];
  return over.items.map((item) => new Map([...outer, [loop.item, item]]));
}

/** Outputs, of which rules ask whether they show secrets. */
function outputsOf(path: string, file: BicepFile, evaluate: Evaluate): readonly Resource[] {
  const secure = new Set(file.declared.filter((one) => one.secure).map((one) => one.name));
  return file.outputs.map((output): Resource => {
    const value = evaluate(output.value, new Map());
    const header: Origin = { path, range: output.nameRange };
    const text = calledIn(output.value);
    const shown = namesIn(output.value).find((name) => secure.has(name));
    const entries: MapEntry[] = [
      { key: 'value', keyOrigin: header, value },
      ...(shown === undefined ? [] : [{ key: 'shows', keyOrigin: header, value: { kind: 'string', value: shown, origin: value.origin, at: value.at } } satisfies MapEntry]),
      ...(text === undefined ? [] : [{ key: 'calls', keyOrigin: header, value: { kind: 'string', value: text, origin: value.origin, at: value.at } } satisfies MapEntry]),
      { key: 'secure', keyOrigin: header, value: { kind: 'boolean', value: output.secure, origin: header, at: header } },
    ];
    return {
      type: 'azure_output', name: output.name, address: `output.${output.name}`, dialect: 'bicep', origin: { path, range: output.value.range }, header,
      attributes: new Map(entries.map((entry) => [entry.key, entry])), complete: true, companions: [], mode: 'managed',
    };
  });
}

/** Parameters, of which rules ask whether they show secrets. */
function parametersOf(path: string, file: BicepFile): readonly Resource[] {
  return file.declared.map((one): Resource => {
    const origin: Origin = { path, range: one.nameRange };
    const text = (key: string, value: string): [string, MapEntry] => [key, { key, keyOrigin: origin, value: { kind: 'string', value, origin, at: origin } }];
    return {
      type: 'azure_parameter', name: one.name, address: `param.${one.name}`, dialect: 'bicep', origin, header: origin,
      attributes: new Map([text('type', one.secure ? `secure${one.type}` : one.type)]), complete: true, companions: [], mode: 'managed',
    };
  });
}

/** Names that an expression gives as they are, or within a text. */
function namesIn(expression: BicepExpression): readonly string[] {
  switch (expression.kind) {
    case 'name': return [expression.name];
    case 'template': return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : namesIn(part)));
    case 'object': return expression.entries.flatMap((entry) => namesIn(entry.value));
    case 'array': return expression.items.flatMap(namesIn);
    case 'call': return /^(?:concat|format|string|join|base64|toLower|toUpper|trim)$/.test(expression.name) ? expression.args.flatMap(namesIn) : [];
    default: return [];
  }
}

/** The function whose result an expression gives, through its members. */
function calledIn(expression: BicepExpression): string | undefined {
  switch (expression.kind) {
    case 'call': return expression.name;
    case 'member': case 'index': return calledIn(expression.target);
    case 'template': return expression.parts.map((part) => (typeof part === 'string' ? undefined : calledIn(part))).find((name) => name !== undefined);
    default: return undefined;
  }
}
