import { firewallNoun, firewallTypes, isAnywhere, isPublicNetwork, isWidePrivate, openingsOf, type Opening } from '../../server/rule/openings.ts';
import { oneAddress, substituted } from '../../server/rule/substitutes.ts';
import { isProgrammed, type Fix, type Resource, type RuleId, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type ResourceContext, type Rule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';

interface PortRow {
  readonly id: RuleId;
  readonly title: string;
  readonly what: string;
  readonly severity: Severity;
  readonly accept: (opening: Opening) => boolean;
  /** Ports and range of the bad sample. */
  readonly ports: readonly [number, number];
  readonly cidr?: string;
  readonly protocol?: string;
  readonly egress?: true;
  readonly to?: string;
  readonly ranges?: true;
}

const whole = (one: Opening): boolean => one.to - one.from >= 65_000;
const incoming = (one: Opening): boolean => !one.egress && isAnywhere(one.cidr);
const covers = (...ports: readonly number[]) => (one: Opening): boolean => incoming(one) && !whole(one) && ports.some((port) => one.from <= port && port <= one.to);

/** Services that nobody offers to strangers on purpose, by port. */
const databases = [1433, 1434, 1521, 2483, 2484, 5432, 5433, 5439, 5984, 6379, 6380, 7000, 7001, 7474, 7687, 8086, 9042, 9160, 9200, 9300, 11211, 11214, 11215, 27017, 27018, 27019, 28015, 50000, 61620, 61621, 6333, 6334, 19530, 8529, 9000];
const management = [23, 135, 137, 138, 139, 161, 389, 445, 636, 2375, 2376, 2379, 2380, 2382, 2383, 3000, 3020, 4505, 4506, 5500, 5601, 5900, 5985, 5986, 8000, 8080, 8140, 8200, 8500, 9090, 10250, 10255, 15672, 5672, 25, 53, 110, 111, 143];
const notebooks = [8888, 11434, 8265, 10001, 5000, 6006, 7860, 8501, 8787];
const named = new Set([...databases, ...management, ...notebooks, 20, 21, 22, 80, 443, 3306, 3389]);
const sensitive = (one: Opening): boolean => !one.egress && !whole(one) && [22, 3389, 3306, 20, 21, ...databases, ...management].some((port) => one.from <= port && port <= one.to);

/** Ranges from which Google's load balancers check health, and its proxy for signed-in administrators calls. */
const ofProvider = /^(?:35\.235\.240\.0\/20|35\.191\.0\.0\/16|130\.211\.0\.0\/22|209\.85\.(?:152|204)\.0\/22|199\.36\.15[34]\.\d+\/\d+)$/;

const rows: readonly PortRow[] = [
  { id: 'network/open-ssh', title: 'SSH open to the internet', what: 'SSH (port 22)', severity: 'high', accept: covers(22), ports: [22, 22] },
  { id: 'network/open-rdp', title: 'RDP open to the internet', what: 'RDP (port 3389)', severity: 'high', accept: covers(3389), ports: [3389, 3389] },
  { id: 'network/open-ftp', title: 'FTP open to the internet', what: 'FTP (ports 20 and 21)', severity: 'medium', accept: covers(20, 21), ports: [21, 21] },
  { id: 'network/open-mysql', title: 'MySQL open to the internet', what: 'MySQL (port 3306)', severity: 'high', accept: covers(3306), ports: [3306, 3306] },
  { id: 'network/open-database-port', title: 'Database port open to the internet', what: 'a database port', severity: 'high', accept: covers(...databases), ports: [5432, 5432] },
  { id: 'network/open-management-port', title: 'Management port open to the internet', what: 'a management port', severity: 'medium', accept: (one) => covers(...management)(one) && one.to - one.from < 10_000, ports: [2375, 2375] },
  { id: 'network/open-notebook-port', title: 'Notebook or model server open to the internet', what: 'a notebook or model server port', severity: 'high', accept: (one) => covers(...notebooks)(one) && one.to - one.from < 1000, ports: [8888, 8888] },
  { id: 'network/open-http-port', title: 'Plain HTTP open to the internet', what: 'plain HTTP (port 80)', severity: 'low', accept: covers(80), ports: [80, 80] },
  { id: 'network/open-all-ports', title: 'All ports open to the internet', what: 'all ports', severity: 'critical', accept: (one) => incoming(one) && whole(one), ports: [0, 65_535] },
  { id: 'network/open-port-range', title: 'Range of ports open to the internet', what: 'a range of ports', severity: 'medium', accept: (one) => incoming(one) && one.from !== one.to && !whole(one), ports: [8000, 8010], ranges: true },
  { id: 'network/open-port', title: 'Port open to the internet', what: 'ports other than those of the web', severity: 'low', accept: (one) => incoming(one) && !whole(one) && one.from === one.to && !named.has(one.from), ports: [8443, 8443], ranges: true },
  { id: 'network/sensitive-port-public-network', title: 'Sensitive port open to a public network', what: 'a sensitive port', severity: 'low', accept: (one) => sensitive(one) && isPublicNetwork(one.cidr), ports: [22, 22], cidr: '203.0.113.0/24', to: 'a public network' },
  { id: 'network/sensitive-port-wide-private', title: 'Sensitive port open to a wide private network', what: 'a sensitive port', severity: 'info', accept: (one) => sensitive(one) && isWidePrivate(one.cidr), ports: [22, 22], cidr: '10.0.0.0/8', to: 'a wide private network' },
  { id: 'network/open-address-range', title: 'More than one address let in', what: 'ports', severity: 'info', accept: (one) => !one.egress && !isAnywhere(one.cidr) && !ofProvider.test(one.cidr) && /^[\d.]+\/(?:\d|[12]\d|3[01])$/.test(one.cidr), ports: [8443, 8443], cidr: '203.0.113.0/24', to: 'more than one address' },
  { id: 'network/open-egress', title: 'Unrestricted outgoing traffic', what: 'outgoing traffic to anywhere', severity: 'info', accept: (one) => one.egress && isAnywhere(one.cidr) && whole(one), ports: [0, 65_535], egress: true },
  { id: 'network/open-egress-port', title: 'Outgoing traffic to anywhere on some ports', what: 'some ports for outgoing traffic to anywhere', severity: 'info', accept: (one) => one.egress && isAnywhere(one.cidr) && !whole(one), ports: [22, 22], egress: true },
];

function check(row: PortRow, resource: Resource, context: ResourceContext): void {
  if (row.severity === 'info' && !row.egress && isProgrammed(resource)) return;
  const seen = new Set<Value>();
  const openings = openingsOf(resource).filter((one) => {
    const first = row.accept(one) && !seen.has(one.range);
    if (first) seen.add(one.range);
    return first;
  });
  for (const one of openings) {
    if (counterpart(one, openings, 'IPv4')) continue;
    const twin = counterpart(one, openings, 'IPv6');
    const noun = `${firewallNoun(resource)} "${resource.name}"`;
    context.report({
      at: one.range.at, message: row.egress ? `${noun} allows outgoing traffic to anywhere.` : `${noun} opens ${portsOf(one, row)} to ${row.to ?? 'the internet'}.`,
      ...severityOf(row, resource),
      ...(twin ? { related: [{ ...twin.range.at, message: 'the same for IPv6' }] } : {}),
      fixes: together(substituted(one.range, oneAddress(one.cidr)), twin && substituted(twin.range, oneAddress(twin.cidr))),
    });
  }
}

/** The same opening for every address of the other version of the protocol: one decision, and one finding at the first. */
function counterpart(one: Opening, all: readonly Opening[], version: 'IPv4' | 'IPv6'): Opening | undefined {
  const isIPv6 = (other: Opening): boolean => other.cidr.includes(':');
  if (!isAnywhere(one.cidr) || isIPv6(one) === (version === 'IPv6')) return undefined;
  return all.find((other) => isAnywhere(other.cidr) && isIPv6(other) !== isIPv6(one) && other.egress === one.egress && other.from === one.from && other.to === one.to && other.protocol === one.protocol);
}

/** One fix for both. */
function together([first]: readonly Fix[], other: readonly Fix[] | undefined): readonly Fix[] {
  if (!first) return [];
  const [second] = other ?? [];
  return other && !second ? [] : [{ ...first, intents: [...first.intents, ...(second?.intents ?? [])] }];
}

/** A network ACL of AWS that lets all in is what every subnet has by itself; security groups decide behind it. */
function severityOf(row: PortRow, resource: Resource): { readonly severity?: Severity } {
  if (!/^aws_(?:default_)?network_acl/.test(resource.type) || row.severity === 'info' || row.severity === 'low') return {};
  return { severity: row.id === 'network/open-all-ports' ? 'low' : 'medium' };
}

function portsOf(one: Opening, row: PortRow): string {
  if (whole(one)) return 'all ports';
  if (row.ranges || row.to) return one.from === one.to ? `port ${one.from}` : `ports ${one.from} to ${one.to}`;
  return row.what;
}

function sample(row: PortRow, cidr: string, mark: boolean): string {
  return `resource "aws_security_group" "api" {\n  ${row.egress ? 'egress' : 'ingress'} {\n    from_port   = ${row.ports[0]}\n    to_port     = ${row.ports[1]}\n    protocol    = "tcp"\n    cidr_blocks = ["${cidr}"]\n${mark ? `${' '.repeat(20)}${'^'.repeat(cidr.length)}\n` : ''}  }\n}\n`;
}

export default rows.map((row): Rule => defineRule({
  id: row.id, title: row.title, severity: row.severity, confidence: 'high',
  references: families.exposed.references,
  what: `Reports firewalls, security groups and network ACLs of all providers that open ${row.what} to ${row.to ?? 'every address'}.`,
  why: row.egress ? 'What an intruder collects leaves through any door that is open.' : families.exposed.why,
  whenNotToUse: 'For load balancers and other services that are public on purpose.',
  checks: [{ on: 'resource', types: firewallTypes, check: (resource, context) => check(row, resource, context) }],
  examples: [{ file: 'main.tf', bad: sample(row, row.cidr ?? '0.0.0.0/0', true), fixed: sample(row, '10.0.0.10/32', false), good: sample(row, '10.0.1.7/32', false) }],
}));
