import { scalar } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';
import { inCommand, startedBy, startedTypes, workflowTypes, type StartedService } from '../_services.ts';

type Setting = readonly [name: RegExp, bad: RegExp];

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: 'high' | 'medium' | 'low' | 'info';
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly whenNotToUse: string;
  readonly settings: readonly Setting[];
  readonly flags: readonly RegExp[];
  readonly problem: string;
  /** A line of a container's `env` and one of its `args`, as samples. */
  readonly samples: { readonly env?: readonly [name: string, bad: string, good: string]; readonly args?: readonly [bad: string, good: string] };
  /** Another rule judges this of images. */
  readonly notOfImages?: true;
  /** Variables of workflows count as well. */
  readonly ofWorkflows?: true;
}

const yes = /^(?:true|yes|on|1)$/i;
const no = /^(?:false|no|off|0)$/i;
const end = '(?=[\\s,;]|$)';

const rows: readonly Row[] = [
  {
    id: 'auth/service-authentication-off',
    title: 'Service started without authentication',
    severity: 'medium',
    what: 'Reports variables and flags that switch the authentication of a database, a notebook, a dashboard or a user interface off, in pods, compose services, images and Ansible.',
    why: 'Everybody who reaches its port, also a page in the browser of a developer, reads and changes what it holds.',
    references: families.identity.references,
    whenNotToUse: 'For services of a test that are bound to the machine they run on.',
    settings: [
      [/^(?:WEBUI_AUTH|xpack\.security\.enabled|ME_CONFIG_BASICAUTH|PGADMIN_CONFIG_SERVER_MODE|N8N_BASIC_AUTH_ACTIVE|AIRFLOW__WEBSERVER__RBAC)$/i, no],
      [/^(?:DISABLE_SECURITY_PLUGIN|plugins\.security\.disabled|AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED|GF_AUTH_ANONYMOUS_ENABLED|LANGFLOW_AUTO_LOGIN|TS_DISABLE_TOKEN_AUTHORIZATION)$/i, yes],
      [/^(?:N8N_USER_MANAGEMENT_DISABLED|ARANGO_NO_AUTH|SURREAL_UNAUTHENTICATED|ALLOW_ANONYMOUS_LOGIN|ALLOW_EMPTY_PASSWORD|SKIP_AUTH|NO_AUTH|DANGEROUSLY_OMIT_AUTH)$/i, yes],
      [/^(?:MYSQL_ALLOW_EMPTY_PASSWORD|MARIADB_ALLOW_EMPTY_ROOT_PASSWORD)$/, yes],
      [/^(?:[A-Z]+_)*(?:DISABLE_AUTH(?:ENTICATION)?|AUTH(?:ENTICATION)?_DISABLED)$/, yes],
      [/^(?:[A-Z]+_)*(?:AUTH(?:ENTICATION)?_ENABLED|ENABLE_AUTH(?:ENTICATION)?|REQUIRE_AUTH(?:ENTICATION)?)$/, no],
      [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/],
      [/^NEO4J_AUTH$/, /^none$/],
    ],
    flags: [
      /(?<!\S)--protected-mode[= ]no\b/,
      /(?<!\S)--noauth\b/,
      /--(?:NotebookApp|ServerApp|IdentityProvider)\.(?:token|password)=(?:''|"")?(?=[\s"',]|$)/,
      /(?<!\S)--(?:enable-skip-login|disable-settings-authorizer|disable-auth|disable-token-auth|disable-security-middleware)(?:=true)?(?=[\s,;]|$)/,
      /(?<!\S)--auth-mode[= ]server\b/,
      /(?<!\S)--auth[= ]none\b/,
      /(?<!\S)--api\.insecure(?:=true)?(?=[\s,;]|$)/,
      /(?<!\S)(?:-H|--host)[= ]tcp:\/\/0\.0\.0\.0:2375\b/,
      /\bcockroach\s+start\S*\s[^|;&]*--insecure\b/,
      /\bsurreal\s+start\s[^|;&]*--unauthenticated\b/,
      /\bmlflow\s+(?:server|ui)\b(?![^|;&]*--app-name)[^|;&]*\s--host[= ](?:0\.0\.0\.0|::)(?=\s|$)/,
    ],
    problem: 'is started without authentication',
    samples: { env: ['WEBUI_AUTH', 'False', 'True'], args: ['--protected-mode no', '--protected-mode yes'] },
  },
  {
    id: 'transport/service-unchecked-certificates',
    title: 'Service started without checking certificates',
    severity: 'medium',
    what: 'Reports variables and flags that switch the check of certificates off, in pods, compose services and Ansible.',
    why: families.transit.why,
    references: ['CWE-295', 'SC-8', 'pci-4.0.1:4.2.1'],
    whenNotToUse: 'For connections that stay on one machine.',
    settings: [
      [/^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, no],
      [/^(?:GIT_SSL_NO_VERIFY|VAULT_SKIP_VERIFY)$/, yes],
      [/^(?:PIP_TRUSTED_HOST|UV_INSECURE_HOST)$/, /^(?!.*(?:localhost|127\.0\.0\.1)).*\w/],
      [/^(?:[A-Z0-9]+_)*(?:SKIP_(?:TLS|SSL)_VERIFY|(?:TLS|SSL)_SKIP_VERIFY|INSECURE_SKIP_(?:TLS_)?VERIFY|(?:TLS|SSL)_INSECURE)$/, yes],
      [/^(?!(?:.*_)?(?:SKIP|NO|DISABLE|INSECURE)_)(?:[A-Z0-9]+_)*(?:(?:SSL|TLS)_VERIFY|VERIFY_(?:SSL|TLS)|(?:SSL|TLS)_REJECT_UNAUTHORIZED)$/, no],
    ],
    flags: [
      new RegExp(
        `(?<!\\S)--(?:insecure-skip-(?:tls-)?verify|kubelet-insecure-tls|tls-skip-verify|skip-tls-verify|ssl-insecure|ssl-upstream-insecure-skip-verify)(?:=true)?${end}`,
      ),
      new RegExp(`(?<!\\S)--(?:ssl|tls)-verify[= ]false${end}`),
    ],
    problem: 'is started without checking certificates',
    samples: { env: ['VAULT_SKIP_VERIFY', 'true', 'false'], args: ['--insecure-skip-tls-verify', '--certificate-authority=/ca.pem'] },
    notOfImages: true,
    ofWorkflows: true,
  },
  {
    id: 'model-supply-chain/served-model-runs-code',
    title: 'Model server that runs code of the model',
    severity: 'high',
    what: 'Reports `--trust-remote-code`, and the variables that mean it or let pickles be loaded, in pods, model endpoints, compose services, images and Ansible.',
    why: 'The code of the repository, or what a checkpoint names, runs with all rights of the server, beside the data of everybody who asks it.',
    references: ['CWE-502', 'CWE-829', 'AML.T0010.003', 'LLM03:2025'],
    whenNotToUse: "For repositories of one's own that are fixed to a commit.",
    settings: [
      [/^(?:[A-Z]+_)*TRUST_REMOTE_CODE$/, yes],
      [/^(?:VLLM_ALLOW_INSECURE_SERIALIZATION|TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD)$/, yes],
    ],
    flags: [/(?<!\S)--trust[-_]remote[-_]code\b(?![= ]+(?:false|0)\b)/i],
    problem: 'runs code that its model brings',
    samples: { env: ['TRUST_REMOTE_CODE', 'true', 'false'], args: ['--trust-remote-code', '--max-model-len=8192'] },
    ofWorkflows: true,
  },
  {
    id: 'auth/service-any-origin',
    title: 'Service that answers pages of everybody',
    severity: 'low',
    what: 'Reports variables and flags that allow every origin, such as `OLLAMA_ORIGINS=*`.',
    why: 'Any page that somebody opens can then talk to the service through their browser, with their network and their session.',
    references: ['CWE-942', 'SC-7'],
    whenNotToUse: 'For public interfaces without sessions.',
    settings: [[/^(?:OLLAMA_ORIGINS|(?:[A-Z]+_)*(?:CORS_(?:ALLOW(?:ED)?_)?ORIGINS?|ALLOW(?:ED)?_ORIGINS?))$/, /^(?:\*|\["\*"\])$/]],
    flags: [/(?<!\S)--(?:allowed-origins|cors-allow-origins?|cors-origins?|allow-origins?)[= ]["']?(?:\*|\["\*"\])(?=["']|\s|$)/],
    problem: 'answers pages of every origin',
    samples: { env: ['OLLAMA_ORIGINS', '*', 'https://chat.example.com'], args: ['--cors-allow-origins=*', '--cors-allow-origins=https://chat.example.com'] },
  },
  {
    id: 'auth/service-shows-inside',
    title: 'Service that shows its inside',
    severity: 'low',
    what: 'Reports variables that switch the debugger of Flask or Django on, let callers of Chroma delete everything or of n8n read its environment, or open the inner commands of vLLM and let callers load adapters, and flags that open the whole disk to callers of vLLM.',
    why: 'Traces, settings and consoles tell a caller how to get further in; the console of Flask runs code.',
    references: ['CWE-489', 'CM-7'],
    whenNotToUse: 'For services on the machine of a developer.',
    settings: [
      [/^(?:FLASK_DEBUG|DJANGO_DEBUG|ALLOW_RESET|CHROMA_ALLOW_RESET|VLLM_SERVER_DEV_MODE|VLLM_ALLOW_RUNTIME_LORA_UPDATING|AIRFLOW__(?:WEBSERVER|API)__EXPOSE_CONFIG)$/, yes],
      [/^FLASK_ENV$/, /^development$/i],
      [/^N8N_BLOCK_(?:ENV_ACCESS_IN_NODE|FILE_ACCESS_TO_N8N_FILES)$/, no],
    ],
    flags: [/(?<!\S)--allowed-local-media-path[= ]\/(?=[\s,;"']|$)/],
    problem: 'shows its inside',
    samples: { env: ['FLASK_DEBUG', '1', '0'], args: ['--allowed-local-media-path=/', '--allowed-local-media-path=/srv/images'] },
  },
  {
    id: 'network/service-tunnelled',
    title: 'Service that opens a tunnel to itself',
    severity: 'medium',
    what: 'Reports `GRADIO_SHARE`, with which an interface can be reached from the internet through a tunnel.',
    why: 'Whoever guesses or is given the address uses the model, past every firewall.',
    references: families.exposed.references,
    whenNotToUse: 'For demonstrations without data.',
    settings: [[/^GRADIO_SHARE$/, yes]],
    flags: [/(?<!\S)ngrok\s+(?:http|tcp|start)\b/],
    problem: 'can be reached through a tunnel',
    samples: { env: ['GRADIO_SHARE', 'True', 'False'] },
  },
  {
    id: 'model-supply-chain/server-loads-on-request',
    title: 'Model server that loads what callers name',
    severity: 'low',
    what: 'Reports `--model-control-mode=explicit` of Triton and `--enable-model-api` of TorchServe.',
    why: 'Whoever reaches the port brings a model along, and with it code.',
    references: ['CWE-829', 'AML.T0010.003', 'LLM03:2025'],
    whenNotToUse: 'Where only the operator reaches the port.',
    settings: [[/^TS_ENABLE_MODEL_API$/, yes]],
    flags: [/(?<!\S)--model-control-mode[= ]explicit\b/, /(?<!\S)--enable-model-api(?![\w=-])/],
    problem: 'loads models that callers name',
    samples: { args: ['--model-control-mode=explicit', '--model-control-mode=none'] },
  },
  {
    id: 'network/ray-dashboard-open',
    title: 'Dashboard of Ray that every address reaches',
    severity: 'medium',
    what: 'Reports `ray start` with `--dashboard-host=0.0.0.0` in pods, compose services and images.',
    why: 'The dashboard takes jobs from everybody who reaches it, without a sign-in (CVE-2023-48022).',
    references: families.exposed.references,
    whenNotToUse: 'Where a network policy keeps others from the port.',
    settings: [],
    flags: [/\bray\s+start\b[^|;&]*--dashboard-host[= ]["']?0\.0\.0\.0/],
    problem: 'takes jobs from every address',
    samples: { args: ['ray start --head --dashboard-host=0.0.0.0', 'ray start --head --dashboard-host=127.0.0.1'] },
  },
];

function pod(lines: readonly string[]): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  name: chat',
    'spec:',
    '  containers:',
    '    - name: chat',
    '      image: registry.example.com/chat@sha256:0',
    ...lines,
    '',
  ].join('\n');
}

function samplesOf({ env, args }: Row['samples']): readonly (readonly [bad: string, good: string])[] {
  const variable = (name: string, value: string, mark = false): string =>
    pod(['      env:', `        - name: ${name}`, `          value: '${value}'`, ...(mark ? [`${' '.repeat(18)}${'^'.repeat(value.length)}`] : [])]);
  const argument = (text: string, mark = false): string => pod([`      args: ['${text}']`, ...(mark ? [`${' '.repeat(14)}${'^'.repeat(text.length)}`] : [])]);
  return [
    ...(env ? [[variable(env[0], env[1], true), variable(env[0], env[2])] as const] : []),
    ...(args ? [[argument(args[0], true), argument(args[1])] as const] : []),
  ];
}

function wrong(service: StartedService, row: Row) {
  const set = service.environment.filter(({ name, value }) =>
    row.settings.some(([pattern, bad]) => pattern.test(name) && bad.test(String(scalar(value) ?? '…'))),
  );
  const flags = row.flags.flatMap((pattern) => inCommand(service, pattern) ?? []);
  return [...set.map((one) => ({ at: one.value, text: one.name })), ...flags];
}

export default rows.map((row) => {
  const [first, ...more] = samplesOf(row.samples);
  return objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: 'medium',
    types: row.ofWorkflows ? [...startedTypes, ...workflowTypes] : startedTypes,
    what: row.what,
    why: row.why,
    references: row.references,
    whenNotToUse: row.whenNotToUse,
    noFix: 'How the service is to be reached instead has to be decided.',
    check: (resource, tell) => {
      if (row.notOfImages && resource.type === 'dockerfile') return;
      for (const service of startedBy(resource))
        for (const { at, text } of wrong(service, row)) tell(at, `"${service.name}" ${row.problem} (${text.split(/[\s=]/)[0]}).`);
    },
    bad: first![0],
    good: first![1],
    more: more.map(([bad, good]) => ({ file: 'manifest.yaml', bad, good })),
  });
});
