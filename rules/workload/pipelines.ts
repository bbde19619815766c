import { scalar, truth } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';
import { gitlabFile } from '../_pipelines.ts';

const { container } = families;

/** What steps of pipelines may do, and what they keep. */
export default [
  objectRule({
    id: 'workload/pipeline-step-privileged',
    title: 'Privileged step of a pipeline',
    severity: 'medium',
    types: ['ci_privileged'],
    file: '.drone.yml',
    what: 'Reports `privileged: true` of steps of Drone and Woodpecker.',
    why: container.why,
    references: container.references,
    noFix: 'What the step needs has to be known.',
    check: (resource, tell) => {
      const value = resource.attributes.get('privileged')?.value;
      if (truth(value) === true) tell(value, `${resource.name} runs privileged.`);
    },
    bad: 'kind: pipeline\nname: build\nsteps:\n  - name: image\n    image: docker@sha256:0\n    privileged: true\n                ^^^^\n',
    good: 'kind: pipeline\nname: build\nsteps:\n  - name: image\n    image: docker@sha256:0\n    privileged: false\n',
  }),
  objectRule({
    id: 'secrets/pipeline-keeps-secret-files',
    title: 'Pipeline that keeps files with secrets',
    severity: 'medium',
    types: ['ci_artifact'],
    file: gitlabFile,
    what: 'Reports `.env`, keys and credentials among the artifacts of jobs.',
    why: 'Whoever may see the pipeline downloads its artifacts; in public projects that is everybody.',
    references: ['CWE-522', 'IA-5', 'AC-3'],
    noFix: 'What the next job needs of the file has to be known.',
    check: (resource, tell) => {
      const value = resource.attributes.get('path')?.value;
      if (/(?:^|\/)(?:\.env(?:\.(?:prod|production|local))?|\.npmrc|\.pypirc|\.netrc|id_(?:rsa|ed25519)|credentials(?:\.json)?|\.aws|\.kube\/config|kubeconfig|terraform\.tfstate|[\w.-]+\.(?:pem|key|p12|pfx|tfstate))$/.test(String(scalar(value) ?? ''))) tell(value, `${resource.name} keeps a file with secrets.`);
    },
    bad: 'build:\n  script: make\n  artifacts:\n    paths: [.env]\n            ^^^^\n',
    good: 'build:\n  script: make\n  artifacts:\n    paths: [dist/]\n',
  }),
];
