import { lookIn, scalar } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';

const file = '.github/dependabot.yml';
const settings = (...lines: readonly string[]): string =>
  ['version: 2', 'updates:', '  - package-ecosystem: pip', ...lines.map((line) => `    ${line}`), ''].join('\n');
const { supply } = families;
const shortest = 4;

export default [
  objectRule({
    id: 'dependencies/dependabot-runs-code',
    title: 'Updates that may run code',
    severity: 'medium',
    types: ['dependabot_update'],
    file,
    what: 'Reports `insecure-external-code-execution: allow`.',
    why: 'A package that is looked at runs its code with the secrets of the update.',
    references: supply.references,
    noFix: 'The setting has to go.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'insecure-external-code-execution').values)
        if (scalar(value) === 'allow') tell(value, `Updates of ${resource.name} run code of the packages.`);
    },
    bad: settings('insecure-external-code-execution: allow', '                                  ^^^^^'),
    good: settings('insecure-external-code-execution: deny'),
  }),
  objectRule({
    id: 'dependencies/dependabot-without-cooldown',
    title: 'Updates to versions of the same day',
    severity: 'info',
    confidence: 'medium',
    types: ['dependabot_update'],
    file,
    what: 'Reports updates without a `cooldown`, or with one of fewer than four days.',
    why: 'Packages that were taken over are found within days as a rule; who waits does not install them.',
    references: supply.references,
    noFix: 'How long to wait has to be decided.',
    check: (resource, tell) => {
      if (!resource.complete) return;
      const days = textAt(resource, 'cooldown.default-days');
      if (!resource.attributes.has('cooldown')) tell(undefined, `Updates of ${resource.name} take versions that were published a moment ago.`);
      else if (days !== undefined && Number(days) < shortest)
        tell(lookIn(mapOfResource(resource), 'cooldown.default-days').values[0], `Updates of ${resource.name} wait for ${days} days only.`);
    },
    bad: 'version: 2\nupdates:\n  - package-ecosystem: pip\n    ^^^^^^^^^^^^^^^^^\n',
    good: settings('cooldown:', '  default-days: 7'),
  }),
];
