import { byHand, ifSet, never, not, notOff, notOn, service } from '../_families.ts';

/** Forges, registries, firewalls and directories of further makers, and gateways of Google. Sources: the providers' pages of the resources. */
export default [
  ...service('Authority', 'google_privateca_ca_pool', {
    oldTls: { 'private-authority-short-keys': ['issuance_policy.allowed_key_types.rsa.min_modulus_size', { must: { least: 2048 }, absent: 'fine', set: 2048, sample: { bad: 1024 } }, 'signs keys that are too short'] },
  }),
  ...service('Network policy', 'google_vmwareengine_network_policy', { exposed: { 'vmware-engine-public': ['external_ip.enabled', notOn, 'gives machines public addresses', { severity: 'medium' }] } }),
  ...service('Rule', 'google_network_security_gateway_security_policy_rule', {
    segmentation: { 'secure-proxy-allows-all': ['session_matcher', byHand(never(/^\s*true\s*$/, 'true', "host() == 'example.com'")), 'lets workloads reach every address', { when: [{ path: 'basic_profile', must: { is: ['ALLOW'] } }], examples: [proxy()] }] },
  }),
  ...service('Registry', ['artifactory_local_docker_v2_repository', 'artifactory_remote_docker_repository', 'artifactory_local_pypi_repository', 'artifactory_remote_pypi_repository', 'artifactory_local_npm_repository', 'artifactory_remote_npm_repository'], {
    detection: { 'artifactory-unscanned': ['xray_index', notOff, 'is not searched for known flaws', { severity: 'info' }] },
    supply: { 'artifactory-any-content': ['block_mismatching_mime_types', notOff, 'takes files that are not what they say', { severity: 'low' }] },
  }),
  ...service('Firewall', ['proxmox_virtual_environment_firewall_options', 'proxmox_virtual_environment_cluster_firewall'], {
    exposed: {
      'proxmox-firewall-off': ['enabled', notOff, 'is switched off', { severity: 'medium' }],
      'proxmox-firewall-open': ['input_policy', not('DROP', 'ACCEPT'), 'lets everybody in', { severity: 'medium' }],
    },
  }),
  ...service('Token', ['launchdarkly_access_token', 'launchdarkly_team_member'], { privilege: { 'launchdarkly-administrator': ['role', byHand(not('reader', 'admin', 'owner')), 'may do everything', { severity: 'low' }] } }),
  ...service('Sign-in', 'teleport_auth_preference', { identity: { 'teleport-without-second-factor': ['spec.second_factor', not('webauthn', 'off', 'optional'), 'asks for no second factor'] } }),
  ...service('Group', 'googleworkspace_group_settings', {
    exposed: {
      'workspace-group-open': ['who_can_join', not('INVITED_CAN_JOIN', 'ANYONE_CAN_JOIN'), 'takes everybody in', { severity: 'medium' }],
      'workspace-group-shown': ['who_can_view_group', not('ALL_MEMBERS_CAN_VIEW', 'ANYONE_CAN_VIEW'), 'is shown to everybody', { severity: 'medium' }],
      'workspace-group-strangers': ['allow_external_members', notOn, 'takes people from outside', { severity: 'low' }],
    },
  }),
  ...service('Policy of a branch', 'azuredevops_branch_policy_min_reviewers', {
    supply: {
      'azure-own-approval': ['settings.submitter_can_vote', notOn, 'lets people approve their own changes'],
      'azure-approval-kept': ['settings.on_push_reset_approved_votes|settings.on_push_reset_all_votes', notOff, 'keeps approvals of changes that came later'],
      'azure-few-reviewers': ['settings.reviewer_count', { must: { least: 1 }, absent: 'fine', set: 1, sample: { bad: 0 } }, 'asks for no approval'],
    },
  }),
  ...service('Repository', 'bitbucket_repository', { public: { 'bitbucket-public': ['is_private', notOff, 'is open to the public', { severity: 'low' }] } }),
  ...service('Firewall rule', 'brightbox_firewall_rule', { exposed: { 'brightbox-open': ['source', byHand(never(/^(?:any|0\.0\.0\.0\/0|::\/0)$/, 'any', '203.0.113.0/24')), 'lets every address in', { severity: 'medium' }] } }),
  ...service('Rule', ['nsxt_policy_security_policy', 'nsxt_policy_gateway_policy'], { logging: { 'nsxt-rule-without-log': ['rule.logged', notOff, 'keeps no record of what it decides'] } }),
  ...service('Member', 'newrelic_user', { privilege: { 'newrelic-full-user': ['user_type', byHand(ifSet('FULL_USER_TIER', 'BASIC_USER_TIER', 'CORE_USER_TIER')), 'may do everything', { severity: 'info' }] } }),
];

function proxy() {
  const text = (matcher: string, mark?: string): string => ['resource "google_network_security_gateway_security_policy_rule" "main" {', `  session_matcher = "${matcher}"`, ...(mark ? [mark] : []), '  basic_profile   = "ALLOW"', '}', ''].join('\n');
  return { file: 'main.tf', bad: text('true', `${' '.repeat(21)}^^^^`), good: text("host() == 'example.com'") };
}
