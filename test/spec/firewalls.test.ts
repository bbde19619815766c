import assert from 'node:assert/strict';
import { analyzerFor } from '../support/analyze.ts';
import { foundIn, reports } from '../support/infrastructure.ts';

const ssh = 'network/open-ssh';
const samples: Readonly<Record<string, (range: string) => string>> = {
  aws_security_group: (range) => `resource "aws_security_group" "a" {\n  ingress {\n    from_port = 20\n    to_port = 25\n    protocol = "tcp"\n    cidr_blocks = ["${range}"]\n  }\n}\n`,
  aws_vpc_security_group_ingress_rule: (range) => `resource "aws_vpc_security_group_ingress_rule" "a" {\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = "${range}"\n}\n`,
  azurerm_network_security_rule: (range) => `resource "azurerm_network_security_rule" "a" {\n  direction = "Inbound"\n  access = "Allow"\n  protocol = "Tcp"\n  destination_port_range = "22"\n  source_address_prefix = "${range}"\n}\n`,
  google_compute_firewall: (range) => `resource "google_compute_firewall" "a" {\n  source_ranges = ["${range}"]\n  allow {\n    protocol = "tcp"\n    ports = ["20-30"]\n  }\n}\n`,
  alicloud_security_group_rule: (range) => `resource "alicloud_security_group_rule" "a" {\n  type = "ingress"\n  ip_protocol = "tcp"\n  port_range = "22/22"\n  cidr_ip = "${range}"\n}\n`,
  digitalocean_firewall: (range) => `resource "digitalocean_firewall" "a" {\n  inbound_rule {\n    protocol = "tcp"\n    port_range = "22"\n    source_addresses = ["${range}"]\n  }\n}\n`,
  openstack_networking_secgroup_rule_v2: (range) => `resource "openstack_networking_secgroup_rule_v2" "a" {\n  direction = "ingress"\n  protocol = "tcp"\n  port_range_min = 22\n  port_range_max = 22\n  remote_ip_prefix = "${range}"\n}\n`,
};

describe('firewalls', () => {
  for (const [type, sample] of Object.entries(samples)) {
    it(`of ${type} are told open from closed`, () => {
      assert.ok(reports(foundIn('main.tf', sample('0.0.0.0/0')), ssh));
      assert.ok(!reports(foundIn('main.tf', sample('10.1.2.3/32')), ssh));
      assert.ok(!reports(foundIn('main.tf', `variable "range" {\n}\n${sample('${var.range}')}`), ssh));
    });
  }

  it('that deny, or look outwards, open nothing', () => {
    assert.ok(!reports(foundIn('main.tf', samples['azurerm_network_security_rule']!('*').replace('"Allow"', '"Deny"')), ssh));
    assert.ok(!reports(foundIn('main.tf', samples['azurerm_network_security_rule']!('*').replace('"Inbound"', '"Outbound"')), ssh));
    assert.ok(reports(foundIn('main.tf', samples['azurerm_network_security_rule']!('*')), ssh));
  });

  it('open all ports by their protocol', () => {
    const text = samples['aws_vpc_security_group_ingress_rule']!('0.0.0.0/0').replace('"tcp"', '"-1"').replace(/ {2}(?:from|to)_port = 22\n/g, '');
    assert.ok(reports(foundIn('main.tf', text), 'network/open-all-ports'));
    assert.ok(!reports(foundIn('main.tf', text), ssh));
  });

  it('that let every address in are reported once for both versions of the protocol, with one fix', () => {
    const rule = (name: string, ports: string, range: string): string => `  ${name} {\n    ${ports}\n    protocol = "tcp"\n    ${range}\n  }\n`;
    const at22 = 'from_port = 22\n    to_port = 22';
    const inOne = rule('ingress', at22, 'cidr_blocks = ["0.0.0.0/0"]\n    ipv6_cidr_blocks = ["::/0"]');
    const inTwo = rule('ingress', at22, 'cidr_blocks = ["0.0.0.0/0"]') + rule('ingress', at22, 'ipv6_cidr_blocks = ["::/0"]');
    for (const rules of [inOne, inTwo]) {
      const text = `resource "aws_security_group" "a" {\n${rules}}\n`;
      const analyzer = analyzerFor({ 'main.tf': text });
      const found = analyzer.analyze('/workspace/main.tf').findings.filter((one) => one.ruleId === ssh);
      assert.deepEqual(found.map((one) => [text.slice(one.range.start, one.range.end), one.related.map(({ range }) => text.slice(range.start, range.end))]), [['0.0.0.0/0', ['::/0']]]);
      assert.deepEqual(analyzer.edits(found[0]!.fixes[0]!)?.map((edit) => text.slice(edit.range.start, edit.range.end)), ['0.0.0.0/0', '::/0']);
    }
    const apart = rule('ingress', at22, 'cidr_blocks = ["0.0.0.0/0"]') + rule('ingress', 'from_port = 22\n    to_port = 23', 'ipv6_cidr_blocks = ["::/0"]');
    assert.deepEqual(foundIn('main.tf', `resource "aws_security_group" "a" {\n${apart}}\n`).filter((one) => one.startsWith(ssh)), [`${ssh} 0.0.0.0/0`, `${ssh} ::/0`]);
    assert.deepEqual(foundIn('main.tf', `resource "aws_security_group" "a" {\n${rule('ingress', at22, 'ipv6_cidr_blocks = ["::/0"]')}}\n`).filter((one) => one.startsWith(ssh)), [`${ssh} ::/0`]);
  });

  it('of whole subnets, which let all in by themselves, weigh less than those of machines', () => {
    const acl = (ports: string): string => `resource "aws_network_acl" "a" {\n  ingress {\n    rule_no = 100\n    action = "allow"\n    ${ports}\n    cidr_block = "0.0.0.0/0"\n  }\n}\n`;
    const severity = (text: string, id: string) => analyzerFor({ 'main.tf': text }).analyze('/workspace/main.tf').findings.find((one) => one.ruleId === id)?.severity;
    assert.equal(severity(acl('protocol = "-1"\n    from_port = 0\n    to_port = 0'), 'network/open-all-ports'), 'low');
    assert.equal(severity(acl('protocol = "tcp"\n    from_port = 22\n    to_port = 22'), ssh), 'medium');
    assert.equal(severity(samples['aws_security_group']!('0.0.0.0/0'), ssh), 'high');
  });
});
