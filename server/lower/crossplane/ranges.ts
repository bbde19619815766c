import type { MapEntry, Value } from '../../model/value.ts';

/** Gives the rules of a security group, written as EC2's own interface has them, the provider's names. */
export function withRangesOfRules(entries: Map<string, MapEntry>): void {
  for (const key of ['ingress', 'egress']) {
    const own = entries.get(key);
    if (own) entries.set(key, { ...own, value: withRanges(own.value) });
  }
}

function withRanges(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(withRanges) };
  if (value.kind !== 'map') return value;
  const entries = new Map(value.entries);
  for (const [from, part, to] of [['ip_ranges', 'cidr_ip', 'cidr_blocks'], ['ipv6_ranges', 'cidr_ipv6', 'ipv6_cidr_blocks'], ['ip_v6_ranges', 'cidr_ip_v6', 'ipv6_cidr_blocks']] as const) {
    const ranges = entries.get(from);
    if (ranges?.value.kind !== 'list') continue;
    const items = ranges.value.items.flatMap((one) => (one.kind === 'map' ? one.entries.get(part)?.value ?? [] : []));
    entries.set(to, { ...ranges, key: to, value: { ...ranges.value, items } });
  }
  const protocol = entries.get('ip_protocol');
  if (protocol && !entries.has('protocol')) entries.set('protocol', { ...protocol, key: 'protocol' });
  return { ...value, entries };
}

