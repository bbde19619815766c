import { lookIn, mapsOf, scalar, truth, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule, textAt, textsAt } from '../_kubernetes.ts';

const { transit, exposed, privilege } = families;
const istio = (...lines: readonly string[]): string =>
  ['apiVersion: networking.istio.io/v1', 'kind: Gateway', 'metadata:', '  name: chat', 'spec:', ...lines, ''].join('\n');
const object = (version: string, kind: string, ...lines: readonly string[]): string =>
  [`apiVersion: ${version}`, `kind: ${kind}`, 'metadata:', '  name: chat', 'spec:', ...lines, ''].join('\n');
const group = (resource: Resource): string => (textAt(resource, 'apiVersion') ?? '').split('/')[0]!;

export default [
  objectRule({
    id: 'transport/gateway-plaintext',
    title: 'Gateway that answers without TLS',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_gateway'],
    what: 'Reports servers of Istio and listeners of the Gateway API for plain HTTP that lead nobody to TLS.',
    why: transit.why,
    references: transit.references,
    noFix: 'A certificate has to be made first.',
    whenNotToUse: 'Where what stands before the gateway ends TLS.',
    check: (resource, tell) => {
      for (const server of mapsAt(resource, 'spec.servers')) {
        const protocol = lookIn(server, 'port.protocol').values[0];
        const redirect = lookIn(server, 'tls.httpsRedirect').values[0];
        if (/^HTTP2?$/i.test(String(scalar(protocol) ?? '')) && truth(redirect) !== true && redirect?.kind !== 'unknown')
          tell(protocol, `Gateway "${resource.name}" answers without TLS.`);
      }
      const listeners = mapsAt(resource, 'spec.listeners');
      const protocols = listeners.map((one) => one.entries.get('protocol')?.value);
      if (group(resource) !== 'gateway.networking.k8s.io' || protocols.some((one) => one?.kind !== 'string' || /^(?:HTTPS|TLS)$/.test(one.value))) return;
      for (const one of protocols) if (scalar(one) === 'HTTP') tell(one, `Gateway "${resource.name}" answers without TLS.`);
    },
    bad: istio('  servers:', '    - port: { number: 80, name: http, protocol: HTTP }', `${' '.repeat(48)}^^^^`, '      hosts: [chat.example.com]'),
    good: istio(
      '  servers:',
      '    - port: { number: 80, name: http, protocol: HTTP }',
      '      hosts: [chat.example.com]',
      '      tls: { httpsRedirect: true }',
    ),
  }),
  objectRule({
    id: 'transport/route-on-plain-entry',
    title: 'Route of Traefik without TLS',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_ingressroute'],
    what: 'Reports routes of Traefik on the entry point `web` that have no `tls` and lead nobody elsewhere.',
    why: transit.why,
    references: transit.references,
    noFix: 'A certificate has to be made first.',
    whenNotToUse: 'Where the entry point itself redirects.',
    check: (resource, tell) => {
      const spec = resource.attributes.get('spec')?.value;
      if (
        spec?.kind !== 'map' ||
        !spec.complete ||
        spec.entries.has('tls') ||
        textsAt(spec, 'routes.middlewares.name').some((one) => /redirect|https/i.test(one.value))
      )
        return;
      for (const point of textsAt(spec, 'entryPoints')) if (/^(?:web|http)$/.test(point.value)) tell(point, `Route "${resource.name}" answers without TLS.`);
    },
    bad: object('traefik.io/v1alpha1', 'IngressRoute', '  entryPoints: [web]', '                ^^^', '  routes: []'),
    good: object('traefik.io/v1alpha1', 'IngressRoute', '  entryPoints: [websecure]', '  routes: []', '  tls: {}'),
  }),
  objectRule({
    id: 'network/mesh-policy-allows-everybody',
    title: 'Mesh policy that allows everybody',
    severity: 'medium',
    types: ['k8s_authorizationpolicy'],
    what: 'Reports authorization policies of Istio that allow with a rule that names neither source nor operation nor condition.',
    why: exposed.why,
    references: privilege.references,
    noFix: 'Who needs the service has to be known.',
    check: (resource, tell) => {
      if (!/^ALLOW$/.test(textAt(resource, 'spec.action') ?? 'ALLOW')) return;
      for (const rule of mapsAt(resource, 'spec.rules'))
        if (rule.complete && rule.entries.size === 0) tell(rule, `Policy "${resource.name}" allows everybody.`);
      for (const principal of textsAt(mapOfResource(resource), 'spec.rules.from.source.ipBlocks'))
        if (/^(?:0\.0\.0\.0\/0|::\/0)$/.test(principal.value)) tell(principal, `Policy "${resource.name}" allows everybody.`);
    },
    bad: object('security.istio.io/v1', 'AuthorizationPolicy', '  action: ALLOW', '  rules:', '    - {}', '      ^^'),
    good: object('security.istio.io/v1', 'AuthorizationPolicy', '  action: ALLOW', '  rules:', '    - from: [{ source: { namespaces: [chat] } }]'),
  }),
  objectRule({
    id: 'network/calico-policy-open-target',
    title: 'Policy of Calico that leads everywhere',
    severity: 'low',
    types: ['k8s_networkpolicy', 'k8s_globalnetworkpolicy'],
    what: 'Reports rules of Calico that allow outgoing traffic to every address.',
    why: families.segmentation.why,
    references: families.segmentation.references,
    noFix: 'What the pods have to reach has to be known.',
    check: (resource, tell) => {
      if (!/projectcalico\.org$/.test(group(resource))) return;
      for (const rule of mapsAt(resource, 'spec.egress')) {
        if (scalar(rule.entries.get('action')?.value) !== 'Allow' || lookIn(rule, 'destination.ports').values.length > 0) continue;
        for (const net of textsAt(rule, 'destination.nets')) if (/^(?:0\.0\.0\.0\/0|::\/0)$/.test(net.value)) tell(net, `Policy "${resource.name}" lets pods reach every address.`);
      }
    },
    bad: object('projectcalico.org/v3', 'NetworkPolicy', '  egress:', '    - action: Allow', '      destination: { nets: ["0.0.0.0/0"] }', `${' '.repeat(29)}${'^'.repeat(9)}`),
    good: object('projectcalico.org/v3', 'NetworkPolicy', '  egress:', '    - action: Allow', '      destination: { nets: ["10.0.0.0/8"] }'),
  }),
  objectRule({
    id: 'network/calico-policy-open',
    title: 'Policy of Calico that allows everybody',
    severity: 'medium',
    types: ['k8s_networkpolicy', 'k8s_globalnetworkpolicy'],
    what: 'Reports rules of Calico that allow incoming traffic and name no source, or every address.',
    why: exposed.why,
    references: exposed.references,
    noFix: 'Who needs the pods has to be known.',
    check: (resource, tell) => {
      if (!/projectcalico\.org$/.test(group(resource))) return;
      for (const rule of mapsAt(resource, 'spec.ingress')) {
        const action = rule.entries.get('action')?.value;
        const nets = textsAt(rule, 'source.nets').filter((one) => /^(?:0\.0\.0\.0\/0|::\/0)$/.test(one.value));
        if (scalar(action) !== 'Allow' || !rule.complete) continue;
        if (nets[0]) tell(nets[0], `Policy "${resource.name}" lets every address in.`);
        else if (!rule.entries.has('source')) tell(action, `Policy "${resource.name}" lets everybody in.`);
      }
    },
    bad: object('projectcalico.org/v3', 'GlobalNetworkPolicy', '  ingress:', '    - action: Allow', '              ^^^^^'),
    good: object('projectcalico.org/v3', 'GlobalNetworkPolicy', '  ingress:', '    - action: Allow', '      source: { selector: app == "web" }'),
  }),
  objectRule({
    id: 'workload/constraint-not-enforced',
    title: 'Constraint that lets through what it forbids',
    severity: 'low',
    confidence: 'medium',
    types: ['*'],
    what: 'Reports constraints of Gatekeeper with the action `dryrun` or `warn`.',
    references: families.container.references,
    whenNotToUse: 'While a constraint is being tried out.',
    check: (resource, tell) => {
      if (resource.dialect !== 'kubernetes' || group(resource) !== 'constraints.gatekeeper.sh') return;
      const action = lookIn(mapOfResource(resource), 'spec.enforcementAction').values[0];
      if (/^(?:dryrun|warn)$/.test(String(scalar(action) ?? ''))) tell(action, `Constraint "${resource.name}" lets through what it forbids.`);
    },
    bad: object('constraints.gatekeeper.sh/v1beta1', 'K8sPSPPrivilegedContainer', '  enforcementAction: dryrun', '                     ^^^^^^'),
    good: object('constraints.gatekeeper.sh/v1beta1', 'K8sPSPPrivilegedContainer', '  enforcementAction: deny'),
  }),
  objectRule({
    id: 'transport/webhook-plaintext',
    title: 'Webhook of the cluster over plain HTTP',
    severity: 'medium',
    types: ['k8s_validatingwebhookconfiguration', 'k8s_mutatingwebhookconfiguration'],
    what: 'Reports addresses of admission webhooks without TLS.',
    why: transit.why,
    references: transit.references,
    noFix: 'The server has to speak TLS first.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'webhooks.clientConfig.url').values)
        if (/^http:/.test(String(scalar(value) ?? ''))) tell(value, `Webhook "${resource.name}" is asked without TLS.`);
    },
    bad: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: chat\nwebhooks:\n  - clientConfig:\n      url: http://policy.example.com\n           ^^^^^^^^^^^^^^^^^^^^^^^^^\n',
    good: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: chat\nwebhooks:\n  - clientConfig:\n      url: https://policy.example.com\n',
  }),
  objectRule({
    id: 'transport/kubeconfig-unchecked',
    title: 'Access to a cluster without checking its certificate',
    severity: 'medium',
    types: ['k8s_config'],
    what: 'Reports `insecure-skip-tls-verify: true` in a kubeconfig.',
    why: 'Who sits on the network takes the credentials and answers in place of the cluster.',
    references: ['CWE-295', 'SC-8'],
    noFix: 'The certificate of the authority has to be put there first.',
    check: (resource, tell) => {
      const clusters = lookIn(mapOfResource(resource), 'clusters').values.flatMap(mapsOf);
      for (const one of clusters) for (const value of insecure(one)) tell(value, 'The certificate of a cluster is not checked.');
    },
    bad: 'apiVersion: v1\nkind: Config\nclusters:\n  - name: a\n    cluster:\n      server: https://a.example.com\n      insecure-skip-tls-verify: true\n                                ^^^^\n',
    good: 'apiVersion: v1\nkind: Config\nclusters:\n  - name: a\n    cluster:\n      server: https://a.example.com\n      certificate-authority: ca.pem\n',
  }),
];

function insecure(cluster: MapValue): readonly Value[] {
  return lookIn(cluster, 'cluster.insecure-skip-tls-verify').values.filter((value) => truth(value) === true);
}
