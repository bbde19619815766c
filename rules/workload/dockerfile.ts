import { lookIn, mapsOf, scalar, truth, type MapValue, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const file = 'Dockerfile';
const base = 'FROM python:3.12.4@sha256:0';

interface Instruction {
  readonly keyword: string;
  readonly text: string;
  /** `--chmod=755`, `--platform=linux/amd64`. */
  readonly flags: string;
  readonly stage: number;
  readonly final: boolean;
  readonly argument: Value;
  readonly at: Value;
}

function instructionsOf(resource: Resource): readonly Instruction[] {
  return lookIn(mapOfResource(resource), 'instructions').values.flatMap(mapsOf).flatMap((map: MapValue): Instruction[] => {
    const argument = map.entries.get('argument')?.value;
    const keyword = map.entries.get('keyword')?.value;
    if (argument?.kind !== 'string' || keyword?.kind !== 'string') return [];
    return [{ keyword: keyword.value.toUpperCase(), text: argument.value, flags: String(scalar(map.entries.get('flags')?.value) ?? ''), stage: Number(scalar(map.entries.get('stage')?.value) ?? 0), final: truth(map.entries.get('final')?.value) === true, argument, at: keyword }];
  });
}

/** The commands of a RUN: shell form, or the list of the exec form as one command. */
function commandsOf(text: string): readonly string[] {
  const exec = /^\s*\[([\s\S]*)\]\s*$/.exec(text);
  const plain = exec ? [...exec[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]).join(' ') : text.replace(/^(?:\s*--\w+=\S+)+/, '');
  return plain.split(/&&|\|\||[;\n|]/).map((one) => one.trim().replace(/^(?:sudo|exec|time)\s+(?:-\w+\s+)*/, '')).filter((one) => one !== '');
}

interface RunRow {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly what: string;
  readonly problem: string;
  /** True for a command that is bad. */
  readonly bad: (command: string, whole: string) => boolean;
  readonly sample: readonly [bad: string, good: string];
  readonly why?: string;
  readonly references?: readonly string[];
}

/** Words of an install command that name packages. */
function packages(command: string, verb: RegExp): readonly string[] {
  const match = verb.exec(command);
  if (!match) return [];
  const words = command.slice(match.index + match[0].length).trim().split(/\s+/);
  const out: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '' || word === '\\') continue;
    if (/^(?:-t|--target|--virtual|--dir|-r|--requirement|-c|--constraint|-e|--editable|--prefix|--index-url|-i|--extra-index-url|--repository|-X|--registry|--default-release|-n|--name|-p|--python|--root)$/.test(word)) at++;
    else if (/^(?:-v|--version)$/.test(word)) {
      at++;
      out.pop();
    } else if (!word.startsWith('-') && !/^[.<>2&]/.test(word) && !word.startsWith('$') && !word.startsWith('/')) out.push(word.replace(/^["']|["']$/g, ''));
  }
  return out;
}

const unpinned = (verb: RegExp, pin: RegExp) => (command: string): boolean => packages(command, verb).some((name) => !pin.test(name));
const rows: readonly RunRow[] = [
  { id: 'dependencies/apk-unpinned', title: 'Alpine package without a version', severity: 'info', what: 'Reports `apk add` without versions.', problem: 'installs packages of Alpine without a version', bad: unpinned(/\bapk\s+(?:-\S+\s+)*add\b/, /[=<>~]|^\.|\$/), sample: ['RUN apk add curl', 'RUN apk add curl=8.9.1-r0'] },
  { id: 'dependencies/apt-unpinned', title: 'Debian package without a version', severity: 'info', what: 'Reports `apt-get install` without versions.', problem: 'installs packages of Debian without a version', bad: unpinned(/\bapt-get\s+(?:-\S+\s+)*install\b/, /=|\$|\.deb$|^\//), sample: ['RUN apt-get install -y --no-install-recommends curl', 'RUN apt-get install -y --no-install-recommends curl=8.9.1-1'] },
  { id: 'dependencies/pip-unpinned', title: 'Python package without a version', severity: 'low', what: 'Reports `pip install` of packages without versions.', problem: 'installs Python packages without a version', bad: (command) => !/-r\s|--requirement|--require-hashes/.test(command) && unpinned(/\bpip[\d.]*\s+(?:-\S+\s+)*install\b/, /[=<>~@$]|^\.|^git\+|\.whl$|\.txt$|\//)(command) && !/install\s+(?:-\S+\s+)*(?:--upgrade|-U)\s+(?:pip|setuptools|wheel)\b/.test(command), sample: ['RUN pip install torch', 'RUN pip install torch==2.6.0'] },
  { id: 'dependencies/npm-unpinned', title: 'Node package without a version', severity: 'low', what: 'Reports `npm install` of packages without versions.', problem: 'installs Node packages without a version', bad: unpinned(/\b(?:npm\s+(?:install|i|add)|yarn\s+(?:global\s+)?add|pnpm\s+add)\b/, /^(?:@[^/]+\/[^@]+|[^@]+)@.+|^git|^https?:|^file:|\.tgz$|\$/), sample: ['RUN npm install express', 'RUN npm install express@4.21.2'] },
  { id: 'dependencies/gem-unpinned', title: 'Ruby package without a version', severity: 'low', what: 'Reports `gem install` without versions.', problem: 'installs Ruby packages without a version', bad: (command) => unpinned(/\bgem\s+install\b/, /:|\$/)(command), sample: ['RUN gem install bundler', 'RUN gem install bundler:2.6.1'] },
  { id: 'dependencies/yum-unpinned', title: 'RPM package without a version', severity: 'info', what: 'Reports `yum`, `dnf` and `microdnf install` without versions.', problem: 'installs RPM packages without a version', bad: unpinned(/\b(?:yum|dnf|microdnf|zypper)\s+(?:-\S+\s+)*(?:install|in)\b/, /-\d|=|\$|\.rpm$|\//), sample: ['RUN dnf install -y curl', 'RUN dnf install -y curl-8.9.1'] },
  { id: 'dependencies/go-unpinned', title: 'Go program of the latest version', severity: 'low', what: 'Reports `go install` of `@latest`.', problem: 'installs the latest version of a Go program', bad: (command) => /\bgo\s+install\s+\S+@(?:latest|main|master)\b/.test(command), sample: ['RUN go install example.com/tool@latest', 'RUN go install example.com/tool@v1.2.3'] },
  { id: 'dependencies/system-upgrade', title: 'System upgraded while the image is built', severity: 'info', what: 'Reports `apt-get upgrade`, `dist-upgrade`, `apk upgrade` and `yum update`.', problem: 'upgrades the system while it is built', bad: (command) => /\b(?:apt-get|apt)\s+(?:-\S+\s+)*(?:dist-)?upgrade\b|\bapk\s+(?:-\S+\s+)*upgrade\b|\b(?:yum|dnf)\s+(?:-\S+\s+)*(?:update|upgrade)\b(?!\s+\w)|\bzypper\s+(?:-\S+\s+)*(?:dup|dist-upgrade|update)\b/.test(command), sample: ['RUN apt-get upgrade -y', 'RUN apt-get update'] },
  { id: 'network/apt-in-image', title: 'apt in a script', severity: 'info', what: 'Reports `apt` in place of `apt-get`.', problem: 'uses apt, whose interface is for people', bad: (command) => /^apt\s+/.test(command), sample: ['RUN apt install curl=8', 'RUN apt-get install curl=8'], why: 'What the command prints and asks may change, and the build with it.', references: ['CM-2'] },
  { id: 'workload/apt-recommended', title: 'Recommended packages in an image', severity: 'info', what: 'Reports `apt-get install` without `--no-install-recommends`.', problem: 'installs packages that nobody asked for', bad: (command) => /\bapt-get\s+(?:-\S+\s+)*install\b/.test(command) && !/--no-install-recommends|Install-Recommends/.test(command), sample: ['RUN apt-get install -y curl=8', 'RUN apt-get install -y --no-install-recommends curl=8'], why: 'Every program in an image is one more that an intruder finds there.', references: ['CM-7'] },
  { id: 'dependencies/apt-without-yes', title: 'Install command that waits for an answer', severity: 'info', what: 'Reports `apt-get install` without `-y`.', problem: 'waits for an answer while it is built', bad: (command) => /\bapt-get\s+(?:-\S+\s+)*install\b/.test(command) && !/\s-\w*y|--yes|--assume-yes|-qq|--force-yes/.test(command), sample: ['RUN apt-get install --no-install-recommends curl=8', 'RUN apt-get install -y --no-install-recommends curl=8'], why: 'The build stops, or goes on without the package.', references: ['CM-2'] },
  { id: 'workload/chmod-777', title: 'Files that everybody may change', severity: 'medium', what: 'Reports `chmod 777`.', problem: 'lets everybody change files', bad: (command) => /\bchmod\s+(?:-\w+\s+|--\w+\s+)*(?:0?777|a\+rwx|ugo\+rwx)\b/.test(command), sample: ['RUN chmod 777 /app', 'RUN chmod 755 /app'], why: 'Any process in the container can change what the others run.', references: ['CWE-732', 'AC-6'] },
  { id: 'workload/sudo-in-image', title: 'sudo in an image', severity: 'low', what: 'Reports `sudo` in RUN.', problem: 'uses sudo', bad: (command, whole) => /(?:^|&&|;|\|)\s*sudo\s/.test(whole) && command.length > 0, sample: ['RUN sudo make install', 'RUN make install'], why: 'Where sudo works while the image is built it works when it runs, too.', references: ['CWE-250', 'AC-6'] },
  { id: 'transport/curl-without-certificates', title: 'Download without checking certificates', severity: 'high', what: 'Reports `curl -k`, `wget --no-check-certificate`, `apt-get --allow-unauthenticated`, `npm strict-ssl false` and the like.', problem: 'downloads without checking where it comes from', bad: (command) => /\bcurl\b.*\s(?:-\w*k\w*\b|--insecure\b)|\bwget\b.*--no-check-certificate|\bapt(?:-get)?\b.*(?:--allow-unauthenticated|--force-yes|--allow-insecure-repositories)|strict-ssl\s+(?:=\s*)?false|\bgit\b.*http\.sslVerify[= ]false|--nogpgcheck|\bapk\b.*--allow-untrusted|\byum\b.*sslverify=false/i.test(command), sample: ['RUN curl -k https://example.com/install.sh -o install.sh', 'RUN curl https://example.com/install.sh -o install.sh'], why: families.transit.why, references: ['CWE-295', 'SC-8'] },
  { id: 'transport/pip-trusted-host', title: 'Packages without checking certificates', severity: 'medium', what: 'Reports `pip install --trusted-host`.', problem: 'installs packages without checking where they come from', bad: (command) => /\bpip[\d.]*\b.*--trusted-host/.test(command), sample: ['RUN pip install --trusted-host pypi.org torch==2.6.0', 'RUN pip install torch==2.6.0'], why: families.transit.why, references: ['CWE-295', 'SC-8'] },
  { id: 'dependencies/curl-to-shell', title: 'Script from the network run at once', severity: 'medium', what: 'Reports `curl ... | sh`.', problem: 'runs a script straight from the network', bad: (_command, whole) => /\b(?:curl|wget)\b[^|;&\n]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/.test(whole), sample: ['RUN curl https://example.com/install.sh | sh', 'RUN sh install.sh'], why: 'Whoever controls the server, or the way to it, controls the image.', references: ['CWE-494', 'SI-7'] },
  { id: 'secrets/secret-in-run', title: 'Password in a command of an image', severity: 'high', what: 'Reports passwords in commands, such as `chpasswd` and `--password=`.', problem: 'has a password in a command', bad: (command) => /\becho\s+["']?\w+:[^\s$"']{3,}["']?\s*$/.test(command) || /--password[= ](?![$"'{\s])[^\s]{4,}/.test(command), sample: ['RUN mysqladmin --password=chart-pass create chart', 'RUN mysqladmin create chart'], why: 'The command stands in the history of the image.', references: ['CWE-798', 'IA-5'] },
  { id: 'workload/package-cache-kept', title: 'Package cache kept in an image', severity: 'info', what: 'Reports installs that leave the cache of the package manager in the layer.', problem: 'keeps the cache of its package manager', bad: (command, whole) => (/\b(?:yum|dnf)\s+(?:-\S+\s+)*install\b/.test(command) && !/clean all|rm\s+-\w*r\w*\s+\/var\/cache/.test(whole)) || (/\bzypper\s+(?:-\S+\s+)*(?:install|in)\b/.test(command) && !/zypper\s+(?:-\S+\s+)*(?:clean|cc)/.test(whole)) || (/\bpip[\d.]*\s+install\b/.test(command) && !/--no-cache-dir|PIP_NO_CACHE_DIR/.test(whole) && !/--mount=type=cache/.test(whole)) || (/\bapk\s+(?:-\S+\s+)*add\b/.test(command) && !/--no-cache|rm\s+-\w*r\w*\s+\/var\/cache\/apk/.test(whole)), sample: ['RUN pip install torch==2.6.0', 'RUN pip install --no-cache-dir torch==2.6.0'], why: 'What is not needed only makes the image larger and hides what is in it.', references: ['CM-7'] },
  { id: 'workload/apt-lists-kept', title: 'Package lists kept in an image', severity: 'info', what: 'Reports `apt-get install` without removing the lists.', problem: 'keeps the lists of its package manager', bad: (command, whole) => /\bapt-get\s+(?:-\S+\s+)*install\b/.test(command) && !/rm\s+-\w*r\w*\s+\/var\/lib\/apt|apt-get\s+clean|--mount=type=cache/.test(whole), sample: ['RUN apt-get install -y --no-install-recommends curl=8', 'RUN apt-get install -y --no-install-recommends curl=8 && rm -rf /var/lib/apt/lists/*'], why: 'What is not needed only makes the image larger.', references: ['CM-7'] },
  { id: 'workload/cd-in-run', title: 'Folder changed in a command', severity: 'info', what: 'Reports `RUN cd ...` alone in place of WORKDIR.', problem: 'changes the folder in a command', bad: (command, whole) => /^cd\s+\S+$/.test(command) && whole.trim() === command, sample: ['RUN cd /app', 'WORKDIR /app'], why: 'The change is gone with the command; what follows works elsewhere than it seems.', references: ['CM-2'] },
];

const instruction = (id: RuleId, title: string, severity: Severity, what: string, why: string, references: readonly string[], check: (all: readonly Instruction[], tell: (at: Value, message: string) => void, resource: Resource) => void, bad: string, good: string) => objectRule({
  id, title, severity, types: ['dockerfile'], what, why, references, file, bad, good, check: (resource, tell) => check(instructionsOf(resource), tell, resource),
});

export default [
  ...rows.map((row) => objectRule({
    id: row.id, title: row.title, severity: row.severity, confidence: 'medium', types: ['dockerfile'], file, what: row.what, why: row.why ?? families.supply.why, references: row.references ?? families.supply.references,
    check: (resource, tell) => {
      for (const one of instructionsOf(resource)) if (one.keyword === 'RUN' && commandsOf(one.text).some((command) => row.bad(command, one.text))) tell(one.argument, `A command of the image ${row.problem}.`);
    },
    bad: `${base}\n${row.sample[0]}\n    ${'^'.repeat(row.sample[0].length - 4)}\n`, good: `${base}\n${row.sample[1]}\n`,
  })),
  instruction('workload/dockerfile-root', 'Image that runs as root', 'low', 'Reports images without a USER, or whose last USER is root.', families.container.why, families.container.references, (all, tell, resource) => {
    const last = all.filter((one) => one.final && one.keyword === 'USER').at(-1);
    if (last && !/^(?:root|0)(?::|\s*$)/.test(last.text)) return;
    if (last) tell(last.argument, 'The image runs as root.');
    else if (!/^scratch$/i.test(resource.name)) tell({ kind: 'null', origin: resource.header, at: resource.header }, 'The image runs as the user of its base, which is root as a rule.');
  }, `${base}\n     ^^^^^^^^^^^^^^^^^^^^^^\n`, `${base}\nUSER app\n`),
  instruction('network/dockerfile-ssh', 'SSH in an image', 'medium', 'Reports EXPOSE of port 22.', families.exposed.why, families.exposed.references, (all, tell) => { for (const one of all) if (one.keyword === 'EXPOSE' && /(?:^|\s)22(?:\/tcp)?(?:\s|$)/.test(one.text)) tell(one.argument, 'The image offers SSH.'); }, `${base}\nEXPOSE 22\n       ^^\n`, `${base}\nEXPOSE 8000\n`),
  instruction('network/dockerfile-port-range', 'Port that does not exist', 'info', 'Reports EXPOSE of numbers that are no ports.', 'The port that was meant stays closed, or another is opened.', ['CM-2'], (all, tell) => { for (const one of all) if (one.keyword === 'EXPOSE' && one.text.split(/\s+/).some((word) => /^\d+(?:\/\w+)?$/.test(word) && Number.parseInt(word, 10) > 65_535)) tell(one.argument, 'The image names a port that does not exist.'); }, `${base}\nEXPOSE 99999\n       ^^^^^\n`, `${base}\nEXPOSE 8000\n`),
  instruction('dependencies/base-image-latest', 'Base image with the tag latest', 'low', 'Reports FROM with `latest`, or without a tag.', families.supply.why, families.supply.references, (all, tell) => {
    const stages = new Set<string>();
    for (const one of all) {
      if (one.keyword !== 'FROM') continue;
      const words = one.text.replace(/--\w+=\S+\s+/g, '').split(/\s+/);
      const image = words[0]!;
      const own = stages.has(image.toLowerCase());
      if (/^as$/i.test(words[1] ?? '')) stages.add(words[2]!.toLowerCase());
      if (own || image.includes('$') || image.includes('@') || /^scratch$/i.test(image)) continue;
      const tag = /:([\w.-]+)$/.exec(image)?.[1];
      if (tag === 'latest' || tag === undefined) tell(one.argument, `The image builds on whatever "${image}" is today.`);
    }
  }, 'FROM python:latest\n     ^^^^^^^^^^^^^\n', `${base}\n`),
  instruction('dependencies/base-image-without-digest', 'Base image without a digest', 'info', 'Reports FROM without `@sha256:`.', families.supply.why, families.supply.references, (all, tell) => {
    const stages = new Set<string>();
    for (const one of all) {
      if (one.keyword !== 'FROM') continue;
      const words = one.text.replace(/--\w+=\S+\s+/g, '').split(/\s+/);
      const own = stages.has(words[0]!.toLowerCase());
      if (/^as$/i.test(words[1] ?? '')) stages.add(words[2]!.toLowerCase());
      if (!own && !words[0]!.includes('$') && !words[0]!.includes('@sha256:') && !/^scratch$/i.test(words[0]!) && /:/.test(words[0]!) && !/:latest$/.test(words[0]!)) tell(one.argument, `The image builds on "${words[0]}", which may change without notice.`);
    }
  }, 'FROM python:3.12\n     ^^^^^^^^^^^\n', `${base}\n`),
  instruction('monitoring/dockerfile-without-healthcheck', 'Image without a health check', 'info', 'Reports images without HEALTHCHECK.', 'A container that hangs is not noticed. Orchestrators bring checks of their own.', ['SC-5', 'CP-10'], (all, tell, resource) => { if (!all.some((one) => one.keyword === 'HEALTHCHECK') && all.some((one) => one.keyword === 'EXPOSE')) tell({ kind: 'null', origin: resource.header, at: resource.header }, 'The image has no health check.'); }, `${base}\n     ^^^^^^^^^^^^^^^^^^^^^^\nEXPOSE 8000\n`, `${base}\nHEALTHCHECK CMD curl -f http://localhost\n`),
  instruction('dependencies/add-from-network', 'File fetched by ADD', 'low', 'Reports ADD of an address without a checksum.', families.supply.why, families.supply.references, (all, tell) => { for (const one of all) if (one.keyword === 'ADD' && /(?:^|\s)https?:\/\//.test(one.text) && !/--checksum=/.test(one.flags)) tell(one.argument, 'The image adds a file from the network without checking it.'); }, `${base}\nADD https://example.com/model.bin /model\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n`, `${base}\nCOPY model /model\n`),
  instruction('workload/add-instead-of-copy', 'ADD where COPY does', 'info', 'Reports ADD of local files that are no archives.', 'ADD also unpacks and fetches; COPY does only what it says.', ['CM-7'], (all, tell) => { for (const one of all) if (one.keyword === 'ADD' && !/https?:\/\/|git@|\.git\b|\.(?:tar|tgz|gz|xz|bz2|zst|zip)\b/.test(one.text)) tell(one.at, 'The image uses ADD where COPY does.'); }, `${base}\nADD app /app\n^^^\n`, `${base}\nCOPY app /app\n`),
  instruction('workload/copy-777', 'Files that everybody may change, copied', 'medium', 'Reports `--chmod=777`.', 'Any process in the container can change what the others run.', ['CWE-732', 'AC-6'], (all, tell) => {
    for (const one of all) if ((one.keyword === 'ADD' || one.keyword === 'COPY') && /--chmod=0?777\b/.test(one.flags)) tell(one.at, 'The image holds files that everybody may change.');
  }, `${base}\nCOPY --chmod=777 app /app\n^^^^\n`, `${base}\nCOPY --chmod=755 app /app\n`),
  instruction('secrets/dockerfile-secret', 'Secret in an image', 'high', 'Reports ENV and ARG with a name of a secret and a value.', 'Whoever has the image reads the secret, also when a later layer removes it.', ['CWE-798', 'IA-5'], (all, tell) => { for (const one of all) if ((one.keyword === 'ENV' || one.keyword === 'ARG') && /^\s*\w*(?:PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_?KEY|(?<!TIK)TOKEN(?!IZER|S_PER|_LIMIT|_TTL|_COUNT)|CREDENTIAL)\w*(?:\s+|\s*=\s*)["']?(?!\$|["']|changeme\b|none\b|null\b|true\b|false\b|\d+\b)\S{6,}/i.test(one.text) && !/_FILE|_PATH|_DIR(?:ECTORY)?\b|_URL|_NAME|_ENABLED/i.test(one.text.split(/[=\s]/)[0]!)) tell(one.argument, 'The image holds a secret.'); }, `${base}\nENV DATABASE_PASSWORD=chart-pass\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n`, `${base}\nENV DATABASE_HOST=chart\n`),
  instruction('workload/dockerfile-several-commands', 'Several CMD or ENTRYPOINT', 'info', 'Reports more than one CMD or ENTRYPOINT in a stage.', 'Only the last one counts; the others mislead.', ['CM-2'], (all, tell) => { for (const keyword of ['CMD', 'ENTRYPOINT', 'HEALTHCHECK']) { const own = all.filter((one) => one.keyword === keyword && one.final); for (const one of own.slice(0, -1)) tell(one.at, `A later ${keyword} takes the place of this one.`); } }, `${base}\nCMD ["a"]\n^^^\nCMD ["b"]\n`, `${base}\nCMD ["b"]\n`),
  instruction('workload/maintainer', 'Deprecated MAINTAINER', 'info', 'Reports MAINTAINER.', 'A label says the same and is read by tools.', ['CM-2'], (all, tell) => { for (const one of all) if (one.keyword === 'MAINTAINER') tell(one.at, 'MAINTAINER is deprecated.'); }, `${base}\nMAINTAINER ada@example.com\n^^^^^^^^^^\n`, `${base}\nLABEL maintainer=ada@example.com\n`),
  instruction('workload/relative-workdir', 'Relative WORKDIR', 'info', 'Reports WORKDIR that is no absolute path.', 'Where it leads depends on the base image.', ['CM-2'], (all, tell) => { for (const one of all) if (one.keyword === 'WORKDIR' && !/^["']?(?:\/|[A-Za-z]:|\$)/.test(one.text)) tell(one.argument, `The folder "${one.text}" depends on the base image.`); }, `${base}\nWORKDIR app\n        ^^^\n`, `${base}\nWORKDIR /app\n`),
  instruction('dependencies/base-image-platform', 'Base image for one platform', 'info', 'Reports `FROM --platform=` with a fixed platform.', 'On other machines the image runs slowly, or other code than was tested.', ['CM-2'], (all, tell, resource) => { for (const one of all) if (one.keyword === 'FROM' && /--platform=(?!\$)/.test(one.flags)) tell({ ...one.argument }, `The image "${resource.name}" is fixed to one platform.`); }, 'FROM --platform=linux/amd64 python@sha256:0\n                            ^^^^^^^^^^^^^^^\n', `${base}\n`),
];
