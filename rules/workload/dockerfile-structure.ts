import type { Value } from '../../server/rule/queries.ts';
import { base, commandsOf, instruction, type Instruction } from '../_docker.ts';
import { families } from '../_families.ts';

const secretName = /^\w*(?:PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_?KEY|(?<!TIK)TOKEN(?!IZ)|PRIVATE_?KEY|CREDENTIALS)\w*$/i;
/** Tags whose support has ended. Sources: the release pages of the projects. */
const outdated =
  /^(?:ubuntu:(?:(?:[4-9]|1\d)\.|precise|trusty|xenial|bionic)|debian:(?:[6-9]\b|10\b|wheezy|jessie|stretch|buster)|centos(?::|$)|alpine:(?:2\.|3\.(?:\d|1[0-8])(?:\D|$))|node:(?:\d|1[0-8])(?:\D|$)|python:(?:2|3\.[0-8])(?:\D|$)|php:(?:[5-7]|8\.0)(?:\D|$)|ruby:(?:1|2)\.|fedora:(?:[12]?\d|3\d)(?:\D|$)|golang:1\.(?:\d|1\d|2[0-2])(?:\D|$)|openjdk:(?:[679]|1[0-9])(?:\D|$))/;
const harmlessName = /(?:_FILE|_PATH|_URL|_NAME|_ID|_TTL|_EXPIRY|_LENGTH|_HEADER|PUBLIC)$/i;

/** Words of an instruction without its flags; the exec form counts as its list. */
function words(text: string): readonly string[] {
  const list = /^\s*\[([\s\S]*)\]\s*$/.exec(text);
  return list
    ? [...list[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!)
    : text.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
}

/** The name that a FROM gives its stage. */
function stageName(one: Instruction): string | undefined {
  const all = words(one.text);
  return /^as$/i.test(all[1] ?? '') ? all[2]?.toLowerCase() : undefined;
}

const copied = (one: Instruction): string | undefined =>
  one.keyword === 'COPY' ? /--from=(\S+)/.exec(`${one.flags} ${one.text}`)?.[1]?.toLowerCase() : undefined;
const nowhere = (at: Value): Value => ({ kind: 'null', origin: at.at, at: at.at });

export default [
  instruction(
    'workload/dockerfile-stage-twice',
    'Two stages of one name',
    'info',
    'Reports stages that have the name of an earlier one.',
    'Later instructions take their files from another stage than is meant.',
    ['CM-2'],
    (all, tell) => {
      const seen = new Set<string>();
      for (const one of all) {
        const name = one.keyword === 'FROM' ? stageName(one) : undefined;
        if (name !== undefined && seen.has(name)) tell(one.argument, `There is a stage "${name}" already.`);
        if (name !== undefined) seen.add(name);
      }
    },
    `${base} AS build\n${base} AS build\n     ${'^'.repeat(base.length + 4)}\n`,
    `${base} AS build\n${base} AS run\n`,
  ),
  instruction(
    'workload/copy-from-itself',
    'Stage that copies from itself',
    'info',
    'Reports `COPY --from` of the stage that it stands in.',
    'The build fails, or an image of that name is fetched from the network.',
    ['CM-2'],
    (all, tell) => {
      let own: string | undefined;
      for (const one of all) {
        if (one.keyword === 'FROM') own = stageName(one);
        else if (own !== undefined && copied(one) === own) tell(one.at, `The stage "${own}" copies from itself.`);
      }
    },
    `${base} AS build\nCOPY --from=build /a /b\n^^^^\n`,
    `${base} AS build\nFROM scratch\nCOPY --from=build /a /b\n`,
  ),
  instruction(
    'workload/copy-from-number',
    'Stage named by its number',
    'info',
    'Reports `COPY --from=0`.',
    'A stage that is put in between changes what is copied.',
    ['CM-2'],
    (all, tell) => {
      for (const one of all) if (/^\d+$/.test(copied(one) ?? '')) tell(one.at, 'The stage is named by its number.');
    },
    `${base}\nFROM scratch\nCOPY --from=0 /a /b\n^^^^\n`,
    `${base} AS build\nFROM scratch\nCOPY --from=build /a /b\n`,
  ),
  instruction(
    'workload/copy-several-to-file',
    'Several files copied to one',
    'info',
    'Reports COPY of several files to what is no folder.',
    'The build fails, or works only as long as the folder is there.',
    ['CM-2'],
    (all, tell) => {
      for (const one of all) {
        const list = words(one.text);
        if (one.keyword === 'COPY' && list.length > 2 && !/[/\\$}]$|^\.{1,2}$/.test(list.at(-1)!) && !one.text.includes('<<'))
          tell(one.argument, `Several files are copied to "${list.at(-1)!}", which is not written as a folder.`);
      }
    },
    `${base}\nCOPY a.json b.json app\n     ^^^^^^^^^^^^^^^^^\n`,
    `${base}\nCOPY a.json b.json app/\n`,
  ),
  instruction(
    'workload/copy-with-owner',
    'Files that belong to the user of the service',
    'info',
    'Reports `--chown` to a user other than root.',
    'A service that is taken over can change its own program. Files that root owns and everybody may read do as well.',
    ['CWE-732', 'AC-6'],
    (all, tell) => {
      for (const one of all)
        if (one.final && (one.keyword === 'COPY' || one.keyword === 'ADD') && /--chown=(?!root\b|0\b|\$)/.test(one.flags))
          tell(one.at, 'The user of the service may change these files.');
    },
    `${base}\nCOPY --chown=app app /app\n^^^^\n`,
    `${base}\nCOPY app /app\n`,
  ),
  instruction(
    'workload/command-in-shell-form',
    'Command that a shell starts',
    'info',
    'Reports CMD and ENTRYPOINT that are not written as a list.',
    'The shell gets the signals in place of the program, which is then killed rather than ended.',
    ['CM-2'],
    (all, tell) => {
      for (const one of all)
        if (
          one.final &&
          (one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT') &&
          !/^\s*\[/.test(one.text) &&
          !/^exec\s/.test(one.text.trim()) &&
          one.text.trim() !== ''
        )
          tell(one.argument, 'A shell starts the program and gets its signals.');
    },
    `${base}\nCMD python app.py\n    ^^^^^^^^^^^^^\n`,
    `${base}\nCMD ["python", "app.py"]\n`,
  ),
  instruction(
    'workload/pipe-hides-failure',
    'Pipe that hides a failure',
    'info',
    'Reports RUN with a pipe where the shell is not told to fail with any of its parts (`pipefail`).',
    'The build goes on although the first command failed, for example a download.',
    ['CM-2', 'SI-7'],
    (all, tell) => {
      let safe = false;
      for (const one of all) {
        if (one.keyword === 'FROM') safe = false;
        if (one.keyword === 'SHELL') safe = /pipefail|powershell|pwsh|cmd/i.test(one.text);
        if (one.keyword !== 'RUN' || safe || /pipefail|<</.test(one.text)) continue;
        if (/(?:^|[^|'"\\])\|(?![|&'"])/.test(one.text.replace(/'[^']*'|"[^"]*"/g, '""').replace(/\b(?:echo|printf)\b[^|&;\n]*\|/g, ''))) tell(one.argument, 'A failure before the pipe goes unnoticed.');
      }
    },
    `${base}\nRUN make | tee log\n    ^^^^^^^^^^^^^^\n`,
    `${base}\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN make | tee log\n`,
  ),
  instruction(
    'workload/two-download-tools',
    'Two programs that do the same',
    'info',
    'Reports images that use both curl and wget.',
    'What is not in an image cannot be used by an intruder.',
    ['CM-7'],
    (all, tell) => {
      const uses = (name: RegExp): Instruction | undefined =>
        all.find((one) => one.final && one.keyword === 'RUN' && commandsOf(one.text).some((command) => name.test(command)));
      const wget = uses(/^wget\s/);
      if (wget && uses(/^curl\s/)) tell(wget.argument, 'The image uses both curl and wget.');
    },
    `${base}\nRUN curl -O https://a.example.com/a\nRUN wget https://a.example.com/b\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n`,
    `${base}\nRUN curl -O https://a.example.com/a\n`,
  ),
  instruction(
    'transport/image-without-certificates',
    'Image that does not check certificates',
    'medium',
    'Reports ENV that switches the check of certificates off, such as `NODE_TLS_REJECT_UNAUTHORIZED=0` and `PYTHONHTTPSVERIFY=0`.',
    families.transit.why,
    ['CWE-295', 'SC-8'],
    (all, tell) => {
      for (const one of all)
        if (
          one.keyword === 'ENV' &&
          /\b(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)[=\s]+["']?0|\bGIT_SSL_NO_VERIFY[=\s]+["']?(?:1|true)|\bNPM_CONFIG_STRICT_SSL[=\s]+["']?false|\bPIP_TRUSTED_HOST[=\s]+["']?\w/i.test(
            one.text,
          )
        )
          tell(one.argument, 'Programs of the image do not check whom they talk to.');
    },
    `${base}\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n`,
    `${base}\nENV NODE_ENV=production\n`,
  ),
  instruction(
    'secrets/secret-build-argument',
    'Secret handed to a build',
    'low',
    'Reports ARG with a name of a secret, and ENV that keeps such an argument.',
    'Arguments of a build stand in the history of the image; a mounted secret does not.',
    ['CWE-522', 'IA-5'],
    (all, tell) => {
      for (const one of all) {
        if (one.keyword === 'ARG') {
          const name = /^(\w+)\s*$/.exec(one.text)?.[1];
          if (name !== undefined && secretName.test(name) && !harmlessName.test(name))
            tell(one.argument, `The secret "${name}" stays in the history of the image.`);
        }
        if (one.keyword === 'ENV') {
          const kept = /^(\w+)[=\s]+["']?\$\{?(\w+)\}?["']?\s*$/.exec(one.text);
          if (kept && secretName.test(kept[1]!) && !harmlessName.test(kept[1]!)) tell(one.argument, `The secret "${kept[1]!}" stays in the image.`);
        }
      }
    },
    `${base}\nARG GITHUB_TOKEN\n    ^^^^^^^^^^^^\n`,
    `${base}\nRUN --mount=type=secret,id=github make\n`,
  ),
  instruction(
    'secrets/secret-file-in-image',
    'File with secrets copied into an image',
    'medium',
    'Reports COPY and ADD of private keys, of `.env`, and of files in which programs keep passwords.',
    'Whoever has the image reads the file, also when a later layer removes it.',
    ['CWE-522', 'IA-5'],
    (all, tell) => {
      for (const one of all) {
        const files = words(one.text).slice(0, -1);
        const found =
          (one.keyword === 'COPY' || one.keyword === 'ADD') && copied(one) === undefined
            ? files.find((name) =>
                /(?:^|\/)(?:\.env(?:\.(?:local|prod|production))?|id_(?:rsa|dsa|ecdsa|ed25519)|\.git-credentials|\.netrc|\.pgpass|\.aws(?:\/credentials)?|\.docker\/config\.json)\/?$/.test(
                  name,
                ),
              )
            : undefined;
        if (found !== undefined) tell(one.argument, `The image holds "${found}".`);
      }
    },
    `${base}\nCOPY .env /app/.env\n     ^^^^^^^^^^^^^^\n`,
    `${base}\nCOPY .env.example /app/.env.example\n`,
  ),
  instruction(
    'monitoring/dockerfile-service-without-healthcheck',
    'Image of a program without a health check',
    'info',
    'Reports images that start a program, offer no port, and have no HEALTHCHECK.',
    'A container that hangs is not noticed. Orchestrators bring checks of their own.',
    ['SC-5', 'CP-10'],
    (all, tell, resource) => {
      const has = (keyword: string): boolean => all.some((one) => one.keyword === keyword);
      if (!has('HEALTHCHECK') && !has('EXPOSE') && all.some((one) => one.final && (one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT')))
        tell(nowhere({ kind: 'string', value: resource.name, origin: resource.header, at: resource.header }), 'The image has no health check.');
    },
    `${base}\n     ${'^'.repeat(base.length - 5)}\nCMD ["app"]\n`,
    `${base}\nHEALTHCHECK CMD app --check\nCMD ["app"]\n`,
  ),
  instruction(
    'dependencies/base-image-outdated',
    'Base image that gets no updates',
    'low',
    'Reports base images of versions whose support has ended, by their tags.',
    'Known flaws stay open in every image that builds on it.',
    ['CWE-1104', 'SI-2'],
    (all, tell) => {
      for (const one of all) {
        const image = one.keyword === 'FROM' ? (words(one.text)[0] ?? '') : '';
        if (outdated.test(image.replace(/^(?:docker\.io\/)?(?:library\/)?/, ''))) tell(one.argument, `"${image}" gets no updates.`);
      }
    },
    'FROM ubuntu:14.04\n     ^^^^^^^^^^^^\n',
    'FROM ubuntu:24.04\n',
  ),
];
