import type { Rule } from './rule.ts';
import standards from './standards.json' with { type: 'json' };

/** A control or weakness that a rule refers to, from ./standards.json. */
export interface Reference {
  readonly framework: string;
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly uri?: string;
}

interface Framework {
  readonly key: string;
  readonly name: string;
  readonly items: readonly { readonly id: string; readonly title: string }[];
}

let index: Map<string, Reference> | undefined;

function references(): Map<string, Reference> {
  if (index) return index;
  index = new Map();
  for (const framework of (standards as { frameworks: readonly Framework[] }).frameworks) {
    for (const { id, title } of framework.items) {
      const uri = uriOf(framework.key, id);
      const one = { framework: framework.key, id, title, label: shortName(framework.key, id), ...(uri ? { uri } : {}) };
      index.set(`${framework.key}:${id}`, one);
      if (!index.has(id)) index.set(id, one);
    }
  }
  return index;
}

/** The reference that an id means, written alone (`CWE-798`) or with its framework's key (`hipaa:164.312(b)`). */
export function referenceOf(id: string): Reference | undefined {
  return references().get(id);
}

/** A rule's references; ids that standards.json does not know are left out, which a test reports. */
export function referencesOf(rule: Rule): readonly Reference[] {
  return rule.references.flatMap((id) => referenceOf(id) ?? []);
}

function uriOf(framework: string, id: string): string | undefined {
  if (id.startsWith('CWE-')) return `https://cwe.mitre.org/data/definitions/${id.slice(4)}.html`;
  if (id.startsWith('AML.')) return `https://atlas.mitre.org/techniques/${id}`;
  if (/^LLM\d\d/.test(id)) return 'https://genai.owasp.org/llm-top-10/';
  return framework.startsWith('owasp-asi') ? 'https://genai.owasp.org/' : undefined;
}

function shortName(framework: string, id: string): string {
  if (/^(?:CWE|LLM|ASI|AML)/.test(id)) return id;
  return `${framework.split('-').map((word) => (/^\d/.test(word) ? word : word.toUpperCase())).join(' ')} ${id}`;
}
