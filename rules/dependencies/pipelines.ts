import { lookIn, scalar, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { azureFile, azureSteps, bitbucketFile, circleFile, circleSteps, gitlabFile, gitlabJob, partOf, writtenAt } from '../_pipelines.ts';
import { shellIssues, type ShellIssue } from '../_shell.ts';

const { supply, transit } = families;

/** Names of images that are no templates and have a tag or none; images that CircleCI and Azure give names of their own are left out. */
const image = /^(?:docker:\/\/)?[\w.-]+(?::\d+(?=\/))?(?:\/[\w.-]+)*(?::([\w.-]+))?$/;

const templates = 'resources:\n  repositories:\n    - repository: templates\n      type: git\n      name: Acme/templates\n';

interface ScriptRow {
  readonly id: `${'dependencies' | 'transport'}/${string}`;
  readonly title: string;
  readonly kind: ShellIssue['kind'];
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly bad: readonly [command: string, mark: string];
  readonly good: string;
}

const scripts: readonly ScriptRow[] = [
  {
    id: 'dependencies/pipeline-script-from-network',
    title: 'Script from the network run by a pipeline',
    kind: 'piped',
    what: 'Reports `curl ... | sh` in scripts of GitLab, Azure, CircleCI and Bitbucket pipelines.',
    why: supply.why,
    references: supply.references,
    bad: ['curl -sSL https://example.com/install.sh | bash', 'curl -sSL https://example.com/install.sh | bash'],
    good: './install.sh',
  },
  {
    id: 'transport/pipeline-certificates-unchecked',
    title: 'Download without checking certificates in a pipeline',
    kind: 'insecure',
    what: 'Reports `curl -k`, `wget --no-check-certificate` and the like in scripts of pipelines.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    bad: ['curl -k -O https://example.com/tool', '-k'],
    good: 'curl -O https://example.com/tool',
  },
  {
    id: 'transport/pipeline-plain-download',
    title: 'Download without TLS in a pipeline',
    kind: 'plain',
    what: 'Reports downloads over plain HTTP in scripts of pipelines.',
    why: transit.why,
    references: transit.references,
    bad: ['curl -O http://example.com/tool', 'http://example.com/tool'],
    good: 'curl -O https://example.com/tool',
  },
];

export default [
  objectRule({
    id: 'dependencies/pipeline-image-latest',
    title: 'Image of a pipeline that changes by itself',
    severity: 'low',
    types: ['ci_image'],
    file: gitlabFile,
    what: 'Reports images of jobs and services with the tag `latest` or none.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const value = resource.attributes.get('image')?.value;
      const match = value?.kind === 'string' ? image.exec(value.value) : null;
      if (match && value?.kind === 'string' && (match[1] === 'latest' || (match[1] === undefined && !isNamed(value.value, resource.attributes.get('ci_system')?.value))))
        tell(value, `${resource.name} runs on whatever ${value.value} is today.`);
    },
    bad: 'train:\n  image: python:latest\n         ^^^^^^^^^^^^^\n  script: make\n',
    good: 'train:\n  image: python:3.12\n  script: make\n',
    more: [
      { file: circleFile, bad: 'version: 2.1\njobs:\n  a:\n    docker:\n      - image: cimg/node:latest\n               ^^^^^^^^^^^^^^^^\n    steps: [checkout]\n', good: circleSteps('- checkout') },
      {
        file: bitbucketFile,
        bad: 'image: node\n       ^^^^\npipelines:\n  default:\n    - step:\n        script: [make]\n',
        good: 'image: node:22\npipelines:\n  default:\n    - step:\n        script: [make]\n',
      },
      {
        file: azureFile,
        bad: 'resources:\n  containers:\n    - container: tools\n      image: acme/tools:latest\n             ^^^^^^^^^^^^^^^^^\npool:\n  vmImage: a\nsteps:\n  - script: make\n',
        good: azureSteps('- script: make'),
      },
    ],
  }),
  objectRule({
    id: 'dependencies/pipeline-image-without-digest',
    title: 'Image of a pipeline without a digest',
    severity: 'info',
    types: ['ci_image'],
    file: gitlabFile,
    what: 'Reports images of jobs and services that are named by a version and not by their digest.',
    why: 'A tag can be moved: who takes the image over runs code with the secrets of the pipeline.',
    references: supply.references,
    noFix: 'The digest of the tag has to be looked up.',
    check: (resource, tell) => {
      const value = resource.attributes.get('image')?.value;
      const tag = value?.kind === 'string' ? image.exec(value.value)?.[1] : undefined;
      if (value?.kind === 'string' && tag !== undefined && tag !== 'latest') tell(value, `Image "${value.value}" of ${resource.name} has no digest.`);
    },
    bad: 'train:\n  image: python:3.12\n         ^^^^^^^^^^^\n  script: make\n',
    good: gitlabJob('script: make'),
  }),
  objectRule({
    id: 'dependencies/pipeline-include-unchecked',
    title: 'Part of a pipeline that somebody else may change',
    severity: 'low',
    confidence: 'medium',
    types: ['ci_include'],
    file: gitlabFile,
    what: 'Reports `include` of a web address without `integrity`, and of a project or component at a branch or at no version.',
    why: 'Whoever changes the included file decides what runs, with the secrets of this project.',
    references: supply.references,
    noFix: 'The version or the digest has to be looked up.',
    check: (resource, tell) => {
      const value = resource.attributes.get('include')?.value;
      if (value?.kind === 'string' && /^https?:\/\//.test(value.value)) tell(value, 'What is included is not checked.');
      if (value?.kind !== 'map') return;
      const remote = value.entries.get('remote')?.value;
      if (remote && !value.entries.has('integrity')) tell(remote, 'What is included is not checked.');
      const project = value.entries.get('project')?.value;
      const ref = value.entries.get('ref')?.value;
      if (project && (ref ? /^(?:HEAD|main|master|develop|dev|trunk)$/.test(String(scalar(ref) ?? '')) : value.complete)) tell(ref ?? project, 'What is included is whatever the branch holds.');
      const component = value.entries.get('component')?.value;
      if (component?.kind === 'string' && /@(?:main|master|~latest|HEAD)$/.test(component.value)) tell(component, 'What is included is whatever the branch holds.');
    },
    bad: 'include:\n  - remote: https://example.com/ci.yml\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
    good: 'include:\n  - remote: https://example.com/ci.yml\n    integrity: sha256-AAAA\n  - local: /ci/build.yml\n',
    more: [
      { file: gitlabFile, bad: 'include:\n  - project: acme/ci\n    ref: main\n         ^^^^\n    file: build.yml\n', good: 'include:\n  - project: acme/ci\n    ref: v1.4.0\n    file: build.yml\n' },
      {
        file: gitlabFile,
        bad: 'include:\n  - component: gitlab.example.com/acme/ci/build@~latest\n               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
        good: 'include:\n  - component: gitlab.example.com/acme/ci/build@1.4.0\n',
      },
    ],
  }),
  objectRule({
    id: 'dependencies/pipeline-part-unfixed',
    title: 'Orb or pipe that changes by itself',
    severity: 'low',
    types: ['ci_use'],
    file: circleFile,
    what: 'Reports orbs of CircleCI at `volatile`, at a development version or at less than a whole version, and pipes of Bitbucket at `latest` or without a version.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const value = resource.attributes.get('use')?.value;
      const system = scalar(resource.attributes.get('ci_system')?.value);
      if (value?.kind !== 'string') return;
      const version = /^[\w./-]+@(?:(volatile|dev:.+)|\d+(?:\.\d+)?)$/.exec(value.value);
      if (system === 'circleci' && version) tell(value, version[1] ? `Orb "${value.value}" is whatever was published last.` : `Orb "${value.value}" changes with every small release.`);
      if (system === 'bitbucket' && (/:latest$/.test(value.value) || /^(?:docker:\/\/)?[\w.-]+\/[\w./-]+$/.test(value.value))) tell(value, `Pipe "${value.value}" is whatever was published last.`);
    },
    bad: 'version: 2.1\norbs:\n  node: circleci/node@volatile\n        ^^^^^^^^^^^^^^^^^^^^^^\njobs:\n  a:\n    docker:\n      - image: cimg/node@sha256:0\n    steps: [checkout]\n',
    good: 'version: 2.1\norbs:\n  node: circleci/node@5.2.0\njobs:\n  a:\n    docker:\n      - image: cimg/node@sha256:0\n    steps: [checkout]\n',
    more: [
      {
        file: bitbucketFile,
        bad: 'pipelines:\n  default:\n    - step:\n        script:\n          - pipe: docker://acme/deploy:latest\n                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
        good: 'pipelines:\n  default:\n    - step:\n        script:\n          - pipe: atlassian/aws-s3-deploy:1.6.0\n',
      },
    ],
  }),
  objectRule({
    id: 'dependencies/pipeline-templates-from-branch',
    title: 'Templates of a pipeline from a branch',
    severity: 'info',
    confidence: 'medium',
    types: ['ci_pipeline'],
    file: azureFile,
    what: 'Reports repositories of templates in Azure Pipelines that are taken from a branch, or name no `ref`.',
    why: 'Whoever may write to that branch decides what runs, with the secrets of this project.',
    references: supply.references,
    noFix: 'The tag has to be looked up.',
    check: (resource, tell) => {
      const list = lookIn(mapOfResource(resource), 'resources.repositories').values[0];
      for (const one of list?.kind === 'list' ? list.items : []) {
        if (one.kind !== 'map') continue;
        const ref = one.entries.get('ref')?.value;
        const name = one.entries.get('name')?.value;
        if (name?.kind === 'string' && (ref ? ref.kind === 'string' && /^refs\/heads\/|^(?:main|master)$/.test(ref.value) : one.complete))
          tell(ref ?? name, `Templates of "${name.value}" are whatever a branch holds.`);
      }
    },
    bad: `${templates}      ref: refs/heads/main\n           ^^^^^^^^^^^^^^^\n${azureSteps('- script: make')}`,
    good: `${templates}      ref: refs/tags/v2\n${azureSteps('- script: make')}`,
  }),
  ...scripts.map((row) =>
    objectRule({
      id: row.id,
      title: row.title,
      severity: 'low',
      confidence: 'medium',
      types: ['ci_script'],
      file: gitlabFile,
      what: row.what,
      why: row.why,
      references: row.references,
      noFix: 'A version with a checksum has to be chosen.',
      check: (resource, tell, context) => {
        const written = writtenAt(resource, 'script', context);
        for (const issue of written ? shellIssues(written.text) : []) {
          if (issue.kind !== row.kind || /^\s*#/.test(written!.text.slice(written!.text.lastIndexOf('\n', issue.start) + 1))) continue;
          tell(partOf(written!, issue.start, issue.end - issue.start), issue.message);
        }
      },
      bad: gitlabJob('script:', `  - ${row.bad[0]}`, `${' '.repeat(4 + row.bad[0].indexOf(row.bad[1]))}${'^'.repeat(row.bad[1].length)}`),
      good: gitlabJob('script:', `  - ${row.good}`),
      more: [
        {
          file: circleFile,
          good: circleSteps(`- run: ${row.good}`),
          bad: circleSteps('- run:', `    command: ${row.bad[0]}`, `${' '.repeat(13 + row.bad[0].indexOf(row.bad[1]))}${'^'.repeat(row.bad[1].length)}`),
        },
      ],
    }),
  ),
];

/** True for a name that the system itself gives an image, such as a container of the resources of Azure. */
function isNamed(name: string, system: Value | undefined): boolean {
  return scalar(system) === 'azure' && !name.includes('/');
}
