import { lookIn } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const { privilege, public: open } = families;
const sample = (role: string, member: string, mark: 'role' | 'member' | undefined): string =>
  [
    'data "google_iam_policy" "readers" {',
    '  binding {',
    `    role    = "${role}"`,
    ...(mark === 'role' ? [`               ${'^'.repeat(role.length)}`] : []),
    `    members = ["${member}"]`,
    ...(mark === 'member' ? [`                ${'^'.repeat(member.length)}`] : []),
    '  }',
    '}',
    '',
  ].join('\n');

export default [
  objectRule({
    id: 'network/gcp-policy-everybody',
    title: 'Policy that gives rights to everybody',
    severity: 'high',
    types: ['google_iam_policy'],
    file: 'main.tf',
    what: 'Reports `allUsers` and `allAuthenticatedUsers` in the policies that are written as a data source.',
    why: open.why,
    references: open.references,
    noFix: 'Who needs access has to be known.',
    check: (resource, tell) => {
      for (const member of textsAt(mapOfResource(resource), 'binding.members'))
        if (/^all(?:Authenticated)?Users$/.test(member.value)) tell(member, `Policy "${resource.name}" gives rights to everybody.`);
    },
    bad: sample('roles/storage.objectViewer', 'allUsers', 'member'),
    good: sample('roles/storage.objectViewer', 'group:ops@example.com', undefined),
  }),
  objectRule({
    id: 'iam/gcp-policy-basic-role',
    title: 'Policy with a basic role',
    severity: 'medium',
    types: ['google_iam_policy'],
    file: 'main.tf',
    what: 'Reports the roles owner and editor, and those that let others act as service accounts, in the policies that are written as a data source.',
    why: privilege.why,
    references: privilege.references,
    noFix: 'The rights that are needed have to be known.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'binding.role').values)
        if (
          value.kind === 'string' &&
          /^roles\/(?:owner|editor|iam\.(?:serviceAccountTokenCreator|serviceAccountUser|serviceAccountAdmin|serviceAccountKeyAdmin))$/.test(value.value)
        )
          tell(value, `Policy "${resource.name}" gives ${value.value}.`);
    },
    bad: sample('roles/editor', 'group:ops@example.com', 'role'),
    good: sample('roles/storage.objectViewer', 'group:ops@example.com', undefined),
  }),
];
