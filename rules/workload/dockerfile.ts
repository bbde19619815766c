import type { Fix } from '../../server/rule/queries.ts';
import { base, baseImages, instruction, type Instruction } from '../_docker.ts';
import { families } from '../_families.ts';
import { rewrite } from '../_fixes.ts';

/** A user without a name needs no account, and may do nothing that its container does not let everybody do. */
function asUser(all: readonly Instruction[]): readonly Fix[] {
  const first = all.find((one) => one.final && (one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT'));
  if (!first) return [];
  const { path, range } = first.at.at;
  return [{ title: 'Run as the user 10001', safe: false, intents: [{ kind: 'replace', origin: { path, range: { start: range.start, end: range.start } }, text: 'USER 10001\n' }] }];
}

function asLabel({ at, text, argument }: Instruction): readonly Fix[] {
  const name = `maintainer=${JSON.stringify(text.trim().replace(/^"|"$/g, ''))}`;
  return [{ title: 'Say it with LABEL', safe: false, intents: [{ kind: 'replace', origin: at.at, text: 'LABEL' }, { kind: 'replace', origin: argument.at, text: name }] }];
}

export default [
  instruction(
    'workload/dockerfile-root',
    'Image that runs as root',
    'low',
    'Reports images without a USER, or whose last USER is root.',
    families.container.why,
    families.container.references,
    (all, tell, resource) => {
      const last = all.filter((one) => one.final && one.keyword === 'USER').at(-1);
      if (last && !/^(?:root|0)(?::|\s*$)/.test(last.text)) return;
      if (last) tell(last.argument, 'The image runs as root.', rewrite(last.argument, '10001', 'Run as the user 10001'));
      else if (!/^scratch$/i.test(resource.name))
        tell({ kind: 'null', origin: resource.header, at: resource.header }, 'The image runs as the user of its base, which is root as a rule.', asUser(all));
    },
    `${base}\n     ^^^^^^^^^^^^^^^^^^^^^^\nCMD ["python", "app.py"]\n`,
    `${base}\nUSER app\n`,
    `${base}\nUSER 10001\nCMD ["python", "app.py"]\n`,
  ),
  instruction(
    'network/dockerfile-ssh',
    'SSH in an image',
    'medium',
    'Reports EXPOSE of port 22.',
    families.exposed.why,
    families.exposed.references,
    (all, tell) => {
      for (const one of all) if (one.keyword === 'EXPOSE' && /(?:^|\s)22(?:\/tcp)?(?:\s|$)/.test(one.text)) tell(one.argument, 'The image offers SSH.');
    },
    `${base}\nEXPOSE 22\n       ^^\n`,
    `${base}\nEXPOSE 8000\n`,
  ),
  instruction(
    'network/dockerfile-port-range',
    'Port that does not exist',
    'info',
    'Reports EXPOSE of numbers that are no ports.',
    'The port that was meant stays closed, or another is opened.',
    ['CM-2'],
    (all, tell) => {
      for (const one of all)
        if (one.keyword === 'EXPOSE' && one.text.split(/\s+/).some((word) => /^\d+(?:\/\w+)?$/.test(word) && Number.parseInt(word, 10) > 65_535))
          tell(one.argument, 'The image names a port that does not exist.');
    },
    `${base}\nEXPOSE 99999\n       ^^^^^\n`,
    `${base}\nEXPOSE 8000\n`,
  ),
  instruction(
    'dependencies/base-image-latest',
    'Base image with the tag latest',
    'low',
    'Reports FROM with `latest`, or without a tag.',
    families.supply.why,
    families.supply.references,
    (all, tell) => {
      for (const { image, at } of baseImages(all)) {
        if (image.includes('@')) continue;
        const tag = /:([\w.-]+)$/.exec(image)?.[1];
        if (tag === 'latest' || tag === undefined) tell(at, `The image builds on whatever "${image}" is today.`);
      }
    },
    'FROM python:latest\n     ^^^^^^^^^^^^^\n',
    `${base}\n`,
  ),
  instruction(
    'dependencies/base-image-without-digest',
    'Base image without a digest',
    'info',
    'Reports FROM without `@sha256:`.',
    families.supply.why,
    families.supply.references,
    (all, tell) => {
      for (const { image, at } of baseImages(all)) {
        if (!image.includes('@sha256:') && /:/.test(image) && !/:latest$/.test(image)) tell(at, `The image builds on "${image}", which may change without notice.`);
      }
    },
    'FROM python:3.12\n     ^^^^^^^^^^^\n',
    `${base}\n`,
  ),
  instruction(
    'monitoring/dockerfile-without-healthcheck',
    'Image without a health check',
    'info',
    'Reports images without HEALTHCHECK.',
    'A container that hangs is not noticed. Orchestrators bring checks of their own.',
    ['SC-5', 'CP-10'],
    (all, tell, resource) => {
      if (!all.some((one) => one.keyword === 'HEALTHCHECK') && all.some((one) => one.keyword === 'EXPOSE'))
        tell({ kind: 'null', origin: resource.header, at: resource.header }, 'The image has no health check.');
    },
    `${base}\n     ^^^^^^^^^^^^^^^^^^^^^^\nEXPOSE 8000\n`,
    `${base}\nHEALTHCHECK CMD curl -f http://localhost\n`,
  ),
  instruction(
    'dependencies/add-from-network',
    'File fetched by ADD',
    'low',
    'Reports ADD of an address without a checksum.',
    families.supply.why,
    families.supply.references,
    (all, tell) => {
      for (const one of all)
        if (one.keyword === 'ADD' && /(?:^|\s)https?:\/\//.test(one.text) && !/--checksum=/.test(one.flags) && !/\.git#[\da-f]{40}\b/.test(one.text))
          tell(one.argument, 'The image adds a file from the network without checking it.');
    },
    `${base}\nADD https://example.com/model.bin /model\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n`,
    `${base}\nCOPY model /model\n`,
  ),
  instruction(
    'workload/add-instead-of-copy',
    'ADD where COPY does',
    'info',
    'Reports ADD of local files that are no archives.',
    'ADD also unpacks and fetches; COPY does only what it says.',
    ['CM-7'],
    (all, tell) => {
      for (const one of all)
        if (one.keyword === 'ADD' && !/https?:\/\/|git@|\.git\b|\.(?:tar|tgz|gz|xz|bz2|zst|zip)\b/.test(one.text))
          tell(one.at, 'The image uses ADD where COPY does.', rewrite(one.at, 'COPY'));
    },
    `${base}\nADD app /app\n^^^\n`,
    `${base}\nCOPY app /app\n`,
    true,
  ),
  instruction(
    'workload/copy-777',
    'Files that everybody may change, copied',
    'medium',
    'Reports `--chmod=777`.',
    'Any process in the container can change what the others run.',
    ['CWE-732', 'AC-6'],
    (all, tell) => {
      for (const one of all)
        if ((one.keyword === 'ADD' || one.keyword === 'COPY') && /--chmod=0?777\b/.test(one.flags))
          tell(one.at, 'The image holds files that everybody may change.');
    },
    `${base}\nCOPY --chmod=777 app /app\n^^^^\n`,
    `${base}\nCOPY --chmod=755 app /app\n`,
  ),
  instruction(
    'secrets/dockerfile-secret',
    'Secret in an image',
    'high',
    'Reports ENV and ARG with a name of a secret and a value.',
    'Whoever has the image reads the secret, also when a later layer removes it.',
    ['CWE-798', 'IA-5'],
    (all, tell) => {
      for (const one of all)
        if (
          (one.keyword === 'ENV' || one.keyword === 'ARG') &&
          /^\s*\w*(?:PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_?KEY|(?<!TIK)TOKEN(?!IZER|S_PER|_LIMIT|_TTL|_COUNT)|CREDENTIAL)\w*(?:\s+|\s*=\s*)["']?(?!\$|["']|changeme\b|none\b|null\b|true\b|false\b|\d+\b)\S{6,}/i.test(
            one.text,
          ) &&
          !/_FILE|_PATH|_DIR(?:ECTORY)?\b|_URL|_NAME|_ENABLED/i.test(one.text.split(/[=\s]/)[0]!)
        )
          tell(one.argument, 'The image holds a secret.');
    },
    `${base}\nENV DATABASE_PASSWORD=chart-pass\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n`,
    `${base}\nENV DATABASE_HOST=chart\n`,
  ),
  instruction(
    'workload/dockerfile-several-commands',
    'Several CMD or ENTRYPOINT',
    'info',
    'Reports more than one CMD or ENTRYPOINT in a stage.',
    'Only the last one counts; the others mislead.',
    ['CM-2'],
    (all, tell) => {
      for (const keyword of ['CMD', 'ENTRYPOINT', 'HEALTHCHECK']) {
        const own = all.filter((one) => one.keyword === keyword && one.final);
        for (const one of own.slice(0, -1)) tell(one.at, `A later ${keyword} takes the place of this one.`);
      }
    },
    `${base}\nCMD ["a"]\n^^^\nCMD ["b"]\n`,
    `${base}\nCMD ["b"]\n`,
  ),
  instruction(
    'workload/maintainer',
    'Deprecated MAINTAINER',
    'info',
    'Reports MAINTAINER.',
    'A label says the same and is read by tools.',
    ['CM-2'],
    (all, tell) => {
      for (const one of all) if (one.keyword === 'MAINTAINER') tell(one.at, 'MAINTAINER is deprecated.', asLabel(one));
    },
    `${base}\nMAINTAINER ada@example.com\n^^^^^^^^^^\n`,
    `${base}\nLABEL maintainer=ada@example.com\n`,
    `${base}\nLABEL maintainer="ada@example.com"\n`,
  ),
  instruction(
    'workload/relative-workdir',
    'Relative WORKDIR',
    'info',
    'Reports WORKDIR that is no absolute path.',
    'Where it leads depends on the base image.',
    ['CM-2'],
    (all, tell) => {
      for (const one of all)
        if (one.keyword === 'WORKDIR' && !/^["']?(?:\/|[A-Za-z]:|\$)/.test(one.text)) tell(one.argument, `The folder "${one.text}" depends on the base image.`, /^[\w.]/.test(one.text) ? rewrite(one.argument, `/${one.text.replace(/^\.\//, '')}`) : []);
    },
    `${base}\nWORKDIR app\n        ^^^\n`,
    `${base}\nWORKDIR /app\n`,
    true,
  ),
  instruction(
    'dependencies/base-image-platform',
    'Base image for one platform',
    'info',
    'Reports `FROM --platform=` with a fixed platform.',
    'On other machines the image runs slowly, or other code than was tested.',
    ['CM-2'],
    (all, tell, resource) => {
      for (const one of all)
        if (one.keyword === 'FROM' && /--platform=(?!\$)/.test(one.flags)) tell({ ...one.argument }, `The image "${resource.name}" is fixed to one platform.`);
    },
    'FROM --platform=linux/amd64 python@sha256:0\n                            ^^^^^^^^^^^^^^^\n',
    `${base}\n`,
  ),
];
