import { scalar, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';

const { privilege } = families;

const contributor = /^Contributor$|b24988ac-6180-42a0-ab88-20f7382dd24c/i;

/** True for a scope that is a whole subscription or a management group. */
function isWide(value: Value | undefined): boolean {
  if (value?.kind === 'reference') return /(?:^|\.)(?:data\.azurerm_subscription|azurerm_subscription|data\.azurerm_management_group|azurerm_management_group)\.[^.]+$/.test(value.target);
  return value?.kind === 'string' && /^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?$/i.test(value.value);
}

function roleOf(resource: Resource): Value | undefined {
  return resource.attributes.get('role_definition_name')?.value ?? resource.attributes.get('role_definition_id')?.value;
}

const assignment = (scope: string, mark: boolean): string =>
  [
    'data "azurerm_subscription" "main" {}',
    'resource "azurerm_resource_group" "chat" {',
    '  name = "chat"',
    '}',
    'resource "azurerm_role_assignment" "deploy" {',
    `  scope                = ${scope}`,
    '  role_definition_name = "Contributor"',
    ...(mark ? [`${' '.repeat(26)}${'^'.repeat(11)}`] : []),
    '}',
    '',
  ].join('\n');

export default [
  objectRule({
    id: 'iam/azure-contributor-everywhere',
    title: 'Contributor of a whole subscription',
    severity: 'low',
    confidence: 'medium',
    types: ['azurerm_role_assignment'],
    file: 'main.tf',
    what: 'Reports assignments of the role Contributor on a whole subscription or a management group.',
    why: privilege.why,
    references: privilege.references,
    noFix: 'What the identity works with has to be known: a resource group, or roles for its services.',
    whenNotToUse: 'For the identity that sets up whole subscriptions.',
    check: (resource, tell) => {
      const role = roleOf(resource);
      if (contributor.test(String(scalar(role) ?? '')) && isWide(resource.attributes.get('scope')?.value)) tell(role, `Assignment "${resource.name}" lets its holder change everything in a subscription.`);
    },
    bad: assignment('data.azurerm_subscription.main.id', true),
    good: assignment('azurerm_resource_group.chat.id', false),
  }),
];
