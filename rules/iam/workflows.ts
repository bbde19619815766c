import { lookIn, mapsOf, scalar } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { rewrite, setTo } from '../_fixes.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { file, steps, triggers, workflow } from '../_workflows.ts';

const actor = 'github\\.(?:(?:triggering_)?actor|event\\.sender\\.login)';
/** Conditions that hold where the last event comes from a bot: by its name, by a part of it, by a list of names, or by its number. */
const spoofable = new RegExp(
  [
    `${actor} ?== ?'[\\w-]+\\[bot\\]'`,
    `'[\\w-]+\\[bot\\]' ?== ?${actor}`,
    `(?<!!)\\b(?:startsWith|endsWith|contains)\\( ?${actor} ?, ?'[\\w-]*(?:\\[bot\\]|bot)'`,
    `(?<!!)\\bcontains\\( ?fromJSON\\( ?'\\[[^']*\\[bot\\][^']*'\\) ?, ?${actor}`,
    'github\\.actor_id ?== ?\'?\\d+',
    "github\\.event\\.sender\\.type ?== ?'Bot'",
  ].join('|'),
);

export default [
  objectRule({
    id: 'iam/workflow-write-all',
    title: 'Workflow with all rights',
    severity: 'medium',
    types: ['github_workflow', 'github_job'],
    file,
    what: 'Reports `permissions: write-all`.',
    why: families.privilege.why,
    references: families.privilege.references,
    leadsTo: ['iam/workflow-read-all'],
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'permissions').values)
        if (scalar(value) === 'write-all') tell(value, `"${resource.name}" gets all rights on the repository.`, rewrite(value, 'read-all'));
    },
    fixed: 'name: train\non: push\npermissions: read-all\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    bad: 'name: train\non: push\npermissions: write-all\n             ^^^^^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/workflow-read-all',
    title: 'Workflow that may read everything',
    severity: 'info',
    confidence: 'medium',
    types: ['github_workflow', 'github_job'],
    file,
    what: 'Reports `permissions: read-all`.',
    why: 'The token also reads what the jobs have no use for, such as security advisories that are not public yet.',
    references: families.privilege.references,
    noFix: 'What the jobs read has to be known.',
    whenNotToUse: 'At the top of a workflow whose jobs all set rights of their own.',
    check: (resource, tell, context) => {
      const narrowed = resource.type === 'github_workflow' && (context.unit.byType.get('github_job') ?? []).every((job) => job.attributes.has('permissions'));
      for (const value of lookIn(mapOfResource(resource), 'permissions').values)
        if (scalar(value) === 'read-all' && !narrowed) tell(value, `"${resource.name}" may read everything of the repository.`);
    },
    bad: 'name: train\non: push\npermissions: read-all\n             ^^^^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/workflow-write-permission',
    title: 'Workflow that grants writing to all its jobs',
    severity: 'info',
    confidence: 'medium',
    types: ['github_workflow'],
    file,
    what: 'Reports rights to write that stand at the top of a workflow with several jobs.',
    why: families.privilege.why,
    references: families.privilege.references,
    check: (resource, tell, context) => {
      if ((context.unit.byType.get('github_job') ?? []).length < 2) return;
      for (const map of lookIn(mapOfResource(resource), 'permissions').values.flatMap(mapsOf))
        for (const entry of map.entries.values())
          if (scalar(entry.value) === 'write') tell(entry.value, `All jobs of "${resource.name}" may write ${entry.key}.`, rewrite(entry.value, entry.key === 'id-token' ? 'none' : 'read'));
    },
    fixed: 'name: train\non: push\npermissions:\n  contents: read\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    bad: 'name: train\non: push\npermissions:\n  contents: write\n            ^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/stranger-workflow-writes',
    title: 'Workflow that strangers start and that may write code',
    severity: 'low',
    confidence: 'medium',
    types: ['github_workflow', 'github_job'],
    file,
    what: 'Reports `contents`, `packages`, `actions` and `id-token: write` for workflows on `pull_request_target`.',
    why: 'One step that trusts what a stranger sent is enough to change the code, the packages or what the identity of the repository opens.',
    references: families.privilege.references,
    noFix: 'Which jobs write has to be known.',
    whenNotToUse: 'For workflows that merge the pull requests of a bot.',
    check: (resource, tell, context) => {
      if (!triggers(context).includes('pull_request_target')) return;
      for (const map of lookIn(mapOfResource(resource), 'permissions').values.flatMap(mapsOf))
        for (const entry of map.entries.values())
          if (/^(?:contents|packages|actions|id-token)$/.test(entry.key) && scalar(entry.value) === 'write') tell(entry.value, `Strangers start "${resource.name}", which may write ${entry.key}.`);
    },
    bad: workflow('pull_request_target', 'permissions:', '  contents: write', '            ^^^^^', ...steps('- run: make')),
    good: workflow('pull_request_target', 'permissions:', '  pull-requests: write', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/workflow-permissions-unset',
    title: 'Workflow with the default rights',
    severity: 'info',
    confidence: 'medium',
    types: ['github_job'],
    file,
    what: 'Reports jobs for which neither they nor their workflow set `permissions`.',
    why: 'The default may be to write everything.',
    references: families.privilege.references,
    check: (resource, _tell, context) => {
      const top = (context.unit.byType.get('github_workflow') ?? [])[0];
      if (!top || top.attributes.has('permissions')) return;
      const [first, ...others] = (context.unit.byType.get('github_job') ?? []).filter((job) => !job.attributes.has('permissions') && !job.attributes.has('uses'));
      if (first !== resource) return;
      const whose = others.length === 0 ? `Job "${resource.name}" gets` : `Job "${resource.name}" and ${others.length} more get`;
      context.report({
        at: resource.header, message: `${whose} the default rights on the repository.`,
        related: others.map((job) => ({ ...job.header, message: `so does "${job.name}"` })),
        fixes: setTo(others.length === 0 ? resource : top, 'permissions.contents', 'read'),
      });
    },
    fixed: 'name: train\non: push\njobs:\n  a:\n    permissions:\n      contents: read\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    bad: 'name: train\non: push\njobs:\n  a:\n  ^\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
    more: [
      {
        title: 'One finding for the jobs of a workflow',
        file,
        bad: 'name: train\non: push\njobs:\n  a:\n  ^\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
        fixed: 'name: train\npermissions:\n  contents: read\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
      },
    ],
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'auth/unsound-contains',
    title: 'Condition that a part of a name fulfils',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step', 'github_job'],
    file,
    what: 'Reports `contains` with a text in its first place and a name that others choose in its second.',
    why: 'A branch that is called like a part of the text (`main dev` holds `ain`) fulfils it.',
    references: ['CWE-863', 'AC-3'],
    noFix: 'The names have to become a list: contains(fromJSON(\'["main"]\'), github.ref_name).',
    whenNotToUse: 'Where nobody else may name a branch.',
    check: (resource, tell) => {
      const own = resource.attributes.get('if')?.value;
      if (
        own?.kind === 'string' &&
        /\bcontains\(\s*'[^']*'\s*,\s*(?:github\.(?:ref|ref_name|head_ref|base_ref|actor|triggering_actor|event\.(?:pull_request\.head\.ref|workflow_run\.head_branch))|env\.\w+|inputs\.\w+)\s*\)/.test(own.value)
      )
        tell(own, `"${resource.name}" lets parts of names pass.`);
    },
    bad: workflow(
      'push',
      "if: contains('refs/heads/main refs/heads/dev', github.ref)",
      `    ${'^'.repeat("contains('refs/heads/main refs/heads/dev', github.ref)".length)}`,
      ...steps('- run: make'),
    ),
    good: workflow('push', "if: github.ref == 'refs/heads/main'", ...steps('- run: make')),
  }),
  objectRule({
    id: 'auth/spoofable-actor',
    title: 'Check of the actor that can be tricked',
    severity: 'low',
    confidence: 'medium',
    types: ['github_job', 'github_step'],
    file,
    what: 'Reports conditions on `github.actor` or its number that stand for a bot.',
    why: 'The actor is whoever caused the last event, not who wrote the code.',
    references: ['CWE-287', 'IA-2'],
    check: (resource, tell) => {
      const own = resource.attributes.get('if')?.value;
      if (own?.kind === 'string' && spoofable.test(own.value.replace(/\s+/g, ' ')))
        tell(own, `"${resource.name}" trusts whoever caused the last event.`);
    },
    bad: workflow(
      'pull_request_target',
      "if: github.actor == 'dependabot[bot]'",
      `    ${'^'.repeat("github.actor == 'dependabot[bot]'".length)}`,
      ...steps('- run: make'),
    ),
    good: workflow('push', ...steps('- run: make')),
    more: [
      {
        file,
        bad: workflow('pull_request_target', 'if: github.actor_id == 49699333', `    ${'^'.repeat('github.actor_id == 49699333'.length)}`, ...steps('- run: make')),
        good: workflow('pull_request_target', 'if: github.event.pull_request.user.id == 49699333', ...steps('- run: make')),
      },
      {
        file,
        bad: workflow('pull_request_target', "if: endsWith(github.actor, '[bot]')", `    ${'^'.repeat("endsWith(github.actor, '[bot]')".length)}`, ...steps('- run: make')),
        good: workflow('pull_request_target', "if: github.actor != 'dependabot[bot]'", ...steps('- run: make')),
      },
    ],
  }),
];
