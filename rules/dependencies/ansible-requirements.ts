import { scalar } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { objectRule, textAt } from '../_kubernetes.ts';

const file = 'requirements.yml';
const { supply, transit } = families;

/** Roles and collections that playbooks take from others. */
export default [
  objectRule({
    id: 'transport/ansible-role-plaintext',
    title: 'Role that is fetched without TLS',
    severity: 'medium',
    types: ['ansible_requirement'],
    file,
    what: 'Reports `src` and `source` of roles and collections with `http://` or `git://`.',
    why: supply.why,
    references: transit.references,
    noFix: 'The server has to speak TLS first.',
    check: (resource, tell) => {
      for (const key of ['src', 'source', 'name']) {
        const value = resource.attributes.get(key)?.value;
        if (/^(?:git\+)?(?:http|git):\/\/(?!localhost|127\.)/.test(String(scalar(value) ?? ''))) tell(value, `Role "${resource.name}" is fetched without TLS.`);
      }
    },
    bad: 'roles:\n  - src: http://git.example.com/web.git\n         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n    scm: git\n    version: v1.2.0\n',
    good: 'roles:\n  - src: https://git.example.com/web.git\n    scm: git\n    version: v1.2.0\n',
  }),
  objectRule({
    id: 'dependencies/ansible-role-unpinned',
    title: 'Role of whatever was published last',
    severity: 'low',
    confidence: 'medium',
    types: ['ansible_requirement'],
    file,
    what: 'Reports collections and roles of any version, of a branch, and roles from a repository without a version.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const version = resource.attributes.get('version')?.value;
      if (version && /^(?:\*|latest|main|master|HEAD|devel|>=\s*[\d.]+)$/.test(String(scalar(version) ?? ''))) tell(version, `"${resource.name}" is taken in whatever version was published last.`);
      else if (!version && resource.complete && (textAt(resource, 'scm') === 'git' || textAt(resource, 'type') === 'git')) tell(undefined, `"${resource.name}" is taken in whatever version was published last.`);
    },
    bad: 'collections:\n  - name: community.general\n    version: "*"\n              ^\n',
    good: 'collections:\n  - name: community.general\n    version: 9.5.0\n',
  }),
];
