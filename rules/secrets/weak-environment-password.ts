import { scalar } from '../../server/rule/queries.ts';
import { workloads } from '../../server/rule/kubernetes.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { settingsOf, startedBy, type Setting } from '../_services.ts';

const references = ['CWE-798', 'IA-5', 'pci-4.0.1:8.6.2'];
const why = 'Such a password is guessed at once, and whoever reads the file knows it.';
const noFix = 'A secret of the platform has to be made first.';
const named = /(?:^|_)(?:PASSWORD|PASSWD|PASS|PWD|SECRET|SECRET_KEY|MASTER_KEY)$/i;
const switches = /KUBE(?:RNETES)?_SECRET$|ALLOW|EMPTY|RANDOM|REQUIRE|CHANGE|RESET|HASH|ENABLE|DISABLE/i;
const words = /^(?:sk-\d{1,6}|[a-z]+[-_]?\d{0,4}!?|[a-z]+(?:[-_][a-z]+){1,3}|\d{1,8})$/i;
const answers = /^(?:true|false|yes|no|on|off|0|1|none|null)$/i;

/** Words and numbers that people choose; longer and mixed ones are for the rules on hardcoded passwords. */
function isWeak({ name, value }: Setting): boolean {
  const text = scalar(value);
  return text !== undefined && named.test(name) && !switches.test(name) && words.test(String(text)) && !answers.test(String(text)) && String(text).length < 25;
}

export default [
  objectRule({
    id: 'secrets/weak-password-in-compose',
    title: 'Weak password of a compose service',
    severity: 'low',
    confidence: 'medium',
    types: ['compose_service'],
    file: 'docker-compose.yml',
    what: 'Reports passwords in the environment of compose services that are plain words or short numbers.',
    why,
    references,
    noFix,
    whenNotToUse: 'For services that run on the machine of a developer and nowhere else.',
    check: (resource, tell) => {
      for (const one of settingsOf(mapOfResource(resource), ['environment']))
        if (isWeak(one)) tell(one.value, `Service "${resource.name}" has a password in "${one.name}" that everybody guesses.`);
    },
    bad: 'services:\n  db:\n    image: postgres@sha256:0\n    environment:\n      POSTGRES_PASSWORD: postgres\n                         ^^^^^^^^\n',
    good: 'services:\n  db:\n    image: postgres@sha256:0\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}\n',
  }),
  objectRule({
    id: 'secrets/weak-password-in-pod',
    title: 'Weak password of a pod',
    severity: 'medium',
    confidence: 'medium',
    types: workloads,
    what: 'Reports passwords in the environment of containers that are plain words or short numbers.',
    why,
    references,
    noFix,
    check: (resource, tell) => {
      for (const { environment } of startedBy(resource))
        for (const one of environment) if (isWeak(one)) tell(one.value, `"${resource.name}" has a password in "${one.name}" that everybody guesses.`);
    },
    bad: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n      image: postgres@sha256:0\n      env:\n        - name: POSTGRES_PASSWORD\n          value: postgres\n                 ^^^^^^^^\n',
    good: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n      image: postgres@sha256:0\n      env:\n        - name: POSTGRES_PASSWORD\n          valueFrom:\n            secretKeyRef:\n              name: db\n              key: password\n',
  }),
];
