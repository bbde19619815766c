import type { Key, Shape } from '../shape.ts';

const strings: Shape = { kind: 'list', of: { kind: 'string' }, most: 500 };
const scalar: Shape = { kind: 'either', options: [{ kind: 'string' }, { kind: 'number', least: -1e15, most: 1e15 }, { kind: 'boolean' }] };

/** A condition is recursive; it is validated by the compiler, which knows what each key needs. */
const condition: Shape = {
  kind: 'map',
  keys: {
    attribute: { shape: { kind: 'string' }, description: 'Dotted path in the Terraform provider\'s vocabulary, `*` for every item: `ingress.*.cidr_blocks`.' },
    equals: { shape: scalar, description: 'The value is this.' },
    in: { shape: { kind: 'list', of: scalar, most: 500 }, description: 'The value is one of these.' },
    matches: { shape: { kind: 'string' }, description: 'The text matches this regular expression (RE2 syntax).' },
    atLeast: { shape: { kind: 'number', least: -1e15, most: 1e15 }, description: 'The number is at least this.' },
    atMost: { shape: { kind: 'number', least: -1e15, most: 1e15 }, description: 'The number is at most this.' },
    exists: { shape: { kind: 'boolean' }, description: 'The attribute is written, or is not.' },
    connected: {
      shape: { kind: 'map', required: ['type'], keys: { type: { shape: { kind: 'string' }, description: 'Type of the other resource.' }, where: { shape: { kind: 'any' }, description: 'What holds for the other resource.' } } },
      description: 'A resource of this type refers to this one, or this one to it.',
    },
    and: { shape: { kind: 'any' }, description: 'All of these conditions hold.' },
    or: { shape: { kind: 'any' }, description: 'One of these conditions holds.' },
    not: { shape: { kind: 'any' }, description: 'The condition does not hold.' },
  },
};

const argument: Shape = {
  kind: 'map',
  keys: {
    keyword: { shape: { kind: 'string' }, description: 'Name of the argument, or of the key in an options object.' },
    position: { shape: { kind: 'number', least: 0, most: 30 }, description: 'Zero-based position of the argument.' },
    is: { shape: scalar, description: 'The argument is this constant.' },
    missing: { shape: { kind: 'boolean' }, description: 'The argument is not given.' },
  },
};

const keys: Readonly<Record<string, Key>> = {
  id: { shape: { kind: 'string', pattern: /^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/, patternHint: 'an id as `storage/untagged-bucket`' }, description: 'Category and name; the name says the bad state.' },
  kind: { shape: { kind: 'string', values: ['resource', 'policy', 'call', 'taint', 'text', 'document'] }, description: 'What the rule looks at.' },
  title: { shape: { kind: 'string' }, description: 'The bad state in a few words.' },
  message: { shape: { kind: 'string' }, description: 'One sentence; {name}, {type} and {value} stand for the object.' },
  severity: { shape: { kind: 'string', values: ['critical', 'high', 'medium', 'low', 'info'] }, description: 'Default medium.' },
  confidence: { shape: { kind: 'string', values: ['high', 'medium', 'low'] }, description: 'Default high.' },
  why: { shape: { kind: 'string' }, description: 'What can happen.' },
  references: { shape: strings, description: 'Ids of weaknesses and controls: CWE-311, LLM01:2025.' },
  tags: { shape: strings, description: 'Tags for the configuration.' },
  types: { shape: strings, description: 'resource: types in the Terraform provider\'s vocabulary, `k8s_deployment` for Kubernetes.' },
  where: { shape: condition, description: 'resource: only these resources are judged.' },
  require: { shape: condition, description: 'resource: what must hold.' },
  forbid: { shape: condition, description: 'resource: what must not hold.' },
  fix: { shape: { kind: 'map', required: ['set', 'to'], keys: { set: { shape: { kind: 'string' }, description: 'Attribute to set.' }, to: { shape: scalar, description: 'Value to set it to.' } } }, description: 'resource: the one-click fix.' },
  policy: {
    shape: {
      kind: 'map',
      keys: {
        effect: { shape: { kind: 'string', values: ['allow', 'deny'] }, description: 'Default allow.' },
        actions: { shape: strings, description: 'Globs of actions that the statement names: `s3:*`, `iam:Pass*`.' },
        resources: { shape: strings, description: 'Globs of resources that the statement names; `*` alone means exactly that.' },
        principals: { shape: strings, description: 'Globs of principals that the statement names.' },
        withoutCondition: { shape: { kind: 'string' }, description: 'No condition uses this key, a glob; `*` for no condition at all.' },
      },
    },
    description: 'policy: statements that are reported.',
  },
  call: {
    shape: { kind: 'map', required: ['callee'], keys: { callee: { shape: strings, description: 'Qualified names of functions: `torch.load`, `openai.OpenAI#chat.completions.create`.' }, arguments: { shape: { kind: 'list', of: argument, most: 20 }, description: 'All of these hold for the call.' } } },
    description: 'call: calls that are reported.',
  },
  sources: { shape: strings, description: 'taint: qualified names whose value is untrusted.' },
  sinks: {
    shape: { kind: 'list', most: 100, of: { kind: 'map', required: ['callee'], keys: { callee: { shape: { kind: 'string' }, description: 'Qualified name of the function.' }, arguments: { shape: { kind: 'list', of: { kind: 'either', options: [{ kind: 'number', least: 0, most: 30 }, { kind: 'string' }] } }, description: 'Positions or keywords that must not be tainted; all without it.' } } } },
    description: 'taint: where untrusted values must not arrive.',
  },
  sanitizers: { shape: strings, description: 'taint: qualified names whose result is trusted.' },
  text: {
    shape: { kind: 'map', required: ['pattern'], keys: { pattern: { shape: { kind: 'string' }, description: 'Regular expression in RE2 syntax; group 1, where there is one, is what is reported.' }, keywords: { shape: strings, description: 'Words of which the name beside the text, or the text, must hold one.' }, minimumEntropy: { shape: { kind: 'number', least: 0, most: 8 }, description: 'Bits of entropy a character.' } } },
    description: 'text: strings that are reported.',
  },
  document: {
    shape: { kind: 'map', required: ['files'], keys: { files: { shape: { kind: 'list', of: { kind: 'string', glob: true }, most: 500 }, description: 'Globs of JSON and YAML files: `**/.mcp.json`.' }, forbid: { shape: condition, description: 'What must not hold for the document.' }, require: { shape: condition, description: 'What must hold for the document.' } } },
    description: 'document: settings of agents, MCP servers and other tools.',
  },
  examples: {
    shape: { kind: 'list', most: 50, of: { kind: 'map', required: ['file'], keys: { file: { shape: { kind: 'string' }, description: 'File name; decides the language.' }, bad: { shape: { kind: 'string' }, description: 'Reported; `^^^` under a line marks the range, without marks any finding counts.' }, good: { shape: { kind: 'string' }, description: 'Not reported.' }, fixed: { shape: { kind: 'string' }, description: '`bad` after the fix.' } } } },
    description: 'Samples that `wardline test` and the editor check.',
  },
};

/** What may stand in `.wardline/rules/*.yaml`. */
export const rulesShape: Extract<Shape, { kind: 'map' }> = {
  kind: 'map', required: ['rules'],
  keys: { rules: { shape: { kind: 'list', most: 500, of: { kind: 'map', keys, required: ['id', 'kind', 'message'] } }, description: 'The team\'s own rules.' } },
};

export function isRuleFile(path: string): boolean {
  return /(?:^|\/)\.wardline\/rules\/[^/]+\.ya?ml$/.test(path);
}
