import { lookIn, scalar } from '../analysis/values.ts';
import type { Resource } from '../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../model/value.ts';

/** A range of addresses that a firewall lets in or out, on a range of ports. */
export interface Opening {
  /** The address range as written: where a diagnostic goes. */
  readonly range: Value;
  readonly cidr: string;
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
  readonly egress: boolean;
}

/** How a kind of firewall writes its rules. Paths are dotted; alternatives are separated by `|`. */
interface Shape {
  readonly noun: string;
  /** Where the rules stand, with the direction they have there; `''` is the resource itself. */
  readonly rules: readonly (readonly [path: string, egress: boolean])[];
  readonly addresses: string;
  /** Where outgoing rules keep their addresses, if elsewhere. */
  readonly destinations?: string;
  /** Lowest and highest port. */
  readonly ports?: readonly [string, string];
  /** Texts or lists of texts such as `22`, `8000-8010`, `1/65535`, `*`. */
  readonly portRanges?: string;
  readonly protocol: string;
  /** The rule counts only where this word does not stand there. */
  readonly unless?: readonly { readonly path: string; readonly word: RegExp }[];
  /** Makes it a rule for outgoing traffic. */
  readonly outgoing?: { readonly path: string; readonly word: RegExp };
  readonly family?: 'gcp';
  /** Rules are texts of this form, whose named groups are the fields. */
  readonly written?: RegExp;
}

const deny = (path: string) => ({ path, word: /^(?:deny|drop|reject|disabled?)$/i });
const out = (path: string) => ({ path, word: /^(?:egress|outbound|out|true)$/i });

const group: Shape = { noun: 'Security group', rules: [['ingress', false], ['egress', true], ['rules', false], ['rules_egress', true]], addresses: 'cidr_blocks|ipv6_cidr_blocks|cidr_ip|cidr_ipv6', ports: ['from_port', 'to_port'], portRanges: 'ports', protocol: 'protocol|ip_protocol|proto' };
const groupRule: Shape = { ...group, noun: 'Security group rule', rules: [['', false]], addresses: 'cidr_blocks|ipv6_cidr_blocks|cidr_ipv4|cidr_ipv6|cidr_ip', outgoing: out('type') };
const azureRule: Shape = { noun: 'Security rule', rules: [['', false], ['properties', false]], addresses: 'source_address_prefix|source_address_prefixes|sourceAddressPrefix|sourceAddressPrefixes', destinations: 'destination_address_prefix|destination_address_prefixes|destinationAddressPrefix|destinationAddressPrefixes', portRanges: 'destination_port_range|destination_port_ranges|destinationPortRange|destinationPortRanges', protocol: 'protocol', unless: [deny('access')], outgoing: out('direction') };
const huaweiRule: Shape = { noun: 'Security group rule', rules: [['', false]], addresses: 'remote_ip_prefix', ports: ['port_range_min', 'port_range_max'], portRanges: 'ports', protocol: 'protocol', unless: [deny('action')], outgoing: out('direction') };
const nacl: Shape = { noun: 'Network ACL', rules: [['ingress', false], ['egress', true]], addresses: 'cidr_block|ipv6_cidr_block', ports: ['from_port', 'to_port'], protocol: 'protocol', unless: [deny('action|rule_action')] };

const shapes: Readonly<Record<string, Shape>> = {
  aws_security_group: group, aws_default_security_group: group, aws_security_group_rule: groupRule, aws_vpc_security_group_ingress_rule: groupRule,
  aws_vpc_security_group_egress_rule: { ...groupRule, rules: [['', true]] },
  aws_network_acl: nacl, aws_default_network_acl: nacl,
  aws_network_acl_rule: { ...nacl, noun: 'Network ACL rule', rules: [['', false]], ports: ['from_port|port_range.from', 'to_port|port_range.to'], outgoing: out('egress') },
  azurerm_network_security_rule: azureRule,
  azurerm_network_security_group: { ...azureRule, noun: 'Security group', rules: [['security_rule', false], ['properties.securityRules.properties', false], ['properties.securityRules', false], ['rules', false]] },
  google_compute_firewall: { noun: 'Firewall', rules: [['allow', false], ['allowed', false]], addresses: 'source_ranges', portRanges: 'ports', protocol: 'protocol|ip_protocol', family: 'gcp' },
  alicloud_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'cidr_ip|ipv6_cidr_ip', portRanges: 'port_range', protocol: 'ip_protocol', unless: [deny('policy')], outgoing: out('type') },
  oci_core_security_list: { noun: 'Security list', rules: [['ingress_security_rules', false], ['egress_security_rules', true]], addresses: 'source|destination', ports: ['tcp_options.min|udp_options.min', 'tcp_options.max|udp_options.max'], protocol: 'protocol' },
  oci_core_default_security_list: { noun: 'Security list', rules: [['ingress_security_rules', false], ['egress_security_rules', true]], addresses: 'source|destination', ports: ['tcp_options.min|udp_options.min', 'tcp_options.max|udp_options.max'], protocol: 'protocol' },
  oci_core_network_security_group_security_rule: { noun: 'Security rule', rules: [['', false]], addresses: 'source', destinations: 'destination', ports: ['tcp_options.destination_port_range.min|udp_options.destination_port_range.min', 'tcp_options.destination_port_range.max|udp_options.destination_port_range.max'], protocol: 'protocol', outgoing: out('direction') },
  openstack_networking_secgroup_rule_v2: { noun: 'Security group rule', rules: [['', false]], addresses: 'remote_ip_prefix', ports: ['port_range_min', 'port_range_max'], protocol: 'protocol', outgoing: out('direction') },
  openstack_compute_secgroup_v2: { noun: 'Security group', rules: [['rule', false]], addresses: 'cidr', ports: ['from_port', 'to_port'], protocol: 'ip_protocol' },
  openstack_fw_rule_v1: { noun: 'Firewall rule', rules: [['', false]], addresses: 'source_ip_address', portRanges: 'destination_port', protocol: 'protocol', unless: [deny('action')] },
  digitalocean_firewall: { noun: 'Firewall', rules: [['inbound_rule', false], ['outbound_rule', true]], addresses: 'source_addresses|destination_addresses', portRanges: 'port_range', protocol: 'protocol' },
  nifcloud_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'cidr_ip', ports: ['from_port', 'to_port|from_port'], protocol: 'protocol', outgoing: out('type') },
  ncloud_access_control_group_rule: { noun: 'Access control rule', rules: [['inbound', false], ['outbound', true]], addresses: 'ip_block', portRanges: 'port_range', protocol: 'protocol' },
  ncloud_network_acl_rule: { noun: 'Network ACL rule', rules: [['inbound', false], ['outbound', true]], addresses: 'ip_block', portRanges: 'port_range', protocol: 'protocol', unless: [deny('rule_action')] },
  tencentcloud_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'cidr_ip', portRanges: 'port_range', protocol: 'ip_protocol', unless: [deny('policy')], outgoing: out('type') },
  tencentcloud_security_group_rule_set: { noun: 'Security group rules', rules: [['ingress', false], ['egress', true]], addresses: 'cidr_block|ipv6_cidr_block', portRanges: 'port', protocol: 'protocol', unless: [deny('action')] },
  tencentcloud_lighthouse_firewall_rule: { noun: 'Firewall rule', rules: [['firewall_rules', false]], addresses: 'cidr_block', portRanges: 'port', protocol: 'protocol', unless: [deny('action')] },
  tencentcloud_security_group_lite_rule: { noun: 'Security group rules', rules: [['ingress', false], ['egress', true]], addresses: 'address', portRanges: 'port', protocol: 'protocol', written: /^ACCEPT#(?<address>[^#]+)#(?<port>[^#]+)#(?<protocol>\w+)$/i },
  ibm_is_network_acl: { noun: 'Network ACL', rules: [['rules', false]], addresses: 'source', destinations: 'destination', ports: ['tcp.port_min|udp.port_min', 'tcp.port_max|udp.port_max'], protocol: 'protocol', unless: [deny('action')], outgoing: out('direction') },
  ibm_is_network_acl_rule: { noun: 'Network ACL rule', rules: [['', false]], addresses: 'source', destinations: 'destination', ports: ['tcp.port_min|udp.port_min', 'tcp.port_max|udp.port_max'], protocol: 'protocol', unless: [deny('action')], outgoing: out('direction') },
  ibm_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'remote_ip', ports: ['port_range_min', 'port_range_max'], protocol: 'protocol', outgoing: out('direction') },
  ibm_is_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'remote', ports: ['tcp.port_min|udp.port_min', 'tcp.port_max|udp.port_max'], protocol: 'protocol', outgoing: out('direction') },
  yandex_vpc_security_group: { noun: 'Security group', rules: [['ingress', false], ['egress', true]], addresses: 'v4_cidr_blocks|v6_cidr_blocks', ports: ['from_port|port', 'to_port|port'], protocol: 'protocol' },
  yandex_vpc_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'v4_cidr_blocks|v6_cidr_blocks', ports: ['from_port|port', 'to_port|port'], protocol: 'protocol', outgoing: out('direction') },
  hcloud_firewall: { noun: 'Firewall', rules: [['rule', false]], addresses: 'source_ips', portRanges: 'port', protocol: 'protocol', outgoing: out('direction') },
  huaweicloud_networking_secgroup_rule: huaweiRule, opentelekomcloud_networking_secgroup_rule_v2: huaweiRule, flexibleengine_networking_secgroup_rule_v2: huaweiRule,
  scaleway_instance_security_group: { noun: 'Security group', rules: [['inbound_rule', false], ['outbound_rule', true]], addresses: 'ip_range|ip', portRanges: 'port|port_range', protocol: 'protocol', unless: [deny('action')] },
  exoscale_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'cidr', ports: ['start_port', 'end_port|start_port'], protocol: 'protocol', outgoing: out('type') },
  outscale_security_group_rule: { noun: 'Security group rule', rules: [['', false], ['rules', false]], addresses: 'ip_range|ip_ranges', ports: ['from_port_range', 'to_port_range'], protocol: 'ip_protocol', outgoing: out('flow') },
  stackit_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'ip_range', ports: ['port_range.min', 'port_range.max'], protocol: 'protocol.name', outgoing: out('direction') },
  civo_firewall: { noun: 'Firewall', rules: [['ingress_rule', false], ['egress_rule', true]], addresses: 'cidr', portRanges: 'port_range', protocol: 'protocol', unless: [deny('action')] },
  cloudstack_security_group_rule: { noun: 'Security group rule', rules: [['rule', false]], addresses: 'cidr_list', portRanges: 'ports', protocol: 'protocol', outgoing: out('traffic_type') },
  cloudstack_firewall: { noun: 'Firewall', rules: [['rule', false]], addresses: 'cidr_list', portRanges: 'ports', protocol: 'protocol' },
  cloudstack_network_acl_rule: { noun: 'Network ACL rule', rules: [['rule', false]], addresses: 'cidr_list', portRanges: 'ports|port', protocol: 'protocol', unless: [deny('action')], outgoing: out('traffic_type') },
  volcengine_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'cidr_ip', ports: ['port_start', 'port_end'], protocol: 'protocol', unless: [deny('policy')], outgoing: out('direction') },
  baiducloud_security_group_rule: { noun: 'Security group rule', rules: [['', false]], addresses: 'source_ip', destinations: 'dest_ip', portRanges: 'port_range', protocol: 'protocol', outgoing: out('direction') },
  linode_firewall: { noun: 'Firewall', rules: [['inbound', false], ['outbound', true]], addresses: 'ipv4|ipv6', portRanges: 'ports', protocol: 'protocol', unless: [deny('action')] },
};

export const firewallTypes: readonly string[] = Object.keys(shapes);

export function firewallNoun(resource: Resource): string {
  return shapes[resource.type]?.noun ?? 'Firewall';
}

/** What a firewall lets through, as far as addresses and ports are known. */
export function openingsOf(resource: Resource): readonly Opening[] {
  const shape = shapes[resource.type];
  if (!shape || resource.mode !== 'managed') return [];
  const whole: MapValue = { kind: 'map', entries: resource.attributes, complete: resource.complete, origin: resource.origin, at: resource.origin };
  if (shape.family === 'gcp') {
    if (/^egress$/i.test(wordAt(whole, 'direction') ?? '') || wordAt(whole, 'disabled') === 'true') return [];
    const addresses = lookIn(whole, 'source_ranges').values.flatMap(items);
    return shape.rules.flatMap(([path]) => lookIn(whole, path).values.flatMap(maps)).flatMap((rule) => rangesOf(rule, shape).flatMap(({ from, to }) => opening(addresses, from, to, wordAt(rule, shape.protocol) ?? 'tcp', false)));
  }
  return shape.rules.flatMap(([path, egress]) => (path === '' ? [whole] : lookIn(whole, path).values.flatMap((value) => (shape.written ? spelled(value, shape.written) : maps(value)))).flatMap((rule) => {
    if (shape.unless?.some((one) => one.word.test(wordAt(rule, one.path) ?? ''))) return [];
    const outgoing = egress || (shape.outgoing !== undefined && shape.outgoing.word.test(wordAt(rule, shape.outgoing.path) ?? ''));
    const addresses = (outgoing ? shape.destinations ?? shape.addresses : shape.addresses).split('|').flatMap((name) => lookIn(rule, name).values).flatMap(items);
    return rangesOf(rule, shape).flatMap(({ from, to }) => opening(addresses, from, to, wordAt(rule, shape.protocol) ?? 'tcp', outgoing));
  }));
}

function opening(addresses: readonly Value[], from: number, to: number, protocol: string, egress: boolean): Opening[] {
  return addresses.flatMap((range): Opening[] => {
    const text = scalar(range);
    return typeof text === 'string' ? [{ range, cidr: text.trim().toLowerCase(), from, to, protocol: protocol.toLowerCase(), egress }] : [];
  });
}

function rangesOf(rule: MapValue, shape: Shape): readonly { readonly from: number; readonly to: number }[] {
  const protocol = wordAt(rule, shape.protocol)?.toLowerCase();
  if (protocol !== undefined && /^(?:icmp|icmpv6|1|58|esp|ah|50|51|112|vrrp)$/.test(protocol)) return [];
  const everything = protocol !== undefined && /^(?:-1|all)$/.test(protocol);
  if (everything) return [{ from: 0, to: 65_535 }];
  const written = shape.portRanges?.split('|').flatMap((name) => lookIn(rule, name).values).flatMap(items) ?? [];
  const ranges = written.flatMap((value) => {
    const text = String(scalar(value) ?? '').trim();
    if (text === '*' || /^(?:all|any)$/i.test(text) || text === '-1/-1') return [{ from: 0, to: 65_535 }];
    return text.split(',').flatMap((part) => {
      const match = /^(\d+)(?:\s*[-/:]\s*(\d+))?$/.exec(part.trim());
      return match ? [{ from: Number(match[1]), to: Number(match[2] ?? match[1]) }] : [];
    });
  });
  if (ranges.length > 0) return ranges;
  if (written.length === 0 && shape.ports) {
    const from = numberAt(rule, shape.ports[0]);
    const to = numberAt(rule, shape.ports[1]);
    if (from !== undefined && to !== undefined) return [{ from: Math.max(0, from), to: from === 0 && to === 0 && protocol === undefined ? 65_535 : to < 0 ? 65_535 : to }];
  }
  return written.length === 0 && shape.family === 'gcp' && (protocol === 'tcp' || protocol === 'udp') && rule.complete ? [{ from: 0, to: 65_535 }] : [];
}

function items(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [value];
}

function maps(value: Value): readonly MapValue[] {
  return value.kind === 'map' ? [value] : value.kind === 'list' ? value.items.flatMap(maps) : [];
}

/** Rules that are texts, as maps of their fields. */
function spelled(value: Value, form: RegExp): readonly MapValue[] {
  return items(value).flatMap((item): readonly MapValue[] => {
    const fields = item.kind === 'string' ? form.exec(item.value)?.groups : undefined;
    if (!fields) return [];
    const entries = Object.entries(fields).map(([key, text]): [string, MapEntry] => [key, { key, keyOrigin: item.origin, value: { kind: 'string', value: text, origin: item.origin, at: item.at } }]);
    return [{ kind: 'map', entries: new Map(entries), complete: true, origin: item.origin, at: item.at }];
  });
}

function wordAt(map: MapValue, path: string): string | undefined {
  for (const name of path.split('|')) {
    const plain = scalar(lookIn(map, name).values[0]);
    if (plain !== undefined) return String(plain);
  }
  return undefined;
}

function numberAt(map: MapValue, path: string): number | undefined {
  const text = wordAt(map, path);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** The internet, whole or nearly. Azure and others have words for it. */
export function isAnywhere(cidr: string): boolean {
  return /^(?:0\.0\.0\.0(?:\/0)?|::\/0|::|\/0|\*|any|internet|<nw>\/0)$/.test(cidr) || /\/0$/.test(cidr);
}

/** A private range that holds more than 65,000 addresses. */
export function isWidePrivate(cidr: string): boolean {
  const match = /^(\d+)\.(\d+)\.\d+\.\d+\/(\d+)$/.exec(cidr);
  if (!match) return false;
  const [a, b, mask] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return mask > 0 && mask <= 16 && (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168));
}

/** A public range that is not the whole internet, but more than one machine. */
/** Where health checks and proxies of Google Cloud come from. */
const providers = /^(?:35\.191\.0\.0\/16|130\.211\.0\.0\/22|35\.235\.240\.0\/20|209\.85\.(?:152|204)\.0\/22|199\.36\.153\.\d+\/30)$/;

export function isPublicNetwork(cidr: string): boolean {
  const match = /^(\d+)\.(\d+)\.\d+\.\d+\/(\d+)$/.exec(cidr);
  if (!match) return false;
  const [a, b, mask] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const reserved = a === 10 || a === 127 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128) || a === 0 || a >= 224;
  return !reserved && mask > 0 && mask < 32 && !providers.test(cidr);
}
