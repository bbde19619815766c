import type { Value } from '../../model/value.ts';

export interface ArmScope {
  readonly parameter: (name: string) => Value | undefined;
  readonly variable: (name: string) => Value | undefined;
  /** Address of a resource by its type, for `resourceId`. */
  readonly resource: (type: string) => string | undefined;
}

type Term = { readonly value: Value } | undefined;

/** The value of a template expression, `[concat(parameters('name'), '-data')]`; unknown where it cannot be worked out. Total. */
export function armExpression(text: string, at: Value, scope: ArmScope): Value {
  const unknown: Value = { kind: 'unknown', origin: at.origin, at: at.at };
  const tokens = text.match(/'(?:[^']|'')*'|[A-Za-z_]\w*|\d+|[()[\].,]/g) ?? [];
  if (tokens.length > 400) return unknown;
  let index = 0;
  const string = (value: string): Value => ({ kind: 'string', value, origin: at.origin, at: at.at });
  const term = (depth: number): Term => {
    const token = tokens[index++];
    if (token === undefined || depth > 30) return undefined;
    let value: Value | undefined;
    if (token.startsWith("'")) value = string(token.slice(1, -1).replaceAll("''", "'"));
    else if (/^\d/.test(token)) value = { kind: 'number', value: Number(token), origin: at.origin, at: at.at };
    else if (/^\w/.test(token) && tokens[index] === '(') {
      index++;
      const args: Term[] = [];
      while (index < tokens.length && tokens[index] !== ')') {
        if (tokens[index] === ',') index++;
        else args.push(term(depth + 1));
      }
      index++;
      value = call(token.toLowerCase(), args, scope, unknown);
    }
    while (tokens[index] === '.' || tokens[index] === '[') {
      const step = tokens[index] === '.' ? tokens[index + 1] : tokens[index + 1]?.replace(/^'|'$/g, '');
      index += tokens[index] === '.' ? 2 : 3;
      value = value?.kind === 'map' && step !== undefined ? value.entries.get(step)?.value : value?.kind === 'list' ? value.items[Number(step)] : undefined;
    }
    return value && { value };
  };
  return term(0)?.value ?? unknown;
}

function call(name: string, args: readonly Term[], scope: ArmScope, unknown: Value): Value | undefined {
  const text = (index: number): string | undefined => {
    const value = args[index]?.value;
    return value?.kind === 'string' ? value.value : value?.kind === 'number' ? String(value.value) : undefined;
  };
  const place = { origin: unknown.origin, at: unknown.at };
  switch (name) {
    case 'parameters': return placed(scope.parameter(text(0) ?? ''), unknown);
    case 'variables': return placed(scope.variable(text(0) ?? ''), unknown);
    case 'true': case 'false': return { kind: 'boolean', value: name === 'true', ...place };
    case 'null': return { kind: 'null', ...place };
    case 'string': case 'bool': case 'int': case 'json': return args[0]?.value;
    case 'tolower': case 'toupper': {
      const value = text(0);
      return value === undefined ? undefined : { kind: 'string', value: name === 'tolower' ? value.toLowerCase() : value.toUpperCase(), ...place };
    }
    case 'concat': {
      const parts = args.map((_, index) => text(index));
      return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts.join(''), ...place } : { kind: 'unknown', parts, ...place };
    }
    case 'if': {
      const condition = args[0]?.value;
      return condition?.kind === 'boolean' ? args[condition.value ? 1 : 2]?.value : undefined;
    }
    case 'equals': {
      const [a, b] = [text(0), text(1)];
      return a === undefined || b === undefined ? undefined : { kind: 'boolean', value: a === b, ...place };
    }
    case 'resourceid': {
      const target = scope.resource(text(0) ?? '');
      return target === undefined ? undefined : { kind: 'reference', target, attribute: [], ...place };
    }
    default: return undefined;
  }
}

function placed(value: Value | undefined, where: Value): Value | undefined {
  return value && { ...value, at: where.at };
}
