import { parseDocument } from 'yaml';
import type { ThreatState } from '../../model/threat.ts';

/** A threat as another tool's file has it. */
export interface ForeignThreat {
  /** Our own id of the threat, or what hashes to it, where the file came from here. */
  readonly ids: readonly string[];
  readonly element: string;
  readonly threat: string;
  readonly state: ThreatState;
  readonly reason: string | undefined;
  readonly by?: string;
  readonly until?: string;
}

/** A file that cannot be imported; the message says why. */
export class ExchangeError extends Error {}

type Json = Readonly<Record<string, unknown>>;

/** The threats of an Open Threat Model 0.2.0 (JSON or YAML) or of a Threat Dragon 2 model. Throws ExchangeError. */
export function readExchange(text: string): readonly ForeignThreat[] {
  const root = parsed(text);
  if (typeof root['otmVersion'] === 'string') {
    if (!/^0\.[12]\./.test(root['otmVersion'])) throw new ExchangeError(`Open Threat Model ${root['otmVersion']} is not known; 0.2.0 is.`);
    return fromOtm(root);
  }
  const diagrams = list(map(root['detail'])['diagrams']);
  if (root['summary'] !== undefined && root['detail'] !== undefined) {
    if (diagrams.some((one) => map(one)['diagramJson'] !== undefined) || !/^2\./.test(String(root['version'] ?? ''))) throw new ExchangeError('This is a Threat Dragon model of version 1; open it in Threat Dragon 2 and save it there.');
    return diagrams.flatMap((diagram) => list(map(diagram)['cells'])).flatMap(fromCell);
  }
  throw new ExchangeError('This is neither an Open Threat Model 0.2.0 nor a Threat Dragon 2 model.');
}

const largest = 20_000_000;

function parsed(text: string): Json {
  if (text.length > largest) throw new ExchangeError('The file is too large to be a threat model.');
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
  if (document.errors.length > 0) throw new ExchangeError(`The file is neither JSON nor YAML: ${document.errors[0]!.message.split('\n')[0]}`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new ExchangeError('The file refers to itself too often to be read.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ExchangeError('This is neither an Open Threat Model 0.2.0 nor a Threat Dragon 2 model.');
  return value as Json;
}

function fromOtm(root: Json): readonly ForeignThreat[] {
  const names = new Map(list(root['threats']).map((one) => [string(map(one)['id']), string(map(one)['name'])]));
  return [...list(root['components']), ...list(root['dataflows'])].flatMap((component) => {
    const { id, name, threats, attributes } = map(component);
    const own = map(attributes);
    const decisions = map(own['decisions']);
    return list(threats).flatMap((one): ForeignThreat[] => {
      const { threat, state } = map(one);
      const template = string(threat);
      if (template === undefined) return [];
      const decision = map(decisions[template]);
      const element = string(own['wardlineId']);
      return [{
        ids: element === undefined ? [] : [`${template}@${element}`], element: string(name) ?? string(id) ?? '', threat: names.get(template) ?? template, state: stateOf(string(state)), reason: string(decision['reason']),
        ...optional('by', string(decision['by'])), ...optional('until', string(decision['until'])),
      }];
    });
  });
}

/** A component of a diagram. Where the model was decided on, the reason stands before the mitigation that was exported, or in its place. */
function fromCell(cell: unknown): readonly ForeignThreat[] {
  const data = map(map(cell)['data']);
  return list(data['threats'] ?? map(cell)['threats']).flatMap((one): ForeignThreat[] => {
    const { id, threatId, title, status, mitigation } = map(one);
    const name = string(title);
    return name === undefined ? [] : [{ ids: [string(id), string(threatId)].filter((each) => each !== undefined), element: string(data['name']) ?? '', threat: name, state: stateOf(string(status)), reason: string(mitigation) }];
  });
}

/** States as the tools and their users spell them. */
function stateOf(text: string | undefined): ThreatState {
  const word = (text ?? '').toLowerCase().replace(/[^a-z]/g, '');
  if (/^accept/.test(word)) return 'accepted';
  if (/^(?:mitigated|implemented|eliminated|avoided)/.test(word)) return 'mitigated';
  if (/^transfer/.test(word)) return 'transferred';
  return /^(?:notapplicable|na|hidden|falsepositive)$/.test(word) ? 'not-applicable' : 'open';
}

function map(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
