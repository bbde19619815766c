import { base, instruction } from '../_docker.ts';
import { families } from '../_families.ts';

const { container, exposed, host, supply } = families;

/** What an image or its build opens beyond what it runs. */
export default [
  instruction(
    'network/dockerfile-docker-port',
    'Image that offers Docker to the network',
    'high',
    'Reports EXPOSE of port 2375, on which Docker takes commands without TLS.',
    exposed.why,
    exposed.references,
    (all, tell) => {
      for (const one of all) if (one.keyword === 'EXPOSE' && /(?:^|\s)2375(?:\/tcp)?(?:\s|$)/.test(one.text)) tell(one.argument, 'The image offers Docker without TLS.');
    },
    `${base}\nEXPOSE 2375\n       ^^^^\n`,
    `${base}\nEXPOSE 2376\n`,
  ),
  instruction(
    'workload/build-without-walls',
    'Command of a build outside of its walls',
    'medium',
    'Reports `RUN --security=insecure` and `RUN --network=host`.',
    container.why,
    container.references,
    (all, tell) => {
      for (const one of all)
        if (one.keyword === 'RUN' && /--(?:security=insecure|network=host)(?:\s|$)/.test(`${one.flags} ${/^(?:--\S+\s+)*/.exec(one.text)![0]}`)) tell(one.at, 'A command runs with the rights, or on the network, of the machine that builds the image.');
    },
    `${base}\nRUN --network=host make\n^^^\n`,
    `${base}\nRUN --network=none make\n`,
  ),
  instruction(
    'dependencies/image-go-unchecked',
    'Image that takes modules of Go unchecked',
    'medium',
    'Reports `GOINSECURE`, `GONOSUMDB`, `GONOSUMCHECK`, `GOSUMDB=off` and `GOFLAGS=-insecure` for every module.',
    supply.why,
    supply.references,
    (all, tell) => {
      for (const one of all)
        if (/^(?:ENV|ARG)$/.test(one.keyword) && /\b(?:GO(?:INSECURE|NOSUMDB|NOSUMCHECK)[= ]["']?(?:\*|1\b)|GOSUMDB[= ]["']?off\b|GOFLAGS[= ]["']?[^"'\n]*-insecure\b)/.test(one.text)) tell(one.argument, 'Modules of Go are taken without a look at their checksums.');
    },
    `${base}\nENV GOINSECURE=*\n    ^^^^^^^^^^^^\n`,
    `${base}\nENV GOPROXY=https://proxy.golang.org\n`,
  ),
  instruction(
    'workload/image-starts-for-development',
    'Image that starts its server for development',
    'low',
    'Reports `--reload` of uvicorn, gunicorn and hypercorn and `--debug` of Flask in CMD and ENTRYPOINT.',
    'Servers for development show their inner workings, and run again whatever appears among their files.',
    host.references,
    (all, tell) => {
      for (const one of all)
        if (/^(?:CMD|ENTRYPOINT)$/.test(one.keyword) && (/\b(?:uvicorn|gunicorn|hypercorn|daphne)\b[\s\S]*--reload\b/.test(one.text) || /\bflask\b[\s\S]*--debug\b/.test(one.text))) tell(one.argument, 'The image starts its server for development.');
    },
    `${base}\nCMD ["uvicorn", "app:app", "--reload"]\n    ${'^'.repeat(34)}\n`,
    `${base}\nCMD ["uvicorn", "app:app"]\n`,
  ),
];
