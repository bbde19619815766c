import { look, lookIn, scalar, type MapValue, type Resource, type RuleId, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type ResourceContext, type Rule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';

const groups = ['aws_security_group', 'aws_default_security_group'];
const single = ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'];

interface Opening {
  readonly range: Value;
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
  readonly egress: boolean;
}

/** The ranges of addresses that a group or rule lets in or out. */
function openings(resource: Resource): readonly Opening[] {
  if (groups.includes(resource.type)) {
    return (['ingress', 'egress'] as const).flatMap((name) => look(resource, name).values.flatMap((value) => maps(value)).flatMap((map) => opening(map, name === 'egress')));
  }
  const map: MapValue = { kind: 'map', entries: resource.attributes, complete: resource.complete, origin: resource.origin, at: resource.origin };
  const type = scalar(resource.attributes.get('type')?.value);
  return opening(map, resource.type.endsWith('egress_rule') || type === 'egress');
}

function opening(map: MapValue, egress: boolean): readonly Opening[] {
  const protocol = String(scalar(map.entries.get('protocol')?.value ?? map.entries.get('ip_protocol')?.value) ?? 'tcp');
  const all = protocol === '-1' || protocol === 'all';
  const port = (name: string): number | undefined => {
    const value = scalar(map.entries.get(name)?.value);
    return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
  };
  const from = all ? 0 : port('from_port');
  const to = all ? 65_535 : port('to_port');
  if (from === undefined || to === undefined) return [];
  return ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6', 'source_address_prefix'].flatMap((name) => lookIn(map, name).values)
    .flatMap((value) => (value.kind === 'list' ? value.items : [value]))
    .filter((value) => /^(?:0\.0\.0\.0\/0|::\/0)$/.test(String(scalar(value))))
    .map((range): Opening => ({ range, from: Math.max(0, from), to: from === 0 && to === 0 && all ? 65_535 : to, protocol, egress }));
}

function maps(value: Value): readonly MapValue[] {
  return value.kind === 'map' ? [value] : value.kind === 'list' ? value.items.flatMap((item) => maps(item)) : [];
}

interface PortRow {
  readonly id: RuleId;
  readonly title: string;
  readonly what: string;
  readonly severity: Severity;
  readonly accept: (opening: Opening) => boolean;
  readonly ports: readonly [number, number];
  readonly egress?: true;
}

const whole = (one: Opening): boolean => one.to - one.from >= 65_000;
const covers = (port: number) => (one: Opening): boolean => !one.egress && !whole(one) && one.from <= port && port <= one.to;
const databases = [3306, 5432, 1433, 1521, 27017, 6379, 9200, 5439, 11211, 9042, 7687, 19530, 6333];
const admin = [22, 3389];

const rows: readonly PortRow[] = [
  { id: 'network/open-ssh', title: 'SSH open to the internet', what: 'SSH (port 22)', severity: 'high', accept: covers(22), ports: [22, 22] },
  { id: 'network/open-rdp', title: 'RDP open to the internet', what: 'RDP (port 3389)', severity: 'high', accept: covers(3389), ports: [3389, 3389] },
  { id: 'network/open-database-port', title: 'Database port open to the internet', what: 'a database port', severity: 'high', accept: (one) => !one.egress && !whole(one) && databases.some((port) => one.from <= port && port <= one.to), ports: [5432, 5432] },
  { id: 'network/open-all-ports', title: 'All ports open to the internet', what: 'all ports', severity: 'critical', accept: (one) => !one.egress && whole(one), ports: [0, 65_535] },
  { id: 'network/open-http-port', title: 'Plain HTTP open to the internet', what: 'plain HTTP (port 80)', severity: 'low', accept: (one) => covers(80)(one) && one.to - one.from < 1000, ports: [80, 80] },
  { id: 'network/open-notebook-port', title: 'Notebook or model server open to the internet', what: 'a notebook or model server port', severity: 'high', accept: (one) => !one.egress && !whole(one) && [8888, 11434, 8265, 5000, 6006, 7860, 8501].some((port) => one.from <= port && port <= one.to) && one.to - one.from < 1000, ports: [8888, 8888] },
  { id: 'network/open-port', title: 'Port open to the internet', what: 'ports other than those of the web', severity: 'medium', accept: (one) => !one.egress && !whole(one) && !(one.from === one.to && [80, 443].includes(one.from)) && ![...admin, ...databases].some((port) => one.from <= port && port <= one.to), ports: [8000, 8010] },
  { id: 'network/open-egress', title: 'Unrestricted outgoing traffic', what: 'outgoing traffic to anywhere', severity: 'info', accept: (one) => one.egress && whole(one), ports: [0, 65_535], egress: true },
];

function check(row: PortRow, resource: Resource, context: ResourceContext): void {
  if (resource.mode !== 'managed') return;
  const seen = new Set<Value>();
  for (const one of openings(resource)) {
    if (!row.accept(one) || seen.has(one.range)) continue;
    seen.add(one.range);
    context.report({ at: one.range.at, message: row.egress ? `Security group "${resource.name}" allows outgoing traffic to anywhere.` : `Security group "${resource.name}" opens ${portsOf(one, row)} to the internet.` });
  }
}

function portsOf(one: Opening, row: PortRow): string {
  if (whole(one)) return 'all ports';
  if (row.id === 'network/open-port') return one.from === one.to ? `port ${one.from}` : `ports ${one.from} to ${one.to}`;
  return row.what;
}

export default rows.map((row): Rule => defineRule({
  id: row.id, title: row.title, severity: row.severity, confidence: 'high',
  references: families.exposed.references,
  what: `Reports security groups and rules that open ${row.what} to 0.0.0.0/0 or ::/0.`,
  why: row.egress ? 'What an intruder collects leaves through any door that is open.' : families.exposed.why,
  whenNotToUse: 'For load balancers and other services that are public on purpose.',
  noFix: 'The addresses that need access have to be named.',
  checks: [{ on: 'resource', types: [...groups, ...single], check: (resource, context) => check(row, resource, context) }],
  examples: [{
    file: 'main.tf',
    bad: `resource "aws_security_group" "api" {\n  ${row.egress ? 'egress' : 'ingress'} {\n    from_port   = ${row.ports[0]}\n    to_port     = ${row.ports[1]}\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n                    ^^^^^^^^^\n  }\n}\n`,
    good: `resource "aws_security_group" "api" {\n  ${row.egress ? 'egress' : 'ingress'} {\n    from_port   = ${row.ports[0]}\n    to_port     = ${row.ports[1]}\n    protocol    = "tcp"\n    cidr_blocks = ["10.0.0.0/16"]\n  }\n}\n`,
  }],
}));
