import { lookIn, scalar, type Resource, type RuleId } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';

const { detection } = families;

/** Operations of Azure that the benchmarks ask an alert for. */
const operations: readonly (readonly [id: string, operation: string, matter: string])[] = [
  ['nsg-write', 'Microsoft.Network/networkSecurityGroups/write', 'changed security groups'], ['nsg-delete', 'Microsoft.Network/networkSecurityGroups/delete', 'deleted security groups'], ['nsg-rule-write', 'Microsoft.Network/networkSecurityGroups/securityRules/write', 'changed security rules'], ['nsg-rule-delete', 'Microsoft.Network/networkSecurityGroups/securityRules/delete', 'deleted security rules'],
  ['policy-write', 'Microsoft.Authorization/policyAssignments/write', 'assigned policies'], ['policy-delete', 'Microsoft.Authorization/policyAssignments/delete', 'removed policies'], ['sql-firewall-write', 'Microsoft.Sql/servers/firewallRules/write', 'changed firewalls of databases'], ['sql-firewall-delete', 'Microsoft.Sql/servers/firewallRules/delete', 'deleted firewalls of databases'],
  ['security-solution-write', 'Microsoft.Security/securitySolutions/write', 'changed security solutions'], ['security-solution-delete', 'Microsoft.Security/securitySolutions/delete', 'deleted security solutions'], ['public-address-write', 'Microsoft.Network/publicIPAddresses/write', 'new public addresses'], ['public-address-delete', 'Microsoft.Network/publicIPAddresses/delete', 'deleted public addresses'], ['role-write', 'Microsoft.Authorization/roleAssignments/write', 'assigned roles'],
];

const alert = 'azurerm_monitor_activity_log_alert';
const covers = (one: Resource, operation: string): boolean => lookIn(mapOfResource(one), 'criteria.operation_name').values.some((value) => String(scalar(value) ?? '').toLowerCase() === operation.toLowerCase()) && (one.attributes.has('action') || !one.complete);

/** Metrics of Google's log that the benchmarks ask an alert for: a filter is about the matter when it holds all the words. */
const metrics: readonly (readonly [id: string, pattern: readonly RegExp[], matter: string, sample: string])[] = [
  ['audit-config', [/SetIamPolicy/, /auditConfigDeltas/], 'changes of what is recorded', 'protoPayload.methodName=SetIamPolicy AND protoPayload.serviceData.policyDelta.auditConfigDeltas:*'],
  ['custom-role', [/iam_role/, /CreateRole|UpdateRole|DeleteRole/], 'changes of custom roles', 'resource.type=iam_role AND protoPayload.methodName=google.iam.admin.v1.CreateRole'],
  ['ownership', [/projectOwnerInvitee|roles\/owner/], 'new owners', 'protoPayload.serviceData.policyDelta.bindingDeltas.role=roles/owner'],
  ['bucket-iam', [/gcs_bucket/, /setIamPermissions/], 'rights on buckets', 'resource.type=gcs_bucket AND protoPayload.methodName=storage.setIamPermissions'],
  ['firewall', [/gce_firewall_rule/], 'changes of firewalls', 'resource.type=gce_firewall_rule'],
  ['network', [/gce_network/], 'changes of networks', 'resource.type=gce_network'],
  ['route', [/gce_route/], 'changes of routes', 'resource.type=gce_route'],
  ['sql', [/cloudsql\.instances\.update/], 'changes of databases', 'protoPayload.methodName=cloudsql.instances.update'],
];

const filterOf = (one: Resource): string => textAt(one, 'filter') ?? '';
const watched = (metric: Resource, context: ResourceContext): boolean => (context.unit.byType.get('google_monitoring_alert_policy') ?? []).some((policy) => lookIn(mapOfResource(policy), 'conditions.condition_threshold.filter').values.concat(lookIn(mapOfResource(policy), 'conditions.condition_matched_log.filter').values).some((value) => value.kind === 'unknown' || String(scalar(value) ?? '').includes(textAt(metric, 'name') ?? '\0')) || policy.attributes.has('conditions') && [...policy.attributes.values()].some((entry) => JSON.stringify(entry.value.kind === 'reference' ? entry.value.target : '').includes(metric.address)));

export default [
  ...operations.map(([id, operation, matter]) => objectRule({
    id: `monitoring/azure-alert-${id}` as RuleId, title: `No alert on ${matter}`, severity: 'info', confidence: 'medium', types: [alert], file: 'main.tf', references: detection.references, why: detection.why,
    what: `Reports modules that set alerts on the activity log, but none with an action on ${operation}.`, whenNotToUse: 'Where another service watches the activity log.', noFix: 'The alert has to be written.',
    check: (resource, tell, context) => {
      const all = context.unit.byType.get(alert) ?? [];
      if (all.some((one) => covers(one, operation)) || all.some((one) => lookIn(mapOfResource(one), 'criteria').unknown)) return;
      const own = all.find((one) => lookIn(mapOfResource(one), 'criteria.operation_name').values.some((value) => String(scalar(value) ?? '').toLowerCase() === operation.toLowerCase())) ?? all[0];
      if (own?.address === resource.address) tell(undefined, `Nothing raises an alert on ${matter}.`);
    },
    bad: `resource "${alert}" "watch" {\n${' '.repeat(alert.length + 13)}^^^^^\n  criteria {\n    operation_name = "Microsoft.Compute/disks/delete"\n  }\n  action {}\n}\n`, good: `resource "${alert}" "watch" {\n  criteria {\n    operation_name = "${operation}"\n  }\n  action {}\n}\n`,
  })),
  ...metrics.map(([id, pattern, matter, sample]) => objectRule({
    id: `monitoring/gcp-alert-${id}` as RuleId, title: `No alert on ${matter}`, severity: 'info', confidence: 'medium', types: ['google_logging_metric'], file: 'main.tf', references: detection.references, why: detection.why,
    what: `Reports modules that watch the audit log with metrics, but have no metric with an alert for ${matter}.`, whenNotToUse: 'Where another service watches the log.', noFix: 'The metric and its alert have to be written.',
    check: (resource, tell, context) => {
      const all = context.unit.byType.get('google_logging_metric') ?? [];
      const own = all.filter((one) => pattern.every((part) => part.test(filterOf(one))));
      if (own.some((one) => watched(one, context))) return;
      const audit = all.filter((one) => /protoPayload|resource\.type\s*=\s*"?(?:gce_|gcs_|iam_role|audited)/.test(filterOf(one)));
      if ((own[0] ?? audit[0])?.address === resource.address) tell(undefined, `Nothing raises an alert on ${matter}.`);
    },
    bad: `resource "google_logging_metric" "watch" {\n                                  ^^^^^\n  name   = "watch"\n  filter = "${sample}"\n}\n`, good: `resource "google_logging_metric" "watch" {\n  name   = "watch"\n  filter = "${sample}"\n}\nresource "google_monitoring_alert_policy" "watch" {\n  conditions {\n    condition_threshold {\n      filter = "metric.type=logging.googleapis.com/user/watch"\n    }\n  }\n}\n`,
  })),
];
