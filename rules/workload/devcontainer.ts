import { dataValues } from '../../server/rule/documents.ts';
import { scalar, truth, type MapValue, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type DocumentContext, type Rule, type RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { marked } from '../_samples.ts';
import { shellIssues } from '../_shell.ts';

/** Where development containers are described. Source: the specification at containers.dev. */
const file = /(?:^|\/)(?:\.devcontainer\.json|\.devcontainer\/(?:[^/]+\/)?devcontainer\.json|devcontainer\.json)$/;

type Tell = (at: Value, message: string) => void;

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly words: readonly string[];
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly noFix: string;
  readonly whenNotToUse: string;
  readonly check: (root: MapValue, tell: Tell, context: DocumentContext) => void;
  readonly samples: readonly (readonly [bad: string, good: string])[];
}

const at = (root: MapValue, ...names: readonly string[]): readonly Value[] => names.flatMap((name) => root.entries.get(name)?.value ?? []);

/** All texts in a value: of a list, of a map of commands, or itself. */
function texts(value: Value): readonly (Value & { readonly kind: 'string' })[] {
  if (value.kind === 'string') return [value];
  if (value.kind === 'list') return value.items.flatMap(texts);
  return value.kind === 'map' ? [...value.entries.values()].flatMap((entry) => texts(entry.value)) : [];
}

/** The sources of mounts, as text (`source=/,target=/host`) or as maps. */
function sources(root: MapValue): readonly { readonly source: string; readonly at: Value }[] {
  const arguments_ = at(root, 'runArgs').flatMap(texts);
  const volumes = arguments_.flatMap((one, index) => {
    const own = /^(?:-v|--volume)=(.+)$/.exec(one.value)?.[1] ?? (/^(?:-v|--volume)$/.test(arguments_[index - 1]?.value ?? '') ? one.value : undefined);
    return own === undefined ? [] : [{ source: own.split(':')[0]!, at: one }];
  });
  const mounts = at(root, 'mounts', 'workspaceMount').flatMap((value) => (value.kind === 'list' ? value.items : [value])).flatMap((one) => {
    const own = one.kind === 'map' ? one.entries.get('source')?.value : one;
    const source = own?.kind === 'string' ? (own === one ? /\b(?:source|src)=([^,]+)/.exec(own.value)?.[1] : own.value) : undefined;
    return own && source !== undefined ? [{ source, at: own }] : [];
  });
  return [...volumes, ...mounts];
}

const rows: readonly Row[] = [
  {
    id: 'workload/devcontainer-host-rights',
    title: 'Development container with rights on its machine',
    severity: 'medium',
    words: ['privileged', 'runArgs', 'capAdd', 'mounts', 'workspaceMount'],
    what: 'Reports `privileged`, the network or the processes of the machine, SYS_ADMIN and ALL, the socket of Docker and the root folder of the machine in `devcontainer.json`.',
    why: 'Whoever opens the folder starts the container; every dependency and every tool in it then commands their machine.',
    references: families.container.references,
    noFix: 'What the container needs has to be known.',
    whenNotToUse: 'For containers that build images and cannot do without.',
    check: (root, tell) => {
      for (const value of at(root, 'privileged')) if (truth(value) === true) tell(value, 'The development container runs privileged.');
      const words = at(root, 'runArgs').flatMap(texts);
      words.forEach((one, index) => {
        const whole = /^--(?:network|net|pid|ipc|userns|cap-add)$/.test(words[index - 1]?.value ?? '') ? `${words[index - 1]!.value}=${one.value}` : one.value;
        if (/^--privileged(?:=true)?$|^--(?:network|net|pid|ipc|userns)=host$|^--cap-add=(?:CAP_)?(?:ALL|SYS_ADMIN)$/i.test(whole)) tell(one, `The development container runs with ${whole}.`);
      });
      for (const one of at(root, 'capAdd').flatMap(texts)) if (/^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|DAC_READ_SEARCH)$/i.test(one.value)) tell(one, `The development container gets ${one.value}.`);
      for (const { source, at: place } of sources(root)) {
        if (/docker\.sock$|podman\.sock$|containerd\.sock$/.test(source)) tell(place, 'The development container commands the containers of its machine.');
        else if (/^(?:\/|\/(?:etc|root|proc|sys|dev|boot|var))\/?$/.test(source)) tell(place, `The development container sees ${source} of its machine.`);
      }
    },
    samples: [
      ['{\n  "image": "a@sha256:0",\n  "privileged": «true»\n}\n', '{\n  "image": "a@sha256:0",\n  "privileged": false\n}\n'],
      ['{\n  "runArgs": ["«--privileged»"] // for the debugger\n}\n', '{\n  "runArgs": ["--init"]\n}\n'],
      ['{ "runArgs": ["--network", "«host»"] }\n', '{ "runArgs": ["--network", "tools"] }\n'],
      ['{ "mounts": ["«source=/var/run/docker.sock,target=/var/run/docker.sock,type=bind»"] }\n', '{ "mounts": ["source=cache,target=/cache,type=volume"] }\n'],
      ['{ "mounts": [{ "source": "«/»", "target": "/host", "type": "bind" }] }\n', '{ "mounts": [{ "source": "cache", "target": "/cache", "type": "volume" }] }\n'],
    ],
  },
  {
    id: 'workload/devcontainer-profile-off',
    title: 'Development container without its profile',
    severity: 'low',
    words: ['runArgs', 'securityOpt'],
    what: 'Reports `seccomp=unconfined`, `apparmor=unconfined` and `label=disable` in `devcontainer.json`.',
    why: families.container.why,
    references: families.container.references,
    noFix: 'What the container needs has to be known.',
    whenNotToUse: 'For debuggers of native programs that cannot do without.',
    check: (root, tell) => {
      for (const one of at(root, 'securityOpt', 'runArgs').flatMap(texts))
        if (/^(?:--security-opt=)?(?:(?:seccomp|apparmor|systempaths)[=:]unconfined|label[=:]disable)$/.test(one.value)) tell(one, 'The development container may call everything of the kernel.');
    },
    samples: [['{ "securityOpt": ["«seccomp=unconfined»"] }\n', '{ "securityOpt": ["no-new-privileges"] }\n']],
  },
  {
    id: 'secrets/devcontainer-credentials-mounted',
    title: 'Credentials of a person in a development container',
    severity: 'low',
    words: ['runArgs', 'mounts'],
    what: 'Reports mounts of `~/.ssh`, `~/.aws`, `~/.kube` and other folders with credentials in `devcontainer.json`.',
    why: 'Every dependency and every tool in the container reads the keys of whoever opens the folder.',
    references: ['CWE-522', 'IA-5', 'AC-6'],
    noFix: 'What needs the credentials has to be known; the agent of SSH, for one, is handed on without its keys.',
    whenNotToUse: 'Where what runs in the container is trusted with them.',
    check: (root, tell) => {
      for (const { source, at: place } of sources(root)) {
        const folder = /(?:^~|HOME\}|USERPROFILE\}|\/home\/[^/]+|\/root|\/Users\/[^/]+)[\\/](\.(?:ssh|aws|azure|kube|gnupg|docker|netrc|config[\\/]gcloud|config[\\/]gh|npmrc|pypirc)\b|$)/.exec(source)?.[1];
        if (folder) tell(place, `The development container reads ${folder} of whoever opens it.`);
      }
    },
    samples: [['{ "mounts": ["«source=${localEnv:HOME}/.ssh,target=/home/dev/.ssh,type=bind»"] }\n', '{ "mounts": ["source=history,target=/history,type=volume"] }\n']],
  },
  {
    id: 'dependencies/devcontainer-script-from-network',
    title: 'Script from the network run by a development container',
    severity: 'low',
    words: ['curl', 'wget', 'iwr', 'irm', 'Invoke-'],
    what: 'Reports `curl ... | sh` in the commands of `devcontainer.json`; those of `initializeCommand` run on the machine itself.',
    why: families.supply.why,
    references: families.supply.references,
    noFix: 'A version with a checksum has to be chosen.',
    whenNotToUse: 'Where the server is trusted as much as the repository.',
    check: (root, tell) => {
      for (const one of at(root, 'initializeCommand', 'onCreateCommand', 'updateContentCommand', 'postCreateCommand', 'postStartCommand', 'postAttachCommand').flatMap(texts))
        for (const issue of shellIssues(one.value).filter(({ kind }) => kind === 'piped').slice(0, 1)) tell(one, issue.message);
    },
    samples: [
      ['{ "postCreateCommand": "«curl -sSL https://example.com/i.sh | bash»" }\n', '{ "postCreateCommand": "pip install -r requirements.txt" }\n'],
      ['{ "onCreateCommand": { "tools": "«curl -sSL https://example.com/i.sh | sh»" } }\n', '{ "onCreateCommand": { "tools": "./tools.sh" } }\n'],
    ],
  },
  {
    id: 'workload/devcontainer-root',
    title: 'Development container whose user is root',
    severity: 'info',
    words: ['remoteUser', 'containerUser'],
    what: 'Reports `remoteUser` and `containerUser` that are `root`.',
    why: families.container.why,
    references: families.container.references,
    noFix: 'A user has to exist in the image.',
    whenNotToUse: 'For engines that map root to a user of the machine, such as Podman without rights.',
    check: (root, tell) => {
      for (const one of at(root, 'remoteUser', 'containerUser')) if (/^(?:root|0)$/.test(String(scalar(one) ?? ''))) tell(one, 'The development container runs as root.');
    },
    samples: [['{ "remoteUser": "«root»" }\n', '{ "remoteUser": "vscode" }\n']],
  },
  {
    id: 'dependencies/devcontainer-moving-part',
    title: 'Development container that changes by itself',
    severity: 'info',
    words: ['image', 'features'],
    what: 'Reports images and features of `devcontainer.json` with the tag `latest` or none.',
    why: families.supply.why,
    references: families.supply.references,
    noFix: 'The version has to be chosen.',
    whenNotToUse: 'Where the newest version is what is meant.',
    check: (root, tell) => {
      const moves = (name: string): boolean => /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*(?::latest)?$/.test(name) && !/:(?!latest$)[^/]*$/.test(name);
      for (const one of at(root, 'image').flatMap(texts)) if (moves(one.value)) tell(one, `Image "${one.value}" is whatever was published last.`);
      for (const map of at(root, 'features'))
        for (const entry of map.kind === 'map' ? map.entries.values() : [])
          if (entry.key.includes('/') && !/^\.|^https?:/.test(entry.key) && moves(entry.key)) tell({ kind: 'null', origin: entry.keyOrigin, at: entry.keyOrigin }, `Feature "${entry.key}" is whatever was published last.`);
    },
    samples: [
      ['{ "image": "«mcr.microsoft.com/devcontainers/python:latest»" }\n', '{ "image": "mcr.microsoft.com/devcontainers/python:3.12" }\n'],
      ['{ "image": "a@sha256:0", "features": { "«ghcr.io/acme/features/tool:latest»": {} } }\n', '{ "image": "a@sha256:0", "features": { "ghcr.io/acme/features/tool:1": {} } }\n'],
    ],
  },
];

export default rows.map(
  (row): Rule =>
    defineRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      confidence: 'medium',
      references: row.references,
      what: row.what,
      why: row.why,
      noFix: row.noFix,
      whenNotToUse: row.whenNotToUse,
      checks: [
        {
          on: 'document',
          languages: ['json'],
          words: row.words,
          check: (document, context) => {
            if (!file.test(document.path)) return;
            const [root] = dataValues(document);
            if (root?.kind === 'map') row.check(root, (place, message) => context.report({ at: place.at, message }), context);
          },
        },
      ],
      examples: row.samples.map(([bad, good]) => ({ file: '.devcontainer/devcontainer.json', bad: marked(bad), good })),
    }),
);
