import { isAnywhere } from '../../server/rule/openings.ts';
import { oneAddress, substituted } from '../../server/rule/substitutes.ts';
import { lookIn, mapsOf, scalar, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';

const { exposed, filter, segmentation } = families;

/** Firewall rules of Azure that name the first and the last address. */
const rangeRules = [
  'azurerm_mssql_firewall_rule',
  'azurerm_sql_firewall_rule',
  'azurerm_postgresql_firewall_rule',
  'azurerm_postgresql_flexible_server_firewall_rule',
  'azurerm_mysql_firewall_rule',
  'azurerm_mysql_flexible_server_firewall_rule',
  'azurerm_mariadb_firewall_rule',
  'azurerm_redis_firewall_rule',
  'azurerm_synapse_firewall_rule',
  'azurerm_cosmosdb_postgresql_firewall_rule',
  'azurerm_mongo_cluster_firewall_rule',
  'azurerm_data_lake_store_firewall_rule',
  'azurerm_data_lake_analytics_firewall_rule',
];
const firstNames = ['start_ip_address', 'start_ip', 'properties.startIpAddress', 'properties.startIP'];
const lastNames = ['end_ip_address', 'end_ip', 'properties.endIpAddress', 'properties.endIP'];

/** An IPv4 address as a number below 2^32. */
function addressNumber(text: string): number | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

const widest = 2 ** 16;

export default [
  objectRule({
    id: 'network/firewall-range-wide',
    title: 'Firewall rule for many addresses',
    severity: 'medium',
    confidence: 'medium',
    types: rangeRules,
    file: 'main.tf',
    what: 'Reports firewall rules of Azure whose first and last address are more than 65,536 apart.',
    why: exposed.why,
    references: exposed.references,
    noFix: 'The addresses that need access have to be named.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const first = firstNames.flatMap((path) => textsAt(own, path))[0];
      const last = lastNames.flatMap((path) => textsAt(own, path))[0];
      const [from, to] = [addressNumber(first?.value ?? ''), addressNumber(last?.value ?? '')];
      if (first && from !== undefined && to !== undefined && from > 0 && to - from >= widest)
        tell(first, `Firewall rule "${resource.name}" lets ${(to - from + 1).toLocaleString('en')} addresses in.`);
    },
    bad: 'resource "azurerm_redis_firewall_rule" "office" {\n  start_ip = "1.0.0.0"\n              ^^^^^^^\n  end_ip   = "3.0.0.0"\n}\n',
    good: 'resource "azurerm_redis_firewall_rule" "office" {\n  start_ip = "198.51.100.4"\n  end_ip   = "198.51.100.8"\n}\n',
  }),
  objectRule({
    id: 'network/gcp-open-egress',
    title: 'Unrestricted outgoing traffic of a network',
    severity: 'info',
    confidence: 'medium',
    types: ['google_compute_firewall'],
    file: 'main.tf',
    what: 'Reports firewalls of Google Cloud that allow outgoing traffic to every address.',
    why: segmentation.why,
    references: segmentation.references,
    check: (resource, tell) => {
      if (
        !/^egress$/i.test(textAt(resource, 'direction') ?? '') ||
        !['allow', 'allowed'].some((path) => lookIn(mapOfResource(resource), path).values.length > 0)
      )
        return;
      for (const range of textsAt(mapOfResource(resource), 'destination_ranges'))
        if (isAnywhere(range.value)) tell(range, `Firewall "${resource.name}" allows outgoing traffic to anywhere.`, substituted(range, oneAddress(range.value)));
    },
    bad: 'resource "google_compute_firewall" "out" {\n  direction = "EGRESS"\n  allow {\n    protocol = "all"\n  }\n  destination_ranges = ["0.0.0.0/0"]\n                         ^^^^^^^^^\n}\n',
    good: 'resource "google_compute_firewall" "out" {\n  direction = "EGRESS"\n  allow {\n    protocol = "tcp"\n  }\n  destination_ranges = ["10.0.0.0/8"]\n}\n',
    fixed: 'resource "google_compute_firewall" "out" {\n  direction = "EGRESS"\n  allow {\n    protocol = "all"\n  }\n  destination_ranges = ["10.0.0.10/32"]\n}\n',
  }),
  objectRule({
    id: 'network/armor-lets-log4j-in',
    title: 'Web firewall that lets attacks on Log4j in',
    severity: 'medium',
    types: ['google_compute_security_policy'],
    file: 'main.tf',
    what: 'Reports rules of Cloud Armor that look for CVE-2021-44228 (`cve-canary`) and allow what they find, or only watch.',
    why: filter.why,
    references: filter.references,
    noFix: 'Which answer is right depends on the service.',
    check: (resource, tell) => {
      for (const rule of lookIn(mapOfResource(resource), 'rule').values.flatMap(mapsOf)) {
        const action: Value | undefined = rule.entries.get('action')?.value;
        const asks = lookIn(rule, 'match.expr.expression').values.some((value) => /cve-canary/.test(String(scalar(value) ?? '')));
        if (asks && action && scalar(action) === 'allow') tell(action, `Policy "${resource.name}" lets attacks on Log4j in.`);
      }
    },
    bad: 'resource "google_compute_security_policy" "web" {\n  rule {\n    action = "allow"\n              ^^^^^\n    match {\n      expr {\n        expression = "evaluatePreconfiguredExpr(\'cve-canary\')"\n      }\n    }\n  }\n}\n',
    good: 'resource "google_compute_security_policy" "web" {\n  rule {\n    action = "deny(403)"\n    match {\n      expr {\n        expression = "evaluatePreconfiguredExpr(\'cve-canary\')"\n      }\n    }\n  }\n}\n',
  }),
];
